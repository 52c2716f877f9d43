"""The values that a level's figure is held against: exact, with the comparison word as it is printed (C8, C9)."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from slm_domain.figures.judgement import Bound as Limit
from slm_domain.figures.judgement import Comparison
from slm_domain.measures import COMPARISONS
from slm_domain.sla import Bound, Level

# What one of the unit is in the unit of the figure: seconds, a share, a number, a grade.
_ONE = {
    "seconds": Fraction(1),
    "minutes": Fraction(60),
    "hours": Fraction(3600),
    "days": Fraction(24 * 3600),
    "percent": Fraction(1, 100),
    "count": Fraction(1),
    "grade": Fraction(1),
}


def limit(definition: Level, bound: Bound | None) -> Limit | None:
    """The bound of a level that is judged by a value. Times are seconds, percentages shares.

    Raises `KeyError` for a unit that no value is in: months, met.
    """
    if bound is None:
        return None
    return Limit(comparison=comparison(definition, bound), value=_exact(bound.amount, bound.unit))


@lru_cache(maxsize=512)  # the few values of a document, for period after period
def _exact(amount: Decimal, unit: str) -> Fraction:
    return Fraction(amount) * _ONE[unit]


def comparison(definition: Level, bound: Bound) -> Comparison:
    """The bound's comparison word; where none is printed, that of the measure's kind."""
    return Comparison(bound.comparison or COMPARISONS[definition.measure.kind][0])


def is_strict(definition: Level, bound: Bound | None) -> bool:
    """Whether exactly the value misses it: 未満, 超える (C9)."""
    return bound is not None and comparison(definition, bound) in {Comparison.BELOW, Comparison.ABOVE}
