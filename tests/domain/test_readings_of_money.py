"""How money, grounds and the inspection are read (A6, A24, S2, G10): the same facts under each value of a term.

April 2025 has 11,025 opening minutes; the fee is 1,000,000 yen with 10 % tax inside.
"""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion
from slm_domain.figures.periods import Month
from slm_domain.report_dues import inspection_due
from slm_domain.sla import Notice
from tests.charging import FIRM, LATER, TOWN, at, desks_of, sla_with, stop
from tests.domain.judging import STOP, april, minutes
from tests.projections.contract_histories import CODE


@pytest.mark.parametrize(
    ("leaves", "frees", "stopped", "payable"),
    [
        # A stop of 105 minutes of which 45 are accepted: 60 or 105 minutes are stopped, and as many cost 1/11,025 each.
        (True, True, 60, 994_557),
        (True, False, 60, 994_557),  # what left the measurement is no part of the stop
        (False, True, 105, 994_557),  # the figure keeps it, the money does not
    ],
)
def test_a_ground_leaves_the_measurement_frees_from_damages_or_both(
    leaves: bool, frees: bool, stopped: int, payable: int
) -> None:
    plain = sla_with(deductions=(STOP,))
    (kept, *others) = plain.grounds
    ground = replace(
        kept, leaves_measurement=leaves, frees_from_damages=frees, notice=Notice(kind="none"), allowance=None
    )
    desks = desks_of(replace(plain, grounds=(ground, *others)))
    stop(desks, "i1", at(4, 10), minutes(105))
    about: dict[str, Any] = {"contract": CODE, "incident": "i1", "exclusion": "e1"}
    claim = ClaimExclusion(**about, by=FIRM, ground=ground.code, starts_at=at(4, 10), ends_at=at(4, 10, 9, 45))
    assert desks.send(claim, LATER)
    assert april(desks).stopped == minutes(105)
    assert desks.send(AcceptExclusion(**about, by=TOWN), LATER)
    assert (april(desks).stopped, april(desks).payable_yen) == (minutes(stopped), payable)


@pytest.mark.parametrize(("rounding", "payable"), [("down", 990_476), ("up", 990_477), ("half_up", 990_476)])
def test_what_is_payable_is_rounded_once_by_the_rule_of_the_fee(rounding: Any, payable: int) -> None:
    # 105 of 11,025 minutes: 990,476.19 yen
    plain = sla_with(deductions=(STOP,))
    desks = desks_of(replace(plain, fee=replace(plain.fee, rounding=rounding)))
    stop(desks, "i1", at(4, 10), minutes(105))
    assert april(desks).payable_yen == payable


@pytest.mark.parametrize(
    ("base", "payable", "tax"),
    [
        ("tax_included", 990_476, 90_043),  # 1 - 105/11,025 of 1,000,000; a part 10/110 of it is tax
        ("tax_excluded", 990_475, 90_043),  # of 909,091: 900,432 (.99), and its tax of 90,043
    ],
)
def test_shares_are_taken_of_the_fee_with_or_without_its_tax(base: str, payable: int, tax: int) -> None:
    desks = desks_of(sla_with(deductions=(STOP,), terms={"deduction_base": base}))
    stop(desks, "i1", at(4, 10), minutes(105))
    assert (april(desks).payable_yen, april(desks).tax_yen) == (payable, tax)


@pytest.mark.parametrize(("days", "due"), [(10, 11), (14, 15)])  # of May: the end of the 10th, of the 14th
def test_so_many_days_are_left_for_the_inspection(days: int, due: int) -> None:
    desks = desks_of(sla_with(terms={"inspection_days": days}))
    terms = desks.register.terms_for(date(2025, 4, 1))
    assert inspection_due(desks.register, Month(2025, 4), terms, []) == at(5, due, 0)


def test_whether_a_penalty_settles_the_damage_changes_no_figure() -> None:
    found = []
    for settles in ("yes", "no"):
        desks = desks_of(sla_with(deductions=(STOP,), terms={"liquidated_damages": settles}))
        stop(desks, "i1", at(4, 10), minutes(105))
        found.append(april(desks))
    assert found[0] == found[1]
    assert found[0].payable_yen == 990_476
