"""How far a record can speak: the years its days and instants lie in, and the most that an amount can be.

What lies beyond is a slip or a stand-in: the year 0001 of a program that knows no instant, 9999-12-31 for "no end". It
is refused where it is stated, since no calendar reaches there and no clock counts so far.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from slm_domain.sla import Bound, BoundUnit

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2099  # together the years for which closed days can be proposed (C22)
LONGEST_YEARS: Final = 100  # no guarantee, step, notice or window is longer
MOST_MONTHS: Final = LONGEST_YEARS * 12
MOST_DAYS: Final = LONGEST_YEARS * 36525 // 100
MOST_MINUTES: Final = MOST_DAYS * 24 * 60
MOST: Final = 10**12  # of what is counted, weighed or paid
MOST_STORED: Final = 2**63 - 1  # of any number in a command: what a rule refuses can still be told
DECIMAL_PLACES: Final = 6  # of an amount that is not whole

MOST_OF: Final[dict[BoundUnit, int]] = {
    "seconds": MOST_MINUTES * 60,
    "minutes": MOST_MINUTES,
    "hours": MOST_DAYS * 24,
    "days": MOST_DAYS,
    "months": MOST_MONTHS,
    "count": MOST,
    "percent": 100,
    "grade": MOST,
    "met": 1,
}
# How a day or an instant of these years begins in ISO 8601, as a pattern for a JSON Schema.
YEARS_PATTERN: Final = r"^(19[5-9]|20[0-9])[0-9]-"


def in_reach(year: int) -> bool:
    """Whether a record can speak of this year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def is_countable(bound: Bound) -> bool:
    """Whether a value can be reckoned with: finite, not below zero, of few enough places, and not beyond its unit."""
    exponent = bound.amount.as_tuple().exponent
    if not isinstance(exponent, int):  # no number, or without end
        return False
    return exponent >= -DECIMAL_PLACES and Decimal() <= bound.amount <= MOST_OF[bound.unit]


def beyond_reach(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The days, instants, months ("2025-04") and fiscal years of a field that lie outside: their places, as stated."""
    if isinstance(value, date):
        if not in_reach(value.year):
            yield name, value.isoformat()
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from beyond_reach(f"{name}[{index}]", each)
    elif isinstance(value, int) and name == "fiscal_year":
        if not in_reach(value):
            yield name, str(value)
    elif isinstance(value, str) and name in _MONTHS and not in_reach(int(value.partition("-")[0])):
        yield name, value


_MONTHS = ("month", "because_of_month")
