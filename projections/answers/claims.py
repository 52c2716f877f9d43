"""The exclusions claimed for a month's stops: on which ground, told in time or not, accepted, rejected or open (C5).

And what of the grounds' allowances is used and left (C21).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from projections.answers.record import Record
from slm_domain.allowances_told import allowances_told
from slm_domain.claims_told import ClaimsTold, ClaimTold
from slm_domain.exclusions import Effect, ground_of
from slm_domain.facts import ExclusionFact
from slm_domain.figures.buckets import seconds
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import Ratio, StopFigure
from slm_domain.notices import NoticeState
from slm_domain.register import Register
from slm_domain.sla import Ground, Side, Sla, Words


class ClaimAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a stop, or a part of it, leaves the measurement. While it is open the time counts as down.

    `notice` says whether the stop was told as the ground asks; `notice_met` the same, None where nothing is asked or
    the time for it still runs, to `notice_due`. The ground's two flags are never one (G9). `effect` is what the claim
    comes to. Of an accepted one `beyond_allowance` counts as down after all, because the ground's allowance was used
    up, and the times `beyond_announced` because the planned stop that it names does not cover them: both of the whole
    claim, and as opening time.
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
    announced_from: datetime | None
    announced_to: datetime | None
    told_at: datetime | None
    notice_met: bool | None
    notice: NoticeState
    notice_due: datetime | None
    effect: Effect
    beyond_allowance: timedelta
    beyond_announced: tuple[Interval, ...]
    beyond_announced_time: timedelta
    entries: tuple[int, ...]


class AllowanceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How much time may leave the service's figure on a ground in a month or fiscal year, and what of it is used (C21).

    All in exact seconds, of partial stops as much as they weigh: `used` up to the end of the report's month, `left`
    what is allowed beyond it. `used_lowest` and `used_highest` bound it where stops are contested or still open (C23).
    `period` is named "2025-06" or "FY2025", and runs from `first_day` to `last_day` inside the contract's term.
    """

    ground: str
    ground_name: Words
    clause: str
    per: Literal["month", "fiscal_year"]
    period: str
    first_day: date
    last_day: date
    allowed: Ratio
    used: Ratio
    left: Ratio
    used_lowest: Ratio
    used_highest: Ratio


def allowances(record: Record, month: Interval) -> tuple[AllowanceAnswer, ...]:
    """The allowances of the month's SLA, in the order of its grounds, used or not."""
    return tuple(
        AllowanceAnswer(
            ground=told.ground.code,
            ground_name=told.ground.name,
            clause=told.ground.clause,
            per=told.allowance.per,
            period=told.period,
            first_day=told.first,
            last_day=told.last,
            allowed=Ratio.of(seconds(told.used.allowed.amount)),
            used=Ratio.of(told.used.used),
            left=Ratio.of(told.used.left),
            used_lowest=Ratio.of(told.used.least),
            used_highest=Ratio.of(told.used.most),
        )
        for told in allowances_told(record.register, month, record.standpoint.until)
    )


def claims(record: Record, sla: Sla, stops: Iterable[StopFigure]) -> tuple[ClaimAnswer, ...]:
    """The claims about these stops, in the order of the journal."""
    register = record.register
    version = next(each for each in register.slas if each.sla is sla)
    incidents = [register.incidents[stop.incident] for stop in stops]
    told = ClaimsTold(register, version, incidents, record.standpoint.until)
    found = [
        _claim(register, incident.incident, claim, ground_of(register, sla, claim), told.of(incident, claim))
        for incident in incidents
        for claim in incident.exclusions
    ]
    return tuple(sorted(found, key=lambda claim: claim.entries))


def _claim(register: Register, incident: str, claim: ExclusionFact, ground: Ground, told: ClaimTold) -> ClaimAnswer:
    announced = register.planned_stops.get(claim.planned_stop or "")
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
        announced_from=None if announced is None else announced.starts_at,
        announced_to=None if announced is None else announced.ends_at,
        told_at=told.notice.told_at,
        notice_met={"met": True, "not_met": False}.get(told.notice.state),
        notice=told.notice.state,
        notice_due=told.notice.due,
        effect=told.effect,
        beyond_allowance=_open_time(register, told.beyond_allowance),
        beyond_announced=told.beyond_announced,
        beyond_announced_time=_open_time(register, told.beyond_announced),
        entries=claim.positions,
    )


def _open_time(register: Register, intervals: Intervals) -> timedelta:
    lengths = (
        register.availability_calendar(local_date(each.start, register.zone)).open_time(each) for each in intervals
    )
    return sum(lengths, timedelta())
