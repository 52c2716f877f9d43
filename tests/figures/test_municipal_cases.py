"""The deductions of a published municipal contract (S8, S9, S45 to S47, C10, C11)."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from slm_domain.figures.buckets import BaseTerms
from slm_domain.figures.deductions import Increments, excused, increments, restore_penalty
from slm_domain.figures.downtime import DowntimeTerms, downtime
from slm_domain.figures.fees import DeductionLine, FeeDue, FeeTerms, fee_due
from slm_domain.figures.money import TaxTerms
from slm_domain.figures.periods import Interval
from slm_domain.figures.stops import StopTotal, stop_total
from tests.figures.builders import AROUND_THE_CLOCK, SIXTY_MINUTES, cases, stop

MONTH_STARTS = datetime(2025, 4, 1, tzinfo=UTC)
TERMS = FeeTerms(tax=TaxTerms(rate=Fraction(1, 10)))
FILE = "jp_municipal_contract.json"


def minutes(number: int | Fraction) -> timedelta:
    return timedelta(seconds=1) * int(Fraction(number) * 60)


def name(case: Any) -> str:
    return str(case["id"])


@pytest.mark.parametrize("case", cases(FILE, "arrival_penalty"), ids=name)
def test_a_late_arrival_costs_more_each_time_a_further_step_passes(case: Any) -> None:
    given = case["input"]
    terms = Increments(
        due=minutes(given["limit_min"]),
        first_share=Fraction(given["first_percent"], 100),
        step=minutes(given["step_min"]),
        step_share=Fraction(given["step_percent"], 100),
    )
    told_at = MONTH_STARTS + minutes(20) if "exempt" in given else None  # "provider called at minute 20"
    counts = not excused(told_at=told_at, due_at=MONTH_STARTS + terms.due)
    share = increments(terms, minutes(given["arrived_after_min"])).share if counts else 0
    assert share * 100 == case["expected"]["penalty_percent"]


@pytest.mark.parametrize("case", cases(FILE, "restore_penalty"), ids=name)
def test_a_late_restoration_costs_a_share_for_each_hour_that_has_passed(case: Any) -> None:
    given = case["input"]
    deduction = restore_penalty(
        minutes(given["restored_after_h"] * 60),
        due=timedelta(hours=given["limit_h"]),
        step_length=minutes(given["step_min"]),
        step_share=Fraction(given["step_percent"], 100),
    )
    assert deduction.share * 100 == case["expected"]["penalty_percent"]


def stopped_month(
    base_hours: int, stops_min: list[int], monthly_fee: int, *, min_stop: timedelta | None
) -> tuple[StopTotal, FeeDue]:
    """A month of so many service hours with stops of so many minutes, an hour apart."""
    starts = [MONTH_STARTS + timedelta(hours=3 * number) for number in range(len(stops_min))]
    figure = downtime(
        [
            stop(f"stop {number}", start, start + minutes(length))
            for number, (start, length) in enumerate(zip(starts, stops_min, strict=True))
            if length
        ],
        period=Interval(MONTH_STARTS, MONTH_STARTS + timedelta(hours=base_hours)),
        until=MONTH_STARTS + timedelta(days=40),
        calendar=AROUND_THE_CLOCK,
        terms=DowntimeTerms(base=BaseTerms(exclusions="count_as_up", unmeasured="stays_in_base"), min_stop=min_stop),
    )
    stops = stop_total([figure], SIXTY_MINUTES)
    line = DeductionLine(kind="stop", subject="month", share=stops.share, working=stops.working)
    return stops, fee_due(monthly_fee, [], TERMS, stop=[line])


@pytest.mark.parametrize("case", [case for case in cases(FILE, "monthly_fee") if "down_min" in case["input"]], ids=name)
def test_stops_reduce_the_fee_by_availability_once_they_pass_an_hour(case: Any) -> None:
    given, expected = case["input"], case["expected"]
    stops, fee = stopped_month(
        given["base_hours"], [given["down_min"]], given["monthly_fee_yen"], min_stop=SIXTY_MINUTES
    )
    assert stops.availability is not None
    assert round(stops.availability * 100, 6) == expected["availability_percent"]  # as many digits as are printed
    assert round(1 - fee.deducted_share, 9) == expected["fee_factor"]
    assert fee.payable == expected["fee_yen_floor"]
    assert fee.full_fee - fee.payable == expected["deduction_yen_if_fee_floored"]


@pytest.mark.parametrize(
    ("min_stop", "reading"),
    [(SIXTY_MINUTES, "reading_a_outage_needs_60min"), (None, "reading_b_cumulative")],
    ids=["only stops of an hour count", "every interruption counts"],
)
def test_two_short_stops_are_read_in_two_ways(min_stop: timedelta | None, reading: str) -> None:
    (case,) = (case for case in cases(FILE, "monthly_fee") if "outages_min" in case["input"])
    given, expected = case["input"], case["expected"][reading]
    stops, fee = stopped_month(given["base_hours"], given["outages_min"], given["monthly_fee_yen"], min_stop=min_stop)
    assert stops.stopped == minutes(expected["down_min"])
    assert fee.payable == expected["fee_yen"]


def test_the_shares_of_several_misses_are_added() -> None:
    (case,) = cases(FILE, "sum_penalties")
    lines = [
        DeductionLine(kind="arrival", subject=str(number), share=Fraction(percent, 100))
        for number, percent in enumerate(case["input"]["percents"])
    ]
    assert fee_due(1_000_000, lines, TERMS).sum_of_shares * 100 == case["expected"]["total_percent"]
