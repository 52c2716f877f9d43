"""Figures of a group from those of its members: time is added, percentages are never averaged (C7, K1).

A contract may let its members count for more or less (by inhabitants, by systems): each member's time is then
multiplied by its weight before it is added.
"""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.buckets import seconds

_NOTHING = Fraction(0)
_ONE = Fraction(1)


class ImpossibleMemberError(ValueError):
    """Time or weight that no member of a group can have."""


class ImpossibleRestorationError(ValueError):
    """More was said to be restored than was affected, or less than nothing."""

    def __init__(self, restored: int, affected: int) -> None:
        super().__init__(f"{restored} of {affected} cannot be restored")
        self.restored = restored
        self.affected = affected


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """The time of one member: `up` of `base`, exact seconds. A `base` of nothing is a member without a figure (C6).

    Raises `ImpossibleMemberError` for time or weight below nothing, and for more time up than there is.
    """

    up: Fraction
    base: Fraction
    weight: Fraction = _ONE

    def __post_init__(self) -> None:
        if not 0 <= self.up <= self.base:
            raise ImpossibleMemberError(f"{self.up} s up cannot lie within {self.base} s")
        if self.weight < 0:
            raise ImpossibleMemberError(f"a member counts for nothing or more, not for {self.weight}")

    @classmethod
    def of(cls, up: timedelta, base: timedelta, weight: Fraction = _ONE) -> "Member":
        """The member with these times."""
        return cls(up=Fraction(seconds(up)), base=Fraction(seconds(base)), weight=weight)


def group_availability(members: Iterable[Member], *, added_to_weights: Fraction = _NOTHING) -> Fraction | None:
    """The sum of the members' weighted time up ÷ that of their bases; None where that is nothing (C6).

    `added_to_weights` lets a member of weight 0 count too: some groups add 1 to every weight.
    """
    weighted = [(member, member.weight + added_to_weights) for member in members]
    base = sum((member.base * weight for member, weight in weighted), _NOTHING)
    up = sum((member.up * weight for member, weight in weighted), _NOTHING)
    return up / base if base else None


def restored_share(restored: int, affected: int) -> Fraction | None:
    """How much of what was affected is back: 315 of 453 systems (J1). None where nothing was affected.

    Raises `ImpossibleRestorationError`.
    """
    if not 0 <= restored <= affected:
        raise ImpossibleRestorationError(restored, affected)
    return Fraction(restored, affected) if affected else None
