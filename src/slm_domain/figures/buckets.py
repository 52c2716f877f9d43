"""Where the time of a period went, and the availability that follows from it (C2, C5, C6, C7)."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Literal

import msgspec

ExclusionPolicy = Literal["remove", "count_as_up"]
UnmeasuredPolicy = Literal["remove", "stays_in_base"]

_MICROSECOND = timedelta(microseconds=1)
_ZERO = timedelta()


class BaseTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to the base of availability, per contract (C2, C5).

    `exclusions`: "remove" takes excluded time out of the base, "count_as_up" leaves it in (S9's reading).
    `unmeasured`: "remove" takes it out of the base, "stays_in_base" leaves it in and shows it apart.
    """

    exclusions: ExclusionPolicy
    unmeasured: UnmeasuredPolicy


class Buckets(msgspec.Struct, frozen=True, kw_only=True):
    """The time of a period, each instant in exactly one bucket: they add up to `period`.

    `down` is time wholly or partly without service, `lost` the same in exact seconds times its weight: an hour of
    half an outage is 1 h down and 1,800 s lost. `to_come` lies after the instant of judgement (C4).
    """

    up: timedelta = _ZERO
    down: timedelta = _ZERO
    excluded: timedelta = _ZERO
    unmeasured: timedelta = _ZERO
    outside_hours: timedelta = _ZERO
    to_come: timedelta = _ZERO
    lost: Fraction = Fraction(0)

    def __add__(self, other: "Buckets") -> "Buckets":
        """Totals add time; percentages are never averaged (C7)."""
        return Buckets(
            up=self.up + other.up,
            down=self.down + other.down,
            excluded=self.excluded + other.excluded,
            unmeasured=self.unmeasured + other.unmeasured,
            outside_hours=self.outside_hours + other.outside_hours,
            to_come=self.to_come + other.to_come,
            lost=self.lost + other.lost,
        )

    @property
    def period(self) -> timedelta:
        """All of the time."""
        return self.open_time + self.outside_hours + self.to_come

    @property
    def open_time(self) -> timedelta:
        """Opening (or service) hours that have been judged."""
        return self.up + self.down + self.excluded + self.unmeasured

    def base(self, terms: BaseTerms) -> timedelta:
        """The time over which availability is computed under the terms (C2)."""
        base = self.up + self.down
        if terms.exclusions == "count_as_up":
            base += self.excluded
        if terms.unmeasured == "stays_in_base":
            base += self.unmeasured
        return base

    def availability(self, terms: BaseTerms) -> Fraction | None:
        """(base - lost) / base, exactly; None where nothing was measured or the base is zero (C6)."""
        base = seconds(self.base(terms))
        if base == 0 or self.unmeasured == self.open_time:
            return None
        return (base - self.lost) / base


def total(buckets: Iterable[Buckets]) -> Buckets:
    """The buckets of several periods, systems or organisations together (C7)."""
    found = list(buckets)
    return reduce(add, found) if found else Buckets()


def seconds(length: timedelta) -> Fraction:
    """The length in exact seconds."""
    return Fraction(length // _MICROSECOND, 1_000_000)
