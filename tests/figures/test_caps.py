"""A cap over twelve months running (C16)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.caps import CapOutOfRangeError, NegativeAmountError, RollingCap

TENTH = Fraction(1, 10)


def test_twelve_months_leave_what_the_eleven_before_did_not_use() -> None:
    # 10 % of (100 + 1,100) = 120, of which 111 were credited before: 9 left
    cap = RollingCap(share=TENTH, charged_before=Fraction(1100), credited_before=Fraction(111))
    assert cap.left(Fraction(100)) == 9


def test_used_up_twelve_months_leave_nothing_and_take_nothing_back() -> None:
    assert RollingCap(share=TENTH, charged_before=Fraction(100), credited_before=Fraction(50)).left(Fraction(100)) == 0


@pytest.mark.parametrize("cap", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_cap_outside_none_to_all_is_refused(cap: Fraction) -> None:
    with pytest.raises(CapOutOfRangeError):
        RollingCap(share=cap)


def test_a_negative_charge_or_credit_is_refused() -> None:
    with pytest.raises(NegativeAmountError):
        RollingCap(share=TENTH, charged_before=Fraction(-1))
    with pytest.raises(NegativeAmountError):
        RollingCap(share=TENTH, credited_before=Fraction(-1))


amounts = st.fractions(0, 10_000)


@given(amounts, st.fractions(0, 1), amounts, amounts)
def test_what_is_left_never_exceeds_the_cap(
    charge: Fraction, share: Fraction, charged: Fraction, credited: Fraction
) -> None:
    left = RollingCap(share=share, charged_before=charged, credited_before=credited).left(charge)
    assert left == 0 or credited + left == share * (charge + charged)
