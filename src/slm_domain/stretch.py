"""A stretch of an interval under one version of the SLA: what stopped in it, how stretches add up (C7, C12, K1)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cached_property
from math import lcm

import msgspec

from slm_domain.facts import SlaVersion
from slm_domain.figures.buckets import BaseTerms, Buckets, total
from slm_domain.figures.downtime import Downtime, DowntimeBounds
from slm_domain.units import Unit


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """The downtime of the service, or of one unit, in an interval; it counts `weight` times where units are added.

    `to_come` is opening time after the instant of judgement: it belongs to the base (C2), nothing stopped in it yet.
    """

    bounds: DowntimeBounds
    to_come: timedelta
    unit: Unit | None = None

    @property
    def unexcluded(self) -> Downtime | None:
        """The downtime as it were without any exclusion; None where nothing is excluded."""
        return self.bounds.unexcluded

    @property
    def weight(self) -> int:
        """How often its time counts in a sum over units."""
        return 1 if self.unit is None else self.unit.weight


def picked_of(portion: Portion) -> Downtime:
    """The figure that the contract's terms pick."""
    return portion.bounds.picked


class Stretch(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The part of an interval in which one version of the SLA was in force, and its downtime.

    `service` is what stopped of the service as a whole: the contract's stops are its. `units` are what the availability
    adds up where the terms say so (`availability_of`); empty where it is the service's own. `times` is how often all of
    it counts beside stretches of other versions (`alike`).
    """

    version: SlaVersion
    service: Portion
    units: tuple[Portion, ...] = ()
    times: int = 1

    @property
    def bounds(self) -> DowntimeBounds:
        """The downtime of the service."""
        return self.service.bounds

    @property
    def to_come(self) -> timedelta:
        """Opening time after the instant of judgement, of all that the availability adds up."""
        return sum((each.to_come * self.weight_of(each) for each in self.portions), timedelta())

    @property
    def portions(self) -> tuple[Portion, ...]:
        """What the availability adds up, in seconds, never in percentages (C7)."""
        return self.units or (self.service,)

    def weight_of(self, portion: Portion) -> int:
        """How often the portion's time counts here: by its weight where units are added, once where it is alone."""
        return self.times * (portion.weight if self.units else 1)

    @property
    def weights(self) -> int:
        """What an hour of all that the availability adds up counts for, by the weights of this version alone."""
        return sum(each.weight for each in self.units) or 1

    @property
    def base(self) -> timedelta:
        """The base of availability: opening hours of the whole stretch, by the contract's policy (C2)."""
        return self.buckets().base(self.base_terms) + self.to_come

    @property
    def base_terms(self) -> BaseTerms:
        """What belongs to the base under this version's terms."""
        return self.bounds.picked.terms.base

    def buckets(self, of: Callable[[Portion], Downtime] = picked_of) -> Buckets:
        """Where the time went that the availability adds up: each portion's time, as often as it weighs."""
        known = self._totals.get(of)
        if known is None:
            known = self._totals[of] = total(_times(of(each).buckets, self.weight_of(each)) for each in self.portions)
        return known

    @cached_property
    def _totals(self) -> dict[Callable[[Portion], Downtime], Buckets]:
        return {}


def alike(parts: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches, an hour of each counting for as much as one of the others, whatever its units weigh.

    Weights are agreed to one another, inside one version; what they come to together says nothing beside those of
    another one. Where no version gives any and all add up the same, units bring their own seconds (C7).
    """
    if len(parts) <= 1:
        return tuple(parts)
    weighted = any(each.weight > 1 for part in parts for each in part.units)
    added = {part.version.sla.terms.availability_of for part in parts}
    if not (weighted or len(added) > 1) or len({part.weights for part in parts}) == 1:
        return tuple(parts)
    together = lcm(*(part.weights for part in parts))
    return tuple(msgspec.structs.replace(part, times=together // part.weights) for part in parts)


def _times(buckets: Buckets, weight: int) -> Buckets:
    if weight == 1:
        return buckets
    return Buckets(**{name: getattr(buckets, name) * weight for name in Buckets.__struct_fields__})
