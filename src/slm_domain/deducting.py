"""The deductions of a month: each rule of the SLA applied to the items and stops it speaks of (S8, C10, C16)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from slm_domain.achieving import by_tier, repeated
from slm_domain.charged_month import ChargedMonth
from slm_domain.deduction_lines import Line, line, of_percent
from slm_domain.dues import allowed, clock_run
from slm_domain.figures.deductions import Increments, increments, per_occasion
from slm_domain.figures.judgement import Verdict
from slm_domain.items import Item, judge
from slm_domain.sla import FeeTimesAvailability, LateIncrements, PerOccasion, RepeatBreach, Tiers
from slm_domain.stop_deductions import stop_lines


class Deductions(msgspec.Struct, frozen=True, kw_only=True):
    """The month's deductions. Those for stops stand apart: they compose differently (A4)."""

    lines: tuple[Line, ...]
    stops: tuple[Line, ...]


def deductions_of(charged: ChargedMonth) -> Deductions:
    """Every deduction of the month, excused ones too, in the order of the SLA's rules."""
    lines: list[Line] = []
    stops: list[Line] = []
    for rule in charged.sla.deductions:
        match rule:
            case LateIncrements():
                lines.extend(_late(charged, rule))
            case PerOccasion():
                lines.extend(_missing(charged, rule))
            case Tiers():
                lines.extend(by_tier(charged, rule))
            case RepeatBreach():
                lines.extend(repeated(charged, rule))
            case FeeTimesAvailability():
                stops.extend(stop_lines(charged, rule))
    return Deductions(lines=tuple(lines), stops=tuple(stops))


def _late(charged: ChargedMonth, rule: LateIncrements) -> Iterator[Line]:
    for item in charged.items_of(rule.level):
        if item.start is None or item.guaranteed_due is None or not item.covered:
            continue
        done = item.end or charged.until
        if done < item.guaranteed_due:
            continue
        within = allowed(charged.register, item)
        if within is None:
            continue
        result = increments(
            Increments(
                due=within,
                first_share=of_percent(rule.first_percent),
                step=timedelta(minutes=rule.step_minutes),
                step_share=of_percent(rule.step_percent),
                counting=rule.counting,
                # past the due time it is late, also where the clock has not run since, as after closing
                strict=item.guaranteed_strict or done > item.guaranteed_due,
            ),
            clock_run(charged.register, item, charged.until),
        )
        if result.share:
            told = rule.excused_when_told_in_time or charged.sla.terms.force_majeure_scope == "all"
            yield line(
                rule,
                item.subject,
                result.share,
                result.working,
                item.positions,
                excused=item.excused and told,
                freed=item.freed,
                left_measurement=item.exempted,
            )


def _missing(charged: ChargedMonth, rule: PerOccasion) -> Iterator[Line]:
    """A line for each occasion: for spare parts each incident with a part missing, each part, or the month (A11).

    What left the measurement, or is freed from damages, is an occasion of its own, shown and not added (G9).
    """
    occasions: dict[tuple[str, bool, bool], list[Item]] = {}
    for item in charged.items_of(rule.level):
        if _is_missed(item, charged.until):
            occasions.setdefault((_occasion(charged, rule, item), item.freed, item.exempted), []).append(item)
    for (subject, freed, left), items in occasions.items():
        result = per_occasion(1, of_percent(rule.percent))
        positions = tuple(sorted({position for item in items for position in item.positions}))
        yield line(rule, subject, result.share, result.working, positions, freed=freed, left_measurement=left)


def _is_missed(item: Item, until: datetime) -> bool:
    """Whether the obligation was not met, exempted or not."""
    as_measured = msgspec.structs.replace(item, exempted=False)
    return item.met is not None and judge(as_measured, until).verdict is Verdict.BREACH


def _occasion(charged: ChargedMonth, rule: PerOccasion, item: Item) -> str:
    definition = charged.definition(rule.level)
    if definition is None or definition.measure.start != "parts_needed":
        return item.subject
    match charged.sla.terms.parts_unit:
        case "occasion":
            return item.subject.partition("/")[0]  # the incident
        case "part":
            return item.subject
        case "month":
            return str(charged.month)
