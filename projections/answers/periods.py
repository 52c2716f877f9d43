"""Which periods and rolling windows a question about availability means, and those they are compared with (C15)."""

from datetime import date, datetime
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from slm_domain.figures.local_time import ONE_DAY, in_utc, instant_of, local_date
from slm_domain.figures.periods import Interval, last_days, last_months, months_later
from slm_domain.figures.spans import Span, SpanKind, Start, previous, span_of, spans_between, year_before
from slm_domain.register import Register
from slm_domain.windows import term_of

PeriodName = Literal[SpanKind, "term"]
PERIOD_NAMES: tuple[PeriodName, ...] = (*get_args(SpanKind), "term")
MOST_PERIODS = 400  # rows of one answer: a year of days, and a month more
ROLLING_DAYS = (7, 30, 90)
_MONTHS_OF_A_YEAR = 12


class TooManyPeriods(ValueError):
    """More periods were asked for than one answer gives."""

    def __init__(self, by: str, most: int) -> None:
        self.by = by
        self.most = most
        super().__init__(f"more than {most} periods by {by}")


class EndsLaterThanKnown(ValueError):
    """A window was asked for that ends after the instant up to which the record is looked at."""

    def __init__(self, at: datetime, until: datetime) -> None:
        self.at = at
        self.until = until
        super().__init__(f"{at.isoformat()} lies after {until.isoformat()}")


class Rolling(msgspec.Struct, frozen=True, kw_only=True):
    """The last so many days or months."""

    amount: int
    unit: Literal["days", "months"]

    @property
    def name(self) -> str:
        """Its name in answers: "last_30_days"."""
        return f"last_{self.amount}_{self.unit}"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a question asks for; without anything, the months of the term so far and the usual rolling windows.

    `by` and the days `first` to `last` ask for periods alone; `rolling` and `at` for windows that end at an instant.
    """

    by: PeriodName | None = None
    first: date | None = None
    last: date | None = None
    rolling: Rolling | None = None
    at: datetime | None = None

    @property
    def kind(self) -> PeriodName | None:
        """The kind of periods asked for: months where only their days are named; None where only windows are asked."""
        ranged = self.first is not None or self.last is not None
        return "month" if self == USUAL or (self.by is None and ranged) else self.by

    @property
    def asks_for_windows(self) -> bool:
        """Whether a window is asked for, or its end."""
        return self == USUAL or self.rolling is not None or self.at is not None


USUAL = Asked()


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A period or window with its name, and the earlier ones that it is compared with."""

    name: str
    interval: Interval
    previous: "Period | None" = None
    year_before: "Period | None" = None


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the periods asked for lie outside the term, and how many have not begun."""

    outside_term: int = 0
    not_begun: int = 0


def periods_of(register: Register, asked: Asked, until: datetime) -> tuple[list[Period], Missing]:
    """The periods asked for that lie in the term and have begun, and how many do not.

    Raises `NothingAgreedYet`; `TooManyPeriods` rather than more than `MOST_PERIODS`.
    """
    kind = asked.kind
    if kind is None:
        return [], Missing()
    term, zone = term_of(register), register.zone
    if kind == "term":
        return [Period(name="term", interval=term)], Missing()
    start = register.start
    last_begun = min(local_date(until, zone), local_date(term.end, zone) - ONE_DAY)
    first = asked.first or min(local_date(term.start, zone), asked.last or date.max)
    last = asked.last or max(last_begun, first)
    if (last - first).days > _DAYS[kind] * MOST_PERIODS:
        raise TooManyPeriods(kind, MOST_PERIODS)
    found, outside, to_come = [], 0, 0
    for span in spans_between(kind, first, last, start):
        interval = span.interval(zone)
        if interval.clipped(term) is None:
            outside += 1
        elif max(interval.start, term.start) > in_utc(until):
            to_come += 1
        else:
            found.append(_compared(span, register, start))
    if len(found) > MOST_PERIODS:
        raise TooManyPeriods(kind, MOST_PERIODS)
    return found, Missing(outside_term=outside, not_begun=to_come)


def windows_of(register: Register, asked: Asked, until: datetime) -> tuple[list[Period], datetime]:
    """The rolling windows asked for, and the instant they end at.

    Raises `EndsLaterThanKnown` for an instant after `until`.
    """
    zone = register.zone
    at = in_utc(until if asked.at is None else asked.at)
    if at > in_utc(until):
        raise EndsLaterThanKnown(at, in_utc(until))
    if asked.rolling is not None:
        return [_rolled(asked.rolling, register, at)], at
    if not asked.asks_for_windows:
        return [], at
    usual = [Rolling(amount=days, unit="days") for days in ROLLING_DAYS]
    usual.append(Rolling(amount=_MONTHS_OF_A_YEAR, unit="months"))
    windows = [_rolled(each, register, at) for each in usual]
    year = span_of("fiscal_year", local_date(at, zone), register.start)
    begun = year.interval(zone).start
    if begun < at:
        last_year = Interval(previous(year, register.start).interval(zone).start, _a_year_before(at, register))
        windows.append(
            Period(
                name="fiscal_year_to_date",
                interval=Interval(begun, at),
                year_before=Period(name="fiscal_year_to_date", interval=last_year),
            )
        )
    return windows, at


_DAYS: dict[PeriodName, int] = {
    "day": 1,
    "week": 7,
    "month": 31,
    "quarter": 92,
    "half_year": 184,
    "fiscal_year": 366,
    "year": 366,
}


def _compared(span: Span, register: Register, start: Start) -> Period:
    def plain(each: Span) -> Period:
        return Period(name=each.label, interval=each.interval(register.zone))

    return replace(plain(span), previous=plain(previous(span, start)), year_before=plain(year_before(span, start)))


def _rolled(rolling: Rolling, register: Register, at: datetime) -> Period:
    def ending(end: datetime) -> Interval:
        roll = last_days if rolling.unit == "days" else last_months
        return roll(end, rolling.amount, register.zone)

    interval = ending(at)
    return Period(
        name=rolling.name,
        interval=interval,
        previous=Period(name=rolling.name, interval=ending(interval.start)),
        year_before=Period(name=rolling.name, interval=ending(_a_year_before(at, register))),
    )


def _a_year_before(at: datetime, register: Register) -> datetime:
    """The same wall time on the corresponding day a year before."""
    day = months_later(local_date(at, register.zone), -_MONTHS_OF_A_YEAR)
    return instant_of(day, at.astimezone(register.zone).time(), register.zone)
