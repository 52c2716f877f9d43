"""What the invoice of a month comes to: its fee, as accepted if it was, with what corrections of others add (C20)."""

from collections.abc import Sequence

import msgspec

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
    payable: int, own_tax: int, terms: TaxTerms, *, accepted: int | None, adjustments: Sequence[int]
) -> Invoice:
    """The payable fee with its own tax; or what was accepted, with the adjustments, and the tax of that sum (S15)."""
    fee = payable if accepted is None else accepted
    amount = fee + sum(adjustments)
    if fee == payable and not adjustments:
        return Invoice(amount=amount, tax=own_tax)
    with_tax = taxed(amount, terms)
    tax = own_tax if amount == payable else with_tax.tax
    summed = Working(
        operation=Operation.PLUS,
        operands=(
            Quantity(name=Amount.PAYABLE if accepted is None else Amount.ACCEPTED, value=fee),
            *(Quantity(name=Amount.ADJUSTMENT, value=each) for each in adjustments),
        ),
        result=Quantity(name=Amount.INVOICE, value=amount),
    )
    if amount == payable:  # its tax was told with the fee
        return Invoice(amount=amount, tax=tax, working=(summed,))
    part = tax_part(terms)
    exact = amount * part
    invoice: dict[Amount, Value] = {Amount.INVOICE: amount, Amount.TAX: tax}
    return Invoice(
        amount=amount,
        tax=tax,
        working=(
            summed,
            step(Operation.TIMES, {Amount.INVOICE: amount, Amount.TAX_PART: part}, (Amount.TAX_EXACT, exact)),
            step(ROUNDINGS[terms.rounding], {Amount.TAX_EXACT: exact}, (Amount.TAX, tax)),
            step(Operation.MINUS, invoice, (Amount.NET, with_tax.net))
            if terms.fee == "included"
            else step(Operation.PLUS, invoice, (Amount.GROSS, with_tax.gross)),
        ),
    )
