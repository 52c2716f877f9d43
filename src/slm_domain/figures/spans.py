"""Calendar periods of every length that a level is judged by or a report is made for (C12, C15).

A month may start on any day from the 1st to the 28th; quarters, halves and years are then made of such months. Fiscal
years, and with them halves and quarters, begin in April. Weeks start on Monday unless a term says otherwise.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.local_time import ONE_DAY, start_of_day
from slm_domain.figures.periods import FIRST_MONTH_OF_A_FISCAL_YEAR, MONTHS_OF_A_YEAR, Interval, Month, Week

SpanKind = Literal["day", "week", "month", "quarter", "half_year", "fiscal_year", "year"]
SPAN_KINDS: tuple[SpanKind, ...] = get_args(SpanKind)
_MONTHS: dict[SpanKind, int] = {"month": 1, "quarter": 3, "half_year": 6, "fiscal_year": 12, "year": 12}
_LATEST_FIRST_DAY = 28


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """Where periods begin: weeks on `weekday` (Monday = 0), months on `day_of_month`, 1 to 28 (C15)."""

    weekday: int = 0
    day_of_month: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.day_of_month <= _LATEST_FIRST_DAY:
            raise ValueError(f"months begin on a day from 1 to {_LATEST_FIRST_DAY}, not on {self.day_of_month}")


USUAL = Start()


class Span(msgspec.Struct, frozen=True, order=True):
    """A period of whole days, `first` to `last`, both included."""

    first: date
    last: date
    kind: SpanKind

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def interval(self, zone: ZoneInfo) -> Interval:
        """The period in the zone."""
        return Interval(start_of_day(self.first, zone), start_of_day(self.last + ONE_DAY, zone))

    def days(self) -> Iterator[date]:
        """Its days in order."""
        return (self.first + ONE_DAY * number for number in range((self.last - self.first).days + 1))

    @property
    def label(self) -> str:  # noqa: PLR0911 -- one line for each kind
        """How it is named: 2025-04-01, 2025-04-07/week, 2025-04, 2025-Q1 (April to June), 2025-H1, FY2025, 2025.

        Weeks are named by their first day (2025-04-07/week), because ISO numbers know only weeks from Monday. What is
        made of months is named by the month in which it begins.
        """
        month = Month.of(self.first)
        place = (month.month - FIRST_MONTH_OF_A_FISCAL_YEAR) % MONTHS_OF_A_YEAR
        match self.kind:
            case "day":
                return self.first.isoformat()
            case "week":
                return f"{self.first.isoformat()}/week"
            case "month":
                return str(month)
            case "quarter":
                return f"{month.fiscal_year}-Q{place // 3 + 1}"
            case "half_year":
                return f"{month.fiscal_year}-H{place // 6 + 1}"
            case "fiscal_year":
                return f"FY{month.fiscal_year}"
            case "year":
                return str(month.year)


def month_span(month: Month, start: Start = USUAL) -> Span:
    """The month that begins in that calendar month: 2025-04 from the 16th runs to 15 May (C15)."""
    return _month_span(month, start)


@lru_cache(maxsize=1024)  # each level of a month's figures asks for its days
def _month_span(month: Month, start: Start) -> Span:
    return span_of("month", month.day(start.day_of_month), start)


def month_of(day: date, start: Start = USUAL) -> Month:
    """The month in which the day falls, named by the calendar month in which it begins (C15)."""
    return Month.of(span_of("month", day, start).first)


def span_of(kind: SpanKind, day: date, start: Start = USUAL) -> Span:
    """The period of that kind in which the day falls."""
    return _span_of(kind, day, start)


@lru_cache(maxsize=8192)  # every item asks for the month of its day
def _span_of(kind: SpanKind, day: date, start: Start) -> Span:
    match kind:
        case "day":
            return Span(day, day, kind)
        case "week":
            week = Week.of(day, first_weekday=start.weekday)
            return Span(week.first, week.last, kind)
        case _:
            month = Month.of(day) if day.day >= start.day_of_month else Month.of(day).previous
            length = _MONTHS[kind]
            begins = 1 if kind == "year" else FIRST_MONTH_OF_A_FISCAL_YEAR
            first = month.plus(-((month.month - begins) % MONTHS_OF_A_YEAR % length))
            after = first.plus(length).day(start.day_of_month)
            return Span(first.day(start.day_of_month), after - ONE_DAY, kind)


def spans_between(kind: SpanKind, first: date, last: date, start: Start = USUAL) -> tuple[Span, ...]:
    """Every period of that kind that has a day from `first` to `last`, in order; none where they are reversed."""
    found = []
    span = span_of(kind, first, start)
    while span.first <= last and first <= last:
        found.append(span)
        span = span_of(kind, span.last + ONE_DAY, start)
    return tuple(found)


def previous(span: Span, start: Start = USUAL) -> Span:
    """The period of the same kind before it."""
    return span_of(span.kind, span.first - ONE_DAY, start)


def year_before(span: Span, start: Start = USUAL) -> Span:
    """The corresponding period a year before: the same month last year; for weeks and days 52 weeks before."""
    if span.kind in _MONTHS:
        return span_of(span.kind, Month.of(span.first).plus(-MONTHS_OF_A_YEAR).day(start.day_of_month), start)
    return span_of(span.kind, span.first - ONE_DAY * 7 * 52, start)
