"""Between which limits a mean lies whose times, or whose number, are not all known yet (C7, C23)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec


class Lasted(msgspec.Struct, frozen=True, kw_only=True):
    """How long one thing lasted, in exact seconds; what is not `over` has lasted so long up to now.

    `least` and `most` are what is possible, `most` None without an upper limit. `counted`: the contract's terms pick it
    as one that counts. `certain`: it is one whatever becomes of what is contested or known by reports only.
    """

    length: Fraction
    over: bool
    least: Fraction
    most: Fraction | None
    counted: bool = True
    certain: bool = True


def mean_bounds(times: Sequence[Lasted]) -> tuple[Fraction | None, Fraction | None]:
    """The lower and the upper limit of the mean. None for both of nothing, for the upper one where there is none.

    A mean is that of what is over. So what is open may be left out of it, now, or come into it, with its least time or
    more: it is the least of all means with some of the open ones. No end, and no report, leads out of such limits.
    """
    lowest = _extreme(
        [each.least for each in times if each.certain and each.over],
        sorted(each.least for each in times if not (each.certain and each.over)),
        falling=True,
    )
    most = [each.most for each in times]
    if any(each is None for each in most):
        return lowest, None
    highest = _extreme(
        [each.most or Fraction() for each in times if each.certain],
        sorted((each.most or Fraction() for each in times if not each.certain), reverse=True),
        falling=False,
    )
    return lowest, highest


def _extreme(certain: Sequence[Fraction], possible: Iterable[Fraction], *, falling: bool) -> Fraction | None:
    """The mean of what is certain and of as much of what is possible, in its order, as moves the mean that way."""
    together, number = sum(certain, Fraction()), len(certain)
    for each in possible:
        if number and (each * number >= together if falling else each * number <= together):
            break
        together, number = together + each, number + 1
    return together / number if number else None
