"""How far the deductions of twelve months running may go (C16)."""

from fractions import Fraction

import msgspec

_NOTHING = Fraction(0)


class NegativeAmountError(ValueError):
    """A charge or a credit below nothing was given."""

    def __init__(self, name: str, amount: Fraction) -> None:
        super().__init__(f"{name} is 0 or more, not {amount}")
        self.amount = amount


class CapOutOfRangeError(ValueError):
    """A cap outside 0 % to 100 % of what it is a share of."""

    def __init__(self, cap: Fraction) -> None:
        super().__init__(f"a cap lies between none and all of the fee, not at {cap}")
        self.cap = cap


class RollingCap(msgspec.Struct, frozen=True, kw_only=True):
    """A cap over twelve months: `share` of the charges of this month and the eleven before it.

    `charged_before` and `credited_before` are those of the eleven months before, in exact yen. Raises
    `CapOutOfRangeError`, `NegativeAmountError`.
    """

    share: Fraction
    charged_before: Fraction = _NOTHING
    credited_before: Fraction = _NOTHING

    def __post_init__(self) -> None:
        _check_cap(self.share)
        _check_amount("the charge of the months before", self.charged_before)
        _check_amount("the credit of the months before", self.credited_before)

    def left(self, charge: Fraction) -> Fraction:
        """What the twelve months leave for this month's credit, in exact yen; nothing once they are used up."""
        return max(self.share * (charge + self.charged_before) - self.credited_before, _NOTHING)


def _check_cap(cap: Fraction) -> None:
    if not 0 <= cap <= 1:
        raise CapOutOfRangeError(cap)


def _check_amount(name: str, amount: Fraction) -> None:
    if amount < 0:
        raise NegativeAmountError(name, amount)
