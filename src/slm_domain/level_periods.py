"""The periods that a level is judged by, and those of them that a month's report tells of (C12, C15)."""

from collections.abc import Sequence
from datetime import date
from typing import get_args

import msgspec

from slm_domain.figures.local_time import ONE_DAY
from slm_domain.figures.periods import Month
from slm_domain.figures.spans import Span, SpanKind, Start, month_span, span_of, spans_between
from slm_domain.measures import PER_PERIOD
from slm_domain.sla import Measure, PeriodKind, Sla, Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
_SHORT: frozenset[PeriodKind] = frozenset({"day", "week"})


class LevelPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """A period of whole days, `first` to `last`. `running`: it goes on after the month and is shown so far."""

    label: str
    first: date
    last: date
    running: bool = False


def periods_told(measure: Measure, sla: Sla, month: Month) -> tuple[LevelPeriod, ...]:
    """The periods that end in the contract's month; a longer one that goes on after it is told so far.

    A rolling window is the one that ends with the month, in the last month with the term. With the contract's term
    every period is over, and days outside the term are none.
    """
    of_month = _month(sla, month)
    match measure.period or "month":
        case "rolling":
            last = min(of_month.last, sla.term_to)
            return (LevelPeriod(label=f"{month}/rolling", first=_rolls_from(measure, sla, month, last), last=last),)
        case "term":
            ends = sla.term_to in of_month
            return (LevelPeriod(label="term", first=sla.term_from, last=sla.term_to, running=not ends),)
        case kind:
            first, last_day = max(of_month.first, sla.term_from), min(of_month.last, sla.term_to)
            spans = [(span, min(span.last, sla.term_to)) for span in _spans(kind, first, last_day, measure, sla)]
            return tuple(
                LevelPeriod(label=_label(span), first=span.first, last=last, running=last > of_month.last)
                for span, last in spans
                if last <= of_month.last or kind not in _SHORT
            )


def label_is_of(measure: Measure, label: str, sla: Sla) -> bool:
    """Whether a period of the level can have this label."""
    if measure.kind not in PER_PERIOD:
        return False
    kind: PeriodKind = measure.period or "month"
    if kind == "term":
        return label == "term"
    try:
        if kind == "rolling":
            month, slash, word = label.partition("/")
            return slash + word == "/rolling" and str(Month.parse(month)) == month
        year = int(label[:4])
        spans = spans_between(kind, date(year, 1, 1), date(year + 1, 12, 31), _start(measure, sla))
        return any(_label(span) == label for span in spans)
    except ValueError:
        return False


def boundary(measure: Measure, day: date, sla: Sla) -> date:
    """The first day from `day` on at which the level can change: what is judged per period changes with one (C12).

    Days are told together in their month, and rolling windows end with one, so these change with a month.
    """
    if measure.kind not in PER_PERIOD:
        return day
    match measure.period or "month":
        case "term":
            return day if day == sla.term_from else sla.term_to + ONE_DAY
        case "rolling" | "day":
            kind: SpanKind = "month"
        case named:
            kind = named
    span = span_of(kind, day, _start(measure, sla))
    return day if day == span.first else span.last + ONE_DAY


def needed_from(measure: Measure, sla: Sla, month: Month) -> date:
    """The first day of which the level's items are needed for what the month tells of it.

    A grade stays in force, so all assessments before are needed.
    """
    if measure.kind == "grade_at_least":
        return date.min
    of_month = _month(sla, month).first
    if measure.kind not in PER_PERIOD:
        return of_month
    return min([of_month, *(period.first for period in periods_told(measure, sla, month))])


def reaches_beyond_its_month(measures: Sequence[Measure]) -> bool:
    """Whether what happens in a month can change what a later month tells of a level."""
    return any(
        measure.kind in PER_PERIOD
        and (measure.kind == "grade_at_least" or (measure.period or "month") not in {"day", "month"})
        for measure in measures
    )


def _spans(kind: SpanKind, first: date, last: date, measure: Measure, sla: Sla) -> tuple[Span, ...]:
    return spans_between(kind, first, last, _start(measure, sla)) if first <= last else ()


def _month(sla: Sla, month: Month) -> Span:
    return month_span(month, sla.start)


def _start(measure: Measure, sla: Sla) -> Start:
    return Start(weekday=WEEKDAYS.index(measure.week_starts_on), day_of_month=sla.start.day_of_month)


def _rolls_from(measure: Measure, sla: Sla, month: Month, last: date) -> date:
    if measure.rolling_days is not None:
        return last - ONE_DAY * (measure.rolling_days - 1)
    return _month(sla, month.plus(1 - (measure.rolling_months or 1))).first


def _label(span: Span) -> str:
    """How the period is named; a fiscal year by its number alone, as reports have named it from the start."""
    return span.label.removeprefix("FY")
