"""The error budget of an availability level: how much may be lost in a period, and how fast it is being lost."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.buckets import seconds

_WHOLE = Fraction(1)


class Guaranteed(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a period with one guaranteed share (99.5 %: 199/200): its base, and how much of that has passed.

    Raises ValueError for a share outside 0 to 1, or a base of which more has passed than there is.
    """

    share: Fraction
    base: timedelta
    elapsed: timedelta

    def __post_init__(self) -> None:
        if not 0 <= self.share <= _WHOLE:
            raise ValueError(f"a guaranteed availability lies between 0 and 1, not at {self.share}")
        if not timedelta() <= self.elapsed <= self.base:
            raise ValueError(f"of a base of {self.base}, {self.elapsed} cannot have passed")


class ErrorBudget(msgspec.Struct, frozen=True, kw_only=True):
    """What may be lost in a period, in exact seconds; `left` is negative once more was lost than that.

    `burn_rate` is what was lost for each second that might have been lost so far: 1 spends exactly the budget by the
    period's end, 2 twice as much. None while nothing of the base has passed, and where nothing may be lost (100 %).
    """

    allowed: Fraction
    used: Fraction
    left: Fraction
    burn_rate: Fraction | None


def error_budget(parts: Sequence[Guaranteed], *, lost: Fraction) -> ErrorBudget | None:
    """The budget of a period: (1 - guaranteed) x base, added over its parts (C7, C12); None where the base is 0 (C6).

    `lost` is the stopped time of all parts times its weight, in exact seconds. The burn rate is (lost / base passed) /
    (1 - guaranteed).
    """
    if not sum((part.base for part in parts), timedelta()):
        return None
    allowed = sum((_allowed(part, part.base) for part in parts), Fraction())
    so_far = sum((_allowed(part, part.elapsed) for part in parts), Fraction())
    return ErrorBudget(
        allowed=allowed,
        used=lost,
        left=allowed - lost,
        burn_rate=None if so_far == 0 else lost / so_far,
    )


def _allowed(part: Guaranteed, base: timedelta) -> Fraction:
    return (_WHOLE - part.share) * seconds(base)
