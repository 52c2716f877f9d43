"""What the month's stops cost: the fee times availability, once they pass their threshold (S8, S45, C11, C24)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.availability import Stretch, figure
from slm_domain.charged_month import ChargedMonth
from slm_domain.deduction_lines import Line, line, of_percent
from slm_domain.figures.stops import StopTotal, stop_total
from slm_domain.figures.workings import Amount, Operation, step
from slm_domain.sla import FeeTimesAvailability, Sla


def stop_lines(charged: ChargedMonth, rule: FeeTimesAvailability) -> Iterator[Line]:
    """The line of the whole contract; with `threshold_scope: organisation` one for each organisation (C24).

    Then each organisation's own stops are held against the threshold, and take 1 - its availability of its share of
    the fee: `fee_share_percent`, or where the SLA gives none its weight of all weights.
    """
    remedy = charged.sla.terms.stop_remedy
    if charged.sla.terms.threshold_scope == "contract":
        total = _total(charged.sla, charged.parts)
        if total.share:
            yield line(rule, _incidents(charged.parts), total.share, total.working, (), remedy=remedy)
        return
    shares = fee_shares(charged.sla)
    for organisation, parts in charged.by_organisation.items():
        total = _total(charged.sla, parts)
        if not total.share:
            continue
        of_fee = shares[organisation]
        share = of_fee * total.share
        times = step(
            Operation.TIMES, {Amount.FEE_SHARE: of_fee, Amount.UNAVAILABLE: total.share}, (Amount.SHARE, share)
        )
        subject = f"{organisation}: {_incidents(parts)}"
        yield line(rule, subject, share, (*total.working, times), (), remedy=remedy)


def fee_shares(sla: Sla) -> dict[str, Fraction]:
    """Each municipality organisation's share of the fee (C24): as agreed, or by weight. They add up to 1."""
    organisations = sla.municipality.organisations
    agreed = {each.code: each.fee_share_percent for each in organisations}
    known = {code: of_percent(percent) for code, percent in agreed.items() if percent is not None}
    if len(known) == len(agreed):
        return known
    weights = sum(each.weight for each in organisations)
    return {each.code: Fraction(each.weight, weights) for each in organisations}


def _total(sla: Sla, parts: Sequence[Stretch]) -> StopTotal:
    """The service's stops against the threshold, and the availability that the fee is taken times (C7, K1)."""
    minutes = sla.terms.cumulative_threshold_minutes
    total = stop_total(
        [part.bounds.picked for part in parts],
        None if minutes is None else timedelta(minutes=minutes),
        to_come=sum((part.to_come for part in parts), timedelta()),
    )
    if not any(part.units for part in parts):
        return total
    ratio = figure(parts).ratio
    return msgspec.structs.replace(
        total,
        base=sum((part.base for part in parts), timedelta()),
        lost=sum((part.buckets().lost for part in parts), Fraction(0)),
        availability=None if ratio is None else ratio.value,
    )


def _incidents(parts: Sequence[Stretch]) -> str:
    return ", ".join(sorted({each.incident for part in parts for each in part.bounds.picked.slices}))
