"""For which periods a report is made when people give a first day, a last day, or both (K2, C15)."""

from datetime import date

from slm_domain.figures.local_time import ONE_DAY
from slm_domain.figures.periods import Month
from slm_domain.figures.spans import USUAL, Span, SpanKind, Start, previous, span_of, spans_between

USUAL_NUMBER = 20
MOST = 100


class WrongReportingPeriodError(ValueError):
    """Days that name no reporting periods: reversed, none at all, or not written as days."""


def read_day(text: str) -> date:
    """The day written as 2025-04-01. Raises `WrongReportingPeriodError` for any other form, blank text too."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise WrongReportingPeriodError(f"a day is written like 2025-04-01, not {text!r}") from error
    if day.isoformat() != text:  # Python also reads 20250401 and 2025-W14-2
        raise WrongReportingPeriodError(f"a day is written like 2025-04-01, not {text!r}")
    return day


def named_days(text: str) -> tuple[date, date]:
    """The first and last day of a day, month or year: 2025-02 is 1 to 28 February, 2025 is January to December.

    What a report begins with runs from the first of them, what it ends with to the last. Raises
    `WrongReportingPeriodError` for any other form.
    """
    try:
        match text.count("-"):
            case 0:
                return read_day(f"{text}-01-01"), read_day(f"{text}-12-31")
            case 1:
                month = Month.of(read_day(f"{text}-01"))
                return month.first, month.last
            case _:
                return read_day(text), read_day(text)
    except WrongReportingPeriodError as error:
        raise WrongReportingPeriodError(
            f"a day, month or year is written like 2025-04-01, 2025-04 or 2025, not {text!r}"
        ) from error


def reporting_periods(
    kind: SpanKind,
    *,
    first: date | None = None,
    last: date | None = None,
    effective_from: date | None = None,
    start: Start = USUAL,
    number: int = USUAL_NUMBER,
    most: int = MOST,
) -> tuple[Span, ...]:
    """The whole periods of that kind, in order.

    With both days every period that has a day between them, `most` at most; with `first` alone `number` periods from
    the one in which it falls; with `last` alone as many up to the one in which it falls, but none that ends before the
    SLA takes effect. Raises `WrongReportingPeriodError` for reversed days and for none.
    """
    if first is not None and last is not None:
        if first > last:
            raise WrongReportingPeriodError(f"{first.isoformat()} comes after {last.isoformat()}")
        return spans_between(kind, first, last, start)[:most]
    if first is not None:
        return _from(span_of(kind, first, start), min(number, most), start)
    if last is not None:
        return _up_to(span_of(kind, last, start), min(number, most), start, effective_from)
    raise WrongReportingPeriodError("a report names its first day, its last day, or both")


def _from(span: Span, number: int, start: Start) -> tuple[Span, ...]:
    found = [span]
    while len(found) < number:
        found.append(span_of(span.kind, found[-1].last + ONE_DAY, start))
    return tuple(found)


def _up_to(span: Span, number: int, start: Start, effective_from: date | None) -> tuple[Span, ...]:
    found: list[Span] = []
    while len(found) < number and (effective_from is None or span.last >= effective_from):
        found.append(span)
        span = previous(span, start)
    return tuple(reversed(found))
