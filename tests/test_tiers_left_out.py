"""Tiers of what left the measurement: what they would cost stays in view, and nothing is deducted (C5, C6, G9).

April 2025 has 21 opening days of 525 minutes: 11,025 minutes. The fee is 1,000,000 yen with 10 % tax inside.
"""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest

from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion
from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.figures.judgement import Verdict
from slm_domain.sla import Bound, Measure
from tests.charging import (
    AGAIN,
    CREDIT_TIERS,
    FIRM,
    LATER,
    TOWN,
    april,
    at,
    availability_level,
    desks_of,
    exempt,
    level_of,
    measuring_only,
    minutes,
    sla_with,
    stop,
)
from tests.projections.contract_histories import CODE

NOTHING = Fraction(0)


@pytest.mark.parametrize(("ground", "frees"), [("municipality-equipment", True), ("municipality-default", False)])
def test_a_tier_of_a_month_that_left_the_measurement_shows_what_it_would_cost_and_takes_nothing(
    ground: str, frees: bool
) -> None:
    # 105 minutes of 11,025: 99.04 % is below 99.5 %, and costs 10 %
    desks = desks_of(measuring_only(sla_with(deductions=(CREDIT_TIERS, AGAIN))))
    stop(desks, "i1", at(4, 10), minutes(105))
    assert april(desks).payable_yen == 900_000
    exempt(desks, "availability", "2025-04", ground)
    figures = april(desks)
    (line,) = figures.deductions
    assert (line.subject, line.share.value) == ("2025-04", Fraction(1, 10))
    assert (line.excused, line.left_measurement, line.freed) == (True, True, frees)
    assert [step.operation for step in line.working] == ["below"]
    assert (figures.levels[-1].verdict, figures.payable_yen) == (Verdict.EXCLUDED, 1_000_000)


def test_a_month_that_left_the_measurement_and_would_cost_no_tier_has_no_line() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,)))
    stop(desks, "i1", at(4, 10), minutes(5))
    exempt(desks, "availability", "2025-04", "municipality-equipment")
    assert april(desks).deductions == ()


def test_of_weeks_that_all_left_the_measurement_the_worst_shows_what_it_would_cost() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), level=availability_level(period="week")))
    stop(desks, "i1", at(4, 8), minutes(60))  # of five days of 525 minutes: 97.7 %, for which 30 % are due
    stop(desks, "i2", at(4, 15), minutes(20))
    for number, label in enumerate(("2025-03-31", "2025-04-07", "2025-04-14", "2025-04-21")):
        exempt(desks, "availability", f"{label}/week", "municipality-equipment", code=f"x{number}")
    (line,) = april(desks).deductions
    assert (line.subject, line.share.value, line.left_measurement) == ("2025-04-07/week", Fraction(3, 10), True)


def test_a_tier_of_a_ratio_of_which_nothing_is_left_to_measure_says_so_and_takes_nothing() -> None:
    answered = level_of(
        Measure(kind="ratio_at_least", source="measurements", period="month"),
        guaranteed=msgspec.convert({"amount": Decimal(90), "unit": "percent"}, Bound),
    )
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), level=answered))
    assert april(desks).deductions == ()  # nothing was measured at all: no figure, and nothing to excuse
    counted = RecordMeasurement(
        contract=CODE, by=FIRM, level="availability", measurement="m1", part=5, whole=10, occurred_at=at(4, 20)
    )
    assert desks.send(counted, LATER)
    assert april(desks).payable_yen == 0
    exempt(desks, "availability", "m1", "municipality-equipment")
    figures = april(desks)
    (line,) = figures.deductions
    assert (line.subject, line.share.value, line.left_measurement, line.working) == ("2025-04", NOTHING, True, ())
    assert (figures.levels[-1].verdict, figures.payable_yen) == (Verdict.NOT_MEASURED, 1_000_000)


def test_a_tier_of_a_month_whose_opening_hours_are_all_excluded_says_so_and_takes_nothing() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), terms={"exclusion_policy": "remove"}))
    stop(desks, "i1", at(4, 1, 0), timedelta(days=30))
    assert april(desks).payable_yen == 0
    claim = ClaimExclusion(
        contract=CODE, by=FIRM, incident="i1", exclusion="e1", ground="municipality-equipment", starts_at=at(4, 1, 0)
    )
    assert desks.send(claim, LATER)
    assert desks.send(AcceptExclusion(contract=CODE, by=TOWN, incident="i1", exclusion="e1"), LATER)
    figures = april(desks)
    (line,) = figures.deductions
    assert (line.subject, line.share.value, line.left_measurement) == ("2025-04", NOTHING, True)
    assert (figures.levels[-1].verdict, figures.payable_yen) == (Verdict.NOT_MEASURED, 1_000_000)
