"""Availability per system and per organisation, and what the contract's figure adds up (C3, C7, C24, K1, A28, J1)."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, unit_figures
from slm_domain.figures.periods import Month
from slm_domain.month_figures import AvailabilityFigure, UnitAvailability
from slm_domain.sla import Organisation, Party, Sla, System
from slm_domain.units import UnitKind
from tests.domain.agreement import words
from tests.domain.downtimes import DAY, EVERY_DAY, LATER, agreed, at, daily, excluded, outage, record, restored

HOUR = timedelta(hours=1)
# 10:00 payroll and library stop; 12:00 payroll runs again; 14:00 all is over. Server runs all day.
RESTORED_IN_TWO_STEPS = outage(at(10), at(14), level="B", restorations=(restored(at(12), "payroll"),))


def of_service(sla: Sla, *incidents: Any) -> AvailabilityFigure:
    return availability(record(sla, *incidents), list(incidents), DAY, LATER)


def of_units(sla: Sla, kind: UnitKind, *incidents: Any) -> dict[str, UnitAvailability]:
    return {each.unit: each for each in unit_figures(record(sla, *incidents), list(incidents), DAY, LATER, kind)}


def ratio(figure: AvailabilityFigure) -> Fraction:
    assert figure.ratio is not None
    return figure.ratio.value


def test_each_system_is_stopped_until_it_runs_again() -> None:
    found = of_units(agreed(), "systems", RESTORED_IN_TWO_STEPS)
    assert {code: each.stopped for code, each in found.items()} == {
        "payroll": 2 * HOUR,
        "server": 0 * HOUR,
        "library": 4 * HOUR,
    }
    assert ratio(found["payroll"].availability) == Fraction(6, 8)


def test_an_organisation_is_stopped_until_the_last_of_its_stopped_systems_runs_again() -> None:
    both_of_town = outage(
        at(10), at(14), systems=("payroll", "server"), organisations=("town",),
        restorations=(restored(at(11), "payroll"), restored(at(12), "server")),
    )  # fmt: skip
    found = of_units(agreed(), "organisations", both_of_town)
    assert {code: each.stopped for code, each in found.items()} == {"town": 2 * HOUR, "village": 0 * HOUR}


def test_the_service_as_a_whole_is_stopped_until_all_of_it_runs_again() -> None:
    assert of_service(agreed(), RESTORED_IN_TWO_STEPS).down == 4 * HOUR


def test_an_incident_that_names_no_system_stops_all_systems_of_its_organisations() -> None:
    nothing_named = outage(at(10), at(11), systems=(), organisations=("town",))
    found = of_units(agreed(), "systems", nothing_named)
    assert [each.stopped for each in found.values()] == [HOUR, HOUR, 0 * HOUR]


def test_an_organisation_named_without_a_system_is_stopped_to_the_end() -> None:
    named = outage(
        at(10), at(14), systems=("payroll",), organisations=("town", "village"),
        restorations=(restored(at(11), "payroll"),),
    )  # fmt: skip
    found = of_units(agreed(), "organisations", named)
    assert {code: each.stopped for code, each in found.items()} == {"town": HOUR, "village": 4 * HOUR}


def test_the_figure_can_add_the_seconds_of_the_systems() -> None:
    # base 3 x 8 h = 24 h, down 2 h + 4 h
    figure = of_service(agreed(availability_of="systems"), RESTORED_IN_TWO_STEPS)
    assert (figure.base, figure.down, ratio(figure)) == (24 * HOUR, 6 * HOUR, Fraction(18, 24))


def test_the_figure_can_add_the_seconds_of_the_organisations() -> None:
    # base 2 x 8 h = 16 h, down 2 h (town) + 4 h (village)
    figure = of_service(agreed(availability_of="organisations"), RESTORED_IN_TWO_STEPS)
    assert (figure.base, figure.down, ratio(figure)) == (16 * HOUR, 6 * HOUR, Fraction(10, 16))


def test_a_heavier_system_counts_as_often_as_it_weighs() -> None:
    # payroll weighs 5, server 2, library 1: base 8 x 8 h = 64 h, down 5 x 2 h + 1 x 4 h = 14 h
    sla = replace(
        agreed(availability_of="systems"),
        systems=(
            System(code="payroll", name=words("payroll"), organisation="town", weight=5),
            System(code="server", name=words("server"), organisation="town", weight=2),
            System(code="library", name=words("library"), organisation="village"),
        ),
    )
    figure = of_service(sla, RESTORED_IN_TWO_STEPS)
    assert (figure.base, figure.down, ratio(figure)) == (64 * HOUR, 14 * HOUR, Fraction(50, 64))
    assert figure.up + figure.down + figure.outside_hours == 8 * DAY.length


def test_each_organisation_is_judged_by_its_own_opening_hours() -> None:
    # the village is open from 9 to 13: of 10:00 to 14:00 it loses 3 h of 4 h, the town 2 h of 8 h
    town, village = (Organisation(code=code, name=words(code)) for code in ("town", "village"))
    sla = replace(
        agreed(availability_of="organisations"),
        calendars={"opening": EVERY_DAY, "mornings": daily("mornings", "09:00-13:00")},
        municipality=Party(lead="town", organisations=(town, replace(village, calendar="mornings"))),
    )
    found = of_units(sla, "organisations", RESTORED_IN_TWO_STEPS)
    assert ratio(found["village"].availability) == Fraction(1, 4)
    assert ratio(found["town"].availability) == Fraction(6, 8)
    assert ratio(of_service(sla, RESTORED_IN_TWO_STEPS)) == Fraction(7, 12)


@pytest.mark.parametrize(
    ("by", "lost"),
    [
        ("systems", 2 * 3600),  # 2 h x 2/3 + 2 h x 1/3 of the systems
        ("organisations", 3 * 3600),  # 2 h x 2/2 + 2 h x 1/2 of the organisations
    ],
)
def test_a_partial_stop_can_weigh_as_much_as_is_still_stopped(by: str, lost: int) -> None:
    figure = of_service(agreed(partial_counts="weight", partial_weight_by=by), RESTORED_IN_TWO_STEPS)
    assert figure.down == 4 * HOUR
    assert figure.lost is None or figure.lost.value == lost
    assert ratio(figure) == 1 - Fraction(lost, 8 * 3600)


@pytest.mark.parametrize(("counts", "down"), [("no", 0), ("full", 4), ("weight", 4)])
def test_a_partial_stop_counts_not_at_all_or_fully_or_by_weight(counts: str, down: int) -> None:
    assert of_service(agreed(partial_counts=counts), RESTORED_IN_TWO_STEPS).down == down * HOUR


def test_a_whole_stop_weighs_all_until_something_runs_again() -> None:
    # level A stops all three systems; payroll runs again at 12:00: 2 h x 1 + 2 h x 2/3 = 12,000 s
    figure = of_service(agreed(partial_counts="weight"), replace(RESTORED_IN_TWO_STEPS, level="A"))
    assert figure.lost is not None
    assert figure.lost.value == 12_000


def test_where_partial_stops_overlap_each_slice_takes_the_largest_weight() -> None:
    # payroll 10:00-12:00 (1/3), payroll and library 11:00-13:00 (2/3): 1 h x 1/3 + 2 h x 2/3 = 6,000 s
    one = outage(at(10), at(12), code="one", level="B", systems=("payroll",), organisations=("town",))
    two = outage(at(11), at(13), code="two", level="B")
    figure = of_service(agreed(partial_counts="weight"), one, two)
    assert figure.lost is not None
    assert (figure.down, figure.lost.value) == (3 * HOUR, Fraction(6_000))


@pytest.mark.parametrize(("scope", "stopped"), [("contract", timedelta(minutes=30)), ("organisation", timedelta())])
def test_the_shortest_stop_is_that_of_the_contract_or_of_each_organisation(scope: str, stopped: timedelta) -> None:
    # 90 minutes for the village, 30 for the town; a stop has at least 60
    fault = outage(at(10), at(11, 30), restorations=(restored(at(10, 30), "payroll"),))
    found = of_units(agreed(min_stop_minutes=60, threshold_scope=scope), "organisations", fault)
    assert found["town"].stopped == stopped
    assert found["village"].stopped == timedelta(minutes=90)


@pytest.mark.parametrize(("of", "unit"), [("systems", "library"), ("organisations", "village")])
@pytest.mark.parametrize(("policy", "base"), [("remove", 7), ("count_as_up", 8)])
def test_what_is_excluded_of_a_stop_that_is_too_short_leaves_the_base_of_each_unit_as_of_the_service(
    policy: str, base: int, of: UnitKind, unit: str
) -> None:
    # 10:00 to 11:30, of which 10:00 to 11:00 is excluded: half an hour is left, no stop of an hour. Of the day's 8 h
    # the excluded one leaves the base, under `remove` alone; nothing is down.
    fault = outage(at(10), at(11, 30), systems=("library",), exclusions=(excluded(at(10), at(11)),))
    sla = agreed(min_stop_minutes=60, exclusion_policy=policy)
    found = of_units(sla, of, fault)[unit].availability
    assert (found.base, found.down, found.excluded) == (base * HOUR, timedelta(), HOUR)
    assert found == of_service(sla, fault)


def test_a_side_that_says_nothing_of_a_restoration_takes_it_from_the_other() -> None:
    # the provider says payroll ran at 11:00, the municipality at 12:00; only the provider speaks of the library
    fault = outage(
        at(10), at(14),
        restorations=(
            restored(at(11), "payroll", "library"),
            restored(at(12), "payroll", side="municipality"),
        ),
    )  # fmt: skip
    found = of_units(agreed(), "systems", fault)
    assert (found["payroll"].stopped, found["library"].stopped) == (2 * HOUR, HOUR)
    lowest, highest = found["payroll"].availability.lowest, found["payroll"].availability.highest
    assert lowest is not None
    assert highest is not None
    assert (lowest.value, highest.value) == (Fraction(6, 8), Fraction(7, 8))


def test_a_units_own_figure_tells_its_own_hours_however_much_it_weighs() -> None:
    # 30 days of 8 hours are 240 hours; the weight counts where units are added, and there only. 6 and 2 are 3 and 1.
    sla = agreed(availability_of="organisations")
    town, village = (
        replace(each, weight=weight) for each, weight in zip(sla.municipality.organisations, (6, 2), strict=True)
    )
    register = record(replace(sla, municipality=replace(sla.municipality, organisations=(town, village))))
    june = register.interval_of(Month(2025, 6))
    found = unit_figures(register, [], june, LATER, "organisations")
    assert [(unit.weight, unit.availability.base) for unit in found] == [(3, 240 * HOUR), (1, 240 * HOUR)]
