"""How long the service was down, and why not longer or shorter (C2 to C7, C11, C23, C25)."""

from datetime import timedelta
from fractions import Fraction

import pytest

from slm_domain.figures.buckets import Buckets, total
from slm_domain.figures.calendars import TOKYO
from slm_domain.figures.display import percent
from slm_domain.figures.downtime import (
    Counting,
    Downtime,
    DowntimeTerms,
    OccurrenceLine,
    Surroundings,
    downtime,
    downtime_bounds,
)
from slm_domain.figures.occurrences import ExclusionStatus, Occurrence, contested
from slm_domain.figures.periods import EmptyPeriodError, Interval
from slm_domain.figures.stops import stop_total
from tests.figures.builders import (
    APRIL,
    AROUND_THE_CLOCK,
    EVERY_INTERRUPTION,
    LATER,
    MAY,
    SHIMANTO,
    SIXTY_MINUTES,
    TEN_DAYS,
    TOWN_HALL,
    april,
    excluded,
    figure_of,
    jst,
    outage,
    stop,
)

ACCEPTED, CLAIMED, REJECTED = ExclusionStatus.ACCEPTED, ExclusionStatus.CLAIMED, ExclusionStatus.REJECTED


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def only_line(figure: Downtime) -> OccurrenceLine:
    (line,) = figure.lines
    return line


def test_a_stop_over_the_night_counts_105_minutes_and_leaves_9904_percent() -> None:
    figure = april(stop("A-1", jst(4, 10, 16, 30), jst(4, 11, 9, 30)))
    assert figure.down == minutes(105)
    assert figure.base == minutes(11_025)
    assert figure.availability == Fraction(11_025 - 105, 11_025)
    assert percent(figure.availability, digits=2, towards="down") == "99.04"


@pytest.mark.parametrize(("length", "counting"), [(59, Counting.BELOW_MINIMUM), (60, Counting.COUNTED)])
def test_a_stop_of_exactly_60_minutes_is_a_stop(length: int, counting: Counting) -> None:
    figure = april(stop("A-1", jst(4, 10, 9), jst(4, 10, 9) + minutes(length)))
    assert only_line(figure).counting is counting
    assert figure.down == (minutes(length) if counting is Counting.COUNTED else minutes(0))


@pytest.mark.parametrize(("length", "passed"), [(60, False), (61, True)])
def test_a_month_whose_stops_total_exactly_60_minutes_keeps_its_fee(length: int, *, passed: bool) -> None:
    stops = stop_total([april(stop("A-1", jst(4, 10, 9), jst(4, 10, 9) + minutes(length)))], SIXTY_MINUTES)
    assert stops.stopped == minutes(length)
    assert stops.passed is passed
    assert stops.share == (Fraction(61, 11_025) if passed else 0)  # all of the time, no free first hour


def test_without_a_threshold_any_stopped_time_reaches_the_fee() -> None:
    figure = april(stop("A-1", jst(4, 10, 9), jst(4, 10, 9, 1)), terms=EVERY_INTERRUPTION)
    assert stop_total([figure], None).share == Fraction(1, 11_025)
    assert not stop_total([april()], None).passed


def test_a_stop_is_measured_as_a_whole_where_the_term_says_so() -> None:
    over_night = stop("A-1", jst(4, 10, 17), jst(4, 11, 8, 45))
    whole = DowntimeTerms(base=SHIMANTO.base, min_stop=SIXTY_MINUTES, stop_length="whole")
    assert only_line(april(over_night)).counting is Counting.BELOW_MINIMUM  # 30 minutes inside opening hours
    assert april(over_night, terms=whole).down == minutes(30)


def test_the_length_of_a_stop_is_that_of_the_whole_occurrence_not_of_its_part_in_the_month() -> None:
    over_month_end = stop("A-1", jst(4, 30, 17), jst(5, 1, 9, 30))
    line = only_line(april(over_month_end))
    assert (line.in_period, line.stop_length, line.counted) == (minutes(15), minutes(75), minutes(15))
    in_april = april(over_month_end, until=jst(5, 1))
    assert only_line(in_april).counting is Counting.BELOW_MINIMUM  # as known before it went on


def test_an_open_outage_runs_to_the_instant_of_judgement_and_no_further_than_the_period() -> None:
    still_open = stop("A-1", jst(4, 30, 9), None)
    assert april(still_open, until=jst(4, 30, 11)).down == minutes(120)
    assert april(still_open, until=jst(5, 8)).down == minutes(495)


def test_time_after_the_instant_of_judgement_is_still_to_come() -> None:
    figure = april(until=jst(4, 11))
    assert figure.base == timedelta(hours=8, minutes=45) * 8
    assert figure.buckets.to_come == timedelta(days=20)
    assert april(until=jst(3, 31)).availability is None


def test_an_outage_that_outlives_its_exclusion_is_split_at_its_end() -> None:
    claim = excluded(ACCEPTED, jst(4, 10, 9), jst(4, 10, 10))
    figure = april(stop("A-1", jst(4, 10, 9), jst(4, 10, 12), claim))
    line = only_line(figure)
    assert (line.in_period, line.excluded, line.counted) == (minutes(180), minutes(60), minutes(120))
    assert figure.slices[0].interval == Interval(jst(4, 10, 10), jst(4, 10, 12))


def test_what_is_left_of_a_stop_beside_its_exclusion_must_itself_be_a_stop() -> None:
    claim = excluded(ACCEPTED, jst(4, 10, 9), jst(4, 10, 11, 30))
    line = only_line(april(stop("A-1", jst(4, 10, 9), jst(4, 10, 12), claim)))
    assert (line.counting, line.stop_length, line.counted) == (Counting.BELOW_MINIMUM, minutes(30), minutes(0))


@pytest.mark.parametrize(
    ("status", "counting", "down"),
    [
        (ACCEPTED, Counting.EXCLUDED, 0),
        (CLAIMED, Counting.CLAIMED_COUNTS_AS_DOWN, 120),
        (REJECTED, Counting.COUNTED, 120),
    ],
)
def test_an_exclusion_counts_as_down_until_it_is_accepted(
    status: ExclusionStatus, counting: Counting, down: int
) -> None:
    figure = april(stop("A-1", jst(4, 10, 9), jst(4, 10, 11), excluded(status)))
    assert only_line(figure).counting is counting
    assert figure.down == minutes(down)


def test_both_exclusion_policies_are_shown() -> None:
    figure = april(
        stop("A-1", jst(4, 10, 9), jst(4, 10, 11), excluded(ACCEPTED)), stop("A-2", jst(4, 11, 9), jst(4, 11, 10))
    )
    assert figure.availability_under_both == {
        "remove": Fraction(11_025 - 120 - 60, 11_025 - 120),
        "count_as_up": Fraction(11_025 - 60, 11_025),
    }
    assert figure.availability == Fraction(11_025 - 60, 11_025)


def test_what_a_stop_outlasts_of_an_agreed_window_must_itself_be_a_stop() -> None:
    window = Surroundings(excluded=(Interval(jst(4, 10, 9), jst(4, 10, 11, 30)),))
    overrun = [stop("A-1", jst(4, 10, 9), jst(4, 10, 12))]
    figure = figure_of(overrun, SHIMANTO, APRIL.interval(TOKYO), surroundings=window)
    assert (only_line(figure).counting, figure.down) == (Counting.BELOW_MINIMUM, minutes(0))
    assert figure.buckets.excluded == minutes(150)
    every = figure_of(overrun, EVERY_INTERRUPTION, APRIL.interval(TOKYO), surroundings=window)
    assert (only_line(every).counting, every.down) == (Counting.COUNTED, minutes(30))


def test_an_exclusion_of_one_occurrence_does_not_excuse_another() -> None:
    storm = stop("A-1", jst(4, 10, 9), jst(4, 10, 12), excluded(ACCEPTED))
    fault = stop("A-2", jst(4, 10, 10), jst(4, 10, 11))
    figure = april(storm, fault)
    assert figure.down == minutes(60)
    assert figure.buckets.excluded == minutes(120)


def test_a_stop_outside_opening_hours_does_not_count_and_says_so() -> None:
    line = only_line(april(stop("A-1", jst(4, 12, 9), jst(4, 13, 9))))
    assert (line.counting, line.in_period, line.intervals) == (Counting.OUTSIDE_HOURS, minutes(0), ())


def test_an_occurrence_that_does_not_touch_the_period_is_not_listed() -> None:
    assert april(stop("A-1", jst(5, 1, 9), jst(5, 1, 12))).lines == ()


def test_overlapping_stops_count_once_and_the_lines_add_up_to_the_figure() -> None:
    figure = april(stop("A-1", jst(4, 10, 9), jst(4, 10, 11)), stop("A-2", jst(4, 10, 10), jst(4, 10, 12)))
    assert figure.down == minutes(180)
    assert [line.counted for line in figure.lines] == [minutes(120), minutes(60)]
    assert [line.in_period for line in figure.lines] == [minutes(120), minutes(120)]


def test_a_partial_outage_is_down_in_full_and_lost_in_part() -> None:
    half = Occurrence(incident="B-1", outages=(outage(jst(4, 10, 9), jst(4, 10, 11), Fraction(1, 2)),))
    figure = april(half)
    assert figure.down == minutes(120)
    assert figure.buckets.lost == 3_600
    assert figure.availability == Fraction(11_025 - 60, 11_025)


def test_a_part_that_the_terms_give_no_weight_is_listed_and_is_no_stop() -> None:
    figure = april(Occurrence(incident="B-1", outages=(outage(jst(4, 10, 9), jst(4, 10, 11), Fraction(0)),)))
    assert only_line(figure).counting is Counting.NO_STOP
    assert figure.down == minutes(0)


def test_unmeasured_time_leaves_the_base_or_stays_in_it_and_is_shown_apart() -> None:
    blind = Surroundings(unmeasured=(Interval(jst(4, 10, 9), jst(4, 10, 12)),))
    stopped = [stop("A-1", jst(4, 10, 11), jst(4, 10, 13))]
    month = APRIL.interval(TOKYO)
    removed = figure_of(stopped, EVERY_INTERRUPTION, month, surroundings=blind)
    assert (removed.base, removed.down) == (minutes(11_025 - 180), minutes(60))
    kept = figure_of(stopped, SHIMANTO, month, surroundings=blind)
    assert (kept.base, kept.down, kept.buckets.unmeasured) == (minutes(11_025), minutes(120), minutes(120))


def test_an_outage_in_unmeasured_time_does_not_count_where_that_time_is_removed() -> None:
    blind = Surroundings(unmeasured=(Interval(jst(4, 10, 9), jst(4, 10, 12)),))
    figure = figure_of(
        [stop("A-1", jst(4, 10, 9), jst(4, 10, 11))], EVERY_INTERRUPTION, APRIL.interval(TOKYO), surroundings=blind
    )
    assert only_line(figure).counting is Counting.UNMEASURED


def test_an_outage_of_which_nothing_measured_is_left_beside_its_exclusion_is_excluded() -> None:
    blind = Surroundings(unmeasured=(Interval(jst(4, 10, 9), jst(4, 10, 10)),))
    excused = stop("A-1", jst(4, 10, 9), jst(4, 10, 12), excluded(ACCEPTED, jst(4, 10, 10)))
    figure = figure_of([excused], EVERY_INTERRUPTION, APRIL.interval(TOKYO), surroundings=blind)
    assert only_line(figure).counting is Counting.EXCLUDED
    assert (figure.buckets.unmeasured, figure.buckets.excluded) == (minutes(60), minutes(120))


def test_time_both_excluded_and_unmeasured_lies_in_one_bucket() -> None:
    morning = Interval(jst(4, 10, 9), jst(4, 10, 12))
    both = Surroundings(unmeasured=(morning,), excluded=(morning,))
    for agreed in (SHIMANTO, EVERY_INTERRUPTION):
        buckets = figure_of([], agreed, APRIL.interval(TOKYO), surroundings=both).buckets
        assert buckets.unmeasured + buckets.excluded == minutes(180)
        assert buckets.up == minutes(11_025 - 180)


@pytest.mark.parametrize("figures", [SHIMANTO, EVERY_INTERRUPTION], ids=["stays in base", "removed"])
def test_where_nothing_was_measured_there_is_no_figure(figures: DowntimeTerms) -> None:
    month = APRIL.interval(TOKYO)
    assert figure_of([], figures, month, surroundings=Surroundings(unmeasured=(month,))).availability is None


def test_a_period_without_opening_hours_has_no_figure() -> None:
    weekend = Interval(jst(4, 12), jst(4, 14))
    assert figure_of([stop("A-1", jst(4, 12), jst(4, 13))], SHIMANTO, weekend).availability is None


def test_totals_add_time_and_never_average_percentages() -> None:
    months = [
        figure_of([stop("A-1", jst(5, 1, 9), jst(5, 1, 17))], SHIMANTO, month.interval(TOKYO), jst(6, 6))
        for month in (APRIL, MAY)
    ]
    together = total(each.buckets for each in months)
    assert together.down == minutes(480)
    assert together.base(SHIMANTO.base) == minutes(11_025 + 20 * 525)
    assert together.availability(SHIMANTO.base) == Fraction(41 * 525 - 480, 41 * 525)
    assert total([]) == Buckets()


def test_an_incident_stands_once_in_a_figure() -> None:
    twice = stop("A-1", jst(4, 10, 9), jst(4, 10, 11))
    with pytest.raises(ValueError, match="one occurrence"):
        april(twice, twice)


def test_contested_times_give_bounds_and_the_figure_the_term_picks() -> None:
    municipality = (outage(jst(4, 10, 9), jst(4, 10, 12)),)
    provider = (outage(jst(4, 10, 9, 30), jst(4, 10, 11)),)
    lowest, highest = contested([municipality, provider], jst(5, 8))
    found = Occurrence(incident="A-1", outages=municipality, lowest=lowest, highest=highest)
    bounds = downtime_bounds([found], period=APRIL.interval(TOKYO), until=jst(5, 8), calendar=TOWN_HALL, terms=SHIMANTO)
    assert [each.down for each in (bounds.lowest, bounds.picked, bounds.highest)] == [
        minutes(m) for m in (90, 180, 180)
    ]
    assert bounds.contested
    assert bounds.availability == (Fraction(11_025 - 180, 11_025), Fraction(11_025 - 90, 11_025))


def test_claims_that_differ_in_weight_agree_on_the_smaller() -> None:
    half, whole = (outage(jst(4, 10, 9), jst(4, 10, 12), Fraction(part, 2)) for part in (1, 2))
    assert contested([(half,), (whole,)], jst(5, 8)) == contested([(whole,), (half,)], jst(5, 8))
    lowest, highest = contested([(half,), (whole,)], jst(5, 8))
    assert [each.weight for each in (*lowest, *highest)] == [Fraction(1, 2), Fraction(1)]


def test_an_outage_that_is_open_in_one_claim_is_contested_up_to_the_instant() -> None:
    lowest, highest = contested(
        [(outage(jst(4, 10, 9), None),), (outage(jst(4, 10, 9), jst(4, 10, 10)),)], jst(4, 10, 11)
    )
    assert [each.end for each in (*lowest, *highest)] == [jst(4, 10, 10), jst(4, 10, 11)]


def test_uncontested_times_have_no_bounds_apart_from_the_figure() -> None:
    bounds = downtime_bounds(
        [stop("A-1", jst(4, 10, 9), jst(4, 10, 12))],
        period=APRIL.interval(TOKYO),
        until=jst(5, 8),
        calendar=TOWN_HALL,
        terms=SHIMANTO,
    )
    assert not bounds.contested
    assert bounds.availability == (bounds.picked.availability, bounds.picked.availability)


def test_a_year_whose_closed_days_are_only_proposed_makes_the_figure_provisional() -> None:
    assert april().provisional
    around_the_clock = downtime([], period=TEN_DAYS, until=LATER, calendar=AROUND_THE_CLOCK, terms=SHIMANTO)
    assert not around_the_clock.provisional


def test_impossible_outages_are_refused() -> None:
    with pytest.raises(EmptyPeriodError):
        outage(jst(4, 10), jst(4, 10))
    with pytest.raises(ValueError, match="between none and all"):
        outage(jst(4, 10), None, Fraction(3, 2))
    with pytest.raises(ValueError, match="nothing contested"):
        contested([], jst(5, 8))
