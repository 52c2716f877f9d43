"""Until when something is to be done by the terms of its level, and how long its clock has run (C13, C14, S28)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import msgspec

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.deadlines import ClockUnit, Deadline, clock_time, due, next_service_day, runs_from
from slm_domain.figures.intervals import union
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval
from slm_domain.figures.response_clock import after_pauses
from slm_domain.level_bounds import TimedBound
from slm_domain.level_units import kept_by
from slm_domain.next_service_days import told_on_the_next_service_day
from slm_domain.register import Register
from slm_domain.sla import Measure

if TYPE_CHECKING:
    from slm_domain.facts import IncidentFacts, LevelVersion
    from slm_domain.items import Item
    from slm_domain.occasions import Occasion


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A pause of an item's clock (UTC); it goes on where it has no end."""

    started_at: datetime
    ended_at: datetime | None


class Dues(msgspec.Struct, frozen=True, kw_only=True):
    """When an item's clock starts to run, when it was paused, and until when it is in time.

    `runs_from` is None where it runs from the item's start (S28). A due time that is not reached because the clock is
    paused is None as long as the pause goes on.
    """

    runs_from: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    guaranteed: datetime | None = None
    target: datetime | None = None
    within: datetime | None = None


def dues_of(  # noqa: PLR0917 -- what a due time follows from, each named
    register: Register,
    version: "LevelVersion",
    measure: Measure,
    incident: "IncidentFacts",
    occasion: "Occasion",
    day: date,
    organisations: Sequence[str],
) -> Dues:
    """The due times of what an incident brings to a level in force on `day`, its first day.

    `organisations` are those by whose opening hours they are reckoned: `level_units.kept_by`.
    """
    if occasion.met is not None:
        return Dues()
    start, bounds = in_utc(occasion.start), version.bounds

    def due_from(begins: datetime, bound: TimedBound | None) -> datetime | None:
        return due_by(register, measure, bound, begins, day, organisations)

    if told_on_the_next_service_day(register, measure, incident, day):
        told_by = next_service_day(
            start, register.support_calendar(day), at=register.sla_on(day).terms.next_service_day_at
        )
        guaranteed, target, within = (
            None if due_from(start, bound) is None else told_by
            for bound in (bounds.guaranteed, bounds.target, bounds.within)
        )
        return Dues(guaranteed=guaranteed, target=target, within=within)
    begins = running_from(register, measure, start, day)
    pauses = _pauses(occasion, begins) if measure.pausable and occasion.pauses else ()

    def moved(bound: TimedBound | None) -> datetime | None:
        unpaused = due_from(begins, bound)
        if bound is None or unpaused is None or not pauses:
            return unpaused
        calendar = clock_calendar(register, measure, day, organisations)
        return _after_pauses(unpaused, pauses, _pause_clock(register, measure, bound, day), calendar)

    return Dues(
        runs_from=None if begins == start else begins,
        pauses=pauses,
        guaranteed=moved(bounds.guaranteed),
        target=moved(bounds.target),
        within=moved(bounds.within),
    )


def running_from(register: Register, measure: Measure, start: datetime, day: date) -> datetime:
    """From when the clock runs: from receipt, or for what comes outside support hours from their next start (S28)."""
    if measure.runs_from == "receipt":
        return start
    return runs_from(start, register.support_calendar(day))


def due_by(  # noqa: PLR0917 -- as above
    register: Register,
    measure: Measure,
    bound: TimedBound | None,
    counted_from: datetime | None,
    day: date,
    organisations: Sequence[str],
) -> datetime | None:
    """Until when it is in time by a bound of a level in force on `day`; None for a bound that is no time.

    For a lead, `counted_from` is the moment it must precede.
    """
    if bound is None or counted_from is None:
        return None
    if bound.days is not None:
        return due(counted_from, bound.days, clock_calendar(register, measure, day, organisations))
    clock, length = clock_of(register, measure, day), bound.length or timedelta()
    before = measure.kind == "lead_at_least"
    if clock == "elapsed":
        return in_utc(counted_from) - length if before else in_utc(counted_from) + length
    direction: Literal["before", "after"] = "before" if before else "after"
    deadline = Deadline(amount=length, unit=clock, direction=direction)
    return due(counted_from, deadline, clock_calendar(register, measure, day, organisations))


def clock_of(register: Register, measure: Measure, day: date) -> ClockUnit:
    """The clock in which times run: the level's own; for arrivals (A9) and equipment (A12) the one the terms name."""
    if measure.end == "arrived":
        return register.sla_on(day).terms.arrival_clock
    if measure.end == "equipment_restored":
        return "opening_hours" if register.sla_on(day).terms.restore_clock == "opening" else "elapsed"
    return measure.clock


def clock_calendar(register: Register, measure: Measure, day: date, organisations: Sequence[str]) -> Calendar:
    """The calendar of that clock, whose days are also the opening days that are counted.

    Opening hours are those that the organisations have in common, else the contract's (A33); support has one calendar.
    """
    if clock_of(register, measure, day) == "support_hours":
        return register.support_calendar(day)
    return register.common_calendar(day, organisations)


def clock_run(register: Register, item: "Item", until: datetime) -> timedelta:
    """How long the item's clock had run when it was done, or by `until`, pauses left out (C14).

    It runs from the item's start, or from when support opens (S28), in the clock of its level. Nothing for what has no
    start. Late increments compare it with `allowed`.
    """
    return _run(register, item, until if item.end is None else item.end)


def length_of(register: Register, measure: Measure, item: "Item", until: datetime) -> timedelta:
    """The same, where the level's measure is at hand."""
    if clock_of(register, measure, item.day) != "elapsed":
        return clock_run(register, item, until)
    return lasted(item, until) if item.end is None else item.when_done_ran


def runs_elapsed(measure: Measure) -> bool:
    """Whether times of the measure run in elapsed time by every version of the terms."""
    return measure.clock == "elapsed" and measure.end not in {"arrived", "equipment_restored"}


def is_certain(item: "Item", until: datetime) -> bool:
    """Whether the item is done by then, and nobody contests how long it took (C23)."""
    return item.extents is None and item.end is not None and item.end <= until


def allowed(register: Register, item: "Item") -> timedelta | None:
    """How long the item's clock runs until its guaranteed due time; None where it has none, or is paused before it."""
    return None if item.guaranteed_due is None else _run(register, item, item.guaranteed_due)


def lasted(item: "Item", until: datetime) -> timedelta:
    """The elapsed time from when the item's clock began to when it was done, or to `until`, pauses left out."""
    begins, done = item.runs_from or item.start, until if item.end is None else item.end
    if begins is None:
        return timedelta()
    if not item.pauses:
        return max(done - begins, timedelta())
    paused = (min(pause.ended_at or done, done) - pause.started_at for pause in item.pauses if pause.started_at < done)
    return max(done - begins - sum(paused, timedelta()), timedelta())


def possible_runs(
    register: Register, measure: Measure, item: "Item", until: datetime
) -> tuple[timedelta, timedelta | None]:
    """The least and the most that the item's clock may have run once all is known; None without an upper limit (C23).

    Of what is not done nothing is certain but what reports of an outage told. Pauses are those that are known: without
    more of them the clock ran longer.
    """
    if item.extents is None:
        if item.end is None or not is_certain(item, until):
            return timedelta(), None
        if clock_of(register, measure, item.day) == "elapsed":  # most items: no calendar is asked
            run = item.when_done_ran
        else:
            run = run_by(register, measure, item, item.end)
        return run, run
    (begun, ended), (begins, ends) = item.extents.least, item.extents.most
    least = run_by(register, measure, _from(register, measure, item, begun), min(ended, until))
    if ends is None or ends > until:
        return least, None
    return least, run_by(register, measure, _from(register, measure, item, begins), ends)


def _from(register: Register, measure: Measure, item: "Item", start: datetime) -> "Item":
    """The item as if it had begun then."""
    if start == item.start:
        return item
    return msgspec.structs.replace(item, start=start, runs_from=running_from(register, measure, start, item.day))


def run_by(register: Register, measure: Measure, item: "Item", instant: datetime) -> timedelta:
    """How long the item's clock had run by the instant, pauses left out (C14)."""
    begins = item.runs_from or item.start
    if begins is None or instant <= begins:
        return timedelta()
    ended = ((pause.started_at, pause.ended_at or instant) for pause in item.pauses)
    pauses = [Interval(started_at, ended_at) for started_at, ended_at in ended if started_at < ended_at]
    clock = clock_of(register, measure, item.day)
    calendar = clock_calendar(register, measure, item.day, kept_by(register, measure, item))
    return clock_time(Interval(begins, instant), clock, calendar, pauses)


def is_paused(item: "Item", until: datetime) -> bool:
    """Whether the item's clock stands still at `until`, before the item is done."""
    if item.end is not None and item.end <= until:
        return False
    return any(
        pause.started_at <= until and (pause.ended_at is None or until < pause.ended_at) for pause in item.pauses
    )


def _run(register: Register, item: "Item", instant: datetime) -> timedelta:
    version = register.level_on(item.level, item.day)
    if version is None or version.definition is None:
        return timedelta()
    return run_by(register, version.definition.measure, item, instant)


def _pauses(occasion: "Occasion", begins: datetime) -> tuple[Pause, ...]:
    """The pauses since the clock began, overlapping ones as one. What was done while it was paused ends the pause."""
    closed, opened = [], []
    for pause in occasion.pauses:
        started_at, ended_at = max(in_utc(pause.started_at), begins), pause.ended_at
        if occasion.end is not None:
            ended_at = occasion.end if ended_at is None else min(ended_at, occasion.end)
        if ended_at is None:
            opened.append(started_at)
        elif started_at < ended_at:
            closed.append(Interval(started_at, ended_at))
    going_on = min(opened, default=None)
    before = (each if going_on is None else each.until(going_on) for each in closed)
    known = union(each for each in before if each is not None)
    return (
        *(Pause(started_at=each.start, ended_at=each.end) for each in known),
        *([] if going_on is None else [Pause(started_at=going_on, ended_at=None)]),
    )


def _after_pauses(unpaused: datetime, pauses: Sequence[Pause], clock: ClockUnit, calendar: Calendar) -> datetime | None:
    """The due time, later by what the clock would have run in each pause that began before it.

    None while a pause goes on that did.
    """
    closed = [Interval(each.started_at, each.ended_at) for each in pauses if each.ended_at is not None]
    moved = after_pauses(unpaused, closed, clock, calendar).due
    return None if any(each.ended_at is None and each.started_at < moved for each in pauses) else moved


def _pause_clock(register: Register, measure: Measure, bound: TimedBound, day: date) -> ClockUnit:
    """The clock of a pause: that of the term; where opening days are counted, their opening time."""
    if bound.days is not None and bound.days.unit == "opening_days":
        return "opening_hours"
    return clock_of(register, measure, day)
