"""Opening days and opening hours: which time counts (C1, C22, A1)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.hours import Hours, Shift
from slm_domain.figures.intervals import Intervals, union
from slm_domain.figures.local_time import MIDNIGHT, ONE_DAY, end_of_day, in_utc, instant_of, local_date, start_of_day
from slm_domain.figures.periods import FiscalYear, Interval, Month
from slm_domain.figures.proposal import propose_closed_days

TOKYO = ZoneInfo("Asia/Tokyo")
_SEARCHED_YEARS = 3


class NoOpeningDayError(ValueError):
    """The calendar has no opening time where one was looked for."""

    def __init__(self, day: date) -> None:
        super().__init__(f"the calendar has no opening time within {_SEARCHED_YEARS} fiscal years of {day.isoformat()}")
        self.day = day


class Calendar(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Hours, and the closed days that the record fixes per fiscal year.

    A year that is not fixed is computed from the proposal and is provisional (C22). `observes_closed_days` is false
    for a service that runs on holidays too. Opening time of a year is worked out once and kept with the calendar.
    """

    hours: Hours
    fixed: Mapping[FiscalYear, frozenset[date]] = msgspec.field(default_factory=dict)
    observes_closed_days: bool = True

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "fixed", dict(self.fixed))  # a later change of the caller's must not count

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose days and wall times count."""
        return self.hours.zone

    def is_provisional(self, period: Interval) -> bool:
        """Whether closed days of the period are only proposed, not fixed by an entry (C22)."""
        return self.observes_closed_days and any(year not in self.fixed for year in self._fiscal_years(period))

    # Days

    def is_open_day(self, day: date) -> bool:
        """Whether the office opens on that day at all."""
        return bool(self._shifts(day))

    def opening_days(self, span: Month | FiscalYear) -> tuple[date, ...]:
        """The opening days of the month or fiscal year, in order."""
        return tuple(day for day in span.days() if self.is_open_day(day))

    def next_open_day(self, day: date) -> date:
        """The first opening day after that day. Raises `NoOpeningDayError`."""
        return self._search(day, ONE_DAY)

    def previous_open_day(self, day: date) -> date:
        """The last opening day before that day. Raises `NoOpeningDayError`."""
        return self._search(day, -ONE_DAY)

    def nth_open_day_of_month(self, month: Month, number: int) -> date:
        """第５開庁日: the opening day with that number, counted from the first of the month (C13).

        Goes on into the next month where the month has fewer. Raises ValueError for a number below 1.
        """
        if number < 1:
            raise ValueError(f"opening days are counted from 1, not {number}")
        day = month.first - ONE_DAY
        for _ in range(number):
            day = self.next_open_day(day)
        return day

    def day_intervals(self, day: date) -> Intervals:
        """The opening hours of that day; empty on a closed day."""
        real = (_real(day, shift, self.zone) for shift in self._shifts(day))
        return union(interval for interval in real if interval is not None)

    def closing(self, day: date) -> datetime | None:
        """The instant at which the office closes for that day; None on a closed day."""
        hours = self.day_intervals(day)
        return hours[-1].end if hours else None

    # Time

    def open_intervals(self, period: Interval) -> Intervals:
        """The opening hours inside the period (C1)."""
        found = (
            part
            for year in self._fiscal_years(period)
            for interval in self._year(year).touching(period)
            if (part := interval.clipped(period)) is not None
        )
        return union(found)

    def open_time(self, period: Interval) -> timedelta:
        """The length of the opening hours inside the period."""
        years = (self._year(year) for year in self._fiscal_years(period))
        return sum((year.open_before(period.end) - year.open_before(period.start) for year in years), timedelta())

    def is_open(self, instant: datetime) -> bool:
        """Whether the office is open at the instant. It is no longer open at the instant it closes."""
        return self.next_opening(instant) == in_utc(instant)

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself if the office is open then, otherwise the next at which it opens."""
        return next(self._open_from(in_utc(instant))).start

    def add_opening_time(self, instant: datetime, amount: timedelta) -> datetime:
        """The first instant by which so much opening time has run since the instant. Raises `NoOpeningDayError`."""
        if amount <= timedelta():
            return in_utc(instant)
        for interval in self._open_from(in_utc(instant)):
            if amount <= interval.length:
                return interval.start + amount
            amount -= interval.length
        raise AssertionError("unreachable: the search for opening time ends with an error of its own")

    def subtract_opening_time(self, instant: datetime, amount: timedelta) -> datetime:
        """The last instant from which so much opening time runs until the instant. Raises `NoOpeningDayError`."""
        if amount <= timedelta():
            return in_utc(instant)
        for interval in self._open_until(in_utc(instant)):
            if amount <= interval.length:
                return interval.end - amount
            amount -= interval.length
        raise AssertionError("unreachable: the search for opening time ends with an error of its own")

    # Below: one fiscal year at a time

    @cached_property
    def _years(self) -> "dict[FiscalYear, _Year]":
        return {}

    def _year(self, year: FiscalYear) -> "_Year":
        known = self._years.get(year)
        if known is None:
            known = _Year(union(interval for day in year.days() for interval in self.day_intervals(day)))
            self._years[year] = known
        return known

    def _fiscal_years(self, period: Interval) -> Iterator[FiscalYear]:
        year = FiscalYear.of(local_date(period.start, self.zone))
        while start_of_day(year.first, self.zone) < period.end:
            yield year
            year = year.next

    def _shifts(self, day: date) -> tuple[Shift, ...]:
        special = self.hours.special_days.get(day)
        if special is not None:
            return special
        if self.observes_closed_days and day in self._closed(FiscalYear.of(day)):
            return ()
        return self.hours.weekly[day.weekday()]

    def _closed(self, year: FiscalYear) -> frozenset[date]:
        fixed = self.fixed.get(year)
        return propose_closed_days(year).dates if fixed is None else fixed

    def _search(self, day: date, step: timedelta) -> date:
        for number in range(1, _SEARCHED_YEARS * 366):
            if self.is_open_day(found := day + step * number):
                return found
        raise NoOpeningDayError(day)

    def _open_from(self, instant: datetime) -> Iterator[Interval]:
        year = FiscalYear.of(local_date(instant, self.zone))
        fruitless = 0
        while fruitless < _SEARCHED_YEARS:
            later = self._year(year).ending_after(instant)
            for interval in later:
                yield interval if interval.start >= instant else Interval(instant, interval.end)
            fruitless = 0 if later else fruitless + 1
            year = year.next
        raise NoOpeningDayError(local_date(instant, self.zone))

    def _open_until(self, instant: datetime) -> Iterator[Interval]:
        year = FiscalYear.of(local_date(instant, self.zone))
        fruitless = 0
        while fruitless < _SEARCHED_YEARS:
            earlier = self._year(year).starting_before(instant)
            for interval in reversed(earlier):
                yield interval if interval.end <= instant else Interval(interval.start, instant)
            fruitless = 0 if earlier else fruitless + 1
            year = year.previous
        raise NoOpeningDayError(local_date(instant, self.zone))


class _Year(msgspec.Struct, frozen=True, dict=True):
    """The opening hours of one fiscal year, with running totals so that a figure costs two look-ups."""

    intervals: Intervals

    @cached_property
    def starts(self) -> list[datetime]:
        return [interval.start for interval in self.intervals]

    @cached_property
    def totals(self) -> list[timedelta]:
        return list(accumulate((interval.length for interval in self.intervals), initial=timedelta()))

    def touching(self, period: Interval) -> Intervals:
        first = bisect_right(self.starts, period.start)
        last = bisect_right(self.starts, period.end)
        return self.intervals[max(first - 1, 0) : last]

    def ending_after(self, instant: datetime) -> Intervals:
        begun = bisect_right(self.starts, instant)
        running = begun > 0 and self.intervals[begun - 1].end > instant
        return self.intervals[begun - 1 if running else begun :]

    def starting_before(self, instant: datetime) -> Intervals:
        return self.intervals[: bisect_left(self.starts, instant)]

    def open_before(self, instant: datetime) -> timedelta:
        begun = bisect_right(self.starts, instant)
        if begun == 0:
            return timedelta()
        latest = self.intervals[begun - 1]
        return self.totals[begun - 1] + min(instant, latest.end) - latest.start


def _real(day: date, shift: Shift, zone: ZoneInfo) -> Interval | None:
    """The shift on that day in real time; None where clocks put forward leave nothing of it."""
    opens = instant_of(day, shift.opens, zone)
    closes = end_of_day(day, zone) if shift.closes == MIDNIGHT else instant_of(day, shift.closes, zone, last=True)
    return Interval(opens, closes) if opens < closes else None
