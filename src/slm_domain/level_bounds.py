"""What of a level's bounds is the same for every item: how they become due times, and whether they are strict."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from slm_domain.figures.deadlines import Deadline, Shifting
from slm_domain.limits import is_strict
from slm_domain.sla import Bound, BoundUnit, Level, Measure

_LENGTHS: dict[BoundUnit, timedelta] = {
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}
_MICROSECOND = timedelta(microseconds=1)
_SHIFTS: dict[str, Shifting] = {"none": "none", "next_opening_day": "next", "previous_opening_day": "previous"}


class TimedBound(msgspec.Struct, frozen=True):
    """A bound that is a time: days that are counted, or a length on the level's clock."""

    days: Deadline | None
    length: timedelta | None


class LevelBounds(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The bounds of one version of a level as times (None where they are none), and which exactly the value misses."""

    guaranteed: TimedBound | None = None
    target: TimedBound | None = None
    within: TimedBound | None = None
    guaranteed_strict: bool = False
    target_strict: bool = False
    within_strict: bool = False

    @cached_property
    def any_timed(self) -> bool:
        """Whether any of them becomes a due time."""
        return self.guaranteed is not None or self.target is not None or self.within is not None


def bounds_of(definition: Level | None) -> LevelBounds:
    """The bounds of a level; of a retired one none."""
    if definition is None:
        return LevelBounds()
    measure = definition.measure
    return LevelBounds(
        guaranteed=timed_bound(measure, definition.guaranteed),
        target=timed_bound(measure, definition.target),
        within=timed_bound(measure, measure.within),
        guaranteed_strict=is_strict(definition, definition.guaranteed),
        target_strict=is_strict(definition, definition.target),
        within_strict=measure.within is not None and measure.within.comparison == "below",
    )


def timed_bound(measure: Measure, bound: Bound | None) -> TimedBound | None:
    """The bound as a time, by its unit and the level's days (A13, A21, A36, docs/figures.md).

    None for a bound that is no time, or that of a mean: it binds all together, and none by itself.
    """
    if bound is None or measure.kind == "mean_at_most" or (bound.unit not in _LENGTHS and bound.unit != "months"):
        return None
    if not counts_days(measure, bound):
        return TimedBound(None, _length_of(bound.amount, bound.unit))
    unit: Literal["calendar_days", "opening_days", "months"] = "calendar_days"
    if bound.unit == "months":
        unit = "months"
    elif measure.day_kind == "opening":
        unit = "opening_days"
    days = Deadline(
        amount=int(bound.amount),
        unit=unit,
        direction="before" if measure.kind == "lead_at_least" else "after",
        count_first_day=measure.count_first_day and bound.amount >= 1,
        shift=_SHIFTS[measure.due_shift],
        end=measure.due_end,
    )
    return TimedBound(days, None)


def counts_days(measure: Measure, bound: Bound) -> bool:
    """Whether whole days or months are counted, instead of time on a clock."""
    whole = bound.amount == bound.amount.to_integral_value()
    return bound.unit == "months" or (bound.unit == "days" and measure.day_kind != "24h" and whole)


@lru_cache(maxsize=512)  # the few bounds of a document, for item after item
def _length_of(amount: Decimal, unit: BoundUnit) -> timedelta:
    exact = Fraction(amount) * Fraction(_LENGTHS[unit] // _MICROSECOND)
    return timedelta(microseconds=exact.numerator // exact.denominator)
