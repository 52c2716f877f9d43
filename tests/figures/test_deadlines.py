"""Until when something is to be done (C13, C14)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.calendars import TOKYO
from slm_domain.figures.deadlines import (
    Deadline,
    Shifting,
    WrongDeadlineError,
    clock_time,
    due,
    due_after_period,
    next_service_day,
    nth_opening_day_due,
    runs_from,
)
from slm_domain.figures.periods import Interval
from tests.figures.builders import APRIL, MAY, TOWN_HALL, instants, jst

FRIDAY = jst(4, 11, 10)


def calendar_days(number: int, *, count_first_day: bool = False, shift: Shifting = "none") -> Deadline:
    return Deadline(amount=number, unit="calendar_days", count_first_day=count_first_day, shift=shift)


def test_the_inspection_of_april_2025_ends_with_saturday_10_may_under_the_literal_term() -> None:
    ends = due_after_period(APRIL.interval(TOKYO), calendar_days(10), TOWN_HALL)
    assert ends == jst(5, 11)  # the instant at which Saturday is over
    assert date(2025, 5, 10).strftime("%A") == "Saturday"


def test_a_deadline_on_a_closed_day_moves_only_where_a_term_says_so() -> None:
    period = APRIL.interval(TOKYO)
    assert due_after_period(period, calendar_days(10, shift="next"), TOWN_HALL) == jst(5, 13)
    assert due_after_period(period, calendar_days(10, shift="previous"), TOWN_HALL) == jst(5, 10)


def test_the_monthly_report_is_due_on_the_fifth_opening_day_of_the_next_month() -> None:
    assert nth_opening_day_due(MAY.first, 5, TOWN_HALL) == jst(5, 10)  # 9 May, after the holidays of 3 to 6 May
    assert nth_opening_day_due(MAY.first, 5, TOWN_HALL, end="end_of_opening_hours") == jst(5, 9, 17, 15)
    assert nth_opening_day_due(date(2026, 1, 1), 5, TOWN_HALL) == jst(1, 10, year=2026)


def test_three_days_from_a_friday_are_monday_or_wednesday_by_the_kind_of_days() -> None:
    assert due(FRIDAY, calendar_days(3), TOWN_HALL) == jst(4, 15)  # Monday is over
    assert due(FRIDAY, Deadline(amount=3, unit="opening_days"), TOWN_HALL) == jst(4, 17)  # Wednesday is over
    assert due(FRIDAY, Deadline(amount=timedelta(days=3), unit="elapsed"), TOWN_HALL) == jst(4, 14, 10)


def test_the_first_day_counts_only_where_a_term_says_so() -> None:
    assert due(FRIDAY, calendar_days(30), TOWN_HALL) == jst(5, 12)
    assert due(FRIDAY, calendar_days(30, count_first_day=True), TOWN_HALL) == jst(5, 11)
    counted = Deadline(amount=3, unit="opening_days", count_first_day=True)
    assert due(FRIDAY, counted, TOWN_HALL) == jst(4, 16)
    assert due(jst(4, 12), counted, TOWN_HALL) == jst(4, 17)  # a Saturday is no opening day to be counted


def test_an_invoice_received_on_a_payment_is_paid_the_business_day_before_a_closed_day() -> None:
    paid = calendar_days(30, count_first_day=True, shift="previous")
    assert due(jst(4, 5, 9), paid, TOWN_HALL) == jst(5, 3)  # 30 days from 5 April end on Sunday 4 May: Friday 2 May


def test_months_end_on_the_corresponding_day_or_the_months_last() -> None:
    month = Deadline(amount=1, unit="months")
    assert due(jst(1, 31), month, TOWN_HALL) == jst(3, 1)
    assert due(jst(4, 10), month, TOWN_HALL) == jst(5, 11)
    notice = Deadline(amount=6, unit="months", direction="before")
    assert due(jst(8, 31), notice, TOWN_HALL) == jst(3, 1)  # no later than 28 February


def test_a_month_that_counts_its_first_day_ends_the_day_before_the_corresponding_one() -> None:
    month = Deadline(amount=1, unit="months", count_first_day=True)
    assert due(jst(4, 1), month, TOWN_HALL) == jst(5, 1)
    assert due(jst(1, 31), month, TOWN_HALL) == jst(3, 1)
    assert due(
        jst(5, 1), Deadline(amount=1, unit="months", direction="before", count_first_day=True), TOWN_HALL
    ) == jst(4, 3)


def test_what_must_precede_something_is_counted_back_from_it() -> None:
    run = jst(5, 8, 22)  # Thursday after the holidays
    assert due(run, Deadline(amount=3, unit="calendar_days", direction="before"), TOWN_HALL) == jst(5, 6)
    assert due(run, Deadline(amount=3, unit="opening_days", direction="before"), TOWN_HALL) == jst(5, 2)
    assert due(run, Deadline(amount=timedelta(hours=1), unit="elapsed", direction="before"), TOWN_HALL) == jst(5, 8, 21)
    hours = Deadline(amount=timedelta(hours=1), unit="opening_hours", direction="before")
    assert due(run, hours, TOWN_HALL) == jst(5, 8, 16, 15)


def test_support_hours_run_only_while_support_is_open() -> None:
    assert due(jst(4, 11, 17), Deadline(amount=timedelta(minutes=30), unit="support_hours"), TOWN_HALL) == jst(
        4, 14, 8, 45
    )


def test_the_next_service_day_ends_with_the_hours_of_the_next_opening_day() -> None:
    assert next_service_day(FRIDAY, TOWN_HALL) == jst(4, 14, 17, 15)
    assert next_service_day(FRIDAY, TOWN_HALL, at="start") == jst(4, 14, 8, 30)


SATURDAY = jst(4, 12, 10)


def test_a_shift_back_never_makes_something_due_before_it_begins() -> None:
    # From Saturday a day is Sunday; the opening day before, Friday, is over: it ends with Sunday.
    assert due(SATURDAY, calendar_days(1, shift="previous"), TOWN_HALL) == jst(4, 14)
    # Friday itself is an opening day that is not over yet.
    assert due(FRIDAY, calendar_days(2, shift="previous"), TOWN_HALL) == jst(4, 12)
    # The work period ends on 31 December, and offices were open last on the 26th: the third of January ends it.
    december = Interval(jst(12, 1), jst(1, 1, year=2026))
    assert due_after_period(december, calendar_days(3, shift="previous"), TOWN_HALL) == jst(1, 4, year=2026)


def test_an_end_with_the_opening_hours_never_makes_something_due_before_it_begins() -> None:
    first_day = Deadline(amount=1, unit="calendar_days", count_first_day=True, end="end_of_opening_hours")
    assert due(FRIDAY, first_day, TOWN_HALL) == jst(4, 11, 17, 15)
    assert due(jst(4, 11, 17, 15), first_day, TOWN_HALL) == jst(4, 11, 17, 15)  # exactly then is in time
    assert due(jst(4, 11, 18), first_day, TOWN_HALL) == jst(4, 12)  # after closing it ends with the day
    shifted = Deadline(amount=1, unit="calendar_days", shift="previous", end="end_of_opening_hours")
    assert due(jst(4, 11, 18), shifted, TOWN_HALL) == jst(4, 13)  # Friday's hours are over: Saturday


def test_a_shift_on_never_makes_a_lead_due_after_what_it_leads_up_to() -> None:
    ahead = Deadline(amount=1, unit="calendar_days", direction="before", shift="next")
    assert due(jst(4, 13, 22), ahead, TOWN_HALL) == jst(4, 13)  # for Sunday it was to be asked for on Saturday
    assert due(jst(4, 14, 8), ahead, TOWN_HALL) == jst(4, 14)  # for Monday morning on Sunday
    assert due(jst(4, 15, 8), ahead, TOWN_HALL) == jst(4, 15)  # for Tuesday on Monday, an opening day


@given(
    instants(),
    st.builds(
        Deadline,
        amount=st.integers(1, 40),
        unit=st.sampled_from(["calendar_days", "opening_days", "months"]),
        direction=st.sampled_from(["after", "before"]),
        count_first_day=st.booleans(),
        shift=st.sampled_from(["none", "next", "previous"]),
        end=st.sampled_from(["end_of_day", "end_of_opening_hours"]),
    ),
)
def test_a_deadline_never_precedes_what_it_runs_from_and_a_lead_never_comes_after(
    instant: datetime, deadline: Deadline
) -> None:
    found = due(instant, deadline, TOWN_HALL)
    if deadline.direction == "after":
        assert found >= instant
    elif not deadline.count_first_day:  # which counts the day itself, and ends with it
        assert found <= instant


@pytest.mark.parametrize(
    ("received", "runs"),
    [
        (jst(4, 10, 10), jst(4, 10, 10)),
        (jst(4, 10, 7), jst(4, 10, 8, 30)),
        (jst(4, 10, 17, 15), jst(4, 11, 8, 30)),
        (jst(4, 11, 20), jst(4, 14, 8, 30)),
        (jst(5, 3, 12), jst(5, 7, 8, 30)),
    ],
)
def test_what_is_received_outside_support_hours_runs_from_their_next_start(received: datetime, runs: datetime) -> None:
    assert runs_from(received, TOWN_HALL) == runs


def test_a_closed_day_without_shift_ends_with_the_day_and_not_with_opening_hours() -> None:
    saturday = Deadline(amount=1, unit="calendar_days", end="end_of_opening_hours")
    assert due(FRIDAY, saturday, TOWN_HALL) == jst(4, 13)
    assert due(jst(4, 10), saturday, TOWN_HALL) == jst(4, 11, 17, 15)


def test_a_clock_that_was_paused_keeps_what_it_had_run() -> None:
    pause = Interval(jst(4, 10, 10), jst(4, 10, 11))
    day = Interval(jst(4, 10, 9), jst(4, 11, 9))
    assert clock_time(day, "support_hours", TOWN_HALL, [pause]) == timedelta(hours=7, minutes=45)
    assert clock_time(day, "elapsed", TOWN_HALL, [pause]) == timedelta(hours=23)


@pytest.mark.parametrize(
    "term",
    [
        {"amount": timedelta(days=3), "unit": "calendar_days"},
        {"amount": 30, "unit": "elapsed"},
        {"amount": -1, "unit": "opening_days"},
        {"amount": 0, "unit": "calendar_days", "count_first_day": True},
        {"amount": timedelta(minutes=-1), "unit": "elapsed"},
        {"amount": timedelta(hours=1), "unit": "elapsed", "shift": "next"},
        {"amount": timedelta(hours=1), "unit": "support_hours", "end": "end_of_opening_hours"},
    ],
    ids=str,
)
def test_a_deadline_without_meaning_is_refused(term: dict[str, object]) -> None:
    with pytest.raises(WrongDeadlineError):
        Deadline(**term)  # type: ignore[arg-type]  # that they do not fit is the point
