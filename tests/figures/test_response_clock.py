"""When something is due whose clock can be paused (C13, C14)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.periods import Interval
from slm_domain.figures.response_clock import Limit, WrongLimitError, moved, target
from tests.figures.builders import TOWN_HALL, instants, intervals, jst

FOUR_HOURS = Limit(amount=timedelta(hours=4), clock="opening_time")
TWO_DAYS = Limit(amount=2, clock="opening_days")


def test_a_pause_adds_the_opening_time_inside_it() -> None:
    # Thursday 10:00 + 4 h = 14:00. Paused 11:00 to Friday 9:00: 6 h 15 + 30 min = 6 h 45 min.
    # From 14:00: 3 h 15 on Thursday, the other 3 h 30 from Friday 8:30: 12:00.
    due = target(jst(4, 10, 10), FOUR_HOURS, TOWN_HALL, [Interval(jst(4, 10, 11), jst(4, 11, 9))])
    assert due.unpaused == jst(4, 10, 14)
    assert due.paused == timedelta(hours=6, minutes=45)
    assert due.due == jst(4, 11, 12)


def test_elapsed_time_runs_through_the_night_and_so_do_its_pauses() -> None:
    due = target(
        jst(4, 10, 22),
        Limit(amount=timedelta(hours=2), clock="elapsed"),
        TOWN_HALL,
        [Interval(jst(4, 10, 23), jst(4, 11, 1))],
    )
    assert due.due == jst(4, 11, 2)


def test_a_clock_that_starts_outside_opening_hours_runs_from_the_opening() -> None:
    assert target(jst(4, 12, 10), FOUR_HOURS, TOWN_HALL).due == jst(4, 14, 12, 30)


def test_opening_days_keep_the_clock_time_and_add_pauses_in_opening_time() -> None:
    # Thursday 10:00 + 2 days = Monday 10:00; an hour's pause inside opening hours: 11:00
    assert target(jst(4, 10, 10), TWO_DAYS, TOWN_HALL).due == jst(4, 14, 10)
    assert target(jst(4, 10, 10), TWO_DAYS, TOWN_HALL, [Interval(jst(4, 11, 9), jst(4, 11, 10))]).due == jst(4, 14, 11)


def test_pauses_are_added_after_the_closing_of_the_last_day() -> None:
    closing = Limit(amount=2, clock="opening_days", at_closing=True)
    assert target(jst(4, 10, 10), closing, TOWN_HALL).due == jst(4, 14, 17, 15)
    paused = target(jst(4, 10, 10), closing, TOWN_HALL, [Interval(jst(4, 11, 9), jst(4, 11, 10))])
    assert paused.due == jst(4, 15, 9, 30)
    hours = Limit(amount=timedelta(hours=4), clock="opening_time", at_closing=True)
    assert target(jst(4, 10, 10), hours, TOWN_HALL).due == jst(4, 10, 17, 15)


def test_overlapping_pauses_count_once_and_a_pause_before_the_beginning_not_at_all() -> None:
    pauses = [
        Interval(jst(4, 10, 11), jst(4, 10, 12)),
        Interval(jst(4, 10, 11, 30), jst(4, 10, 12, 30)),
        Interval(jst(4, 10, 9), jst(4, 10, 10, 30)),
    ]
    assert target(jst(4, 10, 10), FOUR_HOURS, TOWN_HALL, pauses).due == jst(4, 10, 16)  # 14:00 + 30 min + 1 h 30


def test_a_pause_that_begins_when_time_has_run_out_moves_nothing() -> None:
    late = [Interval(jst(4, 10, 14), jst(4, 10, 15))]
    assert target(jst(4, 10, 10), FOUR_HOURS, TOWN_HALL, late).due == jst(4, 10, 14)


def test_warnings_and_escalations_move_on_the_same_clock() -> None:
    assert moved(jst(4, 11, 9), Limit(amount=timedelta(hours=-1), clock="opening_time"), TOWN_HALL) == jst(
        4, 10, 16, 45
    )
    assert moved(jst(4, 11, 17), Limit(amount=timedelta(hours=1), clock="opening_time"), TOWN_HALL) == jst(4, 14, 9, 15)
    assert moved(jst(4, 14, 17, 15), Limit(amount=-2, clock="opening_days"), TOWN_HALL) == jst(4, 10, 17, 15)


def test_limits_that_their_clock_cannot_measure_are_refused() -> None:
    with pytest.raises(WrongLimitError, match="a number"):
        Limit(amount=timedelta(days=2), clock="opening_days")
    with pytest.raises(WrongLimitError, match="a time"):
        Limit(amount=2, clock="elapsed")
    with pytest.raises(WrongLimitError, match="nothing can be done"):
        target(jst(4, 10, 10), Limit(amount=-1, clock="opening_days"), TOWN_HALL)


@given(instants(), instants(), st.integers(1, 3000))
def test_what_begins_later_is_never_due_earlier(one: datetime, other: datetime, minutes: int) -> None:
    limit = Limit(amount=timedelta(minutes=minutes), clock="opening_time")
    assert target(min(one, other), limit, TOWN_HALL).due <= target(max(one, other), limit, TOWN_HALL).due


@given(instants(), st.integers(1, 3000), st.lists(intervals(), max_size=4))
def test_the_clock_has_run_exactly_the_limit_when_it_is_due(
    begin: datetime, minutes: int, pauses: list[Interval]
) -> None:
    limit = Limit(amount=timedelta(minutes=minutes), clock="opening_time")
    due = target(begin, limit, TOWN_HALL, pauses)
    assert TOWN_HALL.open_time(Interval(begin, due.due)) - due.paused == limit.amount
