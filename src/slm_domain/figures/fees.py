"""What is payable for a month: its fee less the shares deducted, capped, rounded once, with its tax (C16, A4, A6)."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.caps import RollingCap
from slm_domain.figures.fee_caps import (
    WHOLE,
    Cap,
    CappedSum,
    Shared,
    capped_bonuses,
    capped_deductions,
    under_own_caps,
)
from slm_domain.figures.money import Rounding, Taxed, TaxTerms, rounded, tax_part, taxed
from slm_domain.figures.workings import Amount, Operation, Quantity, Value, Working, step

StopComposition = Literal["share_of_full_fee", "of_reduced_fee"]
DeductionBase = Literal["tax_included", "tax_excluded"]

_NOTHING = Fraction(0)
ROUNDINGS = {"down": Operation.ROUNDED_DOWN, "up": Operation.ROUNDED_UP, "half_up": Operation.ROUNDED_HALF_UP}


class FeeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How deductions and bonuses reach the fee, per contract.

    `stop_composition` (A4): "share_of_full_fee" takes 1 - availability as one more share, "of_reduced_fee" takes the
    other shares of what the stops, under their rules' own caps, leave of the fee. `base` (A6): "tax_excluded" takes the
    shares of the fee without the tax inside it and adds the tax on what is left; a fee that has no tax inside is taken
    as it is. `cap` limits the sum, `kind_caps` that of one kind of deduction, `rolling` that of twelve months; the sum
    is never over 1 (C16).
    `bonus_caps` limit the bonuses of each kind, and the largest of them all bonuses together (T1). Raises ValueError
    for a cap outside 0 to 1.
    """

    tax: TaxTerms
    stop_composition: StopComposition = "share_of_full_fee"
    base: DeductionBase = "tax_included"
    cap: Fraction = WHOLE
    kind_caps: Mapping[str, Fraction] = msgspec.field(default_factory=dict)
    rolling: RollingCap | None = None
    bonus_caps: Mapping[str, Fraction] = msgspec.field(default_factory=dict)
    rounding: Rounding = "down"  # of the payable amount

    def __post_init__(self) -> None:
        for cap in (self.cap, *self.kind_caps.values(), *self.bonus_caps.values()):
            if not 0 <= cap <= 1:
                raise ValueError(f"a cap lies between none and all of the fee, not at {cap}")

    def left_by(self, stops: Iterable[Shared]) -> Fraction:
        """What the stop rules leave of the fee, each under its own cap: of that the other shares are taken (A4, C16).

        All of it, where the shares are taken of the full fee.
        """
        if self.stop_composition == "share_of_full_fee":
            return WHOLE
        return max(WHOLE - sum(under_own_caps(stops, self.kind_caps).values(), _NOTHING), _NOTHING)

    @property
    def takes_tax_out(self) -> bool:
        """Whether the tax inside the fee is taken out before the shares are taken (A6)."""
        return self.base == "tax_excluded" and self.tax.fee == "included"


class DeductionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One deduction, or bonus, of the month: its kind, what it is for, its share as the terms state it."""

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

    `full_fee` - the lines' amounts + `spared_by_caps` + `bonus_share` of it - `cut_by_rounding` = `charged`, exactly:
    the amount of which the shares are taken, with the tax inside or without (A6). `caps` are those that took effect.
    """

    full_fee: Fraction
    lines: tuple[DeductedLine, ...]
    sum_of_shares: Fraction
    deducted_share: Fraction  # after caps
    deducted_by_rule: Mapping[str, Fraction]  # under the rules' own caps alone, by code
    spared_by_caps: Fraction
    bonus_share: Fraction  # after caps
    caps: tuple[Cap, ...]
    cut_by_rounding: Fraction  # negative if rounded up
    charged: int
    payable: int  # by the contract's basis: with the tax inside or without
    taxed: Taxed
    working: tuple[Working, ...]


def fee_due(
    monthly_fee: int,
    deductions: Sequence[DeductionLine],
    terms: FeeTerms,
    *,
    stop: Sequence[DeductionLine] = (),
    bonuses: Sequence[DeductionLine] = (),
    served_share: Fraction = WHOLE,
) -> FeeDue:
    """Compose the fee of a month. `stop` are the lines of the stop rule, their shares 1 - availability.

    `served_share` is the part of the month that is charged (see `served_share_of`). The payable amount is rounded
    once (C16). Raises ValueError for a negative fee or share, and for a bonus without a cap.
    """
    _check(monthly_fee, [*deductions, *stop, *bonuses])
    if uncapped := {each.kind for each in bonuses} - terms.bonus_caps.keys():
        raise ValueError(f"a bonus has a cap, and {', '.join(sorted(uncapped))} has none")
    own_tax = taxed(monthly_fee, terms.tax)
    whole_fee = own_tax.net if terms.takes_tax_out else monthly_fee
    full_fee = whole_fee * served_share
    left_by_stops = terms.left_by([Shared(kind=each.kind, share=each.share) for each in stop])
    lines = _lines(deductions, stop, left_by_stops, full_fee)
    deducted = capped_deductions(
        [Shared(kind=each.line.kind, share=each.share) for each in lines],
        kind_caps=terms.kind_caps,
        cap=terms.cap,
        full_fee=full_fee,
        rolling=terms.rolling,
    )
    added = capped_bonuses([Shared(kind=each.kind, share=each.share) for each in bonuses], terms.bonus_caps)
    paid_share = WHOLE - deducted.share + added.share
    exact = full_fee * paid_share
    charged = rounded(exact, terms.rounding)
    if not terms.takes_tax_out:
        with_tax = taxed(charged, terms.tax)
    elif charged == whole_fee:  # nothing changed the fee: its tax is the one agreed
        with_tax = own_tax
    else:
        with_tax = taxed(charged, msgspec.structs.replace(terms.tax, fee="excluded"))
    return FeeDue(
        full_fee=full_fee,
        lines=lines,
        sum_of_shares=deducted.sum_of_shares,
        deducted_share=deducted.share,
        deducted_by_rule=deducted.by_rule,
        spared_by_caps=(deducted.sum_of_shares - deducted.share) * full_fee,
        bonus_share=added.share,
        caps=(*deducted.caps, *added.caps),
        cut_by_rounding=exact - charged,
        charged=charged,
        payable=with_tax.gross if terms.takes_tax_out else charged,
        taxed=with_tax,
        working=(
            *(_without_tax(monthly_fee, own_tax) if terms.takes_tax_out else ()),
            *_of_the_part_month(whole_fee, served_share, full_fee, terms),
            *_of_what_stops_left(lines, left_by_stops),
            *_of_the_shares(lines, deducted, added),
            step(
                Operation.TIMES,
                {Amount.FULL_FEE: full_fee, _paid(added): paid_share},
                (Amount.PAYABLE_EXACT, exact),
            ),
            step(ROUNDINGS[terms.rounding], {Amount.PAYABLE_EXACT: exact}, (Amount.PAYABLE, charged)),
            *_of_the_tax(charged, whole_fee, with_tax, terms),
        ),
    )


def _check(monthly_fee: int, lines: Sequence[DeductionLine]) -> None:
    if monthly_fee < 0:
        raise ValueError(f"a fee of {monthly_fee} yen is no fee")
    for line in lines:
        if line.share < 0:
            raise ValueError(f"{line.kind} for {line.subject} takes a negative share of the fee")


def _lines(
    deductions: Sequence[DeductionLine], stop: Sequence[DeductionLine], left_by_stops: Fraction, full_fee: Fraction
) -> tuple[DeductedLine, ...]:
    return tuple(
        DeductedLine(line=line, share=line.share * part, amount=line.share * part * full_fee)
        for line, part in [*((line, left_by_stops) for line in deductions), *((line, WHOLE) for line in stop)]
    )


def _without_tax(monthly_fee: int, own_tax: Taxed) -> tuple[Working, ...]:
    operands = {Amount.MONTHLY_FEE: monthly_fee, Amount.FEE_TAX: own_tax.tax}
    return (step(Operation.MINUS, operands, (Amount.FEE_WITHOUT_TAX, own_tax.net)),)


def _of_the_part_month(
    whole_fee: int, served_share: Fraction, full_fee: Fraction, terms: FeeTerms
) -> tuple[Working, ...]:
    if served_share == WHOLE:
        return ()
    name = Amount.FEE_WITHOUT_TAX if terms.takes_tax_out else Amount.MONTHLY_FEE
    operands: dict[Amount, Value] = {name: whole_fee, Amount.SERVED_SHARE: served_share}
    return (step(Operation.TIMES, operands, (Amount.FULL_FEE, full_fee)),)


def _of_what_stops_left(lines: Sequence[DeductedLine], left: Fraction) -> tuple[Working, ...]:
    """The shares that are taken of what the stops left of the fee (A4)."""
    if left == WHOLE:
        return ()
    stopped: dict[Amount, Value] = {Amount.WHOLE_FEE: WHOLE, Amount.STOP_SHARE: WHOLE - left}
    return (
        step(Operation.MINUS, stopped, (Amount.LEFT_BY_STOPS, left)),
        *(
            step(
                Operation.TIMES,
                {Amount.SHARE: each.line.share, Amount.LEFT_BY_STOPS: left},
                (Amount.SHARE, each.share),
            )
            for each in lines
            if each.share != each.line.share
        ),
    )


def _of_the_shares(lines: Sequence[DeductedLine], deducted: CappedSum, added: CappedSum) -> tuple[Working, ...]:
    summed = Working(
        operation=Operation.PLUS,
        operands=tuple(Quantity(name=Amount.SHARE, value=each.share) for each in lines),
        result=Quantity(name=Amount.SUM_OF_SHARES, value=deducted.sum_of_shares),
    )
    left = WHOLE - deducted.share
    operands: dict[Amount, Value] = {Amount.WHOLE_FEE: WHOLE, Amount.DEDUCTED_SHARE: deducted.share}
    remaining = step(Operation.MINUS, operands, (Amount.REMAINING_SHARE, left))
    if not added.working:
        return (summed, *deducted.working, remaining)
    with_bonus: dict[Amount, Value] = {Amount.REMAINING_SHARE: left, Amount.BONUS_SHARE: added.share}
    paid = step(Operation.PLUS, with_bonus, (Amount.PAID_SHARE, left + added.share))
    return (summed, *deducted.working, remaining, *added.working, paid)


def _paid(added: CappedSum) -> Amount:
    return Amount.PAID_SHARE if added.working else Amount.REMAINING_SHARE


def _of_the_tax(charged: int, whole_fee: int, with_tax: Taxed, terms: FeeTerms) -> tuple[Working, ...]:
    inside = terms.tax.fee == "included" and not terms.takes_tax_out
    composed = (
        step(Operation.MINUS, {Amount.PAYABLE: charged, Amount.TAX: with_tax.tax}, (Amount.NET, with_tax.net))
        if inside
        else step(Operation.PLUS, {Amount.PAYABLE: charged, Amount.TAX: with_tax.tax}, (Amount.GROSS, with_tax.gross))
    )
    if terms.takes_tax_out and charged == whole_fee:
        return (composed,)
    part = tax_part(terms.tax if inside else msgspec.structs.replace(terms.tax, fee="excluded"))
    exact = charged * part
    return (
        step(Operation.TIMES, {Amount.PAYABLE: charged, Amount.TAX_PART: part}, (Amount.TAX_EXACT, exact)),
        step(ROUNDINGS[terms.tax.rounding], {Amount.TAX_EXACT: exact}, (Amount.TAX, with_tax.tax)),
        composed,
    )
