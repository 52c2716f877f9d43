"""A level judged for several units takes each as it is: its worst value, its own last grade, and the service's time."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure
from slm_domain.sla import Bound, Grade, Measure, Organisation, Party, Scale, Tier, Tiers
from tests.charging import FIRM, LATER, at, availability_level, desks_of, percent, rule, sla_with, stop, words
from tests.projections.contract_histories import CODE, Desks

TOWNS = ("shimanto-town", "next-town")


def two_towns(measure: Measure, guaranteed: Bound, **fields: Any) -> Desks:
    """A joint contract with one level; the second town weighs three times as much, and owns personnel."""
    level = msgspec.structs.replace(availability_level(), measure=measure, guaranteed=guaranteed)
    plain = sla_with()
    first = plain.municipality.organisations[0]
    second = Organisation(code=TOWNS[1], name=words("next"), weight=3)
    systems = tuple(
        msgspec.structs.replace(each, organisation=TOWNS[1]) if each.code == "personnel" else each
        for each in plain.systems
    )
    party = Party(lead=TOWNS[0], organisations=(first, second))
    return desks_of(sla_with(municipality=party, systems=systems, levels=(level,), **fields))


def told(desks: Desks, month: str) -> LevelFigure:
    return desks.figures(month, LATER).levels[0]


def record(desks: Desks, code: str, day: date, **measured: Any) -> None:
    measurement = RecordMeasurement(
        contract=CODE, by=FIRM, level="availability", measurement=code, occurred_at=at(day.month, day.day), **measured
    )
    assert desks.send(measurement, LATER)


def test_of_two_towns_in_breach_the_tier_goes_by_the_worse() -> None:
    credit: Any = rule(
        Tiers, tiers=(Tier(when=percent("90"), percent=Decimal(1)), Tier(when=percent("70"), percent=Decimal(3)))
    )
    calls = Measure(kind="ratio_at_least", source="measurements", period="month", per="organisation")
    desks = two_towns(calls, percent("90"), deductions=(credit,))
    record(desks, "first", date(2025, 4, 30), part=86, whole=100, organisation=TOWNS[0])
    record(desks, "second", date(2025, 4, 30), part=55, whole=100, organisation=TOWNS[1])
    found = told(desks, "2025-04")
    assert found.measured is not None
    assert Fraction(found.measured.value) == Fraction(55, 100)
    assert found.unit == TOWNS[1]
    (deduction,) = desks.figures("2025-04", LATER).deductions
    assert (deduction.share.value, deduction.subject) == (Fraction(3, 100), "2025-04 next-town")


def test_a_tier_names_the_system_whose_week_was_the_worst_though_another_counted_no_more() -> None:
    # both count four in April: the payroll one in each of four weeks, the personnel all of them in the first
    credit: Any = rule(Tiers, tiers=(Tier(when=Bound(amount=Decimal(1), unit="count"), percent=Decimal(2)),))
    measure = Measure(
        kind="count_at_least", source="measurements", period="week", per="system", systems=("payroll", "personnel")
    )
    desks = two_towns(measure, Bound(amount=Decimal(2), unit="count"), deductions=(credit,))
    for code, system, days in (("a", "payroll", (2, 9, 16, 23)), ("b", "personnel", (2, 3, 4, 5))):
        for number in days:
            record(desks, f"{code}{number}", date(2025, 4, number), system=system)
    found = told(desks, "2025-04")
    assert {each.unit: each.measured.value for each in found.units if each.measured is not None} == {
        "payroll": "4",
        "personnel": "4",
    }
    assert found.unit == "personnel"
    (deduction,) = desks.figures("2025-04", LATER).deductions
    assert deduction.subject == "2025-04-07/week personnel"


def test_time_between_failures_is_the_services_and_weighs_no_town() -> None:
    measure = Measure(kind="time_between_failures_at_least", source="stops", period="month")
    terms: dict[str, Any] = {"availability_of": "organisations"}
    desks = two_towns(measure, Bound(amount=Decimal(30), unit="days"), terms=terms)
    stop(desks, "i1", at(4, 10, 9), timedelta(hours=1))
    stop(desks, "i2", at(4, 11, 9), timedelta(hours=1))
    found = told(desks, "2025-04")
    assert found.measured is not None
    # 21 opening days of 525 minutes = 11,025 minutes, less two stops of 60, by two: 5,452.5 minutes
    assert Fraction(found.measured.value) == Fraction(10_905 * 60, 2)


def test_the_last_grade_of_each_system_stays_in_force() -> None:
    grades = tuple(Grade(grade=number, name=words(str(number))) for number in range(3))
    measure = Measure(
        kind="grade_at_least", source="measurements", period="month", scale="backup", systems=("payroll", "personnel")
    )
    scale = Scale(code="backup", name=words("backup"), grades=grades)
    desks = two_towns(measure, Bound(amount=Decimal(2), unit="grade"), scales=(scale,))
    record(desks, "low", date(2025, 4, 10), grade=1, system="payroll")
    record(desks, "high", date(2025, 4, 20), grade=2, system="personnel")
    assert told(desks, "2025-05").verdict is Verdict.BREACH
    record(desks, "mended", date(2025, 5, 20), grade=2, system="payroll")
    assert told(desks, "2025-06").verdict is Verdict.MET_GUARANTEE


SYSTEMS = (
    "financial-accounting",
    "personnel",
    "payroll",
    "town-bonds",
    "town-hall-equipment",
)  # personnel is the next town's


@pytest.mark.parametrize(
    ("assessed", "lowest"),
    [
        (({}, *({"system": code} for code in SYSTEMS)), 2),  # all of it once, then each again
        (({}, *({"system": code} for code in SYSTEMS[1:])), 1),  # of one the first assessment still stands
        (({"system": "payroll"}, {}), 2),  # one of it, then all
        (({"system": "payroll"}, {"system": "payroll", "organisation": TOWNS[0]}), 2),  # the same, said with its town
        (({"organisation": TOWNS[1]}, {"system": "personnel"}), 2),  # its town has no other
        (({"organisation": TOWNS[0]}, {"system": "payroll"}), 1),
    ],
)
def test_an_assessment_is_in_force_until_all_that_it_assessed_is_assessed_again(
    assessed: tuple[dict[str, str], ...], lowest: int
) -> None:
    grades = tuple(Grade(grade=number, name=words(str(number))) for number in range(3))
    measure = Measure(kind="grade_at_least", source="measurements", period="month", scale="backup")
    scale = Scale(code="backup", name=words("backup"), grades=grades)
    desks = two_towns(measure, Bound(amount=Decimal(2), unit="grade"), scales=(scale,))
    assert tuple(each.code for each in desks.register.slas[0].sla.systems) == SYSTEMS
    first, *later = assessed
    record(desks, "first", date(2025, 4, 10), grade=1, **first)
    for number, of in enumerate(later):
        record(desks, f"again-{number}", date(2025, 4, 20), grade=2, **of)
    found = told(desks, "2025-05").measured
    assert found is not None
    assert found.value == str(lowest)
