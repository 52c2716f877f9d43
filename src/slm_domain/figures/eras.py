"""Years as Japanese offices write them (元号): 令和7年度 (C15)."""

from datetime import date
from typing import Literal

from slm_domain.figures.periods import FiscalYear

FiscalYear2019 = Literal["平成31年度", "令和元年度"]

_ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1873, 1, 1), "明治"),  # the Gregorian calendar begins in Japan
)
_FIRST_YEARS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}


def era_date(day: date) -> str:
    """The day in its era: 令和7年4月10日; an era's first year is 元年. Raises ValueError before 1873."""
    return f"{_era_year(day)}年{day.month}月{day.day}日"


def era_month(day: date) -> str:
    """The day's month in its era: 令和7年4月."""
    return f"{_era_year(day)}年{day.month}月"


def era_fiscal_year(fiscal_year: FiscalYear, *, label_2019: FiscalYear2019 = "平成31年度") -> str:
    """The fiscal year named by the era of its first day: 令和7年度.

    2019 began in 平成 and went on in 令和, and offices used both labels: the choice is a setting.
    """
    if fiscal_year.start == _FIRST_YEARS["令和"]:
        return label_2019
    return f"{_era_year(fiscal_year.first)}年度"


def _era_year(day: date) -> str:
    for begins, name in _ERAS:
        if day >= begins:
            year = day.year - _FIRST_YEARS[name] + 1
            return f"{name}元" if year == 1 else f"{name}{year}"
    raise ValueError(f"{day.isoformat()} lies before 1873: no era label")
