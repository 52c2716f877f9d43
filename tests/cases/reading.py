"""The inputs of cases as the product's own values: translation, no arithmetic of service levels."""

import json
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.hours import Hours, Shift
from slm_domain.figures.judgement import Bound, Comparison
from slm_domain.figures.local_time import MIDNIGHT, in_utc, instant_of
from slm_domain.figures.periods import Interval
from slm_domain.figures.working_time import with_breaks
from tests.cases.outcomes import Given, Produced, Skipped

Adapter = Callable[[Given, Given], Produced]
Number = int | Decimal

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MICROSECOND = timedelta(microseconds=1)
YEARS_OF_CASES = range(1970, 2101)
_COMPARISONS = {
    ">=": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST,
    "<": Comparison.BELOW,
    ">": Comparison.ABOVE,
}
_CALENDAR_KEYS = {"timezone", "weekly", "overrides", "breaks", "holidays", "holidays_month_day"}


def only(given: Given, *keys: str) -> None:
    """Skip a case that says more than this project's convention knows."""
    unknown = sorted(given.keys() - set(keys))
    if unknown:
        raise Skipped(f"an input of another convention: {', '.join(unknown)}")


def percent(number: Number) -> Fraction:
    """A percentage as a share."""
    return Fraction(number) / 100


def in_percent(share: Fraction | None) -> Fraction | None:
    """A share as a percentage."""
    return share * 100 if share is not None else None


def length(number: Number, unit: timedelta) -> timedelta:
    """So many units of time; a case that is finer than a microsecond is skipped."""
    exact = Fraction(number) * (unit // MICROSECOND)
    if exact.denominator != 1:
        raise Skipped("a time finer than a microsecond")
    return exact.numerator * MICROSECOND


def in_units(time_: timedelta, unit: timedelta) -> Fraction:
    """A time in units."""
    return Fraction(time_ // MICROSECOND, unit // MICROSECOND)


def interval(stated: list[str]) -> Interval:
    """A pair of instants."""
    return Interval(datetime.fromisoformat(stated[0]), datetime.fromisoformat(stated[1]))


def instant(text: str) -> datetime:
    """An instant with its offset."""
    return datetime.fromisoformat(text)


def local_instant(text: str, zone: ZoneInfo) -> datetime:
    """An instant written as a wall time of the zone; one that has an offset keeps it."""
    stated = datetime.fromisoformat(text)
    return instant_of(stated.date(), stated.time(), zone) if stated.tzinfo is None else in_utc(stated)


def wall_time(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant as a wall time of the zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def bound(stated: list[Any], *, of_share: bool) -> Bound:
    """A condition like [">=", 90.0]."""
    word, value = stated
    if word not in _COMPARISONS:
        raise Skipped(f"a comparison that no contract here prints: {word}")
    return Bound(comparison=_COMPARISONS[word], value=percent(value) if of_share else Fraction(value))


def calendar(stated: Mapping[str, Any] | None) -> Calendar:
    """Weekly hours with special days, breaks of single days and holidays; around the clock without any.

    Holidays close special days too where the cases come from; here a special day may open on a holiday, so special
    hours of a holiday are left out.
    """
    if stated is None:
        return Calendar(hours=Hours.always(ZoneInfo("UTC")), observes_closed_days=False)
    only(stated, *_CALENDAR_KEYS)
    closed = _holidays(stated)
    special = {date.fromisoformat(day): shifts(each) for day, each in (stated.get("overrides") or {}).items()}
    opened = Calendar(
        hours=Hours(
            zone=ZoneInfo(stated["timezone"]),
            weekly=tuple(shifts(stated["weekly"].get(day) or []) for day in WEEKDAYS),
            special_days={day: hours for day, hours in special.items() if day not in closed},
        ),
        also_closed=closed,
        observes_closed_days=False,
    )
    breaks = {date.fromisoformat(day): shifts(each) for day, each in (stated.get("breaks") or {}).items()}
    return with_breaks(opened, breaks) if breaks else opened


def shifts(stated: list[list[str]]) -> tuple[Shift, ...]:
    """Shifts like [["09:00", "17:00"]]; 24:00 is the end of the day."""
    return tuple(Shift(_wall(opens), _wall(closes)) for opens, closes in stated)


def _wall(text: str) -> time:
    return MIDNIGHT if text.startswith("24:00") else time.fromisoformat(text)


def _holidays(stated: Mapping[str, Any]) -> frozenset[date]:
    named = {date.fromisoformat(day) for day in stated.get("holidays") or []}
    yearly = [tuple(map(int, each.split("-"))) for each in stated.get("holidays_month_day") or []]
    found = {
        date(year, month, day)
        for year in YEARS_OF_CASES
        for month, day in yearly
        if day <= monthrange(year, month)[1]  # 29 February in leap years only
    }
    return frozenset(named | found)


def payload_text(payload: Any) -> bytes:
    """A payload as it came over the wire."""
    return json.dumps(payload, default=str).encode()
