"""How far deductions and credits may go: the sum's cap, the month's, and that of twelve months running (C16)."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

import msgspec

CapName = Literal["month", "rolling"]

WHOLE = Fraction(1)
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


class CappedSum(msgspec.Struct, frozen=True, kw_only=True):
    """Shares added up and then capped: `summed` - `spared` = `share`."""

    summed: Fraction
    cap: Fraction
    share: Fraction

    @property
    def spared(self) -> Fraction:
        """What the cap spares of the sum."""
        return self.summed - self.share


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


class CappedCredit(msgspec.Struct, frozen=True, kw_only=True):
    """A month's credit in exact yen, before and after its caps. `month_limit` and `rolling_limit`: None without one."""

    asked: Fraction
    month_limit: Fraction | None
    rolling_limit: Fraction | None
    credit: Fraction

    @property
    def spared(self) -> Fraction:
        """What the caps spare of the credit that was asked for."""
        return self.asked - self.credit

    @property
    def bound_by(self) -> CapName | None:
        """The cap that decides, the month's where both come to the same; None where no cap takes anything."""
        if self.credit == self.asked:
            return None
        return "month" if self.credit == self.month_limit else "rolling"


def capped_sum(shares: Iterable[Fraction], cap: Fraction = WHOLE) -> CappedSum:
    """Shares of a fee, added and then capped, never each by itself (C16). Raises `CapOutOfRangeError`."""
    _check_cap(cap)
    summed = sum(shares, _NOTHING)
    return CappedSum(summed=summed, cap=cap, share=min(summed, cap))


def capped_credit(
    asked: Fraction, charge: Fraction, *, month_cap: Fraction | None = None, rolling: RollingCap | None = None
) -> CappedCredit:
    """A credit of so much on a month's charge, both in exact yen, after the month's cap and the rolling one.

    `month_cap` is a share of the month's charge. Raises `CapOutOfRangeError`, `NegativeAmountError`.
    """
    _check_amount("a charge", charge)
    _check_amount("a credit", asked)
    if month_cap is not None:
        _check_cap(month_cap)
    month_limit = month_cap * charge if month_cap is not None else None
    rolling_limit = rolling.left(charge) if rolling is not None else None
    limits = [limit for limit in (month_limit, rolling_limit) if limit is not None]
    return CappedCredit(asked=asked, month_limit=month_limit, rolling_limit=rolling_limit, credit=min([asked, *limits]))


def _check_cap(cap: Fraction) -> None:
    if not 0 <= cap <= 1:
        raise CapOutOfRangeError(cap)


def _check_amount(name: str, amount: Fraction) -> None:
    if amount < 0:
        raise NegativeAmountError(name, amount)
