"""Stretches of time that figures are about: intervals, months, weeks, fiscal years, rolling windows (C1, C15)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.local_time import ONE_DAY, in_utc, instant_of, local_date, start_of_day

MONTHS_OF_A_YEAR = 12
FIRST_MONTH_OF_A_FISCAL_YEAR = 4  # April (会計年度)


class EmptyPeriodError(ValueError):
    """A period that ends where it starts, or before, was given (C1)."""

    def __init__(self, start: datetime, end: datetime) -> None:
        super().__init__(f"a period must end after it starts: {start.isoformat()} to {end.isoformat()} does not")
        self.start = start
        self.end = end


class Interval(msgspec.Struct, frozen=True, order=True, gc=False):  # holds two instants: nothing can go round
    """The instants from `start` up to, not including, `end` (C1). Kept in UTC, so its length is real elapsed time.

    Raises `EmptyPeriodError` if empty or reversed, `NaiveInstantError` if a time names no zone.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:  # made by the thousand, nearly always from UTC
            msgspec.structs.force_setattr(self, "start", in_utc(self.start))
            msgspec.structs.force_setattr(self, "end", in_utc(self.end))
        if self.end <= self.start:
            raise EmptyPeriodError(self.start, self.end)

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    @property
    def length(self) -> timedelta:
        """Elapsed time from start to end."""
        return self.end - self.start

    def clipped(self, other: "Interval") -> "Interval | None":
        """The part of this interval inside the other, if any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None

    def until(self, instant: datetime) -> "Interval | None":
        """The part of this interval before the instant, if any."""
        end = min(self.end, in_utc(instant))
        return Interval(self.start, end) if self.start < end else None


class Month(msgspec.Struct, frozen=True, order=True):
    """A calendar month, written `2025-04`. Raises ValueError for a month that does not exist."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)  # raises ValueError and says what is wrong

    @classmethod
    def parse(cls, text: str) -> Self:
        """The month written as `2025-04`. Raises ValueError for any other form."""
        try:
            first = date.fromisoformat(f"{text}-01")
        except ValueError as error:
            raise ValueError(f"a month is written like 2025-04, not {text!r}") from error
        return cls(first.year, first.month)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which the day falls."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> "Month":
        """The month after it."""
        return self.plus(1)

    @property
    def previous(self) -> "Month":
        """The month before it."""
        return self.plus(-1)

    @property
    def fiscal_year(self) -> "FiscalYear":
        """The fiscal year in which it falls."""
        return FiscalYear.of(self.first)

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier, if negative)."""
        years, month = divmod(self.year * MONTHS_OF_A_YEAR + self.month - 1 + months, MONTHS_OF_A_YEAR)
        return Month(years, month + 1)

    def day(self, number: int) -> date:
        """The day with that number, or the month's last day if it has fewer."""
        return date(self.year, self.month, min(number, self.last.day))

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return _days(self.first, self.last)

    def interval(self, zone: ZoneInfo, *, first_day: int = 1) -> Interval:
        """The month in the zone; from `first_day` to the same day of the next month where a contract says so (C15)."""
        return Interval(start_of_day(self.day(first_day), zone), start_of_day(self.next.day(first_day), zone))


class FiscalYear(msgspec.Struct, frozen=True, order=True):
    """The fiscal year that begins on 1 April of `start` (会計年度, C15)."""

    start: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The fiscal year in which the day falls."""
        return cls(day.year if day.month >= FIRST_MONTH_OF_A_FISCAL_YEAR else day.year - 1)

    def __str__(self) -> str:
        return str(self.start)

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.start, FIRST_MONTH_OF_A_FISCAL_YEAR, 1)

    @property
    def last(self) -> date:
        """31 March of the next year."""
        return self.next.first - ONE_DAY

    @property
    def next(self) -> "FiscalYear":
        """The fiscal year after it."""
        return FiscalYear(self.start + 1)

    @property
    def previous(self) -> "FiscalYear":
        """The fiscal year before it."""
        return FiscalYear(self.start - 1)

    def months(self) -> tuple[Month, ...]:
        """Its twelve months, April first."""
        april = Month(self.start, FIRST_MONTH_OF_A_FISCAL_YEAR)
        return tuple(april.plus(number) for number in range(MONTHS_OF_A_YEAR))

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return _days(self.first, self.last)

    def interval(self, zone: ZoneInfo) -> Interval:
        """The fiscal year in the zone."""
        return Interval(start_of_day(self.first, zone), start_of_day(self.next.first, zone))


class Week(msgspec.Struct, frozen=True, order=True):
    """Seven days from `first` on. Weeks start on Monday unless a term says otherwise (C15)."""

    first: date

    @classmethod
    def of(cls, day: date, *, first_weekday: int = 0) -> Self:
        """The week in which the day falls; `first_weekday` counts from Monday = 0 (S34's generations: Saturday = 5)."""
        return cls(day - ONE_DAY * ((day.weekday() - first_weekday) % 7))

    @property
    def last(self) -> date:
        """Its seventh day."""
        return self.first + ONE_DAY * 6

    @property
    def next(self) -> "Week":
        """The week after it."""
        return Week(self.first + ONE_DAY * 7)

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return _days(self.first, self.last)

    def interval(self, zone: ZoneInfo) -> Interval:
        """The week in the zone."""
        return Interval(start_of_day(self.first, zone), start_of_day(self.next.first, zone))


def last_days(instant: datetime, days: int, zone: ZoneInfo) -> Interval:
    """The rolling window that ends at the instant and starts at the same wall time so many days before."""
    return _window(instant, local_date(instant, zone) - ONE_DAY * days, zone)


def last_months(instant: datetime, months: int, zone: ZoneInfo) -> Interval:
    """The rolling window of so many months that ends at the instant; 31 May less three months starts 28 February."""
    return _window(instant, months_later(local_date(instant, zone), -months), zone)


def months_later(day: date, months: int) -> date:
    """The corresponding day so many months later (earlier, if negative), or that month's last day (C13)."""
    return Month.of(day).plus(months).day(day.day)


def _window(instant: datetime, first: date, zone: ZoneInfo) -> Interval:
    return Interval(instant_of(first, in_utc(instant).astimezone(zone).time(), zone), instant)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * number for number in range((last - first).days + 1))
