"""What stopped, from when to when, and what is said about it: the input of the downtime figures (C3, C4, C5, C23)."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import msgspec

from slm_domain.figures.intervals import Intervals, intersect, weighted_union
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import EmptyPeriodError, Interval

WHOLE = Fraction(1)


class ExclusionStatus(StrEnum):
    """How far a claim to leave time out has come (C5). Only an accepted one leaves anything out."""

    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHOUT_EFFECT = "without_effect"  # accepted, but its notice, its ground's allowance or a term counts it as down
    BEYOND_ANNOUNCED = "beyond_announced"  # accepted, but beyond the planned stop that it names (C21, C4)


class WrongWeightError(ValueError):
    """An outage of less than nothing, or of more than all of the service."""

    def __init__(self, weight: Fraction) -> None:
        super().__init__(f"an outage stops between none and all of the service, not {weight}")
        self.weight = weight


class Outage(msgspec.Struct, frozen=True, kw_only=True):
    """Time without service, or without `weight` of it (0 to 1). Still open if it has no `end`.

    Raises `EmptyPeriodError` for an end not after the start, `NaiveInstantError` for a time without a zone,
    `WrongWeightError`.
    """

    start: datetime
    end: datetime | None = None
    weight: Fraction = WHOLE

    def __post_init__(self) -> None:
        _check(self.start, self.end)
        if self.weight is not WHOLE and not 0 <= self.weight <= 1:
            raise WrongWeightError(self.weight)

    def until(self, instant: datetime) -> Interval | None:
        """Its time as it stands at the instant; an open outage runs to it (C4). None before it begins."""
        return _known(self.start, self.end, instant)


class Exclusion(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that an occurrence, or the part of it from `start` to `end`, leaves the measurement (C5).

    Without `start` it begins with the occurrence, without `end` it lasts as long (an open exclusion, C4). `ground` is
    the reason class of the SLA's list (G9). `left` is what stays stopped in its time all the same, systems that it does
    not speak of; `lowest_left` and `highest_left` are given where that has bounds. What is `limited` comes out of an
    allowance: how much of that lasts does not make the stop shorter, its length for the minimum is that without it.
    Limited and without effect is what no allowance is left for.
    """

    ground: str
    status: ExclusionStatus
    start: datetime | None = None
    end: datetime | None = None
    left: tuple[Outage, ...] = ()
    lowest_left: tuple[Outage, ...] | None = None
    highest_left: tuple[Outage, ...] | None = None
    limited: bool = False

    def __post_init__(self) -> None:
        _check(self.start, self.end)

    @property
    def has_bounds(self) -> bool:
        """Whether less or more than `left` may stay stopped in its time."""
        return self.lowest_left is not None or self.highest_left is not None

    def at_least(self) -> "Exclusion":
        """With the least that may stay stopped in its time."""
        return self._leaving(self.lowest_left)

    def at_most(self) -> "Exclusion":
        """With the most that may stay stopped in its time."""
        return self._leaving(self.highest_left)

    def _leaving(self, left: tuple[Outage, ...] | None) -> "Exclusion":
        return self if left is None else msgspec.structs.replace(self, left=left, lowest_left=None, highest_left=None)

    def of(self, intervals: Intervals) -> Intervals:
        """The part of the intervals that it speaks of."""
        if not intervals:
            return ()
        start = intervals[0].start if self.start is None else in_utc(self.start)
        end = intervals[-1].end if self.end is None else in_utc(self.end)
        return intersect(intervals, [Interval(start, end)]) if start < end else ()


class Occurrence(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One incident's time without service, and the exclusions claimed for it.

    `outages` are those that the contract's term picks. `lowest` and `highest` are given where times are contested:
    the least and the most that the claims allow (C23). `exclusions_at_least` and `exclusions_at_most` are given where
    an allowance lasts longer or shorter then. `apart` is time that is no stop by agreement and told apart:
    extraordinary work outside support hours (S5).
    """

    incident: str
    outages: tuple[Outage, ...]
    lowest: tuple[Outage, ...] | None = None
    highest: tuple[Outage, ...] | None = None
    exclusions: tuple[Exclusion, ...] = ()
    exclusions_at_least: tuple[Exclusion, ...] | None = None
    exclusions_at_most: tuple[Exclusion, ...] | None = None
    apart: tuple[Outage, ...] = ()

    @cached_property
    def has_bounds(self) -> bool:
        """Whether less or more than what is picked is possible."""
        if self.lowest is not None or self.highest is not None:
            return True
        if self.exclusions_at_least is not None or self.exclusions_at_most is not None:
            return True
        return bool(self.exclusions) and any(claim.has_bounds for claim in self.exclusions)

    def at_least(self) -> "Occurrence":
        """The least that the claims allow, as an occurrence of its own."""
        return self._least if self.has_bounds else self

    def at_most(self) -> "Occurrence":
        """The most that the claims allow, as an occurrence of its own."""
        return self._most if self.has_bounds else self

    def unexcluded(self) -> "Occurrence":
        """The same as if no exclusion had been claimed."""
        return self._unexcluded if self.exclusions else self

    @cached_property
    def _least(self) -> "Occurrence":
        claims = self.exclusions if self.exclusions_at_least is None else self.exclusions_at_least
        return self._as(self.lowest, [claim.at_least() for claim in claims])

    @cached_property
    def _unexcluded(self) -> "Occurrence":
        return msgspec.structs.replace(self, exclusions=())

    @cached_property
    def _most(self) -> "Occurrence":
        claims = self.exclusions if self.exclusions_at_most is None else self.exclusions_at_most
        return self._as(self.highest, [claim.at_most() for claim in claims])

    def _as(self, outages: tuple[Outage, ...] | None, exclusions: Iterable[Exclusion]) -> "Occurrence":
        return msgspec.structs.replace(
            self,
            outages=self.outages if outages is None else outages,
            lowest=None,
            highest=None,
            exclusions=tuple(exclusions),
            exclusions_at_least=None,
            exclusions_at_most=None,
        )


def contested(claims: Iterable[tuple[Outage, ...]], until: datetime) -> tuple[tuple[Outage, ...], tuple[Outage, ...]]:
    """The `lowest` and `highest` of an occurrence whose parties state different times (C23).

    Lowest is the time on which all claims agree, with the smallest weight that any claims; highest is all the time
    that any of them claims, with the largest. Outages that are open in a claim run to `until`. Raises ValueError if
    there is no claim.
    """
    stated = [tuple(outage for outage in claim if outage.weight) for claim in claims]
    if not stated:
        raise ValueError("without a claim there is nothing contested")
    agreed = _slices(stated[0], until)
    for claim in stated[1:]:
        agreed = [
            (part, min(weight, other_weight))
            for interval, weight in agreed
            for other, other_weight in _slices(claim, until)
            if (part := interval.clipped(other)) is not None
        ]
    anyone = _slices(tuple(outage for claim in stated for outage in claim), until)
    return _outages(agreed), _outages(anyone)


def _slices(outages: tuple[Outage, ...], until: datetime) -> list[tuple[Interval, Fraction]]:
    known = ((outage.until(until), outage.weight) for outage in outages)
    slices = weighted_union((interval, weight) for interval, weight in known if interval is not None)
    return [(each.interval, each.weight) for each in slices]


def _outages(slices: list[tuple[Interval, Fraction]]) -> tuple[Outage, ...]:
    return tuple(Outage(start=interval.start, end=interval.end, weight=weight) for interval, weight in slices)


def _known(start: datetime, end: datetime | None, instant: datetime) -> Interval | None:
    first, last = in_utc(start), in_utc(instant)
    if end is not None:
        last = min(in_utc(end), last)
    return Interval(first, last) if first < last else None


def _check(start: datetime | None, end: datetime | None) -> None:
    if start is not None and end is not None:
        if in_utc(end) <= in_utc(start):
            raise EmptyPeriodError(start, end)
    elif start is not None:
        in_utc(start)
    elif end is not None:
        in_utc(end)
