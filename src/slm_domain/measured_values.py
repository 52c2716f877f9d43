"""The exact value of what was measured, from its text in a figure."""

from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.buckets import seconds
from slm_domain.month_figures import NamedValue


def exact(measured: NamedValue | None) -> Fraction | None:
    """A share, a count or grade, a time in exact seconds; None where nothing was measured (C6)."""
    if measured is None:
        return None
    if not measured.value.lstrip("-").startswith("P"):
        return Fraction(measured.value)
    length: timedelta = msgspec.convert(measured.value, timedelta, strict=False)
    return seconds(length)
