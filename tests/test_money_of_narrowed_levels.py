"""What a level limited to some organisations or systems costs: what it asks about alone, as the check sheet tells it.

Two towns share the service; April 2025 has 21 opening days of 525 minutes: 11,025 minutes. The fee is 1,000,000 yen
with 10 % tax inside.
"""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from slm_domain.commands.incident import Reclassify, ReportIncident
from slm_domain.commands.response import Notify
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure, MonthFigures, NamedValue
from slm_domain.sla import Bound, FeeTimesAvailability, LateIncrements, Measure, PerOccasion, Sla
from tests.charging import FIRM, LATER, TOWN, at, desks_of, freed_stop, level_of, part_missing, rule, sla_with, stop
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


# The fee times availability


STOP = rule(FeeTimesAvailability, code="stop")
LIMIT_60 = {"cumulative_threshold_minutes": 60}


def of_stops(**limit: Any) -> Measure:
    return Measure(kind="stopped_time_at_most", source="stops", period="month", **limit)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def partial(desks: Desks, code: str) -> None:
    """The stop was only one of a part of the services after all: level B."""
    assert desks.send(Reclassify(contract=CODE, by=TOWN, incident=code, level="B", reason="part"), LATER)


@pytest.mark.parametrize(
    ("of_level_a", "share"),
    [
        (60, Fraction(0)),  # exactly the 60 minutes keep the fee, whatever level B stopped besides
        (61, Fraction(61, 11_025)),
    ],
)
def test_a_stop_rule_counts_the_stops_of_the_incident_levels_that_its_level_names(
    of_level_a: int, share: Fraction
) -> None:
    desks = desks_of(two_towns(of_stops(fault_levels=("A",)), bound(1, "hours"), STOP, terms=LIMIT_60))
    stop(desks, "a", at(4, 10), minutes(of_level_a))
    stop(desks, "b", at(4, 11), minutes(200))
    partial(desks, "b")
    found = april(desks)
    assert found.stopped == minutes(200 + of_level_a)  # the contract's own figure has both
    assert found.share.value == share
    assert [line.subject for line in found.deductions] == (["a"] if share else [])
    assert level(found).verdict is (BREACH if share else MET)


@LIMITS
def test_a_stop_rule_counts_the_stops_of_whom_its_level_asks_about_by_their_own_hours(limit: dict[str, Any]) -> None:
    # Nakatosa is open from 8:30 to 12:00: 21 days of 210 minutes, 4,410. It stops for 70, 1/63 of them: of the fee
    # 15,873.02 yen. Shimanto's 105 minutes are not asked about.
    sla = two_towns(of_stops(**limit), bound(1, "hours"), STOP, terms=LIMIT_60)
    mornings = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("08:30-12:00",))
    hours = msgspec.structs.replace(sla.calendars["opening"], **mornings)
    shimanto, nakatosa = sla.municipality.organisations
    towns = (shimanto, msgspec.structs.replace(nakatosa, calendar="mornings"))
    sla = msgspec.structs.replace(
        sla,
        calendars={**sla.calendars, "mornings": hours},
        municipality=msgspec.structs.replace(sla.municipality, organisations=towns),
    )
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), minutes(105))
    assert (april(desks).deductions, level(april(desks)).verdict) == ((), MET)
    stop(desks, "i2", at(4, 11), minutes(70), **OTHERS)
    found = april(desks)
    (line,) = found.deductions
    assert (line.subject, line.share.value, found.payable_yen) == ("i2", Fraction(1, 63), 984_126)
    assert [desks.drafts[position - 1].name for position in line.entries] == [
        "IncidentReported.1", "OutageStarted.1", "OutageEnded.1",
    ]  # fmt: skip
    assert level(found).measured == NamedValue(name="stopped", value="PT4200S")
    assert line.working[0].operands[0].value == str(4_410 * 60)


def test_each_organisation_is_charged_for_the_systems_that_the_rules_level_asks_about() -> None:
    # the fee is borne by weight, half each; welfare alone is asked about: 1/2 x 70/11025, payroll's 105 cost nothing
    terms = {**LIMIT_60, "threshold_scope": "organisation"}
    desks = desks_of(two_towns(of_stops(systems=("welfare",)), bound(1, "hours"), STOP, terms=terms))
    stop(desks, "i1", at(4, 10), minutes(105))
    stop(desks, "i2", at(4, 11), minutes(70), **OTHERS)
    (line,) = april(desks).deductions
    assert (line.subject, line.share.value) == ("nakatosa-town: i2", Fraction(1, 2) * Fraction(70, 11_025))


def test_what_is_freed_from_damages_costs_nothing_of_a_limited_level_either() -> None:
    # Nakatosa stops for 105 minutes, 40 of them freed: 65 pass the 60 and cost 65/11025; the 40 are shown beside it
    limited = of_stops(organisations=("nakatosa-town",))
    desks = desks_of(two_towns(limited, bound(1, "hours"), STOP, terms=LIMIT_60))
    stop(desks, "i1", at(4, 10), minutes(200))
    freed_stop(desks, "i1", at(4, 10), minutes(200))
    stop(desks, "i2", at(4, 11), minutes(105), **OTHERS)
    freed_stop(desks, "i2", at(4, 11), minutes(40))
    assert [(line.subject, line.freed, line.share.value) for line in april(desks).deductions] == [
        ("i2", False, Fraction(65, 11_025)),
        ("i2", True, Fraction(40, 11_025)),
    ]
