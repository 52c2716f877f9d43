"""Why deductions are what they are: each line says why it adds nothing, and the lists lead through the caps (C16, A5).

April 2025 has 11,025 minutes of opening hours; the fee is 1,000,000 yen, an arrival 31 minutes late takes 10 %.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from projections.answers.listed import ListAnswer
from projections.answers.money_lists import MoneyLists
from slm_domain.figures.adjustments import Adjustment
from slm_domain.figures.invoice import invoice_due
from slm_domain.figures.money import TaxTerms
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import Bonus, FeeTimesAvailability, Sla, Tier, Tiers
from tests.charging import (
    LATER,
    at,
    availability_level,
    called,
    desks_of,
    exempt,
    freed_stop,
    late_hardware,
    measuring_only,
    minutes,
    percent,
    rule,
    sla_with,
    stop,
)

STOP = rule(FeeTimesAvailability, code="stop", clause="3(4)")
TIERS = rule(Tiers, code="tier", clause="5", tiers=(Tier(when=percent("99.5", "below"), percent=Decimal(10)),))
BONUS = rule(Bonus, code="bonus", clause="7", percent=Decimal(2), cap_percent=Decimal(3))


def lists_of(sla: Sla, *, exempted_on: str = "", told_late: bool = True) -> dict[str, ListAnswer]:
    """A stop of 525 minutes, 1/21 of April, and an arrival 31 minutes late."""
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10, 8, 30), minutes(525))
    if told_late:
        called(desks, "i1", at(4, 10), at(4, 10, 11, 1))
    if exempted_on:
        exempt(desks, "arrival-hardware", "i1/c1", exempted_on)
    return told(sla, desks.figures("2025-04", LATER))


def told(sla: Sla, figures: MonthFigures) -> dict[str, ListAnswer]:
    lists: dict[str, ListAnswer] = {one.name: one for one in MoneyLists(sla, figures).lists()}
    for one in lists.values():
        assert sum(line.amount.value for line in one.lines) == one.total.value, one.name
        assert one.total_yen is not None
        assert sum(line.yen.value for line in one.lines if line.yen is not None) == one.total_yen.value, one.name
    return lists


def lines(one: ListAnswer) -> list[tuple[str | None, str | None, Fraction]]:
    return [(line.what, line.because, line.amount.value) for line in one.lines]


def test_a_line_names_its_clause_its_share_and_its_yen() -> None:
    found = lists_of(sla_with(deductions=(late_hardware(), STOP)))["deductions"]
    (late, stopped) = found.lines
    assert (late.clause, late.amount.value) == ("1", Fraction(10, 100))
    assert (stopped.clause, stopped.amount.value) == ("3(4)", Fraction(1, 21))
    assert late.yen is not None
    assert stopped.yen is not None
    assert (late.yen.value, stopped.yen.value) == (Fraction(100_000), Fraction(1_000_000, 21))
    assert late.because is stopped.because is None


@pytest.mark.parametrize(
    ("ground", "because"), [("force-majeure", "freed"), ("municipality-default", "left_measurement")]
)
def test_a_line_that_an_exemption_takes_away_says_which_kind_it_is(ground: str, because: str) -> None:
    found = lists_of(measuring_only(sla_with(deductions=(late_hardware(),))), exempted_on=ground)["deductions"]
    assert lines(found) == [("late i1/c1", because, Fraction(0))]
    assert found.lines[0].stated is not None
    assert found.lines[0].stated.value == Fraction(10, 100)  # what the rule asks for stays in view


def test_a_late_arrival_told_in_time_says_so() -> None:
    late = msgspec.structs.replace(late_hardware(), excused_when_told_in_time=True)
    sla = sla_with(deductions=(late,))
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), minutes(1))
    called(desks, "i1", at(4, 10), at(4, 10, 11), told_at=at(4, 10, 10))
    found = told(sla, desks.figures("2025-04", LATER))["deductions"]
    assert lines(found) == [("late i1/c1", "told_in_time", Fraction(0))]


def test_a_stop_that_is_paid_instead_says_so_and_has_a_list_of_its_own() -> None:
    found = lists_of(sla_with(deductions=(STOP,), terms={"stop_remedy": "payment"}), told_late=False)
    assert lines(found["deductions"]) == [("stop i1", "paid_instead", Fraction(0))]
    assert lines(found["payment"]) == [("stop i1", None, Fraction(1, 21))]


def test_the_list_goes_on_through_the_caps_to_the_deducted_share_and_yen() -> None:
    capped = msgspec.structs.replace(late_hardware(), cap_percent=Decimal(6))
    found = lists_of(sla_with(deductions=(capped, STOP), terms={"deduction_cap_percent": Decimal(8)}))
    # 10 % + 1/21 are asked for; the rule's cap takes 4 % off, the month's the rest beyond 8 %: 6 % + 1/21 - 8 %.
    assert lines(found["deducted"]) == [
        (None, "before_caps", Fraction(10, 100) + Fraction(1, 21)),
        ("late", "rule", -Fraction(4, 100)),
        (None, "month", -(Fraction(1, 21) - Fraction(2, 100))),
    ]
    assert found["deducted"].total_yen is not None
    assert found["deducted"].total_yen.value == 80_000


def test_what_a_cap_spares_altogether_says_so() -> None:
    none = msgspec.structs.replace(late_hardware(), cap_percent=Decimal(0))
    found = lists_of(sla_with(deductions=(none, STOP)))
    assert lines(found["deductions"]) == [
        ("late i1/c1", "spared_by_cap", Fraction(10, 100)),
        ("stop i1", None, Fraction(1, 21)),
    ]


def test_a_payment_that_the_deductions_leave_no_room_for_says_so() -> None:
    terms = {"stop_remedy": "payment", "deduction_cap_percent": Decimal(10)}
    found = lists_of(sla_with(deductions=(late_hardware(), STOP), terms=terms))
    assert lines(found["payment"]) == [
        ("stop i1", "spared_by_cap", Fraction(1, 21)),
        (None, "month", -Fraction(1, 21)),
    ]


def test_a_stop_freed_in_part_tells_what_its_freed_time_would_have_cost() -> None:
    sla = sla_with(deductions=(STOP,))
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), minutes(105))
    freed_stop(desks, "i1", at(4, 10), minutes(40))
    found = told(sla, desks.figures("2025-04", LATER))["deductions"]
    assert lines(found) == [("stop i1", None, Fraction(65, 11_025)), ("stop i1", "freed", Fraction(0))]


def test_bonuses_lead_through_their_caps_too() -> None:
    both = (BONUS, msgspec.structs.replace(BONUS, code="second"))
    sla = sla_with(bonuses=both, level=availability_level(target="99"))
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), minutes(1))
    found = told(sla, desks.figures("2025-04", LATER))
    assert lines(found["bonuses_added"]) == [
        (None, "before_caps", Fraction(4, 100)),
        (None, "bonuses", -Fraction(1, 100)),
    ]


def test_the_working_takes_the_shares_to_exact_yen() -> None:
    sla = sla_with(deductions=(TIERS,))
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), minutes(111))
    (taken,) = MoneyLists(sla, desks.figures("2025-04", LATER)).working()
    assert (taken.result.name, taken.result.value) == ("deducted", "100000")


# The invoice


def invoiced(payable: int, accepted: int | None, *adjustments: int, **terms: Any) -> list[tuple[str, str]]:
    tax = TaxTerms(rate=Fraction(1, 10), **terms)
    own_tax = payable // 11 if tax.fee == "included" else payable // 10
    found = invoice_due(
        payable, own_tax, tax, accepted=accepted, adjustments=[Adjustment(yen=each) for each in adjustments]
    )
    assert found.amount == (payable if accepted is None else accepted) + sum(adjustments)
    return [(str(each.result.name), str(each.result.value)) for each in found.working]


def test_an_invoice_of_the_months_own_fee_needs_no_working() -> None:
    assert invoiced(1_000_000, None) == invoiced(1_000_000, 1_000_000) == []


def test_the_tax_of_an_adjusted_invoice_is_worked_out_from_its_sum() -> None:
    # 998,655 + 3,889 = 1,002,544; of it 10/110 are 91,140.36, cut
    assert invoiced(998_655, None, 3_889) == [
        ("invoice", "1002544"),
        ("tax_exact", "1002544/11"),
        ("tax", "91140"),
        ("net", "911404"),
    ]


def test_tax_on_an_invoice_without_it_is_added() -> None:
    assert invoiced(100_000, 90_000, 5_005, fee="excluded") == [
        ("invoice", "95005"),
        ("tax_exact", "19001/2"),
        ("tax", "9500"),
        ("gross", "104505"),
    ]


def test_adjustments_that_cancel_out_leave_the_fee_its_own_tax() -> None:
    assert invoiced(100_000, None, 500, -500) == [("invoice", "100000")]
