"""Error budgets and changes, computed by hand."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.budget import ErrorBudget, Guaranteed, error_budget
from slm_domain.figures.change import Change, Measured, change

H = timedelta(hours=1)
HALF_PERCENT = Fraction(1, 200)
GUARANTEED = 1 - HALF_PERCENT  # 99.5 %


def whole(share: Fraction, base: timedelta) -> Guaranteed:
    return Guaranteed(share=share, base=base, elapsed=base)


def test_a_month_of_720_hours_at_99_5_percent_may_lose_12_960_seconds() -> None:
    # 720 h = 2,592,000 s; 0.5 % of it: 12,960 s = 3 h 36 min. Lost 1 h: 9,360 s left, 3,600 / 12,960 = 5/18 burned.
    budget = error_budget([whole(GUARANTEED, 720 * H)], lost=Fraction(3_600))
    assert budget == ErrorBudget(
        allowed=Fraction(12_960), used=Fraction(3_600), left=Fraction(9_360), burn_rate=Fraction(5, 18)
    )


def test_what_was_lost_beyond_the_budget_leaves_less_than_nothing() -> None:
    # 160 h at 99.5 %: 2,880 s; 61 min = 3,660 s lost.
    budget = error_budget([whole(GUARANTEED, 160 * H)], lost=Fraction(3_660))
    assert budget is not None
    assert budget.left == -780
    assert budget.burn_rate == Fraction(61, 48)


def test_the_burn_rate_is_over_the_base_that_has_passed() -> None:
    # A tenth of 720 h has passed and a tenth of the budget (1,296 s) is lost: just on the line, burn rate 1.
    part = Guaranteed(share=GUARANTEED, base=720 * H, elapsed=72 * H)
    budget = error_budget([part], lost=Fraction(1_296))
    assert budget is not None
    assert budget.burn_rate == 1
    assert budget.left == 12_960 - 1_296


def test_a_period_whose_guarantee_changes_adds_the_seconds_of_its_parts() -> None:
    # 100 h at 99 %: 3,600 s; 100 h at 99.5 %: 1,800 s. 5,400 s together, of which 2,700 s lost: half.
    budget = error_budget([whole(Fraction(99, 100), 100 * H), whole(GUARANTEED, 100 * H)], lost=Fraction(2_700))
    assert budget == ErrorBudget(
        allowed=Fraction(5_400), used=Fraction(2_700), left=Fraction(2_700), burn_rate=Fraction(1, 2)
    )


def test_a_guarantee_of_100_percent_allows_nothing_and_burns_at_no_rate() -> None:
    budget = error_budget([whole(Fraction(1), 160 * H)], lost=Fraction(60))
    assert budget == ErrorBudget(allowed=Fraction(0), used=Fraction(60), left=Fraction(-60), burn_rate=None)


def test_nothing_that_has_passed_burns_at_no_rate() -> None:
    budget = error_budget([Guaranteed(share=GUARANTEED, base=10 * H, elapsed=timedelta())], lost=Fraction(0))
    assert budget is not None
    assert budget.allowed == 180
    assert budget.burn_rate is None


@pytest.mark.parametrize("parts", [[], [whole(GUARANTEED, timedelta())]])
def test_a_base_of_zero_has_no_budget(parts: list[Guaranteed]) -> None:
    assert error_budget(parts, lost=Fraction(0)) is None


@pytest.mark.parametrize("share", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_guarantee_outside_0_to_100_percent_is_refused(share: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        whole(share, 10 * H)


def test_more_cannot_have_passed_than_there_is() -> None:
    with pytest.raises(ValueError, match="cannot have passed"):
        Guaranteed(share=GUARANTEED, base=10 * H, elapsed=11 * H)


@given(
    guarantees=st.lists(st.tuples(st.fractions(0, 1), st.integers(1, 10_000)), min_size=1, max_size=5),
    lost=st.fractions(0, 100_000),
)
def test_used_and_left_add_up_to_what_is_allowed(guarantees: list[tuple[Fraction, int]], lost: Fraction) -> None:
    budget = error_budget([whole(share, timedelta(seconds=base)) for share, base in guarantees], lost=lost)
    assert budget is not None
    assert budget.used + budget.left == budget.allowed


def test_a_change_is_in_percentage_points_and_in_time() -> None:
    # 99 % with 2 h down, then 99.5 % with 1 h down.
    found = change(
        Measured(share=Fraction(99, 100), down=2 * H), Measured(share=Fraction(199, 200), down=timedelta(hours=1))
    )
    assert found == Change(points=Fraction(1, 2), down=-H)
    assert found.shown == "+0.50"


def test_a_change_is_shown_rounded_towards_the_failing_side() -> None:
    third = Fraction(1, 3)
    assert Change(points=third, down=H).shown == "+0.33"
    assert Change(points=-third, down=H).shown == "-0.34"


@pytest.mark.parametrize(("earlier", "later"), [(None, Fraction(1)), (Fraction(1), None), (None, None)])
def test_there_is_no_change_from_or_to_no_figure(earlier: Fraction | None, later: Fraction | None) -> None:
    assert change(Measured(share=earlier, down=H), Measured(share=later, down=H)) is None
