"""What the invoice of a month comes to: its fee, as accepted if it was, with what corrections of others add (C20)."""

from collections.abc import Sequence

import msgspec

from slm_domain.figures.adjustments import Adjustment
from slm_domain.figures.fees import ROUNDINGS
from slm_domain.figures.money import TaxTerms, tax_part, taxed
from slm_domain.figures.workings import Amount, Operation, Quantity, Value, Working, step


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """The `amount` in whole yen, by the contract's basis, and the `tax` in it or on it.

    `working` says how they come about where the invoice is not just the month's payable.
    """

    amount: int
    tax: int
    working: tuple[Working, ...] = ()


def invoice_due(
    payable: int, own_tax: int, terms: TaxTerms, *, accepted: int | None, adjustments: Sequence[Adjustment]
) -> Invoice:
    """The payable fee with its own tax; or what was accepted, with the adjustments, and the tax of that sum (S15).

    Adjustments of months that are taxed by other terms bring their own tax, and are not in the sum that is taxed.
    """
    fee = payable if accepted is None else accepted
    if fee == payable and not adjustments:
        return Invoice(amount=payable, tax=own_tax)
    alike = [each.yen for each in adjustments if each.tax is None]
    apart = [(each.yen, each.tax) for each in adjustments if each.tax is not None]
    together = fee + sum(alike)
    tax_together = own_tax if together == payable else taxed(together, terms).tax
    amount, tax = together + sum(yen for yen, _ in apart), tax_together + sum(own for _, own in apart)
    of_sum, of_tax = (Amount.TAXED_TOGETHER, Amount.TAX_TOGETHER) if apart else (Amount.INVOICE, Amount.TAX)
    fee_name = Amount.PAYABLE if accepted is None else Amount.ACCEPTED
    working = [_plus((fee_name, fee), Amount.ADJUSTMENT, alike, (of_sum, together))]
    if together != payable:  # else its tax was told with the fee
        part = tax_part(terms)
        exact = together * part
        working += [
            step(Operation.TIMES, {of_sum: together, Amount.TAX_PART: part}, (Amount.TAX_EXACT, exact)),
            step(ROUNDINGS[terms.rounding], {Amount.TAX_EXACT: exact}, (of_tax, tax_together)),
        ]
    if apart:
        yen, taxes = [each for each, _ in apart], [each for _, each in apart]
        working += [
            _plus((of_sum, together), Amount.ADJUSTMENT, yen, (Amount.INVOICE, amount)),
            _plus((of_tax, tax_together), Amount.ADJUSTMENT_TAX, taxes, (Amount.TAX, tax)),
        ]
    if apart or together != payable:
        invoice: dict[Amount, Value] = {Amount.INVOICE: amount, Amount.TAX: tax}
        working.append(
            step(Operation.MINUS, invoice, (Amount.NET, amount - tax))
            if terms.fee == "included"
            else step(Operation.PLUS, invoice, (Amount.GROSS, amount + tax))
        )
    return Invoice(amount=amount, tax=tax, working=tuple(working))


def _plus(first: tuple[Amount, int], name: Amount, added: Sequence[int], result: tuple[Amount, int]) -> Working:
    return Working(
        operation=Operation.PLUS,
        operands=(
            Quantity(name=first[0], value=first[1]),
            *(Quantity(name=name, value=each) for each in added),
        ),
        result=Quantity(name=result[0], value=result[1]),
    )
