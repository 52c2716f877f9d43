"""Three months of the joint desk's year, computed by hand: tier and caps, a surcharge, bonuses (C9, C16, T1)."""

from datetime import timedelta
from fractions import Fraction

import pytest

from slm_domain.month_figures import MonthFigures
from tests.examples.deciding import commands
from tests.projections.contract_histories import Desks

FEE = 800_000


@pytest.fixture(scope="module")
def desks() -> Desks:
    made = Desks("tosa-joint-desk-2025")
    for command in commands("tosa-joint-desk/year.jsonl"):
        assert command.at is not None
        assert made.send(command, command.at), command.key
    return made


def month(desks: Desks, name: str) -> MonthFigures:
    last = commands("tosa-joint-desk/year.jsonl")[-1]
    assert last.at is not None
    return desks.figures(name, last.at)


def shares(figures: MonthFigures) -> list[tuple[str, Fraction]]:
    return [(line.rule, line.share.value) for line in figures.deductions if not line.excused]


def caps(figures: MonthFigures) -> list[tuple[str, Fraction, Fraction]]:
    return [(cap.kind, cap.before.value, cap.after.value) for cap in figures.caps]


def test_november_reaches_the_last_tier_and_is_cut_at_the_months_cap(desks: Desks) -> None:
    november = month(desks, "2025-11")
    # City: 30 days × 1440 = 43,200 minutes, stopped from 11-28 21:00 to the month's end, 51 hours = 3,060 minutes.
    # Town: 18 opening days × 465 (8:30–17:15 less an hour) = 8,370; none of its hours lie in that stop.
    # Together (3 : 1): base 3 × 43,200 + 8,370 = 137,970; lost 3 × 3,060 = 9,180; 128,790 ÷ 137,970 = 93.34… %
    assert november.availability.base == timedelta(minutes=137_970)
    assert november.availability.ratio is not None
    assert november.availability.ratio.value == Fraction(128_790, 137_970) == Fraction(477, 511)
    # Below 95 %: 50 %. In breach in October, too (as accepted): 5 %.
    # Recovery: support from 11-29 08:00; 12 + 12 + 12 + 8 hours = 44, eight allowed: 36 hours late. Of steps of 60
    # minutes (2160 - 1) ÷ 60 = 35 have passed: 2 % + 35 %. Calls of the town, 33 of 60 = 55 %: 3 %.
    # Stop of the city: 70 % × 3,060 ÷ 43,200 = 119/2400.
    assert shares(november) == [
        ("availability-tiers", Fraction(50, 100)),
        ("availability-again", Fraction(5, 100)),
        ("late-recovery", Fraction(37, 100)),
        ("answered-tiers", Fraction(3, 100)),
        ("stop", Fraction(119, 2400)),
    ]
    # The rule caps 37 at 10 %; 50 + 5 + 10 + 3 = 68 %, capped at 50 %. Twelve months: 20 % of eight fees, 160 %,
    # less 20 + 18 + 1 + 20 = 59 % deducted before and 0.9 % paid in August, leave 100 % of this fee: no cap.
    # The deductions leave nothing of the month's cap for the payment: 50 - 50.
    assert caps(november) == [
        ("rule", Fraction(37, 100), Fraction(10, 100)),
        ("month", Fraction(68, 100), Fraction(50, 100)),
        ("month", Fraction(119, 2400), Fraction(0)),
    ]
    assert [cap.paid for cap in november.caps] == [False, False, True]
    assert (november.payable_yen, november.tax_yen) == (FEE // 2, FEE // 2 // 10)
    assert november.payment_yen == 0  # of 800,000 × 119 ÷ 2400 = 39,666.66…


def test_january_is_the_third_breach_in_a_row_and_pays_a_surcharge_beside_a_bonus(desks: Desks) -> None:
    january = month(desks, "2026-01")
    # City: 31 × 1440 = 44,640 minutes, stopped on 01-13 from 08:30 to 19:31: 661 minutes.
    # Town: 19 opening days. From 01-05 on 9:00–16:30 less an hour, 390; Thursdays to 18:30, 510: the 8th, 15th, 22nd
    # and 29th. 15 × 390 + 4 × 510 = 7,890; three stops of 10 + 5 + 8 = 23 minutes.
    # Together: base 3 × 44,640 + 7,890 = 141,810; lost 3 × 661 + 23 = 2,006; 139,804 ÷ 141,810 = 98.58… %: below 99 %.
    assert january.availability.base == timedelta(minutes=141_810)
    assert january.availability.ratio is not None
    assert january.availability.ratio.value == Fraction(139_804, 141_810)
    # Recovery: 661 of 480 minutes, 181 late: (181 - 1) ÷ 60 = 3 steps have passed, 2 % + 3 %.
    # Stop of the city: 70 % × 661 ÷ 44,640 = 4627/446400; the town's 23 minutes do not pass four hours.
    assert shares(january) == [
        ("availability-tiers", Fraction(15, 100)),
        ("availability-again", Fraction(5, 100)),
        ("late-recovery", Fraction(5, 100)),
        ("stop", Fraction(4627, 446_400)),
    ]
    # Twelve months: 20 % of ten fees, 200 %, less 59 + 50 + 20 = 129 % and the payments of August (0.9 %) and December
    # (5.4 %), leave 64 %. Few calls were abandoned: 2 % more.
    assert january.caps == ()
    assert (january.payable_yen, january.tax_yen) == (FEE * 77 // 100, FEE * 77 // 1000)
    assert january.payment_yen == 8_292  # 800,000 × 4627 ÷ 446,400 = 8,292.11…


def test_june_earns_both_bonuses_up_to_their_cap(desks: Desks) -> None:
    june = month(desks, "2025-06")
    # City: 43,200 minutes, none stopped. Town: 21 opening days × 465 = 9,765; stopped 11:50–12:40, of which 10 minutes
    # lie before the break. Together: 139,365 - 10 of 139,365 = 99.99… %, the target of 99.9 % is met, nothing missed.
    assert june.availability.ratio is not None
    assert june.availability.ratio.value == Fraction(139_355, 139_365)
    assert june.breaches == 0
    # Abandoned: 10 of 400 = 2.5 %, under the target of 3 %. 2 % + 2 % = 4 %, of which the caps leave 3 %.
    assert [(line.rule, line.share.value) for line in june.bonuses] == [
        ("availability-bonus", Fraction(2, 100)),
        ("calls-bonus", Fraction(2, 100)),
    ]
    assert caps(june) == [("bonuses", Fraction(4, 100), Fraction(3, 100))]
    assert (june.payable_yen, june.tax_yen) == (824_000, 82_400)


def test_aprils_room_under_the_cap_of_twelve_months_is_a_fifth_of_its_own_fee(desks: Desks) -> None:
    april = month(desks, "2025-04")
    # 10 % (99.46 % is below 99.5 %) + 6 % late arrival (125 minutes: 1 % + 5 steps begun) + 3 parts + 3 % calls = 22 %.
    assert april.share_before_cap.value == Fraction(22, 100)
    assert caps(april) == [
        ("rule", Fraction(6, 100), Fraction(5, 100)),
        ("rolling_twelve_months", Fraction(21, 100), Fraction(20, 100)),
        ("rolling_twelve_months", Fraction(70, 100) * Fraction(250, 43_200), Fraction(0)),
    ]
    assert april.payable_yen == 640_000
    assert april.payment_yen == 0  # for 250 minutes of the city; the deductions leave nothing of the 20 %


def test_march_is_paid_for_15_of_31_days(desks: Desks) -> None:
    march = month(desks, "2026-03")
    # 800,000 × 15/31 = 387,096.77…; with 2 % for few calls abandoned × 1.02 = 394,838.70…, rounded half up
    assert march.payable_yen == 394_839
    assert march.opening_days == 15


def test_february_is_exactly_on_the_limit_and_costs_nothing(desks: Desks) -> None:
    february = month(desks, "2026-02")
    # City 28 × 1440 = 40,320, less the planned 20: 40,300. Town: 14 × 390 + 4 × 510 = 7,500. Base 3 × 40,300 + 7,500 =
    # 128,400; lost 3 × 214 = 642 = 0.5 %.
    assert february.availability.ratio is not None
    assert february.availability.ratio.value == Fraction(995, 1000)
    assert february.deductions == ()
    assert february.payable_yen == FEE
