"""What a correction of an accepted month adds to the invoice that settles it, and its tax (C20, A6, S15)."""

import msgspec

from slm_domain.figures.fees import ROUNDINGS
from slm_domain.figures.money import TaxTerms, tax_part, taxed
from slm_domain.figures.workings import Amount, Operation, Value, Working, step


class Adjustment(msgspec.Struct, frozen=True, kw_only=True):
    """The `yen` that it adds, in the basis of the month that settles it: with the tax inside, or without.

    `tax` is its own, where the corrected month is taxed by other terms; None where it is taxed with that month's sum.
    """

    yen: int
    tax: int | None = None
    working: tuple[Working, ...] = ()


def adjustment_of(before: int, after: int, *, own: TaxTerms, settling: TaxTerms) -> Adjustment:
    """What the correction of a payable fee adds, where `own` are the corrected month's terms of tax.

    Its own tax is the difference of the two taxes, not the tax of the difference: so what was invoiced before, and
    what this adds, are together the tax of the fee as corrected, whatever was rounded.
    """
    change = after - before
    if own == settling:
        return Adjustment(yen=change)
    was, now = taxed(before, own), taxed(after, own)
    tax = now.tax - was.tax
    changed = {Amount.CORRECTED: after, Amount.BEFORE_CORRECTION: before}
    taxes = {Amount.CORRECTED_TAX: now.tax, Amount.TAX_BEFORE_CORRECTION: was.tax}
    working = (
        *_tax_of(Amount.CORRECTED, after, own, (Amount.CORRECTED_TAX, now.tax)),
        *_tax_of(Amount.BEFORE_CORRECTION, before, own, (Amount.TAX_BEFORE_CORRECTION, was.tax)),
        step(Operation.MINUS, taxes, (Amount.ADJUSTMENT_TAX, tax)),
    )
    if own.fee == settling.fee:
        told = step(Operation.MINUS, changed, (Amount.ADJUSTMENT, change))
        return Adjustment(yen=change, tax=tax, working=(*working, told))
    takes_out = settling.fee == "excluded"
    yen = change - tax if takes_out else change + tax
    told = step(
        Operation.MINUS if takes_out else Operation.PLUS,
        {Amount.CHANGE: change, Amount.ADJUSTMENT_TAX: tax},
        (Amount.ADJUSTMENT, yen),
    )
    by = step(Operation.MINUS, changed, (Amount.CHANGE, change))
    return Adjustment(yen=yen, tax=tax, working=(*working, by, told))


def _tax_of(name: Amount, amount: int, terms: TaxTerms, tax: tuple[Amount, Value]) -> tuple[Working, Working]:
    part = tax_part(terms)
    exact = amount * part
    return (
        step(Operation.TIMES, {name: amount, Amount.TAX_PART: part}, (Amount.TAX_EXACT, exact)),
        step(ROUNDINGS[terms.rounding], {Amount.TAX_EXACT: exact}, tax),
    )
