"""The part of a month's fee that is charged where the service did not run for all of it (A20, C19)."""

from datetime import date
from fractions import Fraction
from typing import Literal

from slm_domain.figures.local_time import ONE_DAY
from slm_domain.figures.periods import MONTHS_OF_A_YEAR, Month
from slm_domain.figures.spans import Span, Start, span_of

ProRata = Literal["none", "calendar_month", "year"]

_WHOLE = Fraction(1)


def served_share_of(month: Month, first: date, last: date, pro_rata: ProRata, *, first_day: int = 1) -> Fraction:
    """The part of the month's fee that is charged when the service ran from `first` to `last`, both included (A20).

    "calendar_month" divides by the days of the month, "year" by those of the fiscal year (365 or 366); a whole month
    is always charged whole, and a part too under "none". The contract's months, and with them its years, begin on
    `first_day` (C15). Raises ValueError if no day falls in the month.
    """
    start = Start(day_of_month=first_day)
    whole = span_of("month", month.day(first_day), start)
    days = (min(last, whole.last) - max(first, whole.first)).days + 1
    if days < 1:
        raise ValueError(f"{first} to {last} has no day in {month}")
    if pro_rata == "none" or days == _days(whole):
        return _WHOLE
    if pro_rata == "calendar_month":
        return Fraction(days, _days(whole))
    return Fraction(days * MONTHS_OF_A_YEAR, _days(span_of("fiscal_year", whole.first, start)))


def _days(span: Span) -> int:
    return (span.last + ONE_DAY - span.first).days
