"""On which days something that is counted per day is expected (A14)."""

from collections.abc import Collection
from datetime import date
from typing import Literal

from slm_domain.figures.calendars import Calendar, Days

DayKind = Literal["calendar", "opening", "scheduled"]


def counted_days(span: Days, kind: DayKind, calendar: Calendar, weekdays: Collection[int] = ()) -> tuple[date, ...]:
    """The days of the span on which it is expected, in order.

    "calendar" is each day, "opening" each opening day, "scheduled" the weekdays of the schedule (Monday = 0), closed
    days or not: S34's backups run on Saturday and from Tuesday to Friday, {1, 2, 3, 4, 5}. Raises ValueError for a
    schedule without a weekday.
    """
    match kind:
        case "calendar":
            return tuple(span.days())
        case "opening":
            return tuple(day for day in span.days() if calendar.is_open_day(day))
        case "scheduled":
            if not weekdays:
                raise ValueError("a schedule names at least one weekday")
            return tuple(day for day in span.days() if day.weekday() in weekdays)
