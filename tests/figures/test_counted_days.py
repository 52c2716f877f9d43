"""On which days a daily count is expected (A14)."""

import pytest

from slm_domain.figures.counted_days import DayKind, counted_days
from tests.figures.builders import APRIL, TOWN_HALL

BACKUP_DAYS = {1, 2, 3, 4, 5}  # S34: Saturday full, Tuesday to Friday differential


@pytest.mark.parametrize(("kind", "days"), [("calendar", 30), ("opening", 21), ("scheduled", 22)])
def test_a_backup_a_day_is_read_in_three_ways(kind: DayKind, days: int) -> None:
    assert len(counted_days(APRIL, kind, TOWN_HALL, BACKUP_DAYS)) == days


def test_the_schedule_runs_on_closed_days_too_and_never_on_sunday_or_monday() -> None:
    expected = counted_days(APRIL, "scheduled", TOWN_HALL, BACKUP_DAYS)
    assert {day.weekday() for day in expected} == BACKUP_DAYS
    assert any(not TOWN_HALL.is_open_day(day) for day in expected)


def test_a_schedule_without_a_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one weekday"):
        counted_days(APRIL, "scheduled", TOWN_HALL)
