"""How far the caps let the deductions of a month reach its fee, and what each of them spares the provider (C16).

A rule's own cap first, then that of the month, then what is left of the cap of twelve months.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.caps import RollingCap
from slm_domain.figures.workings import Amount, Operation, Quantity, Working, step

CapKind = Literal["rule", "month", "rolling_twelve_months", "bonus", "bonuses"]

WHOLE = Fraction(1)
_NOTHING = Fraction(0)


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """A cap that took effect: `before` and `after` are shares of the fee. `subject` is a rule's code, or empty.

    `paid`: it cut what the provider pays (A5), not what is deducted.
    """

    kind: CapKind
    subject: str
    before: Fraction
    after: Fraction
    paid: bool = False

    @property
    def spared(self) -> Fraction:
        """The share of the fee that the cap kept from being deducted, paid, or added."""
        return self.before - self.after


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A share that belongs to a kind of deduction or bonus: to a rule's code."""

    kind: str
    share: Fraction


class CappedSum(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of shares after its caps: sum - what the `caps` spared = `share`. `by_rule` is under the own caps alone."""

    sum_of_shares: Fraction
    share: Fraction
    by_rule: Mapping[str, Fraction]
    caps: tuple[Cap, ...]
    working: tuple[Working, ...]


def capped_deductions(
    shares: Sequence[Shared],
    *,
    kind_caps: Mapping[str, Fraction],
    cap: Fraction,
    full_fee: Fraction,
    rolling: RollingCap | None = None,
) -> CappedSum:
    """Add the month's shares and let the caps have their effect. A fee of nothing has no room to measure."""
    after, caps, working = _capped_by_rule(shares, kind_caps)
    total = sum((each.share for each in shares), _NOTHING)
    name = Amount.CAPPED_SHARE if caps else Amount.SUM_OF_SHARES
    limits: list[tuple[CapKind, Fraction, tuple[Working, ...]]] = [("month", cap, ())]
    if rolling is not None and full_fee > 0:
        limits.append(("rolling_twelve_months", *room_of_twelve_months(rolling, full_fee)))
    share = sum(after.values(), _NOTHING)
    for kind, limit, told in limits:
        left = min(share, limit)
        if left == share:
            continue
        caps.append(Cap(kind=kind, subject="", before=share, after=left))
        working += [*told, step(Operation.CAPPED, {name: share, Amount.CAP: limit}, (Amount.CAPPED_SHARE, left))]
        share, name = left, Amount.CAPPED_SHARE
    if working:  # the last line says what is deducted
        last = working[-1]
        working[-1] = msgspec.structs.replace(last, result=Quantity(name=Amount.DEDUCTED_SHARE, value=share))
    return CappedSum(sum_of_shares=total, share=share, by_rule=after, caps=tuple(caps), working=tuple(working))


def under_own_caps(shares: Iterable[Shared], kind_caps: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """What each rule's shares come to under its own cap, by the rule's code."""
    return {kind: min(share, kind_caps.get(kind, share)) for kind, share in by_rule(shares).items()}


def by_rule(shares: Iterable[Shared]) -> dict[str, Fraction]:
    """The shares of each rule added up, by the rule's code, before any cap."""
    found: dict[str, Fraction] = {}
    for each in shares:
        found[each.kind] = found.get(each.kind, _NOTHING) + each.share
    return found


def room_of_twelve_months(rolling: RollingCap, full_fee: Fraction) -> tuple[Fraction, tuple[Working, ...]]:
    """What the cap of twelve months leaves this month, as a share of its fee, which is above nothing; and why."""
    return min(rolling.left(full_fee) / full_fee, WHOLE), _of_twelve_months(rolling, full_fee)


def capped_bonuses(shares: Sequence[Shared], caps: Mapping[str, Fraction]) -> CappedSum:
    """Add the month's bonuses: each capped by its own cap, then all by the largest of them (T1)."""
    working: list[Working] = []
    applied: list[Cap] = []
    left: list[Fraction] = []
    for each in shares:
        after = min(each.share, caps[each.kind])
        left.append(after)
        if after < each.share:
            applied.append(Cap(kind="bonus", subject=each.kind, before=each.share, after=after))
            operands = {Amount.BONUS: each.share, Amount.BONUS_CAP: caps[each.kind]}
            working.append(step(Operation.CAPPED, operands, (Amount.BONUS, after)))
    total = sum(left, _NOTHING)
    limit = max(caps.values(), default=_NOTHING)
    share = min(total, limit)
    if shares:
        working.append(
            Working(
                operation=Operation.PLUS,
                operands=tuple(Quantity(name=Amount.BONUS, value=each) for each in left),
                result=Quantity(name=Amount.BONUS_SHARE if share == total else Amount.BONUS_SUM, value=total),
            )
        )
    if share < total:
        applied.append(Cap(kind="bonuses", subject="", before=total, after=share))
        operands = {Amount.BONUS_SUM: total, Amount.BONUS_CAP: limit}
        working.append(step(Operation.CAPPED, operands, (Amount.BONUS_SHARE, share)))
    return CappedSum(
        sum_of_shares=sum((each.share for each in shares), _NOTHING),
        share=share,
        by_rule=by_rule(Shared(kind=each.kind, share=after) for each, after in zip(shares, left, strict=True)),
        caps=tuple(applied),
        working=tuple(working),
    )


def _capped_by_rule(
    shares: Sequence[Shared], kind_caps: Mapping[str, Fraction]
) -> tuple[dict[str, Fraction], list[Cap], list[Working]]:
    after = under_own_caps(shares, kind_caps)
    caps = [
        Cap(kind="rule", subject=kind, before=share, after=after[kind])
        for kind, share in by_rule(shares).items()
        if after[kind] < share
    ]
    if not caps:
        return after, [], []
    working = [
        step(
            Operation.CAPPED,
            {Amount.SHARE: each.before, Amount.RULE_CAP: kind_caps[each.subject]},
            (Amount.RULE_SHARE, each.after),
        )
        for each in caps
    ]
    together = sum(after.values(), _NOTHING)
    added = tuple(Quantity(name=Amount.RULE_SHARE, value=share) for share in after.values())
    result = Quantity(name=Amount.CAPPED_SHARE, value=together)
    return after, caps, [*working, Working(operation=Operation.PLUS, operands=added, result=result)]


def _of_twelve_months(rolling: RollingCap, full_fee: Fraction) -> tuple[Working, ...]:
    fees = rolling.charged_before + full_fee
    cap = rolling.share * fees
    left = cap - rolling.credited_before
    working = (
        step(
            Operation.PLUS,
            {Amount.EARLIER_FEES: rolling.charged_before, Amount.FULL_FEE: full_fee},
            (Amount.ROLLING_FEES, fees),
        ),
        step(
            Operation.TIMES,
            {Amount.ROLLING_FEES: fees, Amount.ROLLING_SHARE: rolling.share},
            (Amount.ROLLING_CAP, cap),
        ),
        step(
            Operation.MINUS,
            {Amount.ROLLING_CAP: cap, Amount.CREDITED: rolling.credited_before},
            (Amount.ROLLING_LEFT, left),
        ),
    )
    if left <= 0:  # more was deducted than the fees of these twelve months allow: nothing is left
        return working
    divided = {Amount.ROLLING_LEFT: left, Amount.FULL_FEE: full_fee}
    return (*working, step(Operation.DIVIDED_BY, divided, (Amount.CAP, left / full_fee)))
