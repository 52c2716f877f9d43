"""Figures of a group: time is added, percentages are never averaged (C7)."""

from datetime import timedelta
from fractions import Fraction

import pytest

from slm_domain.figures.roll_up import (
    ImpossibleMemberError,
    ImpossibleRestorationError,
    Member,
    group_availability,
    restored_share,
)


def hours(up: int, base: int, weight: int = 1) -> Member:
    return Member.of(timedelta(hours=up), timedelta(hours=base), Fraction(weight))


def test_a_group_adds_the_time_of_its_members() -> None:
    # 90 of 100 h and 10 of 10 h: 100 ÷ 110, not the mean of 90 % and 100 %
    assert group_availability([hours(90, 100), hours(10, 10)]) == Fraction(100, 110)


def test_weights_multiply_time_before_it_is_added() -> None:
    # 3 x 90 + 1 x 100 = 370 of 400
    assert group_availability([hours(90, 100, 3), hours(100, 100)]) == Fraction(370, 400)
    assert group_availability([hours(90, 100, 0), hours(100, 100)]) == 1
    assert group_availability([hours(90, 100, 0), hours(100, 100, 0)], added_to_weights=Fraction(1)) == Fraction(
        95, 100
    )


def test_members_without_a_figure_leave_the_group_to_the_others() -> None:
    assert group_availability([hours(0, 0), hours(9, 10)]) == Fraction(9, 10)
    assert group_availability([hours(0, 0)]) is None
    assert group_availability([]) is None


def test_time_and_weight_that_cannot_be_are_refused() -> None:
    with pytest.raises(ImpossibleMemberError, match="cannot lie within"):
        hours(11, 10)
    with pytest.raises(ImpossibleMemberError, match="counts for nothing"):
        hours(1, 1, -1)


def test_what_is_restored_is_a_share_of_what_was_affected() -> None:
    assert restored_share(315, 453) == Fraction(105, 151)
    assert restored_share(0, 0) is None
    with pytest.raises(ImpossibleRestorationError, match="cannot be restored"):
        restored_share(454, 453)
