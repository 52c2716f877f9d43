"""Until when something is to be done (C13, C14, A13, A18, A21, A32). Exactly on the deadline is in time."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.intervals import measure, subtract
from slm_domain.figures.local_time import ONE_DAY, end_of_day, in_utc, local_date
from slm_domain.figures.periods import Interval, months_later

ClockUnit = Literal["elapsed", "support_hours", "opening_hours"]
DayUnit = Literal["calendar_days", "opening_days", "months"]
Direction = Literal["after", "before"]
Shifting = Literal["none", "next", "previous"]
DayEnd = Literal["end_of_day", "end_of_opening_hours"]


class WrongDeadlineError(ValueError):
    """A deadline term that has no meaning was given."""


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A term that says how long something may take.

    `amount` is a time for the units "elapsed", "support_hours" and "opening_hours", a number for "calendar_days",
    "opening_days" and "months". `count_first_day`: 受理した日から起算して (A21), otherwise the day after is day 1.
    `shift` says what happens when the last day is closed (A36), `end` when the last day is over. These three speak of
    days and have no meaning for a time on a clock. Raises `WrongDeadlineError` for what has no meaning.
    """

    amount: timedelta | int
    unit: ClockUnit | DayUnit
    direction: Direction = "after"
    count_first_day: bool = False
    shift: Shifting = "none"
    end: DayEnd = "end_of_day"

    def __post_init__(self) -> None:
        on_a_clock = self.unit in ("elapsed", "support_hours", "opening_hours")
        if isinstance(self.amount, timedelta) is not on_a_clock:
            raise WrongDeadlineError(f"{self.unit} are given as {'a time' if on_a_clock else 'a number'}")
        if on_a_clock and (self.count_first_day or self.shift != "none" or self.end != "end_of_day"):
            raise WrongDeadlineError(f"{self.unit} run on a clock: first day, shift and end speak of days")
        least = timedelta() if isinstance(self.amount, timedelta) else int(self.count_first_day)
        if self.amount < least:  # type: ignore[operator]  # `least` has the type of `amount`, line above
            raise WrongDeadlineError(f"a deadline of {self.amount} {self.unit} cannot be met")


def due(start: datetime, deadline: Deadline, calendar: Calendar) -> datetime:
    """The last instant (UTC) at which it is still in time.

    `start` is the instant from which it runs, or, for "before" (前まで), the instant it must precede. `calendar` is the
    one the term names: its hours are the clock of "support_hours" and "opening_hours", its days the opening days.

    The direction goes before shift and end (C13): where they would put it before `start`, or for "before" after it,
    nobody could keep it, or nobody miss it, and it is due at the end of the day on which the count ends.
    Raises `NoOpeningDayError`.
    """
    if isinstance(deadline.amount, timedelta):
        return _due_on_a_clock(in_utc(start), deadline.amount, deadline, calendar)
    day = _counted(local_date(start, calendar.zone), deadline.amount, deadline, calendar)
    found = _over(_shifted(day, deadline.shift, calendar), deadline.end, calendar)
    if deadline.direction == "after":
        return found if found >= start else end_of_day(day, calendar.zone)
    return found if found <= start else min(found, end_of_day(day, calendar.zone))


def due_after_period(period: Interval, deadline: Deadline, calendar: Calendar) -> datetime:
    """The deadline that runs from the end of a period; days count from the period's last day (A18).

    作業期間完了後１０日以内 for April is 10 May.
    """
    on_a_clock = isinstance(deadline.amount, timedelta)
    return due(period.end if on_a_clock else period.end - timedelta(microseconds=1), deadline, calendar)


def nth_opening_day_due(first: date, number: int, calendar: Calendar, *, end: DayEnd = "end_of_day") -> datetime:
    """The end of the opening day with that number, counted from `first` on: 翌月第５開庁日 (S2).

    `first` is the first day of the next month of the contract (C15).
    """
    return _over(calendar.nth_open_day(first, number), end, calendar)


def next_service_day(instant: datetime, calendar: Calendar, *, at: Literal["start", "end"] = "end") -> datetime:
    """翌サービス日: the start or the end of the opening hours of the next opening day (A32)."""
    hours = calendar.day_intervals(calendar.next_open_day(local_date(instant, calendar.zone)))
    return hours[0].start if at == "start" else hours[-1].end


def runs_from(received: datetime, support: Calendar) -> datetime:
    """From when a clock runs for what was received then: outside support hours from when they begin again (S28)."""
    return support.next_opening(received)


def clock_time(period: Interval, unit: ClockUnit, calendar: Calendar, pauses: Iterable[Interval] = ()) -> timedelta:
    """How much time ran on the term's own clock, pauses left out (C14)."""
    running = subtract([period], pauses)
    if unit == "elapsed":
        return measure(running)
    return sum((calendar.open_time(part) for part in running), timedelta())


def _due_on_a_clock(start: datetime, amount: timedelta, deadline: Deadline, calendar: Calendar) -> datetime:
    if deadline.unit == "elapsed":
        return start + amount if deadline.direction == "after" else start - amount
    if deadline.direction == "after":
        return calendar.add_opening_time(start, amount)
    return calendar.subtract_opening_time(start, amount)


def _counted(first: date, amount: int, deadline: Deadline, calendar: Calendar) -> date:
    """The day on which the count ends."""
    back = deadline.direction == "before"
    if deadline.unit == "calendar_days":
        days = amount - deadline.count_first_day
        return first - ONE_DAY * days if back else first + ONE_DAY * days
    if deadline.unit == "opening_days":
        day = first
        for _ in range(amount - (deadline.count_first_day and calendar.is_open_day(first))):
            day = calendar.previous_open_day(day) if back else calendar.next_open_day(day)
        return day
    corresponding = months_later(first, -amount if back else amount)
    if deadline.count_first_day and corresponding.day == first.day:  # a month without that day ends on its last day
        return corresponding + ONE_DAY if back else corresponding - ONE_DAY
    return corresponding


def _shifted(day: date, shift: Shifting, calendar: Calendar) -> date:
    if shift == "none" or calendar.is_open_day(day):
        return day
    return calendar.next_open_day(day) if shift == "next" else calendar.previous_open_day(day)


def _over(day: date, end: DayEnd, calendar: Calendar) -> datetime:
    """When the day is over. A closed day has no opening hours and ends with the day (C13)."""
    closing = calendar.closing(day) if end == "end_of_opening_hours" else None
    return closing if closing is not None else end_of_day(day, calendar.zone)
