"""A month's cap, a cap over twelve months, and a cap of a sum (C16)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.caps import CapOutOfRangeError, NegativeAmountError, RollingCap, capped_credit, capped_sum

TENTH = Fraction(1, 10)


def test_shares_are_added_before_they_are_capped() -> None:
    # 3 % + 5 % + 4 % = 12 %, capped at 10 %: 2 % spared
    capped = capped_sum([Fraction(3, 100), Fraction(5, 100), Fraction(4, 100)], TENTH)
    assert (capped.summed, capped.share, capped.spared) == (Fraction(12, 100), TENTH, Fraction(2, 100))


def test_without_a_cap_of_its_own_a_sum_stops_at_the_whole_fee() -> None:
    assert capped_sum([Fraction(3, 4), Fraction(3, 4)]).share == 1
    assert capped_sum([]).share == 0


def test_the_months_cap_is_a_share_of_the_months_charge() -> None:
    # 11 % of 1,000 = 110, capped at 10 % = 100
    capped = capped_credit(Fraction(110), Fraction(1000), month_cap=TENTH)
    assert [capped.credit, capped.spared] == [100, 10]
    assert capped.bound_by == "month"


def test_twelve_months_leave_what_the_eleven_before_did_not_use() -> None:
    # 10 % of (100 + 1,100) = 120, of which 111 were credited before: 9 left
    capped = capped_credit(
        Fraction(11),
        Fraction(100),
        month_cap=TENTH,
        rolling=RollingCap(share=TENTH, charged_before=Fraction(1100), credited_before=Fraction(111)),
    )
    assert [capped.month_limit, capped.rolling_limit, capped.credit] == [10, 9, 9]
    assert capped.bound_by == "rolling"


def test_used_up_twelve_months_leave_nothing_and_take_nothing_back() -> None:
    used_up = RollingCap(share=TENTH, charged_before=Fraction(100), credited_before=Fraction(50))
    assert capped_credit(Fraction(5), Fraction(100), rolling=used_up).credit == 0


def test_a_credit_within_its_caps_is_bound_by_none() -> None:
    capped = capped_credit(Fraction(5), Fraction(100), month_cap=TENTH, rolling=RollingCap(share=TENTH))
    assert [capped.credit, capped.spared] == [5, 0]
    assert capped.bound_by is None


@pytest.mark.parametrize("cap", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_cap_outside_none_to_all_is_refused(cap: Fraction) -> None:
    with pytest.raises(CapOutOfRangeError):
        capped_sum([], cap)
    with pytest.raises(CapOutOfRangeError):
        capped_credit(Fraction(0), Fraction(1), month_cap=cap)
    with pytest.raises(CapOutOfRangeError):
        RollingCap(share=cap)


def test_a_negative_charge_or_credit_is_refused() -> None:
    with pytest.raises(NegativeAmountError):
        capped_credit(Fraction(0), Fraction(-1))
    with pytest.raises(NegativeAmountError):
        capped_credit(Fraction(-1), Fraction(1))
    with pytest.raises(NegativeAmountError):
        RollingCap(share=TENTH, credited_before=Fraction(-1))


amounts = st.fractions(0, 10_000)
shares = st.fractions(0, 1)
rolling_caps = st.builds(
    lambda share, charged, credited: RollingCap(share=share, charged_before=charged, credited_before=credited),
    shares,
    amounts,
    amounts,
)


@given(amounts, amounts, shares, rolling_caps)
def test_a_credit_never_exceeds_any_cap(asked: Fraction, charge: Fraction, month: Fraction, cap: RollingCap) -> None:
    capped = capped_credit(asked, charge, month_cap=month, rolling=cap)
    assert 0 <= capped.credit <= asked
    assert capped.credit <= month * charge
    assert capped.credit == 0 or cap.credited_before + capped.credit <= cap.share * (charge + cap.charged_before)
    assert capped.credit + capped.spared == asked
