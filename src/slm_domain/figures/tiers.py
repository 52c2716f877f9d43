"""A share of the fee by the value that was achieved (C9): the largest of the tiers whose condition holds.

`Tier` in the agreed SLA has one bound; tables printed as "85 % or more and less than 90 %" have two. Both are read
here, and "less than X" leaves exactly X in the better tier. Nothing is rounded before the comparison (C8).
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.judgement import Bound

AchievedUnit = Literal["share", "count"]

WHOLE = Fraction(1)
_NOTHING = Fraction(0)


class AchievedOutOfRangeError(ValueError):
    """An achieved value that cannot be: a share outside 0 to 1, or a count below nothing."""

    def __init__(self, achieved: Fraction, unit: AchievedUnit) -> None:
        limits = "between 0 % and 100 %" if unit == "share" else "0 or more"
        shown = f"{achieved * 100} %" if unit == "share" else str(achieved)
        super().__init__(f"an achieved {unit} is {limits}, not {shown}")
        self.achieved = achieved
        self.unit = unit


class WrongTierError(ValueError):
    """A row of a table of tiers that has no meaning."""


class TierTerms(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table of tiers: `share` of the fee when every bound of `when` holds of the achieved value.

    Bounds and achieved values have the same unit: a share (99.5 % is 199/200) or a count. Raises `WrongTierError` for
    a row without a bound, with a negative share or with more than the whole fee.
    """

    when: tuple[Bound, ...]
    share: Fraction

    def __post_init__(self) -> None:
        if not self.when:
            raise WrongTierError("a tier names the values it is for")
        if self.share < 0:
            raise WrongTierError(f"a tier takes no negative share of the fee: {self.share}")
        if self.share > WHOLE:
            raise WrongTierError(f"a tier takes no more than the fee: {self.share * 100} %")

    def holds(self, achieved: Fraction) -> bool:
        """Whether the exact value lies in this tier."""
        return all(bound.holds(achieved) for bound in self.when)


def tier_reached(
    achieved: Fraction | None, tiers: Sequence[TierTerms], *, unit: AchievedUnit = "share"
) -> TierTerms | None:
    """The tier with the largest share of those that hold, the first of equal ones; None where none holds.

    Tiers replace one another, they are never added. No figure (None, C6) is in no tier. Raises
    `AchievedOutOfRangeError`.
    """
    if achieved is None:
        return None
    check_achieved(achieved, unit)
    return max((tier for tier in tiers if tier.holds(achieved)), key=lambda tier: tier.share, default=None)


def tier_share(achieved: Fraction | None, tiers: Sequence[TierTerms], *, unit: AchievedUnit = "share") -> Fraction:
    """The share of the fee of the tier that was reached, 0 where none was. Raises `AchievedOutOfRangeError`."""
    reached = tier_reached(achieved, tiers, unit=unit)
    return reached.share if reached is not None else _NOTHING


def check_achieved(achieved: Fraction, unit: AchievedUnit) -> None:
    """Raises `AchievedOutOfRangeError` for a value that cannot be achieved."""
    if achieved < 0 or (unit == "share" and achieved > WHOLE):
        raise AchievedOutOfRangeError(achieved, unit)
