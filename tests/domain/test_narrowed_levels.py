"""Levels that ask about some systems or organisations: what stopped of these together counts, each minute once (C3)."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from slm_domain.facts import Equipment, IncidentFacts, LevelVersion
from slm_domain.items import items_of_incident, items_of_measurement
from slm_domain.month_figures import LevelFigure, NamedValue
from slm_domain.sla import Organisation, Party, Sla
from tests.domain.agreement import jst, words
from tests.domain.downtimes import EVERY_DAY, agreed, daily, outage, record, restored
from tests.domain.levels import bound, contract, judged, measured, result

HOUR = timedelta(hours=1)
JUNE = 30 * 8  # opening hours: 9 to 17 every day

# Monday 2 June. Payroll 10:00 to 13:00 (restored before the rest), library 10:00 to 14:00; server 12:00 to 15:00.
TWO_STEPS = outage(jst(6, 2, 10), jst(6, 2, 14), code="two-steps", restorations=(restored(jst(6, 2, 13), "payroll"),))
SERVER = outage(jst(6, 2, 12), jst(6, 2, 15), code="server", systems=("server",), organisations=("town",))


def narrowed(sla: Sla, *incidents: IncidentFacts, kind: Any = "availability_at_least", **measure: Any) -> LevelFigure:
    """What June tells of the level under this SLA."""
    guaranteed = bound("99", "percent") if kind == "availability_at_least" else bound("100", "hours")
    definition = judged(kind, guaranteed, source="stops", **measure)
    register = contract(definition, *incidents)
    versions: list[LevelVersion] = register.levels["l"]
    register = record(sla, *incidents)
    register.levels["l"] = versions
    return result(register)


def lost(figure: LevelFigure, base: int = JUNE) -> Fraction:
    """The hours lost of the base."""
    assert figure.measured is not None
    return base * (1 - Fraction(figure.measured.value))


@pytest.mark.parametrize(
    ("systems", "hours"),
    [
        (("payroll",), 3),  # 10 to 13
        (("server",), 3),  # 12 to 15
        (("payroll", "server"), 5),  # 10 to 13 and 12 to 15: 10 to 15
        (("payroll", "library"), 4),  # 10 to 14
        (("payroll", "library", "server"), 5),
    ],
)
def test_several_systems_are_stopped_while_any_of_them_is(systems: tuple[str, ...], hours: int) -> None:
    assert lost(narrowed(agreed(), TWO_STEPS, SERVER, systems=systems)) == hours
    stopped = narrowed(agreed(), TWO_STEPS, SERVER, systems=systems, kind="stopped_time_at_most")
    assert stopped.measured == NamedValue(name="stopped", value=msgspec.to_builtins(hours * HOUR))


def test_of_an_organisation_only_the_systems_asked_about_count() -> None:
    # payroll and server are the town's: of the town only payroll is asked about, 10 to 13
    assert lost(narrowed(agreed(), TWO_STEPS, SERVER, systems=("payroll", "library"), organisations=("town",))) == 3
    each = narrowed(agreed(), TWO_STEPS, SERVER, systems=("payroll", "library"), per="organisation")
    assert {unit.unit: unit.measured for unit in each.units} == {
        "town": NamedValue(name="availability", value=str(Fraction(JUNE - 3, JUNE))),
        "village": NamedValue(name="availability", value=str(Fraction(JUNE - 4, JUNE))),
    }


def test_several_organisations_are_stopped_while_any_of_them_is() -> None:
    assert lost(narrowed(agreed(), TWO_STEPS, organisations=("town",))) == 3
    assert lost(narrowed(agreed(), TWO_STEPS, organisations=("town", "village"))) == 4


def test_systems_of_one_organisation_keep_its_hours_and_those_of_several_the_contracts() -> None:
    # the village is open from 9 to 13, 30 x 4 h: of 10 to 14 it loses 3 h
    town, village = (Organisation(code=code, name=words(code)) for code in ("town", "village"))
    sla = replace(
        agreed(),
        calendars={"opening": EVERY_DAY, "mornings": daily("mornings", "09:00-13:00")},
        municipality=Party(lead="town", organisations=(town, replace(village, calendar="mornings"))),
    )
    assert lost(narrowed(sla, TWO_STEPS, systems=("library",)), base=120) == 3
    assert lost(narrowed(sla, TWO_STEPS, systems=("payroll", "library"))) == 4


def test_where_the_figure_adds_up_systems_a_level_adds_up_those_it_asks_about() -> None:
    # payroll 3 h + library 4 h of 2 x 240 h
    figure = narrowed(agreed(availability_of="systems"), TWO_STEPS, SERVER, systems=("payroll", "library"))
    assert lost(figure, base=2 * JUNE) == 7


def test_where_the_figure_adds_up_organisations_a_level_adds_up_what_it_asks_about_of_each() -> None:
    # of the town only the server, 12 to 15; of the village the library, 10 to 14
    figure = narrowed(agreed(availability_of="organisations"), TWO_STEPS, SERVER, systems=("server", "library"))
    assert lost(figure, base=2 * JUNE) == 7


def test_a_partial_stop_weighs_as_much_as_is_stopped_of_what_is_asked_about() -> None:
    # of payroll and library both from 10 to 13, the library alone to 14: 3 h + 1/2 h; the server is not asked about
    partial = replace(TWO_STEPS, level="B")
    sla = agreed(partial_counts="weight")
    assert lost(narrowed(sla, partial, replace(SERVER, level="B"), systems=("payroll", "library"))) == Fraction(7, 2)
    assert lost(narrowed(sla, partial, systems=("payroll",))) == 3


def test_the_shortest_stop_is_held_against_the_services_stop_also_for_some_systems() -> None:
    # the service stops 90 minutes, payroll 30; a stop has at least 60 minutes
    fault = outage(jst(6, 2, 10), jst(6, 2, 11, 30), restorations=(restored(jst(6, 2, 10, 30), "payroll"),))
    figure = narrowed(agreed(min_stop_minutes=60), fault, systems=("payroll", "server"))
    assert lost(figure) == Fraction(1, 2)


def test_a_system_that_runs_again_has_recovered_though_others_are_still_stopped() -> None:
    # the incident is open; payroll ran again after 3 h
    still = outage(jst(6, 2, 10), restorations=(restored(jst(6, 2, 13), "payroll"),))
    one = narrowed(agreed(), still, kind="mean_at_most", systems=("payroll",))
    assert (one.measured, one.verdict.value) == (NamedValue(name="mean", value=str(3 * 3600)), "met_guarantee")
    two = narrowed(agreed(), still, kind="mean_at_most", systems=("payroll", "library"))
    assert two.verdict.value == "breach"  # the library has been stopped ever since


@pytest.mark.parametrize(("grades", "hours"), [(("A",), 4), (("B",), 3), (("A", "B"), 5), (("A", "B", "C"), 5)])
def test_a_level_counts_the_stops_of_the_incident_levels_that_it_names(grades: tuple[str, ...], hours: int) -> None:
    # level A from 10 to 14, level B from 12 to 15
    figure = narrowed(agreed(), TWO_STEPS, replace(SERVER, level="B"), fault_levels=grades)
    assert lost(figure) == hours


# --- The items of a level that is limited

LIMITS = pytest.mark.parametrize("limit", [{"organisations": ("village",)}, {"systems": ("library",)}])


@LIMITS
def test_what_concerns_only_others_brings_no_item_to_a_level_limited_to_some(limit: dict[str, Any]) -> None:
    level = judged("duration_at_most", bound("30", "minutes"), source="incidents", start="detected", end="notified")
    limited = replace(level, measure=replace(level.measure, **limit))
    ours = outage(jst(6, 2, 10), systems=("library",), organisations=("village",))
    whole = outage(jst(6, 2, 10), systems=(), organisations=())  # names nobody: it concerns everyone
    register = contract(limited)
    assert [len(list(items_of_incident(register, each))) for each in (SERVER, ours, TWO_STEPS, whole)] == [0, 1, 1, 1]
    assert len(list(items_of_incident(contract(level), SERVER))) == 1


@LIMITS
def test_a_measurement_of_others_is_no_item_of_a_level_limited_to_some(limit: dict[str, Any]) -> None:
    register = contract(judged("count_at_least", bound("1", "count"), **limit))
    told = [
        measured("theirs", jst(6, 2, 10), organisation="town", system="payroll"),
        measured("ours", jst(6, 2, 10), organisation="village", system="library"),
        measured("anyone's", jst(6, 2, 10)),
    ]
    assert [len(list(items_of_measurement(register, each))) for each in told] == [0, 1, 1]


@LIMITS
def test_of_an_incident_in_two_towns_a_limited_level_has_the_equipment_of_its_own(limit: dict[str, Any]) -> None:
    told = tuple(
        Equipment(equipment=code, told_at=jst(6, 2, 10), restored_at=None, positions=(9,))
        for code in ("payroll", "library")
    )
    level = judged(
        "duration_at_most", bound("24", "hours"),
        source="incidents", start="equipment_stop_told", end="equipment_restored", **limit,
    )  # fmt: skip
    (item,) = items_of_incident(contract(level), replace(TWO_STEPS, equipment=told))
    assert (item.subject, item.systems, item.organisations) == ("two-steps/library", ("library",), ("village",))
