"""Opening days and opening hours: which time counts (C1, C22, A1)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.edges import Edges, inside, intervals_of
from slm_domain.figures.hours import Hours, Shift
from slm_domain.figures.intervals import Intervals, union
from slm_domain.figures.local_time import ONE_DAY, in_utc, local_date, start_of_day
from slm_domain.figures.open_years import OpenYear, YearPlan, hours_of_day, open_year
from slm_domain.figures.periods import FiscalYear, Interval, Month
from slm_domain.figures.proposal import propose_closed_days

TOKYO = ZoneInfo("Asia/Tokyo")
_SEARCHED_YEARS = 3


class Days(Protocol):
    """A period of whole days: a week, a month, a fiscal year, a span."""

    def days(self) -> Iterator[date]:
        """Its days in order."""


class NoOpeningDayError(ValueError):
    """The calendar has no opening time where one was looked for."""

    def __init__(self, day: date) -> None:
        super().__init__(f"the calendar has no opening time within {_SEARCHED_YEARS} fiscal years of {day.isoformat()}")
        self.day = day


class Calendar(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Hours, and the closed days that the record fixes per fiscal year.

    A year that is not fixed is computed from the proposal and is provisional (C22). `observes_closed_days` is false
    for a service that runs on holidays too; `also_closed` are days that only this calendar closes. `later` are other
    calendars, each in force from a day on, in order: a clock that runs over that day has used the old hours until then
    and keeps what it ran (C14). Opening time of a year is worked out once, and shared by calendars with the same hours.
    """

    hours: Hours
    fixed: Mapping[FiscalYear, frozenset[date]] = msgspec.field(default_factory=dict)
    observes_closed_days: bool = True
    also_closed: frozenset[date] = frozenset()
    later: "tuple[tuple[date, Calendar], ...]" = ()

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "fixed", dict(self.fixed))  # a later change of the caller's must not count

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose days and wall times count."""
        return self.hours.zone

    def on(self, day: date) -> "Calendar":
        """The calendar in force on the day: this one, or one of the later."""
        found = self
        for begins, calendar in self.later:
            if begins <= day:
                found = calendar
        return found

    def is_provisional(self, period: Interval) -> bool:
        """Whether closed days of the period are only proposed, not fixed by an entry (C22)."""
        return any(
            calendar.observes_closed_days and any(year not in calendar.fixed for year in self._fiscal_years(part))
            for calendar, part in self._in_force(period)
        )

    # Days

    def is_open_day(self, day: date) -> bool:
        """Whether the office opens on that day at all."""
        return bool(self.shifts(day))

    def opening_days(self, span: Days) -> tuple[date, ...]:
        """The opening days of the month, fiscal year or other period of whole days, in order."""
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
        return self.nth_open_day(month.first, number)

    def nth_open_day(self, first: date, number: int) -> date:
        """The opening day with that number, the first on or after `first` being 1. Raises ValueError below 1."""
        if number < 1:
            raise ValueError(f"opening days are counted from 1, not {number}")
        day = first - ONE_DAY
        for _ in range(number):
            day = self.next_open_day(day)
        return day

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The shifts of that day on the wall clock: its own if it is a special day, none if it is closed."""
        calendar = self.on(day)
        if calendar is not self:
            return calendar.shifts(day)
        special = self.hours.special_days.get(day)
        if special is not None:
            return special
        closed = day in self.also_closed or (self.observes_closed_days and day in self._closed(FiscalYear.of(day)))
        return () if closed else self.hours.usual_shifts(day)

    def day_intervals(self, day: date) -> Intervals:
        """The opening hours of that day; empty on a closed day."""
        return hours_of_day(day, self.on(day).zone, self.shifts(day))

    def closing(self, day: date) -> datetime | None:
        """The instant at which the office closes for that day; None on a closed day."""
        hours = self.day_intervals(day)
        return hours[-1].end if hours else None

    # Time

    def open_intervals(self, period: Interval) -> Intervals:
        """The opening hours inside the period (C1)."""
        return intervals_of(self.open_edges(period))

    def open_edges(self, period: Interval) -> Edges:
        """The same as edges in one row."""
        found: Edges = []
        for year in self._fiscal_years(period):
            part = inside(self.year(year).edges, period.start, period.end)
            if found and part and found[-1] == part[0]:  # open through the last night of a fiscal year
                found[-1:] = part[1:]
            else:
                found += part
        return found

    def open_time(self, period: Interval) -> timedelta:
        """The length of the opening hours inside the period."""
        years = (self.year(year) for year in self._fiscal_years(period))
        return sum((year.open_before(period.end) - year.open_before(period.start) for year in years), timedelta())

    def is_open(self, instant: datetime) -> bool:
        """Whether the office is open at the instant. It is no longer open at the instant it closes."""
        return self.next_opening(instant) == in_utc(instant)

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself if the office is open then, otherwise the next at which it opens."""
        begun = in_utc(instant)
        years = (year.opening_at_or_after(begun) for year in self._years_from(begun))
        return next(opening for opening in years if opening is not None)

    def add_opening_time(self, instant: datetime, amount: timedelta) -> datetime:
        """The first instant by which so much opening time has run since the instant. Raises `NoOpeningDayError`."""
        begun = in_utc(instant)
        if amount <= timedelta():
            return begun
        for year in self._years_from(begun):
            before = year.open_before(begun)
            if before + amount <= year.total:
                return year.first_with(before + amount)
            amount -= year.total - before
        raise AssertionError("unreachable: the search for opening time ends with an error of its own")

    def subtract_opening_time(self, instant: datetime, amount: timedelta) -> datetime:
        """The last instant from which so much opening time runs until the instant. Raises `NoOpeningDayError`."""
        ended = in_utc(instant)
        if amount <= timedelta():
            return ended
        for year in self._years_until(ended):
            before = year.open_before(ended)
            if amount <= before:
                return year.last_with(before - amount)
            amount -= before
        raise AssertionError("unreachable: the search for opening time ends with an error of its own")

    # Below: one fiscal year at a time

    @cached_property
    def _years(self) -> dict[FiscalYear, OpenYear]:
        return {}

    def year(self, year: FiscalYear) -> OpenYear:
        """The opening time of a fiscal year."""
        known = self._years.get(year)
        if known is None:
            known = self._worked_out(year)
            self._years[year] = known
        return known

    def _worked_out(self, year: FiscalYear) -> OpenYear:
        if any(year.first < begins <= year.last for begins, _ in self.later):
            return OpenYear(union(interval for day in year.days() for interval in self.day_intervals(day)))
        calendar = self.on(year.first)
        if calendar is not self:
            return calendar.year(year)
        return open_year(self._plan(year))

    def _plan(self, year: FiscalYear) -> YearPlan:
        """All that the year's opening time depends on: two calendars with the same plan share it."""
        special = self.hours.special_days.items()
        closed = self._closed(year) if self.observes_closed_days else frozenset[date]()
        return YearPlan(
            year=year,
            zone=self.hours.zone.key,
            weekly=self.hours.weekly,
            changes=self.hours.changes,
            special=tuple(sorted((day, shifts) for day, shifts in special if year.first <= day <= year.last)),
            closed=closed | frozenset(day for day in self.also_closed if year.first <= day <= year.last),
        )

    def _fiscal_years(self, period: Interval) -> Iterator[FiscalYear]:
        year = FiscalYear.of(local_date(period.start, self.zone))
        while start_of_day(year.first, self.zone) < period.end:
            yield year
            year = year.next

    def _in_force(self, period: Interval) -> "Iterator[tuple[Calendar, Interval]]":
        """The period cut where a later calendar takes over."""
        begins = period.start
        for calendar, (day, _) in zip((self, *(each for _, each in self.later)), self.later, strict=False):
            ends = start_of_day(day, self.zone)
            if begins < min(ends, period.end):
                yield calendar, Interval(begins, min(ends, period.end))
            begins = max(begins, ends)
        if begins < period.end:
            yield self.later[-1][1] if self.later else self, Interval(begins, period.end)

    def _closed(self, year: FiscalYear) -> frozenset[date]:
        fixed = self.fixed.get(year)
        return propose_closed_days(year).dates if fixed is None else fixed

    def _search(self, day: date, step: timedelta) -> date:
        for number in range(1, _SEARCHED_YEARS * 366):
            if self.is_open_day(found := day + step * number):
                return found
        raise NoOpeningDayError(day)

    def _years_from(self, instant: datetime) -> Iterator[OpenYear]:
        """The fiscal year of the instant and those after it. Raises `NoOpeningDayError` once too many have no more."""
        number = FiscalYear.of(local_date(instant, self.zone))
        fruitless = 0
        while fruitless < _SEARCHED_YEARS:
            year = self.year(number)
            yield year
            fruitless = 0 if year.open_before(instant) < year.total else fruitless + 1
            number = number.next
        raise NoOpeningDayError(local_date(instant, self.zone))

    def _years_until(self, instant: datetime) -> Iterator[OpenYear]:
        """The fiscal year of the instant and those before it. Raises as above."""
        number = FiscalYear.of(local_date(instant, self.zone))
        fruitless = 0
        while fruitless < _SEARCHED_YEARS:
            year = self.year(number)
            yield year
            fruitless = 0 if year.open_before(instant) else fruitless + 1
            number = number.previous
        raise NoOpeningDayError(local_date(instant, self.zone))
