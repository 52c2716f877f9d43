"""The share that an achieved value costs (C6, C8, C9)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.judgement import Bound, Comparison
from slm_domain.figures.tiers import AchievedOutOfRangeError, TierTerms, WrongTierError, tier_reached, tier_share


def percent(number: int | str) -> Fraction:
    return Fraction(number) / 100


def below(bound: str, share: int) -> TierTerms:
    return TierTerms(when=(Bound(comparison=Comparison.BELOW, value=percent(bound)),), share=percent(share))


CREDITS = (below("99.5", 10), below("99", 30), below("95", 100))


@pytest.mark.parametrize(
    ("achieved", "share"), [("100", 0), ("99.5", 0), ("99.499", 10), ("99", 10), ("98.9", 30), ("95", 30), ("0", 100)]
)
def test_less_than_a_bound_leaves_the_bound_itself_in_the_better_tier(achieved: str, share: int) -> None:
    assert tier_share(percent(achieved), CREDITS) == percent(share)


def test_a_tier_replaces_a_milder_one_whatever_their_order() -> None:
    assert tier_share(percent("94"), tuple(reversed(CREDITS))) == 1
    assert tier_reached(percent("94"), CREDITS) == CREDITS[2]


def test_a_tier_between_two_bounds_holds_only_between_them() -> None:
    between = TierTerms(
        when=(
            Bound(comparison=Comparison.ABOVE, value=percent(2)),
            Bound(comparison=Comparison.AT_MOST, value=percent(3)),
        ),
        share=percent("1.5"),
    )
    assert [tier_share(percent(value), [between]) for value in ("2", "2.0001", "3", "3.0001")] == [
        0,
        percent("1.5"),
        percent("1.5"),
        0,
    ]


def test_no_figure_is_in_no_tier() -> None:
    assert tier_reached(None, CREDITS) is None


@pytest.mark.parametrize("achieved", ["-10", "-0.001", "100.001"])
def test_a_percentage_that_cannot_be_is_refused(achieved: str) -> None:
    with pytest.raises(AchievedOutOfRangeError):
        tier_share(percent(achieved), CREDITS)


def test_a_count_may_exceed_a_hundred_but_not_fall_below_nothing() -> None:
    many = TierTerms(when=(Bound(comparison=Comparison.AT_LEAST, value=Fraction(2)),), share=percent(1))
    assert tier_share(Fraction(101), [many], unit="count") == percent(1)
    with pytest.raises(AchievedOutOfRangeError):
        tier_share(Fraction(-1), [many], unit="count")


def test_a_tier_without_a_bound_or_with_a_share_outside_the_fee_is_refused() -> None:
    with pytest.raises(WrongTierError, match="names the values"):
        TierTerms(when=(), share=percent(1))
    with pytest.raises(WrongTierError, match="no negative share"):
        below("99", -1)
    with pytest.raises(WrongTierError, match="no more than the fee"):
        below("99", 101)


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_a_better_value_never_costs_more(one: Fraction, other: Fraction) -> None:
    assert tier_share(max(one, other), CREDITS) <= tier_share(min(one, other), CREDITS)
