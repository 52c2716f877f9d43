"""What is freed from damages, or left the measurement, costs nothing, and is told (G9, G32).

April 2025 has 21 opening days of 525 minutes: 11,025 minutes. The fee is 1,000,000 yen with 10 % tax inside.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion
from slm_domain.figures.judgement import Verdict
from slm_domain.sla import (
    Allowance,
    Bound,
    FeeTimesAvailability,
    LateIncrements,
    Measure,
    PerOccasion,
)
from tests.charging import (
    AGAIN,
    CREDIT_TIERS,
    FIRM,
    LATER,
    TOWN,
    april,
    at,
    availability_level,
    called,
    desks_of,
    exempt,
    freed_stop,
    late_hardware,
    level_of,
    measuring_only,
    minutes,
    part_missing,
    rule,
    sla_with,
    stop,
)
from tests.projections.contract_histories import CODE

STOP = rule(FeeTimesAvailability, code="stop")


@pytest.mark.parametrize("ground", ["force-majeure", "municipality-default"])  # frees only; leaves the measurement
def test_a_late_arrival_that_is_exempted_shows_its_share_and_costs_nothing(ground: str) -> None:
    late = rule(
        LateIncrements, level="arrival-hardware", first_percent=Decimal(5), step_minutes=30, step_percent=Decimal(5)
    )
    desks = desks_of(sla_with(deductions=(late,)))
    stop(desks, "i1", at(4, 10), minutes(1))
    called(desks, "i1", at(4, 10), at(4, 10, 11))
    assert april(desks).payable_yen == 950_000
    exempt(desks, "arrival-hardware", "i1/c1", ground)
    (line,) = april(desks).deductions
    assert (line.share.value, line.freed, line.excused) == (Fraction(5, 100), True, True)
    assert april(desks).payable_yen == 1_000_000


def test_what_left_the_measurement_is_not_deducted_although_its_ground_frees_from_no_damages() -> None:
    desks = desks_of(measuring_only(sla_with(deductions=(late_hardware(),))))
    stop(desks, "i1", at(4, 10), minutes(1))
    called(desks, "i1", at(4, 10), at(4, 10, 11))
    exempt(desks, "arrival-hardware", "i1/c1", "municipality-default")
    (line,) = april(desks).deductions
    assert (line.excused, line.left_measurement, line.freed) == (True, True, False)
    assert april(desks).payable_yen == 1_000_000


def test_parts_that_left_the_measurement_and_parts_freed_from_damages_are_told_apart() -> None:
    missing = rule(PerOccasion, level="spare-parts", percent=Decimal(5))
    desks = desks_of(measuring_only(sla_with(deductions=(missing,))))
    stop(desks, "i1", at(4, 10), minutes(1))
    for part, ground in (("p1", "municipality-default"), ("p2", "force-majeure")):
        part_missing(desks, "i1", part, at(4, 10, 10))
        exempt(desks, "spare-parts", f"i1/{part}", ground, code=part)
    assert [(line.left_measurement, line.freed) for line in april(desks).deductions] == [(True, False), (False, True)]
    assert april(desks).payable_yen == 1_000_000


def test_a_month_freed_from_damages_keeps_its_breach_and_costs_neither_tier_nor_surcharge_nor_a_later_one() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS, AGAIN)))
    stop(desks, "i1", at(4, 10), minutes(60))
    stop(desks, "i2", at(5, 8), minutes(60))
    assert april(desks, "2025-05").share.value == Fraction(15, 100)
    exempt(desks, "availability", "2025-04", "force-majeure")
    assert april(desks).breaches == 1
    shares = [april(desks, month).share.value * 100 for month in ("2025-04", "2025-05")]
    assert shares == [0, 10]


def test_one_missing_part_that_is_exempted_leaves_the_other_to_be_paid_for() -> None:
    missing = rule(PerOccasion, level="spare-parts", percent=Decimal(5))
    desks = desks_of(sla_with(deductions=(missing,)))
    stop(desks, "i1", at(4, 10), minutes(1))
    for part in ("p1", "p2"):
        part_missing(desks, "i1", part, at(4, 10, 10))
    exempt(desks, "spare-parts", "i1/p1", "force-majeure")
    assert [(line.subject, line.excused) for line in april(desks).deductions] == [("i1", True), ("i1", False)]
    assert april(desks).payable_yen == 950_000


@pytest.mark.parametrize(
    ("freed", "charged"),
    # of 105 minutes 40 are freed: 65 pass the 60; with 45 freed the 60 that are left do not
    [(40, Fraction(65, 11_025)), (45, Fraction(0))],
)
def test_a_stop_freed_from_damages_stays_in_the_figure_and_costs_only_what_is_left(
    freed: int, charged: Fraction
) -> None:
    desks = desks_of(sla_with(deductions=(STOP,), terms={"cumulative_threshold_minutes": 60}))
    stop(desks, "i1", at(4, 10), minutes(105))
    freed_stop(desks, "i1", at(4, 10), minutes(freed))
    found = april(desks)
    assert found.stopped == minutes(105)
    assert found.share.value == charged
    excused = [line for line in found.deductions if line.excused]
    assert [(line.freed, line.share.value) for line in excused] == [(True, Fraction(105, 11_025) - charged)]
    assert len(found.deductions) == (2 if charged else 1)


@pytest.mark.parametrize(
    ("freed", "shares", "payable"),
    # of 120 minutes (98.91 %: 30 %) 40 are freed: 80 are 99.27 %, 10 %. With 65 freed 55 are left: 99.501 %, nothing
    [(40, [(10, False), (20, True)], 900_000), (65, [(30, True)], 1_000_000), (120, [(30, True)], 1_000_000)],
)
def test_a_tier_takes_nothing_for_time_that_is_only_freed_from_damages(
    freed: int, shares: list[tuple[int, bool]], payable: int
) -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,)))
    stop(desks, "i1", at(4, 10), minutes(120))
    freed_stop(desks, "i1", at(4, 10), minutes(freed))
    found = april(desks)
    assert (found.stopped, found.breaches) == (minutes(120), 1)  # the figure keeps it
    assert [(line.share.value, line.freed) for line in found.deductions] == [
        (Fraction(share, 100), excused) for share, excused in shares
    ]
    assert found.payable_yen == payable


def test_a_tier_shows_how_its_value_comes_from_the_figure_that_keeps_what_is_freed() -> None:
    # of 11,025 minutes 120 are stopped, 40 of them freed: the figure is 10,905/11,025, the tier goes by 10,945/11,025
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,)))
    stop(desks, "i1", at(4, 10), minutes(120))
    (line,) = april(desks).deductions
    assert [each.operation for each in line.working] == ["below"]  # nothing is freed: the figure itself
    freed_stop(desks, "i1", at(4, 10), minutes(40))
    line = april(desks).deductions[0]
    assert [
        (each.operation, [one.value for one in each.operands], each.result.value) for each in line.working[:-1]
    ] == [
        ("freed_left_out", [str(Fraction(10_905, 11_025))], str(Fraction(10_945, 11_025))),
        ("minus", [str(11_025 * 60), str(80 * 60)], str(10_945 * 60)),
        ("divided_by", [str(10_945 * 60), str(11_025 * 60)], str(Fraction(10_945, 11_025))),
    ]
    assert line.working[-1].operands[0].value == str(Fraction(10_945, 11_025))


def test_a_quarters_tier_takes_nothing_for_what_was_freed_in_its_first_month() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), level=availability_level(period="quarter")))
    stop(desks, "i1", at(4, 10), minutes(200))  # of 32,550 minutes: 99.39 %
    assert april(desks, "2025-06").payable_yen == 900_000
    freed_stop(desks, "i1", at(4, 10), minutes(60))  # 140 of them: 99.57 %
    assert april(desks, "2025-06").payable_yen == 1_000_000


def test_a_month_whose_stops_are_freed_from_damages_is_no_repeated_breach() -> None:
    desks = desks_of(sla_with(deductions=(AGAIN,)))
    for code, day in (("i1", at(4, 10)), ("i2", at(5, 8))):
        stop(desks, code, day, minutes(60))
    assert april(desks, "2025-05").share.value == Fraction(5, 100)
    freed_stop(desks, "i1", at(4, 10), minutes(60))
    assert april(desks, "2025-05").deductions == ()  # April is none of them any more
    stop(desks, "i3", at(6, 10), minutes(60))
    assert april(desks, "2025-06").share.value == Fraction(5, 100)
    freed_stop(desks, "i3", at(6, 10), minutes(60))
    (line,) = april(desks, "2025-06").deductions
    assert (line.freed, april(desks, "2025-06").breaches, april(desks, "2025-06").payable_yen) == (True, 1, 1_000_000)


@pytest.mark.parametrize(
    ("ground", "left_measurement", "verdict"),
    [("force-majeure", False, Verdict.BREACH), ("municipality-equipment", True, Verdict.EXCLUDED)],
)
def test_a_month_of_stops_that_is_exempted_shows_what_they_would_cost_and_takes_nothing(
    ground: str, left_measurement: bool, verdict: Verdict
) -> None:
    # 105 minutes of 11,025 are a share of 1/105: 990,476 yen of 1,000,000 are left, until the month is exempted
    an_hour = msgspec.convert({"amount": Decimal(60), "unit": "minutes"}, Bound)
    stopped = level_of(Measure(kind="stopped_time_at_most", source="stops", period="month"), guaranteed=an_hour)
    desks = desks_of(sla_with(deductions=(STOP,), level=stopped))
    stop(desks, "i1", at(4, 10), minutes(105))
    assert april(desks).payable_yen == 990_476
    exempt(desks, "availability", "2025-04", ground)
    figures = april(desks)
    (line,) = figures.deductions
    assert (line.share.value, line.excused, line.left_measurement) == (Fraction(1, 105), True, left_measurement)
    assert (figures.payable_yen, figures.levels[-1].verdict) == (1_000_000, verdict)


def test_a_week_of_the_month_that_is_exempted_leaves_its_stops_to_be_paid_for_as_others_are_not() -> None:
    # the stops are charged by the month: only where all the level's periods that it tells of are exempted they are not
    an_hour = msgspec.convert({"amount": Decimal(60), "unit": "minutes"}, Bound)
    stopped = level_of(Measure(kind="stopped_time_at_most", source="stops", period="week"), guaranteed=an_hour)
    desks = desks_of(sla_with(deductions=(STOP,), level=stopped))
    stop(desks, "i1", at(4, 10), minutes(105))
    exempt(desks, "availability", "2025-04-07/week", "force-majeure")
    assert april(desks).payable_yen == 990_476


def test_an_allowance_is_charged_for_what_would_be_paid_for_where_a_stop_beside_it_is_freed_from_damages() -> None:
    # 9 to 12 one stop, freed from damages, and from 10 on another, excluded on a ground that allows 30 minutes a month.
    # In the figure the first goes on, so nothing of the allowance is used: 180 minutes are down. What is paid for has
    # the second alone: 120 minutes less 30, 90 of 11,025, take 8,163.27 yen.
    sla = sla_with(deductions=(STOP,))
    half_an_hour = Allowance(per="month", minutes=30)
    grounds = [
        msgspec.structs.replace(each, allowance=half_an_hour) if each.code == "municipality-equipment" else each
        for each in sla.grounds
    ]
    desks = desks_of(msgspec.structs.replace(sla, grounds=tuple(grounds)))
    stop(desks, "i1", at(4, 10), minutes(180))
    freed_stop(desks, "i1", at(4, 10), minutes(180))
    stop(desks, "i2", at(4, 10, 10), minutes(120), systems=("financial-accounting",))
    claim: dict[str, Any] = {"contract": CODE, "incident": "i2", "exclusion": "e1"}
    assert desks.send(ClaimExclusion(**claim, by=FIRM, ground="municipality-equipment"), LATER)
    assert desks.send(AcceptExclusion(**claim, by=TOWN), LATER)
    figures = april(desks)
    assert (figures.stopped, figures.payable_yen) == (minutes(180), 991_836)
    assert [each.share.value for each in figures.deductions if not each.excused] == [Fraction(90, 11_025)]
