"""Whole yen from exact amounts, and the consumption tax in or on them (A6, S1, S15)."""

from fractions import Fraction
from math import ceil, floor
from typing import Literal

import msgspec

Rounding = Literal["down", "up", "half_up"]
TaxHandling = Literal["included", "excluded"]


class TaxTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How consumption tax is computed: `rate` is 1/10 for 10 %, `fee` says whether the fee has the tax inside.

    Fractions of a yen of tax are cut unless the terms round otherwise (S1).
    """

    rate: Fraction
    fee: TaxHandling = "included"
    rounding: Rounding = "down"


class Taxed(msgspec.Struct, frozen=True, kw_only=True):
    """An amount in whole yen with its tax: `gross` = `net` + `tax`."""

    net: int
    tax: int
    gross: int


def rounded(amount: Fraction, rounding: Rounding) -> int:
    """The amount in whole yen; half a yen is rounded away from zero by "half_up"."""
    match rounding:
        case "down":
            return floor(amount)
        case "up":
            return ceil(amount)
        case "half_up":
            return floor(amount + Fraction(1, 2))


def tax_part(terms: TaxTerms) -> Fraction:
    """The share of the amount that is tax: 10/110 of one that includes it, 10/100 on top of one that does not."""
    return terms.rate / (1 + terms.rate) if terms.fee == "included" else terms.rate


def taxed(amount: int, terms: TaxTerms) -> Taxed:
    """The amount in yen with its tax, computed once per payment (S15)."""
    tax = rounded(amount * tax_part(terms), terms.rounding)
    if terms.fee == "included":
        return Taxed(net=amount - tax, tax=tax, gross=amount)
    return Taxed(net=amount, tax=tax, gross=amount + tax)
