"""What became of one case, and how expected and got are compared."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any, Literal

import msgspec

Given = Mapping[str, Any]  # a case's input, as it stands in the file

_EXACTLY = Context(prec=200, rounding=ROUND_HALF_UP)


class Skipped(Exception):
    """The case follows another convention than this project's. The reason is told."""


class Produced(msgspec.Struct, frozen=True, kw_only=True):
    """The product's answer, by the names of the case. `apart` are names that are not compared, and why."""

    figures: Mapping[str, Any]
    apart: Mapping[str, str] = {}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One case's result."""

    case: str
    function: str
    result: Literal["passed", "failed", "skipped"]
    reason: str = ""
    expected: Any = None
    got: Any = None
    apart: Mapping[str, str] = {}


def agrees(expected: Any, got: Any, tolerance: Decimal | None) -> bool:
    """Whether the exact figure is the expected one.

    With a tolerance: no further from it than that. Without: a printed decimal is the exact value rounded half up to
    the digits that are printed; a whole number is the value itself. Instants and days are compared as such.
    """
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(
            name in got and agrees(value, got[name], tolerance) for name, value in expected.items()
        )
    if isinstance(expected, list):
        same_length = isinstance(got, list | tuple) and len(got) == len(expected)
        return same_length and all(agrees(one, other, tolerance) for one, other in zip(expected, got, strict=True))
    return _same(expected, got, tolerance)


def shown(value: Any) -> str:
    """The value as a line of the report says it: exact numbers with ten digits at most."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {shown(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(shown(each) for each in value) + "]"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else f"{_digits(value, 10)} (= {value})"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _same(expected: Any, got: Any, tolerance: Decimal | None) -> bool:
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return expected is got
    if isinstance(expected, int | Decimal):
        return isinstance(got, int | Fraction | Decimal) and _same_number(expected, Fraction(got), tolerance)
    if isinstance(got, datetime):
        return isinstance(expected, str) and _instant(expected) == got
    if isinstance(got, date):
        return isinstance(expected, str) and expected == got.isoformat()
    return bool(expected == got)


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _same_number(expected: int | Decimal, got: Fraction, tolerance: Decimal | None) -> bool:
    if tolerance is not None:
        return abs(Fraction(expected) - got) <= Fraction(tolerance)
    if isinstance(expected, int):
        return got == expected
    exponent = expected.as_tuple().exponent
    return isinstance(exponent, int) and _digits(got, max(-exponent, 0)) == expected


def _digits(value: Fraction, digits: int) -> Decimal:
    """The value rounded half up, halves away from zero, to so many digits. Exact: no quotient is formed before."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-digits, _EXACTLY)
