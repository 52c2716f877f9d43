"""Clocks and days of an organisation that keeps its own opening hours run by these (A33).

The town keeps the contract's hours, 9 to 17 every day. The village is open from 13 to 16, but not on 3 June 2025.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.dues import allowed, clock_run
from slm_domain.facts import Equipment, IncidentFacts
from slm_domain.figures.local_time import in_utc
from slm_domain.items import Item, items_of_incident, items_of_measurement
from slm_domain.register import Register
from slm_domain.sla import Level, Organisation, Party, Terms
from tests.domain.agreement import jst, words
from tests.domain.downtimes import EVERY_DAY, LATER, daily, outage
from tests.domain.levels import bound, contract, judged, measured, result

AFTERNOONS = replace(daily("afternoons", "13:00-16:00"), also_closed=(date(2025, 6, 3),))
TOWN: dict[str, Any] = {"systems": ("server",), "organisations": ("town",)}
VILLAGE: dict[str, Any] = {"systems": ("library",), "organisations": ("village",)}
BOTH: dict[str, Any] = {"systems": ("server", "library"), "organisations": ("town", "village")}
HOUR = timedelta(hours=1)


def shared(definition: Level, *facts: Any, terms: Terms | None = None, town: str | None = None) -> Register:
    """The contract of the two; `town`: the town keeps that calendar of its own."""
    register = contract(definition, *facts, terms=terms)
    version = register.slas[0]
    keeping = (
        Organisation(code="town", name=words("town"), calendar=town),
        Organisation(code="village", name=words("village"), calendar="afternoons"),
    )
    sla = replace(
        version.sla,
        calendars={"opening": EVERY_DAY, "afternoons": AFTERNOONS},
        municipality=Party(lead="town", organisations=keeping),
    )
    register.slas[0] = replace(version, sla=sla)
    return register


def fault(**concerned: Any) -> IncidentFacts:
    """Detected on Monday 2 June at 11:00."""
    return outage(jst(6, 2, 11), **concerned)


def due(item: Item) -> datetime | None:
    return item.guaranteed_due


def recovering(amount: str, unit: Any, **measure: Any) -> Level:
    return judged(
        "duration_at_most", bound(amount, unit), source="incidents", start="detected", end="recovered", **measure
    )


@pytest.mark.parametrize(
    ("concerned", "limit", "expected"),
    [
        (TOWN, {}, jst(6, 2, 15)),  # 11 to 15
        (VILLAGE, {}, jst(6, 4, 14)),  # 13 to 16 on Monday, nothing on Tuesday, 13 to 14 on Wednesday
        ({"systems": ("library",), "organisations": ()}, {}, jst(6, 4, 14)),  # the library is the village's
        (BOTH, {}, jst(6, 2, 15)),  # different hours: the contract's
        (BOTH, {"organisations": ("village",)}, jst(6, 4, 14)),  # of the two the village alone is asked about
        (BOTH, {"systems": ("library",)}, jst(6, 4, 14)),
    ],
)
def test_a_clock_in_opening_hours_runs_in_those_of_the_organisation_it_concerns(
    concerned: dict[str, Any], limit: dict[str, Any], expected: datetime
) -> None:
    level = recovering("4", "hours", clock="opening_hours", **limit)
    (item,) = items_of_incident(shared(level), fault(**concerned))
    assert due(item) == in_utc(expected)


def test_organisations_that_keep_the_same_hours_have_them_in_common() -> None:
    level = recovering("4", "hours", clock="opening_hours")
    (item,) = items_of_incident(shared(level, town="afternoons"), fault(**BOTH))
    assert due(item) == in_utc(jst(6, 4, 14))


@pytest.mark.parametrize(
    ("concerned", "expected"),
    [(TOWN, jst(6, 4, 0)), (VILLAGE, jst(6, 5, 0))],  # day 1 is Tuesday, for the village, closed then, Wednesday
)
def test_opening_days_are_those_of_the_organisation_it_concerns(concerned: dict[str, Any], expected: datetime) -> None:
    level = recovering("1", "days", day_kind="opening")
    (item,) = items_of_incident(shared(level), fault(**concerned))
    assert due(item) == in_utc(expected)


@pytest.mark.parametrize(("where", "hours"), [({"organisation": "village"}, 2), ({"system": "library"}, 2), ({}, 5)])
def test_a_measurement_runs_in_the_hours_of_the_organisation_or_system_it_names(
    where: dict[str, str], hours: int
) -> None:
    # from 10 to 15: five hours of the contract's, 13 to 15 of the village's
    level = judged("duration_at_most", bound("1", "hours"), clock="opening_hours")
    fact = measured("m", jst(6, 2, 15), start=jst(6, 2, 10), end=jst(6, 2, 15), **where)
    register = shared(level)
    (item,) = items_of_measurement(register, fact)
    assert clock_run(register, item, LATER) == hours * HOUR
    assert allowed(register, item) == HOUR
    assert due(item) == in_utc(jst(6, 2, 14 if where else 11))


def test_equipment_runs_in_the_opening_hours_of_the_organisation_whose_it_is() -> None:
    # told on Wednesday 4 June at 9:00, restored on Thursday at 16:00: 13 to 16 twice are 6 h; 8 are allowed
    level = judged(
        "duration_at_most", bound("8", "hours"),
        source="incidents", start="equipment_stop_told", end="equipment_restored",
    )  # fmt: skip
    told = Equipment(equipment="library", told_at=jst(6, 4, 9), restored_at=jst(6, 5, 16), positions=(9,))
    register = shared(level, terms=Terms(restore_clock="opening"))
    (item,) = items_of_incident(register, replace(fault(**BOTH), equipment=(told,)))
    assert clock_run(register, item, LATER) == 6 * HOUR
    assert due(item) == in_utc(jst(6, 6, 15))  # 3 + 3 + 2


def test_a_count_is_expected_on_the_opening_days_of_each_organisation() -> None:
    # June has 30 days, all of them opening days of the town's; the village is closed on one
    level = judged(
        "count_at_least", bound("1", "count"), period="day", period_days="opening", per="organisation"
    )  # fmt: skip
    assert result(shared(level)).items == 30 + 29
    of_village = replace(level, measure=replace(level.measure, per="contract", organisations=("village",)))
    assert result(shared(of_village)).items == 29
    of_both = replace(level, measure=replace(level.measure, per="contract"))
    assert result(shared(of_both)).items == 30
