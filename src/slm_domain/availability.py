"""Availability over any interval: what stopped in opening hours, with bounds, of the service or its units (C2, K1)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from slm_domain.facts import IncidentFacts
from slm_domain.figures.buckets import BaseTerms, Buckets, ExclusionPolicy, seconds, total
from slm_domain.figures.display import percent
from slm_domain.figures.downtime import Downtime
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure, Ratio, UnitAvailability
from slm_domain.register import Register
from slm_domain.stretches import (
    Portion,
    Stretch,
    frees_from_damages,
    narrowed_stretches,
    picked_of,
    stretches,
    stretches_for_damages,
    unit_stretches,
)
from slm_domain.units import UnitKind

__all__ = [
    "Stretch",
    "availability",
    "figure",
    "frees_from_damages",
    "narrowed_stretches",
    "stretches",
    "stretches_for_damages",
    "unit_figures",
    "unit_stretches",
]


def availability(
    register: Register, incidents: Sequence[IncidentFacts], interval: Interval, until: datetime
) -> AvailabilityFigure:
    """The figure of an interval. Stretches add seconds, never percentages (C7)."""
    return figure(stretches(register, incidents, interval, until))


def unit_figures(
    register: Register, incidents: Sequence[IncidentFacts], interval: Interval, until: datetime, kind: UnitKind
) -> tuple[UnitAvailability, ...]:
    """The figure of each system or organisation by its own calendar, in the order of the SLA document (C24, A33)."""
    of_each = unit_stretches(register, incidents, interval, until, kind)
    return tuple(
        UnitAvailability(
            unit=code,
            weight=next(part.service.weight for part in reversed(parts)),
            stopped=sum((part.bounds.picked.down for part in parts), timedelta()),
            availability=figure(parts),
        )
        for code, parts in of_each.items()
    )


def figure(parts: Sequence[Stretch]) -> AvailabilityFigure:
    """The figure that the stretches come to together; no figure where there are none, or nothing was measured (C6)."""
    picked = total(part.buckets() for part in parts)
    ratio = _ratio(parts, picked_of)
    contested = any(each.bounds.lowest is not each.bounds.highest for part in parts for each in part.portions)
    possible = [ratio, *(_ratio(parts, each) for each in (_lowest, _highest) if contested)]
    known = [each for each in possible if each is not None]
    lost = picked.lost
    excluded = any(portion.unexcluded is not None for part in parts for portion in part.portions)
    return AvailabilityFigure(
        base=sum((part.base for part in parts), timedelta()),
        up=picked.up,
        down=picked.down,
        excluded=picked.excluded,
        outside_hours=picked.outside_hours,
        to_come=sum((part.to_come for part in parts), timedelta()),
        ratio=_as_ratio(ratio),
        shown=None if ratio is None else percent(ratio, digits=2, towards="down"),
        lowest=_as_ratio(min(known, default=None)),
        highest=_as_ratio(max(known, default=None)),
        if_removed=_as_ratio(_ratio(parts, picked_of, "remove")),
        if_counted_as_up=_as_ratio(_ratio(parts, picked_of, "count_as_up")),
        provisional=any(portion.bounds.picked.provisional for part in parts for portion in part.portions),
        unmeasured=picked.unmeasured,
        lost=None if lost == seconds(picked.down) else Ratio.of(lost),
        if_nothing_excluded=_as_ratio(_ratio(parts, _unexcluded)) if excluded else None,
    )


def _lowest(portion: Portion) -> Downtime:
    return portion.bounds.lowest


def _highest(portion: Portion) -> Downtime:
    return portion.bounds.highest


def _unexcluded(portion: Portion) -> Downtime:
    return portion.unexcluded or portion.bounds.picked


def _ratio(
    parts: Sequence[Stretch], of: Callable[[Portion], Downtime], exclusions: ExclusionPolicy | None = None
) -> Fraction | None:
    """(base - lost) / base of one of the possible downtimes, under the contract's exclusion policy or another (C5)."""
    found = [(part, part.buckets(of)) for part in parts]
    base = sum((seconds(_base(part, buckets, exclusions)) for part, buckets in found), Fraction())
    if base == 0 or not _anything_measured(buckets for _, buckets in found):
        return None
    return (base - sum((buckets.lost for _, buckets in found), Fraction())) / base


def _base(part: Stretch, buckets: Buckets, exclusions: ExclusionPolicy | None) -> timedelta:
    terms = part.base_terms
    if exclusions is not None:
        terms = BaseTerms(exclusions=exclusions, unmeasured=terms.unmeasured)
    return buckets.base(terms) + part.to_come


def _anything_measured(buckets: Iterable[Buckets]) -> bool:
    """Whether of the hours judged so far any was measured; before the first there is nothing to miss."""
    together = total(buckets)
    return not together.open_time or together.unmeasured < together.open_time


def _as_ratio(value: Fraction | None) -> Ratio | None:
    return None if value is None else Ratio.of(value)
