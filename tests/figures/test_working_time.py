"""Opening time back and forth, day by day, and of several calendars together."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.calendars import Calendar, NoOpeningDayError
from slm_domain.figures.hours import Hours, Shift
from slm_domain.figures.periods import EmptyPeriodError, Interval
from slm_domain.figures.working_time import (
    add_opening_days,
    add_working_time,
    common_opening_periods,
    last_open_moment,
    opening_periods,
    opening_time_between,
    with_breaks,
)
from tests.figures.builders import AROUND_THE_CLOCK, TOWN_HALL, instants, jst

LUNCH = Shift(time(12), time(13))


def mornings(*weekdays: int) -> Calendar:
    weekly = tuple((Shift(time(9), time(12)),) if day in weekdays else () for day in range(7))
    return Calendar(hours=Hours(zone=ZoneInfo("UTC"), weekly=weekly), observes_closed_days=False)


def test_the_last_open_moment_is_the_instant_itself_while_open_and_at_closing() -> None:
    assert last_open_moment(jst(4, 10, 8, 30), TOWN_HALL) == jst(4, 10, 8, 30)  # open from the moment it opens
    assert last_open_moment(jst(4, 10, 12), TOWN_HALL) == jst(4, 10, 12)
    assert last_open_moment(jst(4, 10, 17, 15), TOWN_HALL) == jst(4, 10, 17, 15)


def test_the_last_open_moment_of_a_closed_time_is_the_closing_before_it() -> None:
    assert last_open_moment(jst(4, 10, 8, 29), TOWN_HALL) == jst(4, 9, 17, 15)
    assert last_open_moment(jst(4, 13, 10), TOWN_HALL) == jst(4, 11, 17, 15)  # a Sunday


def test_working_time_runs_both_ways_over_the_night() -> None:
    # Thursday 17:00 + 30 min: 15 min until 17:15, 15 min from Friday 8:30
    assert add_working_time(jst(4, 10, 17), timedelta(minutes=30), TOWN_HALL) == jst(4, 11, 8, 45)
    assert add_working_time(jst(4, 11, 8, 45), timedelta(minutes=-30), TOWN_HALL) == jst(4, 10, 17)
    assert add_working_time(jst(4, 12, 10), timedelta(), TOWN_HALL) == jst(4, 14, 8, 30)


def test_opening_time_between_two_instants_is_refused_only_when_they_are_reversed() -> None:
    assert opening_time_between(jst(4, 10, 17), jst(4, 11, 9), TOWN_HALL) == timedelta(minutes=45)
    assert opening_time_between(jst(4, 10, 10), jst(4, 10, 10), TOWN_HALL) == timedelta()
    with pytest.raises(EmptyPeriodError):
        opening_time_between(jst(4, 10, 11), jst(4, 10, 10), TOWN_HALL)


def test_opening_days_keep_the_clock_time() -> None:
    assert add_opening_days(jst(4, 10, 10), 2, TOWN_HALL) == jst(4, 14, 10)
    assert add_opening_days(jst(4, 14, 10), -2, TOWN_HALL) == jst(4, 10, 10)
    assert add_opening_days(jst(4, 14, 8, 30), -2, TOWN_HALL) == jst(4, 10, 8, 30)  # not the closing of the 9th
    assert add_opening_days(jst(4, 10, 10), 0, TOWN_HALL) == jst(4, 10, 10)


def test_a_clock_time_outside_the_hours_leads_on_or_back() -> None:
    assert add_opening_days(jst(4, 10, 7), 1, TOWN_HALL) == jst(4, 11, 8, 30)
    assert add_opening_days(jst(4, 10, 18), 1, TOWN_HALL) == jst(4, 14, 8, 30)  # Friday 18:00 is over
    assert add_opening_days(jst(4, 14, 7), -1, TOWN_HALL) == jst(4, 10, 17, 15)
    assert add_opening_days(jst(4, 14, 18), -1, TOWN_HALL) == jst(4, 11, 17, 15)


def test_the_closing_moment_belongs_to_its_day() -> None:
    assert add_opening_days(jst(4, 10, 17, 15), 1, TOWN_HALL) == jst(4, 11, 17, 15)


def test_days_may_end_with_the_closing_of_the_last_one() -> None:
    assert add_opening_days(jst(4, 10, 10), 2, TOWN_HALL, at_closing=True) == jst(4, 14, 17, 15)
    assert add_opening_days(jst(4, 12, 10), 0, TOWN_HALL, at_closing=True) == jst(4, 13)  # a Saturday ends with the day


def test_opening_periods_come_day_by_day_from_the_instant_on() -> None:
    assert list(islice(opening_periods(jst(4, 11, 12), TOWN_HALL), 2)) == [
        Interval(jst(4, 11, 12), jst(4, 11, 17, 15)),
        Interval(jst(4, 14, 8, 30), jst(4, 14, 17, 15)),
    ]
    assert list(islice(opening_periods(jst(4, 11, 12), AROUND_THE_CLOCK), 2)) == [
        Interval(jst(4, 11, 12), jst(4, 12)),
        Interval(jst(4, 12), jst(4, 13)),
    ]


def test_common_opening_periods_are_those_in_which_all_are_open() -> None:
    calls = mornings(0, 2)
    found = common_opening_periods(datetime(2025, 4, 7, tzinfo=UTC), [calls, mornings(2, 4)])
    assert next(found) == Interval(datetime(2025, 4, 9, 9, tzinfo=UTC), datetime(2025, 4, 9, 12, tzinfo=UTC))


def test_calendars_that_never_meet_are_an_error_and_not_an_endless_search() -> None:
    with pytest.raises(NoOpeningDayError):
        next(common_opening_periods(datetime(2025, 4, 7, tzinfo=UTC), [mornings(0), mornings(1)]))
    with pytest.raises(ValueError, match="no calendar"):
        next(common_opening_periods(datetime(2025, 4, 7, tzinfo=UTC), []))


def test_a_break_of_one_day_is_cut_out_of_that_day_only() -> None:
    broken = with_breaks(TOWN_HALL, {date(2025, 4, 10): (LUNCH,), date(2025, 4, 12): (LUNCH,)})
    assert broken.day_intervals(date(2025, 4, 10)) == (
        Interval(jst(4, 10, 8, 30), jst(4, 10, 12)),
        Interval(jst(4, 10, 13), jst(4, 10, 17, 15)),
    )
    assert broken.day_intervals(date(2025, 4, 11)) == TOWN_HALL.day_intervals(date(2025, 4, 11))
    assert not broken.is_open_day(date(2025, 4, 12))  # a Saturday stays closed


def test_a_break_may_take_a_whole_day_and_may_last_until_midnight() -> None:
    late = Shift(time(22), time(0))
    broken = with_breaks(AROUND_THE_CLOCK, {date(2025, 4, 10): (late,), date(2025, 4, 11): (Shift(time(0), time(0)),)})
    assert broken.day_intervals(date(2025, 4, 10)) == (Interval(jst(4, 10), jst(4, 10, 22)),)
    assert not broken.is_open_day(date(2025, 4, 11))


@given(instants(), st.integers(-6000, 6000).filter(bool))
def test_working_time_added_is_the_opening_time_between(start: datetime, minutes: int) -> None:
    amount = timedelta(minutes=minutes)
    reached = add_working_time(start, amount, TOWN_HALL)
    assert TOWN_HALL.open_time(Interval(min(start, reached), max(start, reached))) == abs(amount)
