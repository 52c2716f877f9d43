"""The exclusions claimed for a month's stops: on which ground, told in time or not, accepted, rejected or open (C5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from projections.answers.record import Record
from slm_domain.exclusions import Effect, Exclusions, effect_of
from slm_domain.facts import ExclusionFact
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.local_time import local_date
from slm_domain.month_figures import StopFigure
from slm_domain.notices import notice_met
from slm_domain.sla import Ground, Side, Sla, Words


class ClaimAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a stop, or a part of it, leaves the measurement. While it is open the time counts as down.

    `notice_met` is None where the ground asks for no notice beforehand. The ground's two flags are never one (G9).
    `effect` is what the claim comes to; `beyond_allowance` is how much of an accepted one counts as down after all,
    because the ground's allowance was used up: opening time of the whole claim.
    """

    incident: str
    exclusion: str
    ground: str
    ground_name: Words
    clause: str
    leaves_measurement: bool
    frees_from_damages: bool
    claimed_by: Side
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    planned_stop: str | None
    told_at: datetime | None
    notice_met: bool | None
    effect: Effect
    beyond_allowance: timedelta
    entries: tuple[int, ...]


def claims(record: Record, sla: Sla, stops: Iterable[StopFigure]) -> tuple[ClaimAnswer, ...]:
    """The claims about these stops, in the order of the journal."""
    grounds = {ground.code: ground for ground in sla.grounds}
    exclusions = _exclusions(record, sla)
    found = [
        _claim(record, sla, exclusions, stop.incident, claim, grounds[claim.ground])
        for stop in stops
        for claim in record.register.incidents[stop.incident].exclusions
        if claim.ground in grounds
    ]
    return tuple(sorted(found, key=lambda claim: claim.entries))


def _exclusions(record: Record, sla: Sla) -> Exclusions:
    version = next(each for each in record.register.slas if each.sla is sla)
    return Exclusions(record.register, version, record.standpoint.until)


def _claim(  # noqa: PLR0917 -- a claim, and all that decides what it comes to
    record: Record, sla: Sla, exclusions: Exclusions, incident: str, claim: ExclusionFact, ground: Ground
) -> ClaimAnswer:
    announced = record.register.planned_stops.get(claim.planned_stop or "")
    return ClaimAnswer(
        incident=incident,
        exclusion=claim.exclusion,
        ground=ground.code,
        ground_name=ground.name,
        clause=ground.clause,
        leaves_measurement=ground.leaves_measurement,
        frees_from_damages=ground.frees_from_damages,
        claimed_by=claim.claimed_by,
        status=claim.status,
        starts_at=claim.starts_at,
        ends_at=claim.ends_at,
        planned_stop=claim.planned_stop,
        told_at=None if announced is None else announced.told_at,
        notice_met=notice_met(ground, announced, record.register.zone),
        effect=effect_of(record.register, sla, claim),
        beyond_allowance=_open_time(record, exclusions.beyond(record.register.incidents[incident], claim)),
        entries=claim.positions,
    )


def _open_time(record: Record, intervals: Intervals) -> timedelta:
    register = record.register
    lengths = (
        register.availability_calendar(local_date(each.start, register.zone)).open_time(each) for each in intervals
    )
    return sum(lengths, timedelta())
