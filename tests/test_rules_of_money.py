"""What each rule of money takes and adds, computed by hand from entries alone (S8, C9, C10, C16, A4 to A6, A11, T1).

April and June 2025 have 21 opening days of 525 minutes: 11,025 minutes; May has 20: 10,500. The fee is 1,000,000 yen
with 10 % tax inside.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import msgspec
import pytest

from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import (
    Bonus,
    Bound,
    FeeTimesAvailability,
    LateIncrements,
    Measure,
    PerOccasion,
    Sla,
    Tier,
    Tiers,
)
from tests.charging import (
    AGAIN,
    CREDIT_TIERS,
    FIRM,
    LATER,
    april,
    at,
    availability_level,
    called,
    desks_of,
    freed_stop,
    late_hardware,
    level_of,
    minutes,
    part_missing,
    percent,
    rule,
    sla_with,
    stop,
)
from tests.projections.contract_histories import CODE, Desks, agreed_sla

STOP = rule(FeeTimesAvailability, code="stop")
BONUS = rule(Bonus, code="bonus", percent=Decimal(2), cap_percent=Decimal(3))


def with_stop(sla: Sla, length: timedelta) -> MonthFigures:
    """April 2025 with one stop of so long on the morning of the 10th."""
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), length)
    return april(desks)


# Tiers


@pytest.mark.parametrize(
    ("length", "share", "payable"),
    [
        (minutes(55, 7), 0, 1_000_000),  # 55 min 7.5 s would be 99.5 % exactly
        (minutes(55, 8), 10, 900_000),
        (minutes(110, 15), 10, 900_000),  # exactly 99 % stays in the better tier (C9)
        (minutes(110, 16), 30, 700_000),
        (minutes(525), 30, 700_000),  # 95.24 %
    ],
)
def test_a_tier_takes_its_share_by_the_availability_achieved_and_no_other_tier_is_added(
    length: timedelta, share: int, payable: int
) -> None:
    found = with_stop(sla_with(deductions=(CREDIT_TIERS,)), length)
    assert (found.share.value, found.payable_yen) == (Fraction(share, 100), payable)
    assert len(found.deductions) == (1 if share else 0)


def test_a_tier_without_a_comparison_word_begins_beyond_its_value() -> None:
    bare = rule(Tiers, tiers=(Tier(when=percent("99.0"), percent=Decimal(30)),))
    assert with_stop(sla_with(deductions=(bare,)), minutes(110, 15)).payable_yen == 1_000_000
    assert with_stop(sla_with(deductions=(bare,)), minutes(110, 16)).payable_yen == 700_000


def test_a_tier_shows_the_value_achieved_against_its_own() -> None:
    (line,) = with_stop(sla_with(deductions=(CREDIT_TIERS,)), minutes(111)).deductions
    (working,) = line.working
    assert working.operation == "below"
    assert [operand.value for operand in working.operands] == [str(Fraction(11_025 - 111, 11_025)), "99/100"]
    assert (working.result.value, line.clause) == ("3/10", "1")


def test_a_quarters_tier_takes_its_share_of_the_month_in_which_the_quarter_ends() -> None:
    quarterly = availability_level(period="quarter", target="99.9")
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), bonuses=(BONUS,), level=quarterly))
    stop(desks, "i1", at(4, 10), minutes(200))  # of 11,025 + 10,500 + 11,025 = 32,550 minutes: 99.39 %
    shares = [april(desks, f"2025-0{month}").share.value * 100 for month in (4, 5, 6, 7)]
    assert shares == [0, 0, 10, 0]
    assert april(desks, "2025-06").deductions[0].subject == "2025-Q1"
    assert [len(april(desks, month).bonuses) for month in ("2025-06", "2025-08", "2025-09")] == [0, 0, 1]


@pytest.mark.parametrize(("abandoned", "share"), [(49, 0), (50, 3), (99, 3), (100, 8)])
def test_a_tier_of_what_should_be_little_begins_with_its_word(abandoned: int, share: int) -> None:
    calls = level_of(
        Measure(kind="ratio_at_most", source="measurements", period="month"), guaranteed=percent("5", "below")
    )
    tiers = rule(
        Tiers,
        tiers=(
            Tier(when=percent("5", "at_least"), percent=Decimal(3)),
            Tier(when=percent("10", "at_least"), percent=Decimal(8)),
        ),
    )
    desks = desks_of(sla_with(deductions=(tiers,), level=calls))
    for code, part in (("m1", 30), ("m2", abandoned - 30)):  # added up, of 1,000 calls together
        counted = RecordMeasurement(
            contract=CODE, by=FIRM, level="availability", measurement=code, part=part, whole=500, occurred_at=at(4, 20)
        )
        assert desks.send(counted, LATER)
    assert april(desks).share.value * 100 == share


# Caps


def test_a_rules_own_cap_a_months_cap_and_what_each_spares_are_told() -> None:
    capped = msgspec.structs.replace(CREDIT_TIERS, cap_percent=Decimal(20))
    # 111 minutes: the tier takes 30 %, its cap leaves 20 %; the stop takes 111/11025, so the month's cap of 20 % bites.
    found = with_stop(sla_with(deductions=(capped, STOP), terms={"deduction_cap_percent": Decimal(20)}), minutes(111))
    lost = Fraction(111, 11_025)
    assert found.share_before_cap.value == Fraction(30, 100) + lost
    assert [(cap.kind, cap.rule, cap.spared.value) for cap in found.caps] == [
        ("rule", "rule", Fraction(10, 100)),
        ("month", "", lost),
    ]
    assert (found.share.value, found.payable_yen) == (Fraction(20, 100), 800_000)


ROLLING: dict[str, Any] = {"rolling_cap_percent": Decimal(10)}


def test_the_cap_of_twelve_months_leaves_what_the_months_before_did_not_use() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), terms=ROLLING))
    stop(desks, "i1", at(4, 10), minutes(60))  # 10 %: 100,000 = 10 % of the one fee so far
    stop(desks, "i2", at(6, 10), minutes(120))  # 30 %
    assert april(desks).payable_yen == 900_000
    june = april(desks, "2025-06")
    # 10 % of 3,000,000 less 100,000 = 200,000 are left of the 300,000
    assert june.payable_yen == 800_000
    assert [(cap.kind, cap.spared.value) for cap in june.caps] == [("rolling_twelve_months", Fraction(10, 100))]


def test_the_cap_of_twelve_months_can_leave_nothing() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), terms={"rolling_cap_percent": Decimal(5)}))
    stop(desks, "i1", at(4, 10), minutes(525))  # 30 %, of which 5 % of 1,000,000 are left
    stop(desks, "i2", at(5, 8), minutes(525))  # 5 % of 2,000,000 less 50,000
    assert [april(desks, month).payable_yen for month in ("2025-04", "2025-05", "2025-06")] == [
        950_000,
        950_000,
        1_000_000,
    ]


def test_the_thirteenth_month_no_longer_remembers_the_first() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS,), terms=ROLLING))
    until = at(6, 1, year=2026)
    stop(desks, "i1", at(4, 10), minutes(60), recorded=until)  # 100,000 in April 2025
    stop(desks, "i2", at(4, 10, year=2026), minutes(525), recorded=until)  # 30 %
    # May 2025 to April 2026: 10 % of 12,000,000, and nothing deducted in the eleven months before
    assert desks.figures("2026-04", until).payable_yen == 700_000


# Repeated breaches


def test_a_second_breach_within_three_months_costs_the_surcharge_and_one_after_four_does_not() -> None:
    desks = desks_of(sla_with(deductions=(CREDIT_TIERS, AGAIN)))
    stop(desks, "i1", at(4, 10), minutes(60))
    stop(desks, "i2", at(6, 10), minutes(60))
    stop(desks, "i3", at(9, 10), minutes(60))
    assert [april(desks, f"2025-{month:02}").share.value * 100 for month in (4, 5, 6, 9)] == [10, 0, 15, 10]
    surcharge = april(desks, "2025-06").deductions[1]
    assert (surcharge.rule, surcharge.subject) == ("again", "2025-04, 2025-06")


def test_what_becomes_known_of_an_earlier_month_changes_the_surcharge_of_a_later_one() -> None:
    desks = desks_of(sla_with(deductions=(AGAIN,)))
    stop(desks, "i2", at(6, 10), minutes(60))
    assert april(desks, "2025-06").share.value == 0
    stop(desks, "i1", at(4, 10), minutes(60))
    assert april(desks, "2025-06").share.value == Fraction(5, 100)


def test_a_quarter_that_is_missed_is_one_breach_and_not_one_in_each_of_its_months() -> None:
    again = msgspec.structs.replace(AGAIN, within_months=6)
    desks = desks_of(sla_with(deductions=(again,), level=availability_level(period="quarter")))
    # 525 of 32,550 minutes from April to June: 98.39 %, missed for sure from April on, and no other quarter is
    stop(desks, "i1", at(4, 10, 8, 30), minutes(525))
    assert [april(desks, f"2025-0{month}").breaches for month in (4, 5, 6)] == [1, 1, 1]
    assert [april(desks, f"2025-0{month}").deductions for month in (4, 5, 6)] == [(), (), ()]
    stop(desks, "i2", at(7, 10, 8, 30), minutes(525))  # of 32,550 minutes again: the second quarter in a row
    assert [april(desks, f"2025-0{month}").share.value * 100 for month in (7, 8, 9)] == [0, 0, 5]
    assert april(desks, "2025-09").deductions[0].subject == "2025-06, 2025-09"


# Bonuses


def test_a_bonus_is_paid_when_the_target_is_met_and_no_level_is_in_breach() -> None:
    sla = sla_with(bonuses=(BONUS,), level=availability_level(target="99.9"))
    kept = with_stop(sla, minutes(11))  # 99.9002 %
    assert kept.bonus_share is not None
    assert (kept.bonus_share.value, kept.payable_yen) == (Fraction(2, 100), 1_020_000)
    (earned,) = kept.bonuses
    assert (earned.rule, [each.operation for each in earned.working]) == ("bonus", ["at_least"])
    assert [each.value for each in earned.working[0].operands] == [str(Fraction(11_014, 11_025)), "999/1000"]
    assert with_stop(sla, minutes(12)).payable_yen == 1_000_000  # 99.8912 %


def test_a_bonus_of_the_last_month_is_paid_once_the_term_is_over_although_the_month_goes_on() -> None:
    terms: dict[str, Any] = {"pro_rata": "calendar_month"}
    sla = sla_with(bonuses=(BONUS,), level=availability_level(target="99.9"), terms=terms)
    desks = desks_of(msgspec.structs.replace(sla, term_to=date(2026, 3, 15)))
    payable = [desks.figures("2026-03", at(3, day, 0, year=2026)).payable_yen for day in (15, 16)]
    assert payable == [483_870, 493_548]  # 15 of 31 days, 483,870.97 yen; 2 % more of it, 493,548.39


def test_the_bonuses_together_stay_under_their_cap() -> None:
    both = (BONUS, msgspec.structs.replace(BONUS, code="second"))
    found = with_stop(sla_with(bonuses=both, level=availability_level(target="99")), minutes(1))
    assert found.bonus_share is not None
    assert (found.bonus_share.value, found.payable_yen) == (Fraction(3, 100), 1_030_000)
    assert [(cap.kind, cap.spared.value) for cap in found.caps] == [("bonuses", Fraction(1, 100))]


def test_a_breach_of_another_level_keeps_a_bonus_back_only_where_the_bonus_says_so() -> None:
    for only, payable in ((True, 1_000_000), (False, 1_020_000)):
        bonus = msgspec.structs.replace(BONUS, only_without_breach=only)
        desks = desks_of(sla_with(bonuses=(bonus,), level=availability_level(target="99")))
        stop(desks, "i1", at(4, 10), minutes(1))
        called(desks, "i1", at(4, 10), at(4, 10, 12))  # the guarantee for hardware is 1 h 30
        assert april(desks).breaches > 0
        assert april(desks).payable_yen == payable


def test_no_bonus_is_paid_before_the_month_is_over() -> None:
    desks = desks_of(sla_with(bonuses=(BONUS,), level=availability_level(target="99")))
    last = at(5, 1, 0) - timedelta(microseconds=1)
    assert desks.figures("2025-04", last).payable_yen == 1_000_000
    assert desks.figures("2025-04", at(5, 1, 0)).bonuses


# Stops


@pytest.mark.parametrize(
    ("remedy", "payable", "payment"),
    [("deduction", 990_476, 0), ("payment", 1_000_000, 9_523), ("both", 990_476, 9_523)],  # 105 of 11,025: 9,523.8
)
def test_a_stop_is_deducted_or_paid_or_both(remedy: str, payable: int, payment: int) -> None:
    found = with_stop(sla_with(deductions=(STOP,), terms={"stop_remedy": remedy}), minutes(105))
    assert (found.payable_yen, found.payment_yen) == (payable, payment)
    assert found.deductions[0].remedy == remedy
    assert bool(found.payment_working) == (payment > 0)


@pytest.mark.parametrize(("composition", "payable"), [("share_of_full_fee", 890_476), ("of_reduced_fee", 891_428)])
def test_another_share_is_taken_of_the_full_fee_or_of_what_availability_left(
    composition: Literal["share_of_full_fee", "of_reduced_fee"], payable: int
) -> None:
    desks = desks_of(sla_with(deductions=(late_hardware(), msgspec.structs.replace(STOP, composition=composition))))
    stop(desks, "i1", at(4, 10), minutes(105))
    called(desks, "i1", at(4, 10), at(4, 10, 11, 1))  # 31 minutes late: 10 %
    assert april(desks).payable_yen == payable


def test_what_a_stop_takes_under_its_own_cap_is_what_other_shares_are_no_longer_taken_of() -> None:
    # From the 10th to the 17th six opening days of 525 minutes: 3,150 of 11,025 are 28.6 %, of which the rule's cap
    # lets 10 % through; 31 minutes late cost 10 % of what that leaves: 1,000,000 x 0.9 x 0.9 = 810,000.
    capped = msgspec.structs.replace(STOP, composition="of_reduced_fee", cap_percent=Decimal(10))
    desks = desks_of(sla_with(deductions=(late_hardware(), capped)))
    stop(desks, "i1", at(4, 10, 8, 30), timedelta(days=8))
    called(desks, "i1", at(4, 10), at(4, 10, 11, 1))
    found = april(desks)
    assert found.share.value == 1 - Fraction(9, 10) * Fraction(9, 10)
    assert found.payable_yen == 810_000


def test_two_stop_rules_of_one_composition_both_leave_less_for_the_other_shares() -> None:
    # Each rule takes 105 of 11,025 minutes; the first is cut to 0.5 %. 10 % of what 1 - 1/200 - 1/105 leave is taken.
    first = msgspec.structs.replace(STOP, composition="of_reduced_fee", cap_percent=Decimal("0.5"))
    second = msgspec.structs.replace(STOP, code="again", composition="of_reduced_fee")
    desks = desks_of(sla_with(deductions=(late_hardware(), first, second)))
    stop(desks, "i1", at(4, 10), minutes(105))
    called(desks, "i1", at(4, 10), at(4, 10, 11, 1))
    by_stops = Fraction(1, 200) + Fraction(105, 11_025)
    assert april(desks).share.value == by_stops + Fraction(10, 100) * (1 - by_stops)


# What is forgone and what is paid keep to the caps together


def paying_for_stops(remedy: str, **terms: Any) -> Desks:
    """One stop of 525 minutes on 10 April: 525/11025 = 1/21, and an arrival 31 minutes late: 10 %."""
    cap = terms.pop("own_cap", None)
    paid = msgspec.structs.replace(STOP, cap_percent=cap)
    desks = desks_of(sla_with(deductions=(late_hardware(), paid), terms={"stop_remedy": remedy, **terms}))
    stop(desks, "i1", at(4, 10, 8, 30), minutes(525))
    called(desks, "i1", at(4, 10), at(4, 10, 11, 1))
    return desks


def cuts(figures: MonthFigures) -> list[tuple[str, bool, Fraction, Fraction]]:
    return [(cap.kind, cap.paid, cap.before.value, cap.after.value) for cap in figures.caps]


def test_a_payment_has_what_the_deductions_leave_of_the_months_cap() -> None:
    found = april(paying_for_stops("payment", deduction_cap_percent=Decimal(12)))
    # The late arrival takes 10 of the 12 %; of 4.76 % to be paid 2 % are left: 20,000 yen.
    assert (found.payable_yen, found.payment_yen) == (900_000, 20_000)
    assert cuts(found) == [("month", True, Fraction(1, 21), Fraction(2, 100))]


def test_what_is_deducted_and_paid_for_one_stop_keeps_to_one_cap() -> None:
    found = april(paying_for_stops("both", deduction_cap_percent=Decimal(16)))
    # 10 % and 1/21 are deducted: 852,380.95; of 16 % 1.238 % are left: 4/25 - 1/10 - 1/21 = 13/1050, 12,380.95 yen.
    assert (found.payable_yen, found.payment_yen) == (852_380, 12_380)
    assert cuts(found) == [("month", True, Fraction(1, 21), Fraction(13, 1050))]


def test_a_rules_own_cap_holds_for_what_it_deducts_and_has_paid_together() -> None:
    found = april(paying_for_stops("both", own_cap=Decimal(6)))
    # 1/21 is deducted; 6 % - 1/21 = 13/1050 of 1/21 is paid.
    assert found.payment_yen == 12_380
    assert cuts(found) == [("rule", True, Fraction(1, 21), Fraction(13, 1050))]


def test_the_cap_of_twelve_months_counts_what_was_paid_before() -> None:
    desks = desks_of(sla_with(deductions=(STOP,), terms={"stop_remedy": "payment", "rolling_cap_percent": Decimal(6)}))
    stop(desks, "i1", at(4, 10, 8, 30), minutes(525))  # 1/21: 47,619.05 of 60,000 yen
    stop(desks, "i2", at(5, 8, 8, 30), timedelta(days=5))  # 8, 9 and 12 May: 1,575 of 10,500 minutes, 15 %
    assert april(desks).payment_yen == 47_619
    may = april(desks, "2025-05")
    # 6 % of 2,000,000 are 120,000, less 47,619.05: 72,380.95 are left of 150,000
    assert (may.payable_yen, may.payment_yen) == (1_000_000, 72_380)
    assert cuts(may) == [("rolling_twelve_months", True, Fraction(15, 100), Fraction(12, 100) - Fraction(1, 21))]
    assert desks.figures("2025-06", LATER).caps == ()


def two_towns() -> Desks:
    """Shimanto bears 70 % of the fee and Nakatosa 30 %; each has 60 minutes of stops before they cost."""
    sla = sla_with(deductions=(STOP,), terms={"threshold_scope": "organisation", "cumulative_threshold_minutes": 60})
    shimanto = msgspec.structs.replace(sla.municipality.organisations[0], fee_share_percent=Decimal(70))
    nakatosa = msgspec.structs.replace(shimanto, code="nakatosa-town", fee_share_percent=Decimal(30))
    towns = msgspec.structs.replace(sla.municipality, organisations=(shimanto, nakatosa))
    welfare = msgspec.structs.replace(sla.systems[0], code="welfare", organisation="nakatosa-town")
    sla = msgspec.structs.replace(sla, municipality=towns, systems=(*sla.systems, welfare))
    return desks_of(sla)


def test_each_organisation_is_held_to_the_threshold_by_itself_for_its_share_of_the_fee() -> None:
    desks = two_towns()
    stop(desks, "i1", at(4, 10), minutes(105))
    stop(desks, "i2", at(4, 11), minutes(60), organisations=("nakatosa-town",), systems=("welfare",))
    # Shimanto: 70 % x 105/11025 = 6,666.67 yen; Nakatosa's 60 minutes do not pass 60
    assert april(desks).payable_yen == 993_333
    (line,) = april(desks).deductions
    assert (line.subject, line.share.value) == ("shimanto-town: i1", Fraction(70, 100) * Fraction(105, 11_025))


def test_time_freed_from_damages_is_taken_from_each_organisations_own_stops() -> None:
    desks = two_towns()
    stop(desks, "i1", at(4, 10), minutes(105))
    freed_stop(desks, "i1", at(4, 10), minutes(40))
    stop(desks, "i2", at(4, 11), minutes(70), organisations=("nakatosa-town",), systems=("welfare",))
    freed_stop(desks, "i2", at(4, 11), minutes(15))
    # Shimanto: 105 - 40 = 65 minutes pass the 60, 70 % x 65/11025 = 4,126.98 yen; the 40 cost nothing.
    # Nakatosa: 70 - 15 = 55 do not pass them, so all of 30 % x 70/11025 costs nothing.
    found = april(desks)
    assert [(line.subject, line.freed, line.share.value) for line in found.deductions] == [
        ("shimanto-town: i1", False, Fraction(70, 100) * Fraction(65, 11_025)),
        ("shimanto-town: i1", True, Fraction(70, 100) * Fraction(40, 11_025)),
        ("nakatosa-town: i2", True, Fraction(30, 100) * Fraction(70, 11_025)),
    ]
    assert found.payable_yen == 995_873


def test_what_a_stop_costs_names_the_entries_that_it_rests_on() -> None:
    desks = desks_of(sla_with(deductions=(STOP,), terms={"cumulative_threshold_minutes": 60}))
    stop(desks, "i1", at(4, 10), minutes(105))
    found = april(desks)
    (line,) = found.deductions
    names = [desks.drafts[position - 1].name for position in line.entries]
    assert names == ["IncidentReported.1", "OutageStarted.1", "OutageEnded.1"]
    assert line.entries == found.stops[0].entries


# Late, missing, excused


@pytest.mark.parametrize(
    ("counting", "expected"),
    [("passed", {90: 0, 91: 5, 120: 5, 121: 10}), ("started", {90: 0, 91: 10, 120: 10, 121: 15})],
)
def test_a_late_arrival_costs_steps_passed_or_started(
    counting: Literal["passed", "started"], expected: dict[int, int]
) -> None:
    late = rule(
        LateIncrements,
        level="arrival-hardware",
        first_percent=Decimal(5),
        step_minutes=30,
        step_percent=Decimal(5),
        counting=counting,
    )
    for taken, share in expected.items():
        desks = desks_of(sla_with(deductions=(late,)))
        stop(desks, "i1", at(4, 10), minutes(1))
        called(desks, "i1", at(4, 10), at(4, 10) + minutes(taken))
        assert april(desks).share.value * 100 == share, taken


@pytest.mark.parametrize(("counting", "share"), [("passed", 5), ("started", 10)])
@pytest.mark.parametrize("ended", [at(4, 10, 17, 30), at(4, 11, 8, 30)])  # after closing; as support opens again
def test_what_is_done_after_its_due_time_costs_although_its_clock_stood_still_since(
    counting: Literal["passed", "started"], share: int, ended: datetime
) -> None:
    # stopped on Thursday at 16:15, due after an hour of support: at 17:15, when it closes
    restored = Measure(
        kind="duration_at_most", source="incidents", start="occurred", end="recovered", clock="support_hours"
    )
    late = rule(LateIncrements, first_percent=Decimal(5), step_minutes=30, step_percent=Decimal(5), counting=counting)
    hour = msgspec.convert({"amount": 1, "unit": "hours"}, Bound)
    desks = desks_of(sla_with(deductions=(late,), level=level_of(restored, guaranteed=hour)))
    stop(desks, "i0", at(4, 3, 16, 15), minutes(60))  # until exactly 17:15: in time
    stop(desks, "i1", at(4, 10, 16, 15), ended - at(4, 10, 16, 15))
    found = april(desks)
    (line,) = found.deductions
    assert (line.subject, line.share.value) == ("i1", Fraction(share, 100))
    assert found.breaches == 1


def test_a_hindrance_told_in_time_excuses_an_arrival_that_is_late_by_a_strict_bound_alone() -> None:
    late = msgspec.structs.replace(late_hardware(), excused_when_told_in_time=True)
    sla = sla_with(deductions=(late,))
    below = msgspec.convert({"amount": 90, "unit": "minutes", "comparison": "below"}, Bound)
    levels = [
        msgspec.structs.replace(each, guaranteed=below) if each.key == "arrival-hardware" else each
        for each in sla.levels
    ]
    desks = desks_of(msgspec.structs.replace(sla, levels=tuple(levels)))
    stop(desks, "i1", at(4, 10), minutes(1))
    called(desks, "i1", at(4, 10), at(4, 10, 10, 30), told_at=at(4, 10, 10))  # exactly 90 minutes: 90 分未満 is missed
    (line,) = april(desks).deductions
    assert (line.excused, april(desks).breaches, april(desks).payable_yen) == (True, 0, 1_000_000)


@pytest.mark.parametrize(("unit", "share"), [("occasion", 10), ("part", 15), ("month", 5)])
def test_missing_parts_are_counted_by_incident_by_part_or_once_a_month(unit: str, share: int) -> None:
    missing = rule(PerOccasion, level="spare-parts", percent=Decimal(5))
    desks = desks_of(sla_with(deductions=(missing,), terms={"parts_unit": unit}))
    for code, day, parts in (("i1", 10, ("p1", "p2")), ("i2", 14, ("p1",))):
        stop(desks, code, at(4, day), minutes(1))
        for part in parts:
            part_missing(desks, code, part, at(4, day, 10))
    assert april(desks).share.value * 100 == share


# The fee


@pytest.mark.parametrize(
    ("share", "payable", "tax"),
    [
        # without deduction the fee stays as agreed: 909,091 and its tax of 90,909
        (0, 1_000_000, 90_909),
        # 909,091 x 90 % = 818,181.9; tax of 818,181: 81,818.1
        (10, 818_181 + 81_818, 81_818),
    ],
)
def test_shares_of_the_fee_without_tax_leave_tax_on_what_remains(share: int, payable: int, tax: int) -> None:
    sla = sla_with(deductions=(CREDIT_TIERS,), terms={"deduction_base": "tax_excluded"})
    found = with_stop(sla, minutes(60 if share else 1))
    assert (found.payable_yen, found.tax_yen, found.share.value) == (payable, tax, Fraction(share, 100))
    assert found.invoice_tax_yen == tax


@pytest.mark.parametrize(
    ("pro_rata", "payable"),
    # 16 to 30 April: 15 of 30 days; 15 x 12 of 365 days of the year: 493,150.68
    [("none", 1_000_000), ("calendar_month", 500_000), ("year", 493_150)],
)
def test_a_part_month_is_charged_by_its_days_where_a_term_says_so(pro_rata: str, payable: int) -> None:
    begun = msgspec.structs.replace(sla_with(terms={"pro_rata": pro_rata}), term_from=date(2025, 4, 16))
    assert april(desks_of(begun)).payable_yen == payable


def test_a_month_from_the_sixteenth_is_charged_by_its_own_days() -> None:
    terms = {"pro_rata": "calendar_month", "month_first_day": 16}
    sla = msgspec.structs.replace(sla_with(terms=terms), term_from=date(2025, 4, 21))
    desks = desks_of(sla)
    # 16 April to 15 May has 30 days; from the 21st on they are 25
    assert april(desks).payable_yen == 833_333
    assert april(desks, "2025-05").payable_yen == 1_000_000


def test_tax_is_rounded_by_its_own_rule() -> None:
    plain = sla_with()
    for rounding, tax in (("down", 90_909), ("up", 90_910), ("half_up", 90_909)):  # 90,909.09
        fee = msgspec.convert({**msgspec.to_builtins(plain.fee), "tax_rounding": rounding}, type(plain.fee))
        assert april(desks_of(msgspec.structs.replace(plain, fee=fee))).tax_yen == tax


def test_other_damages_are_limited_to_so_many_fees_of_the_month_of_the_cause() -> None:
    assert april(desks_of(sla_with(terms={"damages_cap_months": 3}))).damages_cap_yen == 3_000_000
    assert april(desks_of(sla_with())).damages_cap_yen is None


def test_an_accident_told_in_time_excuses_every_late_step_where_the_term_says_all() -> None:
    late = rule(
        LateIncrements, level="arrival-hardware", first_percent=Decimal(5), step_minutes=30, step_percent=Decimal(5)
    )
    for scope, payable in (("arrival", 950_000), ("all", 1_000_000)):
        desks = desks_of(sla_with(deductions=(late,), terms={"force_majeure_scope": scope}))
        stop(desks, "i1", at(4, 10), minutes(1))
        called(desks, "i1", at(4, 10), at(4, 10, 11), told_at=at(4, 10, 10))
        (line,) = april(desks).deductions
        assert (line.share.value, line.excused) == (Fraction(5, 100), scope == "all")
        assert april(desks).payable_yen == payable


def test_the_examples_own_rules_are_untouched() -> None:
    desks = desks_of(agreed_sla())
    stop(desks, "i1", at(4, 10, 16, 30), timedelta(hours=17))
    found = april(desks)
    assert (found.payable_yen, found.caps, found.bonus_share, found.payment_yen) == (990_476, (), None, 0)
