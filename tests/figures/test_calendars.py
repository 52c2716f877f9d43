"""Which time counts (C1, C22, A1)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.calendars import TOKYO, Calendar, NoOpeningDayError
from slm_domain.figures.hours import Hours, ReversedShiftError, Shift, WeeklyShifts
from slm_domain.figures.intervals import measure
from slm_domain.figures.local_time import start_of_day
from slm_domain.figures.periods import FiscalYear, Interval, Month
from slm_domain.figures.proposal import propose_closed_days
from tests.figures.builders import APRIL, AROUND_THE_CLOCK, EDGE, TOWN_HALL, days, instants, intervals, jst

BERLIN = ZoneInfo("Europe/Berlin")
LUNCH = Shift(time(12), time(13))


def test_april_2025_has_21_opening_days_and_11025_opening_minutes() -> None:
    assert len(TOWN_HALL.opening_days(APRIL)) == 21
    assert TOWN_HALL.open_time(APRIL.interval(TOKYO)) == timedelta(minutes=11_025)


def test_january_2026_has_19_opening_days_and_fiscal_reiwa_7_has_242() -> None:
    assert len(TOWN_HALL.opening_days(Month(2026, 1))) == 19
    assert len(TOWN_HALL.opening_days(FiscalYear(2025))) == 242


def test_a_stop_over_the_night_counts_105_minutes_of_opening_hours() -> None:
    assert TOWN_HALL.open_time(Interval(jst(4, 10, 16, 30), jst(4, 11, 9, 30))) == timedelta(minutes=105)


def test_opening_time_runs_on_over_the_change_of_the_fiscal_year() -> None:
    over_the_change = Interval(jst(3, 31, 16), jst(4, 1, 9, 30))
    assert TOWN_HALL.open_time(over_the_change) == timedelta(minutes=75 + 60)
    assert measure(TOWN_HALL.open_intervals(over_the_change)) == timedelta(minutes=75 + 60)
    assert TOWN_HALL.add_opening_time(jst(3, 31, 16), timedelta(minutes=90)) == jst(4, 1, 8, 45)
    assert TOWN_HALL.subtract_opening_time(jst(4, 1, 8, 45), timedelta(minutes=90)) == jst(3, 31, 16)


def test_figures_use_the_closed_days_that_were_fixed_and_not_the_proposal() -> None:
    founding_day = date(2025, 4, 10)
    fixed = Calendar(hours=TOWN_HALL.hours, fixed={FiscalYear(2025): frozenset({founding_day})})
    assert not fixed.is_open_day(founding_day)
    assert fixed.is_open_day(date(2025, 5, 5))  # a national holiday that the entry left open
    assert not fixed.is_open_day(date(2026, 5, 5))  # the next year is not fixed yet


def test_a_year_that_is_not_fixed_is_provisional() -> None:
    fixed = Calendar(hours=TOWN_HALL.hours, fixed={FiscalYear(2025): propose_closed_days(FiscalYear(2025)).dates})
    assert propose_closed_days(FiscalYear(2025)).provisional
    assert not fixed.is_provisional(FiscalYear(2025).interval(TOKYO))
    assert fixed.is_provisional(Interval(jst(3, 31, year=2026), jst(4, 2, year=2026)))
    assert not AROUND_THE_CLOCK.is_provisional(APRIL.interval(TOKYO))


def test_a_calendar_does_not_change_when_its_maker_changes_the_years_it_gave() -> None:
    years = {FiscalYear(2025): frozenset[date]()}
    calendar = Calendar(hours=TOWN_HALL.hours, fixed=years)
    years.clear()
    assert calendar.is_open_day(date(2025, 5, 5))


def test_breaks_are_left_out() -> None:
    with_lunch = Calendar(hours=Hours.weekdays(time(8, 30), time(17, 15), TOKYO, breaks=(LUNCH,)))
    assert with_lunch.day_intervals(date(2025, 4, 10)) == (
        Interval(jst(4, 10, 8, 30), jst(4, 10, 12)),
        Interval(jst(4, 10, 13), jst(4, 10, 17, 15)),
    )


def test_a_break_is_cut_out_of_a_day_that_ends_at_midnight() -> None:
    hours = Hours(zone=TOKYO, weekly=((Shift(time(0), time(0)),),) * 7, breaks=(Shift(time(22), time(0)), LUNCH))
    calendar = Calendar(hours=hours, observes_closed_days=False)
    assert calendar.day_intervals(date(2025, 4, 10)) == (
        Interval(jst(4, 10), jst(4, 10, 12)),
        Interval(jst(4, 10, 13), jst(4, 10, 22)),
    )


def test_a_special_day_without_shifts_is_closed() -> None:
    hours = Hours(zone=TOKYO, weekly=TOWN_HALL.hours.weekly, special_days={date(2025, 4, 10): ()})
    assert not Calendar(hours=hours).is_open_day(date(2025, 4, 10))


def test_special_days_replace_weekly_hours_and_closed_days() -> None:
    election, half_day = date(2025, 5, 5), date(2025, 5, 7)
    hours = Hours(
        zone=TOKYO,
        weekly=TOWN_HALL.hours.weekly,
        special_days={election: (Shift(time(7), time(20)),), half_day: (Shift(time(8, 30), time(12)),)},
    )
    calendar = Calendar(hours=hours)
    assert calendar.is_open_day(election)
    assert measure(calendar.day_intervals(half_day)) == timedelta(hours=3, minutes=30)


def test_a_shift_over_midnight_is_refused() -> None:
    with pytest.raises(ReversedShiftError, match="split it at midnight"):
        Shift(time(22), time(6))


def test_closing_at_midnight_means_the_end_of_the_day() -> None:
    assert AROUND_THE_CLOCK.open_intervals(APRIL.interval(TOKYO)) == (APRIL.interval(TOKYO),)


def test_opening_hours_follow_the_clocks_of_their_zone() -> None:
    always = Calendar(hours=Hours.always(BERLIN), observes_closed_days=False)
    assert always.open_time(Month(2025, 3).interval(BERLIN)) == timedelta(days=31, hours=-1)
    night = Hours(zone=BERLIN, weekly=((Shift(time(1), time(4)),),) * 7)
    calendar = Calendar(hours=night, observes_closed_days=False)
    assert measure(calendar.day_intervals(date(2025, 3, 30))) == timedelta(hours=2)
    assert measure(calendar.day_intervals(date(2025, 10, 26))) == timedelta(hours=4)


def test_a_shift_that_closes_in_an_hour_shown_twice_closes_the_second_time() -> None:
    night = Hours(zone=BERLIN, weekly=((Shift(time(1), time(2, 30)),),) * 7)
    calendar = Calendar(hours=night, observes_closed_days=False)
    assert measure(calendar.day_intervals(date(2025, 10, 26))) == timedelta(hours=2, minutes=30)


def test_a_shift_that_clocks_skip_leaves_no_opening_time() -> None:
    skipped = Hours(zone=BERLIN, weekly=((Shift(time(2, 15), time(2, 45)),),) * 7)
    calendar = Calendar(hours=skipped, observes_closed_days=False)
    assert calendar.day_intervals(date(2025, 3, 30)) == ()
    assert measure(calendar.day_intervals(date(2025, 3, 31))) == timedelta(minutes=30)


@given(intervals())
def test_the_length_of_opening_hours_is_that_of_its_intervals(period: Interval) -> None:
    assert TOWN_HALL.open_time(period) == measure(TOWN_HALL.open_intervals(period))


@given(instants(), instants(), instants())
def test_splitting_a_period_adds_its_opening_time(one: datetime, two: datetime, three: datetime) -> None:
    start, middle, end = sorted({one, two, three, datetime(2019, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)})[
        :3
    ]
    whole = TOWN_HALL.open_time(Interval(start, end))
    assert TOWN_HALL.open_time(Interval(start, middle)) + TOWN_HALL.open_time(Interval(middle, end)) == whole


@given(days())
def test_the_next_and_the_previous_opening_day_leave_no_opening_day_between(day: date) -> None:
    after, before = TOWN_HALL.next_open_day(day), TOWN_HALL.previous_open_day(day)
    assert before < day < after
    between = (before + timedelta(days=number) for number in range(1, (after - before).days))
    assert not any(TOWN_HALL.is_open_day(each) for each in between if each != day)


@given(intervals())
def test_adding_the_opening_time_of_a_period_to_its_start_leads_to_its_last_open_instant(period: Interval) -> None:
    amount = TOWN_HALL.open_time(period)
    if not amount:
        assert TOWN_HALL.add_opening_time(period.start, amount) == period.start
        return
    reached = TOWN_HALL.add_opening_time(period.start, amount)
    assert reached <= period.end
    assert TOWN_HALL.open_time(Interval(period.start, reached)) == amount
    left = TOWN_HALL.subtract_opening_time(period.end, amount)
    assert left >= period.start
    assert TOWN_HALL.open_time(Interval(left, period.end)) == amount


def test_the_office_is_closed_at_the_instant_it_closes() -> None:
    assert TOWN_HALL.is_open(jst(4, 10, 8, 30))
    assert not TOWN_HALL.is_open(jst(4, 10, 17, 15))
    assert TOWN_HALL.next_opening(jst(4, 10, 17, 15)) == jst(4, 11, 8, 30)
    assert TOWN_HALL.closing(date(2025, 4, 10)) == jst(4, 10, 17, 15)
    assert TOWN_HALL.closing(date(2025, 4, 12)) is None


def test_opening_time_that_never_comes_is_an_error_and_not_an_endless_search() -> None:
    never = Calendar(hours=Hours(zone=TOKYO, weekly=((),) * 7))
    with pytest.raises(NoOpeningDayError, match="2025-04-10"):
        never.next_open_day(date(2025, 4, 10))
    with pytest.raises(NoOpeningDayError):
        never.add_opening_time(jst(4, 10), timedelta(minutes=1))
    with pytest.raises(NoOpeningDayError):
        never.subtract_opening_time(jst(4, 10), timedelta(minutes=1))


def test_opening_days_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        TOWN_HALL.nth_open_day_of_month(APRIL, 0)


# Hours that change

MONDAYS_TO_FRIDAYS = ((Shift(time(9), time(17)),),) * 5 + ((),) * 2
SHORTER = WeeklyShifts(
    effective_from=date(2025, 10, 1),
    shifts=((Shift(time(10), time(16)),),) * 5 + ((),) * 2,
    breaks=(Shift(time(12), time(12, 30)),),
)
CHANGED = Calendar(
    hours=Hours(zone=TOKYO, weekly=MONDAYS_TO_FRIDAYS, breaks=(LUNCH,), changes=(SHORTER,)), observes_closed_days=False
)


def test_other_weekly_hours_and_breaks_hold_from_their_day_on() -> None:
    # Tue 30 September: 9-17 less the hour of lunch = 7 h; Wed 1 October: 10-16 less half an hour = 5 h 30.
    assert CHANGED.open_time(Interval(jst(9, 30), jst(10, 1))) == timedelta(hours=7)
    assert CHANGED.open_time(Interval(jst(10, 1), jst(10, 2))) == timedelta(hours=5, minutes=30)


def test_a_clock_keeps_what_it_ran_before_the_hours_changed() -> None:
    # From 16:00 on 30 September one hour is left of the day; of four hours three remain: 10-12, 12:30-13:30.
    assert CHANGED.add_opening_time(jst(9, 30, 16), timedelta(hours=4)) == jst(10, 1, 13, 30)
    assert CHANGED.subtract_opening_time(jst(10, 1, 13, 30), timedelta(hours=4)) == jst(9, 30, 16)


def test_breaks_of_the_week_in_force_are_cut_out_of_a_special_day() -> None:
    open_all_day = (Shift(time(8), time(20)),)
    special = {date(2025, 9, 28): open_all_day, date(2025, 10, 5): open_all_day}  # two Sundays
    hours = Hours(zone=TOKYO, weekly=MONDAYS_TO_FRIDAYS, breaks=(LUNCH,), changes=(SHORTER,), special_days=special)
    calendar = Calendar(hours=hours, observes_closed_days=False)
    assert calendar.open_time(Interval(jst(9, 28), jst(9, 29))) == timedelta(hours=11)
    assert calendar.open_time(Interval(jst(10, 5), jst(10, 6))) == timedelta(hours=11, minutes=30)


def test_days_that_only_this_calendar_closes_are_closed_whatever_the_year_fixes() -> None:
    founding_day, special = date(2025, 6, 2), date(2025, 6, 3)
    hours = Hours(zone=TOKYO, weekly=MONDAYS_TO_FRIDAYS, special_days={special: (Shift(time(9), time(10)),)})
    calendar = Calendar(hours=hours, observes_closed_days=False, also_closed=frozenset({founding_day, special}))
    assert not calendar.is_open_day(founding_day)
    assert calendar.open_time(Interval(jst(6, 3), jst(6, 4))) == timedelta(hours=1)  # a special day goes before


EARLIER = Calendar(hours=Hours.weekdays(time(9), time(17), TOKYO), observes_closed_days=False)
LATER = Calendar(hours=Hours.weekdays(time(10), time(12), TOKYO), observes_closed_days=False)


@pytest.mark.parametrize("begins", [date(2025, 4, 1), date(2025, 7, 1)])
def test_a_later_calendar_takes_over_on_its_day_inside_a_fiscal_year_and_at_its_start(begins: date) -> None:
    both = Calendar(hours=EARLIER.hours, observes_closed_days=False, later=((begins, LATER),))
    day = begins - timedelta(days=1)
    midnight = datetime.combine(begins, time(), TOKYO)
    assert both.closing(day) == midnight - timedelta(hours=7)
    assert both.closing(begins) == midnight + timedelta(hours=12)
    assert both.add_opening_time(midnight - timedelta(hours=8), timedelta(hours=2)) == midnight + timedelta(hours=11)


@given(period=intervals(), begins=days())
def test_opening_time_over_a_change_of_calendars_is_that_of_each_in_its_time(period: Interval, begins: date) -> None:
    both = Calendar(hours=EARLIER.hours, observes_closed_days=False, later=((begins, LATER),))
    change = start_of_day(begins, TOKYO)
    before, after = period.until(change), period.clipped(Interval(change, max(change, period.end) + timedelta(days=1)))
    parts = [EARLIER.open_time(before)] if before else []
    parts += [LATER.open_time(after)] if after else []
    assert both.open_time(period) == sum(parts, timedelta()) == measure(both.open_intervals(period))


def test_a_period_is_provisional_when_a_calendar_in_force_in_it_is() -> None:
    both = Calendar(hours=AROUND_THE_CLOCK.hours, observes_closed_days=False, later=((date(2025, 7, 1), TOWN_HALL),))
    assert not both.is_provisional(Month(2025, 6).interval(TOKYO))
    assert both.is_provisional(Interval(jst(6, 30), jst(7, 2)))


def test_calendars_with_the_same_hours_share_the_years_they_work_out() -> None:
    first = Calendar(hours=Hours.weekdays(time(9), time(17), TOKYO, breaks=(LUNCH,)))
    other = Calendar(
        hours=Hours.weekdays(time(9), time(17), TOKYO, breaks=(LUNCH,)), fixed={FiscalYear(2030): frozenset()}
    )
    assert first.year(FiscalYear(2025)) is other.year(FiscalYear(2025))
    assert first.year(FiscalYear(2030)) is not other.year(FiscalYear(2030))


# Clocks put forward and back, Europe/Berlin 2025: 30 March has 23 hours, 26 October has 25

AROUND_THE_CLOCK_IN_BERLIN = Calendar(hours=Hours.always(BERLIN), observes_closed_days=False)


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 29), 24), (date(2025, 3, 30), 23), (date(2025, 10, 26), 25)])
def test_a_day_has_the_hours_that_pass_on_it(day: date, hours: int) -> None:
    (interval,) = AROUND_THE_CLOCK_IN_BERLIN.day_intervals(day)
    assert interval.length == timedelta(hours=hours)


def test_a_night_shift_loses_the_hour_that_clocks_skip_and_gains_the_one_shown_twice() -> None:
    night = Hours(zone=BERLIN, weekly=((Shift(time(1), time(4)),),) * 7)
    calendar = Calendar(hours=night, observes_closed_days=False)
    spring, autumn = calendar.day_intervals(date(2025, 3, 30)), calendar.day_intervals(date(2025, 10, 26))
    assert [each.length for each in spring] == [timedelta(hours=2)]  # 01:00 CET = 00:00Z to 04:00 CEST = 02:00Z
    assert [each.length for each in autumn] == [timedelta(hours=4)]  # 01:00 CEST = 23:00Z to 04:00 CET = 03:00Z
    start = datetime(2025, 3, 30, 0, 30, tzinfo=BERLIN)
    assert calendar.add_opening_time(start, timedelta(hours=3)) == datetime(2025, 3, 31, 2, tzinfo=BERLIN)


@given(instants(), st.integers(1, 150 * 60))
def test_opening_time_runs_minute_by_minute_and_back_into_the_last_fiscal_year(instant: datetime, amount: int) -> None:
    minute, month = timedelta(minutes=1), timedelta(days=31)
    open_minutes = [
        each.start + number * minute
        for each in TOWN_HALL.open_intervals(Interval(EDGE - month, EDGE + 2 * month))
        for number in range(each.length // minute)
    ]
    later = [each for each in open_minutes if each >= instant]
    earlier = [each for each in open_minutes if each < instant]
    assert TOWN_HALL.next_opening(instant) == later[0]
    assert TOWN_HALL.add_opening_time(instant, amount * minute) == later[amount - 1] + minute
    assert TOWN_HALL.subtract_opening_time(instant, amount * minute) == earlier[-amount]
