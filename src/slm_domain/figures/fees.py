"""What is payable for a month: its fee less the shares deducted, capped, rounded once, with its tax (C16, A4, A6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.money import Rounding, Taxed, TaxTerms, rounded, tax_part, taxed
from slm_domain.figures.periods import MONTHS_OF_A_YEAR, Month
from slm_domain.figures.workings import Amount, Operation, Quantity, Working, step

StopComposition = Literal["share_of_full_fee", "of_reduced_fee"]
ProRata = Literal["none", "calendar_month", "year"]

WHOLE = Fraction(1)
_NOTHING = Fraction(0)
_ROUNDING = {"down": Operation.ROUNDED_DOWN, "up": Operation.ROUNDED_UP, "half_up": Operation.ROUNDED_HALF_UP}


class FeeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How deductions reach the fee, per contract.

    `stop_composition` (A4): "share_of_full_fee" takes 1 - availability as one more share, "of_reduced_fee" takes the
    other shares of what availability leaves of the fee. `cap` limits the sum, `kind_caps` that of one kind of
    deduction; the sum is never over 1 (C16). Raises ValueError for a cap outside 0 to 1.
    """

    tax: TaxTerms
    stop_composition: StopComposition = "share_of_full_fee"
    cap: Fraction = WHOLE
    kind_caps: Mapping[str, Fraction] = msgspec.field(default_factory=dict)
    rounding: Rounding = "down"  # of the payable amount

    def __post_init__(self) -> None:
        for cap in (self.cap, *self.kind_caps.values()):
            if not 0 <= cap <= 1:
                raise ValueError(f"a cap lies between none and all of the fee, not at {cap}")


class DeductionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One deduction of the month: its kind, what it is for (an incident, a report), its share as the terms state it."""

    kind: str
    subject: str
    share: Fraction
    working: tuple[Working, ...] = ()


class DeductedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A deduction as it reaches the fee: `share` of the full fee, and the exact `amount` in yen, before caps."""

    line: DeductionLine
    share: Fraction
    amount: Fraction


class FeeDue(msgspec.Struct, frozen=True, kw_only=True):
    """What is payable for the month.

    `full_fee` - the lines' amounts + `spared_by_caps` - `cut_by_rounding` = `payable`, exactly.
    """

    full_fee: Fraction
    lines: tuple[DeductedLine, ...]
    sum_of_shares: Fraction
    deducted_share: Fraction  # after caps
    spared_by_caps: Fraction
    cut_by_rounding: Fraction  # negative if rounded up
    payable: int  # by the contract's basis: with the tax inside or without
    taxed: Taxed
    working: tuple[Working, ...]


def fee_due(
    monthly_fee: int,
    deductions: Sequence[DeductionLine],
    terms: FeeTerms,
    *,
    stop: DeductionLine | None = None,
    served_share: Fraction = WHOLE,
) -> FeeDue:
    """Compose the fee of a month. `stop` is the line of the stop rule, its share 1 - availability.

    `served_share` is the part of the month that is charged (see `served_share_of`). The payable amount is rounded
    once (C16). Raises ValueError for a negative fee or share.
    """
    _check(monthly_fee, [*deductions, *([stop] if stop is not None else [])])
    full_fee = monthly_fee * served_share
    stop_share = stop.share if stop is not None else _NOTHING
    left_by_stop = WHOLE - stop_share if terms.stop_composition == "of_reduced_fee" else WHOLE
    lines = tuple(
        DeductedLine(line=line, share=line.share * part, amount=line.share * part * full_fee)
        for line, part in [
            *((line, left_by_stop) for line in deductions),
            *([(stop, WHOLE)] if stop is not None else []),
        ]
    )
    sum_of_shares = sum((each.share for each in lines), _NOTHING)
    deducted = min(_capped_by_kind(lines, terms.kind_caps), terms.cap)  # a cap is never over the whole fee
    exact = full_fee * (WHOLE - deducted)
    payable = rounded(exact, terms.rounding)
    with_tax = taxed(payable, terms.tax)
    return FeeDue(
        full_fee=full_fee,
        lines=lines,
        sum_of_shares=sum_of_shares,
        deducted_share=deducted,
        spared_by_caps=(sum_of_shares - deducted) * full_fee,
        cut_by_rounding=exact - payable,
        payable=payable,
        taxed=with_tax,
        working=(
            *_of_the_part_month(monthly_fee, served_share, full_fee),
            *_of_the_shares(lines, sum_of_shares, deducted, terms),
            step(
                Operation.TIMES,
                {Amount.FULL_FEE: full_fee, Amount.REMAINING_SHARE: WHOLE - deducted},
                (Amount.PAYABLE_EXACT, exact),
            ),
            step(_ROUNDING[terms.rounding], {Amount.PAYABLE_EXACT: exact}, (Amount.PAYABLE, payable)),
            *_of_the_tax(payable, with_tax, terms.tax),
        ),
    )


def served_share_of(month: Month, first: date, last: date, pro_rata: ProRata) -> Fraction:
    """The part of the month's fee that is charged when the service ran from `first` to `last`, both included (A20).

    "calendar_month" divides by the days of the month, "year" by those of the fiscal year (365 or 366); a whole month
    is always charged whole, and a part too under "none". Raises ValueError if no day falls in the month.
    """
    days = (min(last, month.last) - max(first, month.first)).days + 1
    if days < 1:
        raise ValueError(f"{first} to {last} has no day in {month}")
    of_month = (month.last - month.first).days + 1
    if pro_rata == "none" or days == of_month:
        return WHOLE
    if pro_rata == "calendar_month":
        return Fraction(days, of_month)
    year = month.fiscal_year
    return Fraction(days * MONTHS_OF_A_YEAR, (year.last - year.first).days + 1)


def _check(monthly_fee: int, lines: Sequence[DeductionLine]) -> None:
    if monthly_fee < 0:
        raise ValueError(f"a fee of {monthly_fee} yen is no fee")
    for line in lines:
        if line.share < 0:
            raise ValueError(f"{line.kind} for {line.subject} takes a negative share of the fee")


def _capped_by_kind(lines: Sequence[DeductedLine], kind_caps: Mapping[str, Fraction]) -> Fraction:
    by_kind: dict[str, Fraction] = {}
    for each in lines:
        by_kind[each.line.kind] = by_kind.get(each.line.kind, _NOTHING) + each.share
    return sum((min(share, kind_caps.get(kind, share)) for kind, share in by_kind.items()), _NOTHING)


def _of_the_part_month(monthly_fee: int, served_share: Fraction, full_fee: Fraction) -> tuple[Working, ...]:
    if served_share == WHOLE:
        return ()
    return (
        step(
            Operation.TIMES,
            {Amount.MONTHLY_FEE: monthly_fee, Amount.SERVED_SHARE: served_share},
            (Amount.FULL_FEE, full_fee),
        ),
    )


def _of_the_shares(
    lines: Sequence[DeductedLine], sum_of_shares: Fraction, deducted: Fraction, terms: FeeTerms
) -> tuple[Working, ...]:
    added = Working(
        operation=Operation.PLUS,
        operands=tuple(Quantity(name=Amount.SHARE, value=each.share) for each in lines),
        result=Quantity(name=Amount.SUM_OF_SHARES, value=sum_of_shares),
    )
    remaining = step(
        Operation.MINUS,
        {Amount.WHOLE_FEE: WHOLE, Amount.DEDUCTED_SHARE: deducted},
        (Amount.REMAINING_SHARE, WHOLE - deducted),
    )
    if deducted == sum_of_shares:
        return (added, remaining)
    capped = step(
        Operation.CAPPED,
        {Amount.SUM_OF_SHARES: sum_of_shares, Amount.CAP: terms.cap},
        (Amount.DEDUCTED_SHARE, deducted),
    )
    return (added, capped, remaining)


def _of_the_tax(payable: int, with_tax: Taxed, terms: TaxTerms) -> tuple[Working, ...]:
    part = tax_part(terms)
    exact = payable * part
    composed = (
        step(Operation.MINUS, {Amount.PAYABLE: payable, Amount.TAX: with_tax.tax}, (Amount.NET, with_tax.net))
        if terms.fee == "included"
        else step(Operation.PLUS, {Amount.PAYABLE: payable, Amount.TAX: with_tax.tax}, (Amount.GROSS, with_tax.gross))
    )
    return (
        step(Operation.TIMES, {Amount.PAYABLE: payable, Amount.TAX_PART: part}, (Amount.TAX_EXACT, exact)),
        step(_ROUNDING[terms.rounding], {Amount.TAX_EXACT: exact}, (Amount.TAX, with_tax.tax)),
        composed,
    )
