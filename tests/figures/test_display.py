"""Figures as people read them (C6, C8)."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.display import NO_FIGURE, RoundedTo, decimal, hours_minutes, minutes, percent, yen


def test_9904_percent_of_april_are_shown_rounded_down() -> None:
    assert percent(Fraction(10_920, 11_025), digits=2, towards="down") == "99.04"


@pytest.mark.parametrize(
    ("share", "digits", "towards", "shown"),
    [
        (Fraction(99_999, 100_000), 2, "down", "99.99"),
        (Fraction(99_999, 100_000), 0, "down", "99"),
        (Fraction(49_999, 1_000_000), 2, "up", "5.00"),  # 4.9999 % of an item at most is not shown better than it is
        (Fraction(5, 100), 2, "up", "5.00"),
        (Fraction(1), 3, "down", "100.000"),
        (Fraction(0), 2, "down", "0.00"),
        (Fraction(5, 10_000), 2, "down", "0.05"),
        (Fraction(-1, 1_000), 1, "down", "-0.1"),
    ],
)
def test_percentages_are_rounded_towards_the_failing_side(
    share: Fraction, digits: int, towards: RoundedTo, shown: str
) -> None:
    assert percent(share, digits=digits, towards=towards) == shown


def test_where_there_is_no_figure_none_is_shown() -> None:
    assert percent(None, digits=2, towards="down") == NO_FIGURE == "算定不能"


@given(st.fractions(), st.integers(0, 6))
def test_what_is_shown_lies_on_the_failing_side_by_less_than_one_digit(value: Fraction, digits: int) -> None:
    down, up = (Fraction(Decimal(decimal(value, digits=digits, towards=towards))) for towards in ("down", "up"))
    assert down <= value <= up
    assert up - down < Fraction(2, 10**digits)
    assert value - down < Fraction(1, 10**digits)


@given(st.fractions(0, 1), st.fractions(0, 1), st.integers(0, 4))
def test_nothing_below_a_guaranteed_value_is_shown_as_having_reached_it(
    value: Fraction, other: Fraction, digits: int
) -> None:
    guaranteed = Fraction(round(other * 10 ** (digits + 2)), 10 ** (digits + 2))  # a value that can be shown exactly
    shown = Fraction(Decimal(percent(value, digits=digits, towards="down"))) / 100
    assert (shown >= guaranteed) == (value >= guaranteed)


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (timedelta(), "0:00"),
        (timedelta(minutes=105), "1:45"),
        (timedelta(hours=183, minutes=45), "183:45"),
        (timedelta(minutes=105, seconds=30), "1:45:30"),
        (timedelta(seconds=1, microseconds=5), "0:00:01.000005"),
        (timedelta(hours=11, milliseconds=49_500), "11:00:49.5"),
        (timedelta(minutes=-105), "-1:45"),
    ],
)
def test_lengths_are_shown_in_hours_and_minutes_and_never_rounded(length: timedelta, shown: str) -> None:
    assert hours_minutes(length) == shown


def test_minutes_are_whole_where_they_are_whole() -> None:
    assert minutes(timedelta(hours=2), towards="down") == "120"
    assert minutes(timedelta(minutes=105, seconds=20), towards="down") == "105.33"
    assert minutes(timedelta(minutes=105, seconds=20), towards="up") == "105.34"


def test_yen_are_shown_with_their_thousands_apart() -> None:
    assert yen(1_000_000) == "1,000,000"
    assert yen(-45) == "-45"
