"""What a level limited to some organisations or systems costs: what it asks about alone, as the check sheet tells it.

Two towns share the service; April 2025 has 21 opening days of 525 minutes: 11,025 minutes. The fee is 1,000,000 yen
with 10 % tax inside.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from slm_domain.commands.incident import ReportIncident
from slm_domain.commands.response import Notify
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure, MonthFigures
from slm_domain.sla import Bound, LateIncrements, Measure, PerOccasion, Sla
from tests.charging import FIRM, LATER, TOWN, at, desks_of, level_of, part_missing, rule, sla_with, stop
from tests.projections.contract_histories import CODE, Desks

OTHERS: dict[str, Any] = {
    "organisations": ("nakatosa-town",),
    "systems": ("welfare",),
}  # what concerns the other town alone
MET, BREACH, NONE = Verdict.MET_GUARANTEE, Verdict.BREACH, Verdict.NOT_APPLICABLE


def bound(amount: int, unit: str) -> Bound:
    return msgspec.convert({"amount": Decimal(amount), "unit": unit}, Bound)


def two_towns(measure: Measure, guaranteed: Bound, *rules: Any, terms: dict[str, Any] | None = None) -> Sla:
    """四万十町 has payroll, 中土佐町 welfare; one level with these rules of money."""
    sla = sla_with(deductions=rules, level=level_of(measure, guaranteed), terms=terms)
    shimanto = sla.municipality.organisations[0]
    nakatosa = msgspec.structs.replace(shimanto, code="nakatosa-town")
    towns = msgspec.structs.replace(sla.municipality, organisations=(shimanto, nakatosa))
    welfare = msgspec.structs.replace(sla.systems[0], code="welfare", organisation="nakatosa-town")
    return msgspec.structs.replace(sla, municipality=towns, systems=(*sla.systems, welfare))


def april(desks: Desks) -> MonthFigures:
    return desks.figures("2025-04", LATER)


def level(figures: MonthFigures) -> LevelFigure:
    (found,) = [each for each in figures.levels if each.level == "availability"]
    return found


def notified(desks: Desks, code: str, minutes: int, **concerned: Any) -> None:
    """A fault of 10 April, 9:00, of which the towns are told so many minutes later."""
    fault = {"organisations": ("shimanto-town",), "systems": ("payroll",), **concerned}
    reported = ReportIncident(contract=CODE, by=TOWN, incident=code, level="A", occurred_at=at(4, 10), **fault)
    assert desks.send(reported, LATER)
    told = at(4, 10) + timedelta(minutes=minutes)
    assert desks.send(Notify(contract=CODE, by=FIRM, incident=code, means="telephone", occurred_at=told), LATER)


LATE = rule(LateIncrements, first_percent=Decimal(5), step_minutes=60, step_percent=Decimal(5))
LIMITS = pytest.mark.parametrize("limit", [{"organisations": ("nakatosa-town",)}, {"systems": ("welfare",)}])


@LIMITS
def test_a_late_notice_of_others_costs_nothing_under_a_level_limited_to_some(limit: dict[str, Any]) -> None:
    # due in 30 minutes; told after 60, 30 late, less than a step: 5 %, of the one of the limited level alone
    measure = Measure(kind="duration_at_most", source="incidents", start="detected", end="notified", **limit)
    sla = two_towns(measure, bound(30, "minutes"), LATE, terms={"notify_levels_covered": "all"})
    mine, theirs = desks_of(sla), desks_of(sla)
    notified(mine, "i1", 60)
    notified(theirs, "i1", 60, **OTHERS)
    found = april(mine)
    assert (level(found).verdict, level(found).items, found.deductions, found.payable_yen) == (NONE, 0, (), 1_000_000)
    found = april(theirs)
    assert (level(found).verdict, level(found).items, found.payable_yen) == (BREACH, 1, 950_000)


@LIMITS
def test_a_part_missing_elsewhere_is_no_occasion_of_a_level_limited_to_some(limit: dict[str, Any]) -> None:
    # 5 % an occasion: of two incidents that lacked a part one concerns the limited level
    missing = rule(PerOccasion, percent=Decimal(5))
    measure = Measure(kind="obligation", source="incidents", start="parts_needed", **limit)
    desks = desks_of(two_towns(measure, bound(1, "met"), missing))
    stop(desks, "i1", at(4, 10), timedelta(minutes=10))
    part_missing(desks, "i1", "disk", at(4, 10))
    found = april(desks)
    assert (level(found).verdict, found.deductions) == (NONE, ())
    stop(desks, "i2", at(4, 11), timedelta(minutes=10), **OTHERS)
    part_missing(desks, "i2", "disk", at(4, 11))
    found = april(desks)
    assert (level(found).verdict, found.payable_yen) == (BREACH, 950_000)
    assert [line.subject for line in found.deductions] == ["i2"]
