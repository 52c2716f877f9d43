"""What the provider pays for its stops, under the caps that hold for what it forgoes and pays together (A5, C16).

The deductions take of each cap first; the payment has what they leave.
"""

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from slm_domain.figures.fee_caps import WHOLE, Cap, CapKind, Shared, by_rule, room_of_twelve_months
from slm_domain.figures.fees import ROUNDINGS, FeeDue, FeeTerms
from slm_domain.figures.money import rounded
from slm_domain.figures.workings import Amount, Operation, Quantity, Value, Working, step

_NOTHING = Fraction(0)


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """What is paid: `share` of the full fee after the caps that took effect, and its whole `yen`."""

    share: Fraction
    yen: int
    caps: tuple[Cap, ...]
    working: tuple[Working, ...]


def payment_due(stops: Sequence[Shared], terms: FeeTerms, due: FeeDue) -> Payment:
    """The shares of the stops, cut to what the month's deductions leave of each cap, of the month's fee (A5).

    A rule's own cap first, then that of the month, then that of twelve months. Rounded once, as the fee is.
    """
    total = sum((each.share for each in stops), _NOTHING)
    summed = Working(
        operation=Operation.PLUS,
        operands=tuple(Quantity(name=Amount.SHARE, value=each.share) for each in stops),
        result=Quantity(name=Amount.SUM_OF_SHARES, value=total),
    )
    share, caps, working = _under_own_caps(stops, terms, due)
    name = Amount.CAPPED_SHARE if caps else Amount.SUM_OF_SHARES
    limits: list[tuple[CapKind, Fraction, tuple[Working, ...]]] = [("month", terms.cap, ())]
    if terms.rolling is not None and due.full_fee > 0:
        limits.append(("rolling_twelve_months", *room_of_twelve_months(terms.rolling, due.full_fee)))
    for kind, limit, told in limits:
        after = min(share, _left(limit, due.deducted_share))
        if after == share:
            continue
        caps.append(Cap(kind=kind, subject="", before=share, after=after, paid=True))
        working += [*told, *_cut(name, share, (Amount.CAP, limit), (Amount.DEDUCTED_SHARE, due.deducted_share), after)]
        share, name = after, Amount.CAPPED_SHARE
    steps = [summed, *working]
    last = steps[-1]  # it says what is paid
    steps[-1] = msgspec.structs.replace(last, result=Quantity(name=Amount.PAYMENT_SHARE, value=share))
    exact = share * due.full_fee
    yen = rounded(exact, terms.rounding)
    operands: dict[Amount, Value] = {Amount.FULL_FEE: due.full_fee, Amount.PAYMENT_SHARE: share}
    return Payment(
        share=share,
        yen=yen,
        caps=tuple(caps),
        working=(
            *steps,
            step(Operation.TIMES, operands, (Amount.PAYMENT_EXACT, exact)),
            step(ROUNDINGS[terms.rounding], {Amount.PAYMENT_EXACT: exact}, (Amount.PAYMENT, yen)),
        ),
    )


def _under_own_caps(stops: Sequence[Shared], terms: FeeTerms, due: FeeDue) -> tuple[Fraction, list[Cap], list[Working]]:
    after: dict[str, Fraction] = {}
    caps: list[Cap] = []
    working: list[Working] = []
    for rule, share in by_rule(stops).items():
        limit, deducted = terms.kind_caps.get(rule, WHOLE), due.deducted_by_rule.get(rule, _NOTHING)
        after[rule] = share if rule not in terms.kind_caps else min(share, _left(limit, deducted))
        if after[rule] < share:
            caps.append(Cap(kind="rule", subject=rule, before=share, after=after[rule], paid=True))
            taken = (Amount.RULE_SHARE, deducted)
            cut = _cut(Amount.SHARE, share, (Amount.RULE_CAP, limit), taken, after[rule])
            last = msgspec.structs.replace(cut[-1], result=Quantity(name=Amount.RULE_SHARE, value=after[rule]))
            working += [*cut[:-1], last]
    together = sum(after.values(), _NOTHING)
    if caps:
        added = tuple(Quantity(name=Amount.RULE_SHARE, value=share) for share in after.values())
        result = Quantity(name=Amount.CAPPED_SHARE, value=together)
        working.append(Working(operation=Operation.PLUS, operands=added, result=result))
    return together, caps, working


def _cut(
    name: Amount, share: Fraction, cap: tuple[Amount, Fraction], deducted: tuple[Amount, Fraction], after: Fraction
) -> list[Working]:
    """A share cut to what the deductions leave of a cap."""
    (cap_name, limit), (taken_name, taken) = cap, deducted
    if not taken:
        return [step(Operation.CAPPED, {name: share, cap_name: limit}, (Amount.CAPPED_SHARE, after))]
    left = _left(limit, taken)
    return [
        step(Operation.MINUS, {cap_name: limit, taken_name: taken}, (Amount.CAP_LEFT, left)),
        step(Operation.CAPPED, {name: share, Amount.CAP_LEFT: left}, (Amount.CAPPED_SHARE, after)),
    ]


def _left(limit: Fraction, deducted: Fraction) -> Fraction:
    """What the deductions leave of a cap; they keep to it themselves."""
    return max(limit - deducted, _NOTHING)
