"""What the month's stops cost: the fee times availability, once they pass their threshold (S8, S45, C11, C24)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.availability import Stretch, figure
from slm_domain.charged_month import ChargedMonth
from slm_domain.charged_stops import ChargedStops
from slm_domain.deduction_lines import Line, line, of_percent
from slm_domain.facts import Exempted
from slm_domain.figures.stops import StopTotal, stop_total
from slm_domain.figures.workings import Amount, Operation, Working, step
from slm_domain.level_units import whole_of
from slm_domain.sla import FeeTimesAvailability, Sla

_ALL = Fraction(1)  # of the fee


def stop_lines(charged: ChargedMonth, rule: FeeTimesAvailability) -> Iterator[Line]:
    """The line of the stops that the rule's level asks about: its incident levels, organisations and systems.

    With `threshold_scope: organisation` it is one for each organisation (C24): each organisation's own stops are held
    against the threshold, and take 1 - its availability of its share of the fee: `fee_share_percent`, or where the SLA
    gives none its weight of all weights. What an accepted exemption of the level's period takes out of the measurement,
    or frees from damages, is shown and not added (G9, G32).
    """
    definition = charged.definition(rule.level)
    if definition is None:  # retired, or not in force yet: nothing is promised
        return
    asked, exempted = whole_of(definition.measure), charged.exempted(definition)
    if charged.sla.terms.threshold_scope == "contract":
        yield from _of(charged, rule, charged.stops.of(asked), exempted)
        return
    shares = fee_shares(charged.sla)
    for organisation, stops in charged.stops.by_organisation(charged.sla, asked).items():
        yield from _of(charged, rule, stops, exempted, organisation=organisation, of_fee=shares[organisation])


def _of(
    charged: ChargedMonth,
    rule: FeeTimesAvailability,
    stops: ChargedStops,
    exempted: Exempted,
    *,
    organisation: str = "",
    of_fee: Fraction = _ALL,
) -> Iterator[Line]:
    """What the stops cost, and beside it what they would have cost without what is freed from damages."""
    total = _total(charged.sla, stops.charged)
    remedy = charged.sla.terms.stop_remedy
    if total.share:
        working = (*total.working, *_part_of_fee(of_fee, total.share))
        subject, entries = _subject(organisation, stops.charged), _entries(charged, stops.charged)
        yield line(
            rule,
            subject,
            of_fee * total.share,
            working,
            entries,
            freed=exempted.frees_from_damages,
            left_measurement=exempted.leaves_measurement,
            remedy=remedy,
        )
    if stops.charged is stops.counted:
        return
    whole = _total(charged.sla, stops.counted)
    freed = whole.share - total.share
    if freed > 0:
        less = step(
            Operation.MINUS, {Amount.UNAVAILABLE: whole.share, Amount.CHARGED: total.share}, (Amount.SHARE, freed)
        )
        working = (*whole.working, less, *_part_of_fee(of_fee, freed))
        subject = _subject(organisation, stops.counted)
        entries = _entries(charged, stops.counted)
        yield line(rule, subject, of_fee * freed, working, entries, freed=True, remedy=remedy)


def _part_of_fee(of_fee: Fraction, unavailable: Fraction) -> tuple[Working, ...]:
    if of_fee == _ALL:
        return ()
    operands = {Amount.FEE_SHARE: of_fee, Amount.UNAVAILABLE: unavailable}
    return (step(Operation.TIMES, operands, (Amount.SHARE, of_fee * unavailable)),)


def _subject(organisation: str, parts: Sequence[Stretch]) -> str:
    incidents = ", ".join(sorted(_incidents(parts)))
    return f"{organisation}: {incidents}" if organisation else incidents


def _entries(charged: ChargedMonth, parts: Sequence[Stretch]) -> tuple[int, ...]:
    """What the stops that cost something rest on."""
    known = charged.register.incidents
    return tuple(sorted({position for code in _incidents(parts) for position in known[code].evidence}))


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


def _incidents(parts: Sequence[Stretch]) -> set[str]:
    return {each.incident for part in parts for each in part.bounds.picked.slices}
