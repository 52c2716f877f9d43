"""What periods mean (C1, C15)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given

from slm_domain.figures.calendars import TOKYO
from slm_domain.figures.eras import era_date, era_fiscal_year, era_month
from slm_domain.figures.local_time import NaiveInstantError, instant_of
from slm_domain.figures.periods import (
    EmptyPeriodError,
    FiscalYear,
    Interval,
    Month,
    Week,
    last_days,
    last_months,
    months_later,
)
from tests.figures.builders import APRIL, days, jst

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("end", [jst(4, 1, 9), jst(4, 1, 8)])
def test_a_period_that_is_empty_or_reversed_is_refused_and_names_both_ends(end: datetime) -> None:
    with pytest.raises(EmptyPeriodError, match=r"2025-04-01T00:00:00\+00:00 to 2025-0[34]-"):
        Interval(jst(4, 1, 9), end)


def test_a_period_without_a_time_zone_is_refused() -> None:
    with pytest.raises(NaiveInstantError, match="names no time zone"):
        Interval(datetime(2025, 4, 1), jst(4, 2))  # noqa: DTZ001  # a naive time is what is refused


def test_a_period_begins_at_its_start_and_ends_before_its_end() -> None:
    period = Interval(jst(4, 1), jst(4, 2))
    assert jst(4, 1) in period
    assert jst(4, 2) not in period


def test_a_day_on_which_clocks_are_put_back_has_25_hours() -> None:
    noon_to_noon = Interval(datetime(2025, 10, 25, 12, tzinfo=BERLIN), datetime(2025, 10, 26, 12, tzinfo=BERLIN))
    assert noon_to_noon.length == timedelta(hours=25)


def test_periods_are_the_same_whatever_zone_they_were_written_in() -> None:
    assert Interval(jst(4, 1), jst(4, 2)) == Interval(
        datetime(2025, 3, 31, 15, tzinfo=UTC), datetime(2025, 4, 1, 15, tzinfo=UTC)
    )


def test_a_period_read_from_json_is_checked_too() -> None:
    with pytest.raises(msgspec.ValidationError, match="must end after it starts"):
        msgspec.json.decode(b'{"start":"2025-04-02T00:00:00Z","end":"2025-04-01T00:00:00Z"}', type=Interval)


def test_a_wall_time_that_clocks_skip_is_the_instant_of_the_change() -> None:
    change = datetime(2025, 3, 30, 1, tzinfo=UTC)
    for minute in (0, 30, 59):
        wall = datetime(2025, 3, 30, 2, minute, tzinfo=UTC).time()
        assert instant_of(date(2025, 3, 30), wall, BERLIN) == change


def test_a_wall_time_that_clocks_show_twice_is_the_first_unless_the_last_is_asked_for() -> None:
    wall = datetime(2025, 10, 26, 2, 30, tzinfo=UTC).time()
    assert instant_of(date(2025, 10, 26), wall, BERLIN) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert instant_of(date(2025, 10, 26), wall, BERLIN, last=True) == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)


def test_a_month_is_written_with_its_year() -> None:
    assert Month.parse("2025-04") == APRIL
    assert str(APRIL) == "2025-04"


@pytest.mark.parametrize("text", ["2025-4", "2025-13", "2025", "2025-04-01", "令和7年4月", "2025-00"])
def test_anything_else_is_not_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="a month is written like 2025-04"):
        Month.parse(text)


def test_months_follow_one_another_over_the_year_end() -> None:
    assert Month(2025, 12).next == Month(2026, 1)
    assert Month(2026, 1).previous == Month(2025, 12)
    assert Month(2025, 12) < Month(2026, 1)


def test_a_month_in_japan_starts_at_midnight_there() -> None:
    assert APRIL.interval(TOKYO) == Interval(jst(4, 1), jst(5, 1))


def test_a_contract_month_may_start_on_any_day() -> None:
    assert APRIL.interval(TOKYO, first_day=16) == Interval(jst(4, 16), jst(5, 16))
    assert Month(2025, 3).interval(TOKYO, first_day=30) == Interval(jst(3, 30), jst(4, 30))
    assert Month(2025, 1).interval(TOKYO, first_day=31) == Interval(jst(1, 31), jst(2, 28))


def test_a_fiscal_year_runs_from_april_to_march() -> None:
    year = FiscalYear.of(date(2026, 3, 31))
    assert year == FiscalYear(2025)
    assert year.months()[0] == APRIL
    assert year.months()[-1] == Month(2026, 3)
    assert year.interval(TOKYO) == Interval(jst(4, 1), jst(4, 1, year=2026))


@given(days())
def test_every_day_lies_in_its_month_its_week_and_its_fiscal_year(day: date) -> None:
    for span in (Month.of(day), Week.of(day), Week.of(day, first_weekday=5), FiscalYear.of(day)):
        assert day in tuple(span.days())


def test_weeks_start_on_monday_unless_a_term_says_otherwise() -> None:
    assert Week.of(date(2025, 4, 10)).first == date(2025, 4, 7)
    assert Week.of(date(2025, 4, 10), first_weekday=5) == Week(date(2025, 4, 5))  # S34: Saturday to Friday
    assert Week(date(2025, 4, 7)).interval(TOKYO) == Interval(jst(4, 7), jst(4, 14))


def test_a_rolling_window_ends_at_the_instant_asked() -> None:
    assert last_days(jst(5, 8, 12), 30, TOKYO) == Interval(jst(4, 8, 12), jst(5, 8, 12))
    assert last_months(jst(5, 8, 12), 12, TOKYO) == Interval(jst(5, 8, 12, year=2024), jst(5, 8, 12))


def test_a_window_of_months_is_cut_at_the_end_of_a_shorter_month() -> None:
    assert last_months(jst(5, 31), 3, TOKYO).start == jst(2, 28)
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_the_label_of_fiscal_2019_is_a_setting() -> None:
    assert era_fiscal_year(FiscalYear(2019), label_2019="令和元年度") == "令和元年度"
    assert era_fiscal_year(FiscalYear(2025)) == "令和7年度"
    assert era_month(date(2025, 4, 10)) == "令和7年4月"


def test_there_is_no_era_label_before_the_gregorian_calendar_in_japan() -> None:
    with pytest.raises(ValueError, match="before 1873"):
        era_date(date(1872, 12, 31))
