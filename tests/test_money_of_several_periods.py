"""Tiers of a level with several periods in a month, days or weeks: one share, by the worst that owes something (C9).

April 2025 has 21 opening days of 525 minutes: 11,025 minutes. The fee is 1,000,000 yen with 10 % tax inside.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import (
    Bound,
    Measure,
    Tier,
    Tiers,
)
from tests.charging import (
    FIRM,
    LATER,
    april,
    at,
    desks_of,
    exempt,
    level_of,
    minutes,
    rule,
    sla_with,
    stop,
)
from tests.projections.contract_histories import CODE


def in_weeks(*exempted: str) -> MonthFigures:
    """At most 2 stops a week: one stop in each week of April 2025, but 3 in that from the 14th and 10 in that from the
    21st; the tiers take 5 % for more than 2 and 50 % for more than 8."""
    tiers = rule(
        Tiers,
        tiers=(
            Tier(when=counted(2, "above"), percent=Decimal(5)),
            Tier(when=counted(8, "above"), percent=Decimal(50)),
        ),
    )
    weekly = level_of(Measure(kind="count_at_most", source="stops", period="week"), guaranteed=counted(2))
    desks = desks_of(sla_with(deductions=(tiers,), level=weekly))
    for day, stops in ((1, 1), (8, 1), (14, 3), (21, 10)):
        for number in range(stops):
            stop(desks, f"i{day}-{number}", at(4, day, 9) + minutes(30 * number), minutes(5))
    for label in exempted:
        exempt(desks, "availability", f"2025-04-{label}/week", "force-majeure", code=f"x{label}")
    return april(desks)


def counted(amount: int, comparison: str | None = None) -> Any:
    return msgspec.convert({"amount": amount, "unit": "count", "comparison": comparison}, Bound)


def test_a_tier_goes_by_the_worst_of_the_weeks_that_end_in_the_month_and_not_by_their_sum() -> None:
    weekly = level_of(Measure(kind="count_at_most", source="stops", period="week"), guaranteed=counted(2))
    tiers = rule(Tiers, tiers=(Tier(when=counted(2, "above"), percent=Decimal(5)),))
    desks = desks_of(sla_with(deductions=(tiers,), level=weekly))
    for day in (1, 8, 15, 22):  # one in each of the four weeks that end in April, four together
        stop(desks, f"i{day}", at(4, day), minutes(10))
    assert (april(desks).breaches, april(desks).deductions) == (0, ())
    found = in_weeks()  # 1, 1, 3 and 10
    (line,) = found.deductions
    assert (line.subject, line.share.value, found.payable_yen) == ("2025-04-21/week", Fraction(1, 2), 500_000)
    assert len(line.entries) == 30  # ten stops, each reported, begun and ended


def test_a_day_without_its_count_costs_the_tier_of_a_day_whatever_the_other_days_brought() -> None:
    daily = level_of(
        Measure(kind="count_at_least", source="measurements", period="day", period_days="calendar"),
        guaranteed=counted(1),
    )
    tiers = rule(Tiers, tiers=(Tier(when=counted(1, "below"), percent=Decimal(5)),))
    desks = desks_of(sla_with(deductions=(tiers,), level=daily))
    for day in (day for day in range(1, 31) if day != 10):  # 29 in the month, none on the 10th
        made = RecordMeasurement(
            contract=CODE, by=FIRM, level="availability", measurement=f"m{day}", occurred_at=at(4, day)
        )
        assert desks.send(made, LATER)
    (line,) = april(desks).deductions
    assert (line.subject, line.working[0].operands[0].value, april(desks).payable_yen) == ("2025-04-10", "0", 950_000)


def test_a_week_that_is_freed_from_damages_leaves_the_tier_to_the_other_weeks() -> None:
    found = in_weeks("21")  # the 10 are freed; the 3 of the week before cost 5 %
    assert [(line.subject, line.share.value, line.excused) for line in found.deductions] == [
        ("2025-04-14/week", Fraction(1, 20), False)
    ]
    found = in_weeks("14", "21")  # nothing is left to pay for, and the worst is shown
    assert [(line.subject, line.share.value, line.freed) for line in found.deductions] == [
        ("2025-04-21/week", Fraction(1, 2), True)
    ]
    assert (found.payable_yen, found.breaches) == (1_000_000, 1)
