"""From what a clock on the wall says to the instant it means, and back.

Everything below this file computes in UTC instants, because Python subtracts two times of one zone by their wall
clocks: a 25-hour day would have 24 hours (C1).
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

MIDNIGHT = time(0, 0)
ONE_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class NaiveInstantError(ValueError):
    """A time without a zone was given where an instant is needed."""

    def __init__(self, given: datetime) -> None:
        super().__init__(f"{given.isoformat()} names no time zone; an instant is needed")
        self.given = given


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises `NaiveInstantError` for a time without a zone."""
    if instant.tzinfo is UTC:
        return instant
    _check(instant)
    return instant.astimezone(UTC)


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The day on which the instant falls in the zone. Raises `NaiveInstantError`."""
    _check(instant)
    return instant.astimezone(zone).date()


def _check(instant: datetime) -> None:
    if type(instant.tzinfo) is not timezone and instant.utcoffset() is None:  # offsets, UTC among them, are by far most
        raise NaiveInstantError(instant)


def instant_of(day: date, wall: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """The instant (UTC) at which clocks in the zone show the wall time on that day.

    Where clocks are put back the time is shown twice: the first is meant, or the last one if `last`. Where clocks are
    put forward it is not shown at all: the instant of the change is meant.
    """
    shown = datetime.combine(day, wall, tzinfo=zone)
    first, second = shown.replace(fold=0).astimezone(UTC), shown.replace(fold=1).astimezone(UTC)
    if first <= second:
        return second if last else first
    return _change_between(second, first, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) of the day in the zone."""
    return _start_of_day(day, zone)


@lru_cache(maxsize=8192)  # asked for again and again: months, fiscal years and deadlines begin and end with days
def _start_of_day(day: date, zone: ZoneInfo) -> datetime:
    return instant_of(day, MIDNIGHT, zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the day is over in the zone: the start of the next one."""
    return start_of_day(day + ONE_DAY, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    old = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:  # zones change their clocks on whole seconds
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0) if middle.replace(microsecond=0) > before else middle
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
