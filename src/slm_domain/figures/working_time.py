"""Questions about opening time that a clock or a plan asks of calendars: back and forth, day by day, together.

All of it rests on the calendar's own answers, so closed days, special days and changes of hours count here as there.
The moment an office closes still belongs to its day: what is due at 17:15 may be done at 17:15 (C13).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from slm_domain.figures.calendars import Calendar, NoOpeningDayError
from slm_domain.figures.hours import Shift, WeeklyShifts
from slm_domain.figures.intervals import Intervals, intersect
from slm_domain.figures.local_time import end_of_day, in_utc, instant_of, local_date
from slm_domain.figures.periods import Interval

_SHORTEST = timedelta(microseconds=1)
_SEARCHED = timedelta(days=3 * 366)


def last_open_moment(at: datetime, calendar: Calendar) -> datetime:
    """The instant itself if the office is open then or just closes, otherwise the one at which it closed last.

    Raises `NoOpeningDayError`.
    """
    if calendar.is_open(at):
        return in_utc(at)
    return calendar.subtract_opening_time(at, _SHORTEST) + _SHORTEST


def add_working_time(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The instant so much opening time later; earlier, if negative. No time at all leads to the next open moment.

    Raises `NoOpeningDayError`.
    """
    if not amount:
        return calendar.next_opening(start)
    if amount < timedelta():
        return calendar.subtract_opening_time(start, -amount)
    return calendar.add_opening_time(start, amount)


def add_opening_days(start: datetime, days: int, calendar: Calendar, *, at_closing: bool = False) -> datetime:
    """The same clock time so many opening days later; earlier, if negative. The start's own day is day 0.

    `at_closing` asks for that day's closing instead of the clock time. A clock time outside that day's hours leads on
    to the next open moment, or back to the last one when days are counted back. Raises `NoOpeningDayError`.
    """
    wall = in_utc(start).astimezone(calendar.zone)
    day = wall.date()
    for _ in range(abs(days)):
        day = calendar.next_open_day(day) if days > 0 else calendar.previous_open_day(day)
    if at_closing:
        return _closing(day, calendar)
    moved = instant_of(day, wall.time(), calendar.zone, last=bool(wall.fold))
    if moved == calendar.closing(day):
        return moved
    return last_open_moment(moved, calendar) if days < 0 else calendar.next_opening(moved)


def opening_periods(start: datetime, calendar: Calendar) -> Iterator[Interval]:
    """The opening hours from the instant on, day by day, without end. Raises `NoOpeningDayError` when none is left."""
    begins = calendar.next_opening(start)
    day = local_date(begins, calendar.zone)
    while True:
        for interval in calendar.day_intervals(day):
            if interval.end > begins:
                yield Interval(max(interval.start, begins), interval.end)
        day = calendar.next_open_day(day)


def common_opening_periods(start: datetime, calendars: Sequence[Calendar]) -> Iterator[Interval]:
    """The time in which all of the calendars are open, from the instant on, by the days of the first one.

    Raises ValueError without a calendar, `NoOpeningDayError` when they have no time in common for three years.
    """
    if not calendars:
        raise ValueError("no calendar has no opening time")
    first, *others = calendars
    found = in_utc(start)
    for interval in opening_periods(start, first):
        for part in _common(interval, others):
            found = part.end
            yield part
        if interval.end - found > _SEARCHED:
            raise NoOpeningDayError(local_date(found, first.zone))


def opening_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The opening time from one instant to another; none from an instant to itself.

    Raises `EmptyPeriodError` if they are reversed (C1).
    """
    return timedelta() if in_utc(start) == in_utc(end) else calendar.open_time(Interval(start, end))


def with_breaks(calendar: Calendar, breaks: Mapping[date, Sequence[Shift]]) -> Calendar:
    """The calendar with breaks of single days cut out of those days' hours. A closed day stays closed."""
    cut = {
        day: WeeklyShifts(effective_from=day, shifts=(calendar.shifts(day),) * 7, breaks=tuple(gaps)).shifts[0]
        for day, gaps in breaks.items()
        if calendar.is_open_day(day)
    }
    hours = msgspec.structs.replace(calendar.hours, special_days={**calendar.hours.special_days, **cut})
    later = tuple((begins, with_breaks(other, breaks)) for begins, other in calendar.later)
    return msgspec.structs.replace(calendar, hours=hours, later=later)


def _closing(day: date, calendar: Calendar) -> datetime:
    closing = calendar.closing(day)
    return closing if closing is not None else end_of_day(day, calendar.zone)  # a closed day ends with the day (C13)


def _common(interval: Interval, others: Sequence[Calendar]) -> Intervals:
    common: Intervals = (interval,)
    for other in others:
        common = intersect(common, other.open_intervals(interval))
    return common
