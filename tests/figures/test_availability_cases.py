"""The same outages give the figures that other people's systems give (C1 to C6)."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from slm_domain.figures.buckets import BaseTerms, seconds
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime import DowntimeTerms, Surroundings, downtime
from slm_domain.figures.hours import Hours, Shift
from slm_domain.figures.occurrences import Occurrence, Outage
from slm_domain.figures.periods import FiscalYear, Interval
from tests.figures.builders import cases

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize("case", cases("normalized_availability.json"), ids=lambda case: str(case["id"]))
def test_base_down_time_and_availability(case: Any) -> None:
    given, expected, tolerance = case["input"], case["expected"], case["tolerance"]
    period = interval(given["period"])
    figure = downtime(
        [Occurrence(incident=str(number), outages=(outage(stated),)) for number, stated in enumerate(given["outages"])],
        period=period,
        until=datetime.fromisoformat(given["now"]) if "now" in given else period.end,
        calendar=calendar(given.get("service_hours")),
        terms=DowntimeTerms(base=BaseTerms(exclusions=given["policy"]["exclusion"], unmeasured="remove")),
        surroundings=Surroundings(
            unmeasured=tuple(interval(each) for each in given.get("unmeasured", [])),
            excluded=tuple(interval(each) for each in given.get("exclusions", [])),
        ),
    )
    assert abs(seconds(figure.base) - expected["base_s"]) <= tolerance
    assert abs(figure.buckets.lost - expected["down_s"]) <= tolerance
    assert figure.availability is not None
    assert abs(figure.availability * 100 - expected["availability_percent"]) <= tolerance


def interval(stated: list[str]) -> Interval:
    return Interval(datetime.fromisoformat(stated[0]), datetime.fromisoformat(stated[1]))


def outage(stated: dict[str, Any]) -> Outage:
    return Outage(
        start=datetime.fromisoformat(stated["start"]),
        end=datetime.fromisoformat(stated["end"]) if stated["end"] is not None else None,
        weight=Fraction(stated.get("weight", 1)),
    )


def calendar(stated: dict[str, Any] | None) -> Calendar:
    if stated is None:
        return Calendar(hours=Hours.always(ZoneInfo("UTC")), observes_closed_days=False)
    closed = [(int(each[:2]), int(each[3:])) for each in stated.get("holidays_month_day", [])]
    years = [FiscalYear(start) for start in range(2004, 2028)]
    return Calendar(
        hours=Hours(
            zone=ZoneInfo(stated["timezone"]),
            weekly=tuple(tuple(shift(each) for each in stated["weekly"].get(day, [])) for day in WEEKDAYS),
            special_days={
                date.fromisoformat(day): tuple(shift(each) for each in shifts)
                for day, shifts in stated.get("overrides", {}).items()
            },
        ),
        fixed={year: frozenset(day for day in year.days() if (day.month, day.day) in closed) for year in years},
    )


def shift(stated: list[str]) -> Shift:
    opens, closes = (timedelta(hours=int(at[:2]), minutes=int(at[3:])) for at in stated)
    day = datetime(2000, 1, 1, tzinfo=UTC)  # any day: only its wall times are read, and 24:00 is written 00:00
    return Shift(wall(day + opens), wall(day + closes))


def wall(at: datetime) -> time:
    return at.time()
