"""Which days a Japanese municipal office is likely to be closed. A proposal only: an entry fixes the days (C22).

The one place that asks the holiday library. A new release of it can change a proposal, never a fixed year.
"""

from datetime import date
from functools import lru_cache

import holidays
import msgspec

from slm_domain.figures.periods import FiscalYear

_YEAR_END = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))  # 12-29 to 01-03, as municipal ordinances have it


class ClosedDays(msgspec.Struct, frozen=True, kw_only=True):
    """The days of a fiscal year on which the office is closed besides its weekly closing days.

    `provisional` as long as no entry of the record has fixed them (C22).
    """

    fiscal_year: FiscalYear
    dates: frozenset[date]
    provisional: bool


@lru_cache(maxsize=256)
def propose_closed_days(fiscal_year: FiscalYear) -> ClosedDays:
    """National holidays, substitute holidays and the year-end closing of one fiscal year. Provisional."""
    named = holidays.country_holidays("JP", years=(fiscal_year.start, fiscal_year.start + 1))
    closed = frozenset(day for day in fiscal_year.days() if day in named or (day.month, day.day) in _YEAR_END)
    return ClosedDays(fiscal_year=fiscal_year, dates=closed, provisional=True)
