"""The items that a level is judged by: one per notice, arrival, report, measurement … with its due times.

An item says when it began, when it was done, and until when it should have been: the guaranteed and the target due
time. Whether it is pending or missed depends on `until` and is judged when asked (docs/figures.md).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.facts import IncidentFacts, LevelVersion, Measured
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.deadlines import Deadline, due, next_service_day
from slm_domain.figures.deductions import excused
from slm_domain.figures.judgement import Judgement, Verdict, judge_timed
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.occasions import Occasion, occasions
from slm_domain.register import Register
from slm_domain.sla import Bound, Level, Measure

_LENGTHS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
_MICROSECOND = timedelta(microseconds=1)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a level counts, times or asks for. Instants are UTC; `day` and `month` are the contract's."""

    level: str
    subject: str  # the incident, call, part, equipment or measurement
    month: str
    day: date
    start: datetime | None  # None for what is only counted or only met
    end: datetime | None
    guaranteed_due: datetime | None
    target_due: datetime | None
    met: bool | None  # obligations
    succeeded: bool
    excused: bool
    effective_from: date  # the version of the level it is judged by (C12)
    positions: tuple[int, ...]


def judge(item: Item, until: datetime) -> Judgement:
    """The item's verdict as it stands at `until`. What is only counted has none of its own: not applicable."""
    if item.excused:
        return Judgement(verdict=Verdict.EXCLUDED)
    if item.met is not None:
        return Judgement(verdict=Verdict.MET_TARGET if item.met else Verdict.BREACH)
    if item.start is None:  # it is only counted
        return Judgement(verdict=Verdict.NOT_APPLICABLE)
    return judge_timed(item.end, guaranteed_due=item.guaranteed_due, target_due=item.target_due, until=until)


def items_of_incident(register: Register, incident: IncidentFacts) -> Iterator[Item]:
    """All items that the incident brings to the levels in force. A void incident brings none."""
    if incident.voided:
        return
    for versions in register.levels.values():
        for version in versions:
            if version.definition is None or version.definition.measure.source != "incidents":
                continue
            for occasion in occasions(register, version.definition.measure, incident):
                day = local_date(occasion.start, register.zone)
                if register.level_on(version.level, day) is version:  # the version in force at its start (C12)
                    yield _timed(register, version, version.definition, day, incident, occasion)


def items_of_measurement(register: Register, measured: Measured) -> Iterator[Item]:
    """The item of a measurement; none when the level was not in force."""
    day = local_date(measured.began, register.zone)
    version = register.level_on(measured.level, day)
    if version is None or version.definition is None:
        return
    definition = version.definition
    start, end, limit = _measured_times(definition.measure, measured)
    yield Item(
        level=measured.level,
        subject=measured.measurement,
        month=str(register.month_of(day)),
        day=day,
        start=start,
        end=end,
        guaranteed_due=_due(register, definition, definition.guaranteed, limit, day),
        target_due=_due(register, definition, definition.target, limit, day),
        met=measured.met,
        succeeded=measured.succeeded,
        excused=False,
        effective_from=version.effective_from,
        positions=measured.positions,
    )


def _timed(  # noqa: PLR0917 -- what an item is made of, each named
    register: Register,
    version: LevelVersion,
    definition: Level,
    day: date,
    incident: IncidentFacts,
    occasion: Occasion,
) -> Item:
    start = in_utc(occasion.start)
    if occasion.met is not None:
        guaranteed = target = None
    elif _next_service_day_applies(register, definition, incident, day):
        support = register.support_calendar(day)
        guaranteed = target = next_service_day(start, support, at=register.sla_on(day).terms.next_service_day_at)
    else:
        guaranteed = _due(register, definition, definition.guaranteed, start, day)
        target = _due(register, definition, definition.target, start, day)
    return Item(
        level=version.level,
        subject=occasion.subject,
        month=str(register.month_of(day)),
        day=day,
        start=start,
        end=None if occasion.end is None else in_utc(occasion.end),
        guaranteed_due=guaranteed,
        target_due=target,
        met=occasion.met,
        succeeded=True,
        excused=guaranteed is not None
        and excused(told_at=_delay_told_at(register, incident, occasion, day), due_at=guaranteed)
        and _late(occasion.end, guaranteed),
        effective_from=version.effective_from,
        positions=occasion.positions,
    )


def _delay_told_at(register: Register, incident: IncidentFacts, occasion: Occasion, day: date) -> datetime | None:
    """When the provider told what hindered it: for its own arrival, or where the term says so for all it does (A10)."""
    if register.sla_on(day).terms.force_majeure_scope == "arrival":
        return occasion.told_at
    return min((call.delay_told_at for call in incident.calls if call.delay_told_at is not None), default=None)


def _late(done: datetime | None, guaranteed: datetime) -> bool:
    return done is None or done > guaranteed


def _next_service_day_applies(register: Register, definition: Level, incident: IncidentFacts, day: date) -> bool:
    """Level B outside support hours is told on the next service day, whatever the item's minutes say (S6, A16)."""
    return (
        definition.measure.end == "notified"
        and incident.level == "B"
        and register.sla_on(day).terms.notify_levels_covered == "at_once_levels"
        and not register.support_calendar(day).is_open(incident.detected_at)
    )


def _measured_times(measure: Measure, measured: Measured) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Start, the moment it was done, and the moment its bound is counted from."""
    if measured.start is None or measured.end is None:
        return None, in_utc(measured.at), None
    start, end = in_utc(measured.start), in_utc(measured.end)
    if measure.kind == "lead_at_least":
        return start, start, end  # done at its start, so long before its end
    return start, end, start


def _due(
    register: Register, definition: Level, bound: Bound | None, counted_from: datetime | None, day: date
) -> datetime | None:
    """Until when it is in time, by the bound's unit and the level's clock and day kind (A13, docs/figures.md)."""
    if bound is None or counted_from is None or bound.unit not in _LENGTHS:
        return None
    measure = definition.measure
    calendar = _clock(register, measure, day)
    direction: Literal["before", "after"] = "before" if measure.kind == "lead_at_least" else "after"
    amount = Fraction(bound.amount)
    if bound.unit == "days" and measure.day_kind != "24h" and amount.denominator == 1:
        unit: Literal["calendar_days", "opening_days"] = (
            "calendar_days" if measure.day_kind == "calendar" else "opening_days"
        )
        return due(counted_from, Deadline(amount=amount.numerator, unit=unit, direction=direction), calendar)
    exact = amount * Fraction(_LENGTHS[bound.unit] // _MICROSECOND)
    length = timedelta(microseconds=exact.numerator // exact.denominator)
    return due(counted_from, Deadline(amount=length, unit=measure.clock, direction=direction), calendar)


def _clock(register: Register, measure: Measure, day: date) -> Calendar:
    if measure.clock == "support_hours":
        return register.support_calendar(day)
    return register.availability_calendar(day)
