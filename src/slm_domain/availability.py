"""Availability over any interval: what stopped in opening hours, with bounds, of the service or its units (C2, K1)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.facts import IncidentFacts
from slm_domain.figures.buckets import BaseTerms, Buckets, ExclusionPolicy, seconds, total
from slm_domain.figures.display import percent
from slm_domain.figures.downtime import Downtime
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure, Ratio, UnitAvailability
from slm_domain.register import Register
from slm_domain.stretch import Portion, Stretch, alike, picked_of
from slm_domain.stretches import (
    frees_from_damages,
    narrowed_stretches,
    stretches,
    stretches_for_damages,
    unit_stretches,
)
from slm_domain.units import UnitKind

__all__ = [
    "Ratios",
    "Stretch",
    "alike",
    "availability",
    "figure",
    "frees_from_damages",
    "narrowed_stretches",
    "ratios",
    "stretches",
    "stretches_for_damages",
    "unit_figures",
    "unit_stretches",
]


Scale = Callable[[Stretch], Fraction]  # by what all seconds of a stretch are multiplied


class Ratios(msgspec.Struct, frozen=True, kw_only=True):
    """An exact availability, its bounds, and what it were with exclusions taken otherwise (C5, C23).

    None where there is no figure; `if_nothing_excluded` also where nothing is excluded.
    """

    picked: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    if_removed: Fraction | None
    if_counted_as_up: Fraction | None
    if_nothing_excluded: Fraction | None


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
    found = ratios(parts)
    ratio, lost = found.picked, picked.lost
    return AvailabilityFigure(
        base=sum((part.base for part in parts), timedelta()),
        up=picked.up,
        down=picked.down,
        excluded=picked.excluded,
        outside_hours=picked.outside_hours,
        to_come=sum((part.to_come for part in parts), timedelta()),
        ratio=_as_ratio(ratio),
        shown=None if ratio is None else percent(ratio, digits=2, towards="down"),
        lowest=_as_ratio(found.lowest),
        highest=_as_ratio(found.highest),
        if_removed=_as_ratio(found.if_removed),
        if_counted_as_up=_as_ratio(found.if_counted_as_up),
        provisional=any(portion.bounds.picked.provisional for part in parts for portion in part.portions),
        unmeasured=picked.unmeasured,
        lost=None if lost == seconds(picked.down) else Ratio.of(lost),
        if_nothing_excluded=_as_ratio(found.if_nothing_excluded),
    )


def ratios(parts: Sequence[Stretch], scale: Scale | None = None) -> Ratios:
    """What the stretches come to together, their seconds added as they are, or each stretch's times its `scale`."""
    picked = _ratio(parts, picked_of, scale=scale)
    contested = any(each.bounds.lowest is not each.bounds.highest for part in parts for each in part.portions)
    possible = [picked, *(_ratio(parts, each, scale=scale) for each in (_lowest, _highest) if contested)]
    known = [each for each in possible if each is not None]
    excluded = any(portion.unexcluded is not None for part in parts for portion in part.portions)
    return Ratios(
        picked=picked,
        lowest=min(known, default=None),
        highest=max(known, default=None),
        if_removed=picked if _is_under(parts, "remove") else _ratio(parts, picked_of, "remove", scale=scale),
        if_counted_as_up=(
            picked if _is_under(parts, "count_as_up") else _ratio(parts, picked_of, "count_as_up", scale=scale)
        ),
        if_nothing_excluded=_ratio(parts, _unexcluded, scale=scale) if excluded else None,
    )


def _is_under(parts: Sequence[Stretch], policy: ExclusionPolicy) -> bool:
    """Whether the policy leaves the figure as the contract has it: it is the contract's, or nothing is excluded."""
    return all(part.base_terms.exclusions == policy or not part.buckets().excluded for part in parts)


def _lowest(portion: Portion) -> Downtime:
    return portion.bounds.lowest


def _highest(portion: Portion) -> Downtime:
    return portion.bounds.highest


def _unexcluded(portion: Portion) -> Downtime:
    return portion.unexcluded or portion.bounds.picked


def _ratio(
    parts: Sequence[Stretch],
    of: Callable[[Portion], Downtime],
    exclusions: ExclusionPolicy | None = None,
    *,
    scale: Scale | None,
) -> Fraction | None:
    """(base - lost) / base of one of the possible downtimes, under the contract's exclusion policy or another (C5)."""
    found = [(part, part.buckets(of)) for part in parts]
    if not _anything_measured(buckets for _, buckets in found):
        return None
    added = [(seconds(_base(part, buckets, exclusions)), buckets.lost) for part, buckets in found]
    if scale is not None:
        added = [(base * times, lost * times) for (base, lost), times in zip(added, map(scale, parts), strict=True)]
    base = sum((base for base, _ in added), Fraction())
    return None if base == 0 else (base - sum((lost for _, lost in added), Fraction())) / base


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
