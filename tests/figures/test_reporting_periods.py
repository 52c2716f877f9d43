"""For which periods a report is made."""

from datetime import date

import pytest

from slm_domain.figures.reporting_periods import (
    WrongReportingPeriodError,
    named_days,
    read_day,
    reporting_periods,
)
from slm_domain.figures.spans import Start


def test_between_two_days_every_period_that_has_a_day_of_them() -> None:
    found = reporting_periods("quarter", first=date(2025, 5, 1), last=date(2025, 10, 1))
    assert [span.label for span in found] == ["2025-Q1", "2025-Q2", "2025-Q3"]


def test_never_more_than_the_most() -> None:
    assert len(reporting_periods("day", first=date(2025, 1, 1), last=date(2025, 12, 31))) == 100
    assert len(reporting_periods("day", first=date(2025, 1, 1), number=500)) == 100


def test_from_a_day_on_the_usual_number() -> None:
    found = reporting_periods("month", first=date(2025, 4, 20), start=Start(day_of_month=16), number=2)
    assert [(span.first, span.last) for span in found] == [
        (date(2025, 4, 16), date(2025, 5, 15)),
        (date(2025, 5, 16), date(2025, 6, 15)),
    ]


def test_up_to_a_day_none_that_ends_before_the_sla_takes_effect() -> None:
    found = reporting_periods("month", last=date(2025, 6, 2), effective_from=date(2025, 5, 31))
    assert [str(span.label) for span in found] == ["2025-05", "2025-06"]
    assert reporting_periods("month", last=date(2025, 4, 30), effective_from=date(2025, 5, 1)) == ()


def test_reversed_days_and_none_at_all_are_refused() -> None:
    with pytest.raises(WrongReportingPeriodError, match="comes after"):
        reporting_periods("day", first=date(2025, 4, 2), last=date(2025, 4, 1))
    with pytest.raises(WrongReportingPeriodError, match="its first day"):
        reporting_periods("day")


@pytest.mark.parametrize("text", ["", "  ", "12/31/2022", "20250401", "2025-W14-2", "2025-02-29", "2025-04-01T00:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(WrongReportingPeriodError):
        read_day(text)


def test_a_day_is_read_as_it_is_written() -> None:
    assert read_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-04-10", date(2025, 4, 10), date(2025, 4, 10)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_month_or_a_year_names_all_of_its_days(text: str, first: date, last: date) -> None:
    assert named_days(text) == (first, last)


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-4", "2025-02-29", "2025-W14", "20250401", "1641340800"])
def test_what_is_no_day_month_or_year_is_refused(text: str) -> None:
    with pytest.raises(WrongReportingPeriodError, match="a day, month or year"):
        named_days(text)
