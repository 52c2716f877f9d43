"""Cases of calendars, business time, response clocks and reporting periods."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from slm_domain.figures.calendars import TOKYO, Calendar
from slm_domain.figures.eras import FiscalYear2019, era_date, era_fiscal_year
from slm_domain.figures.hours import Hours
from slm_domain.figures.local_time import ONE_DAY, instant_of, local_date
from slm_domain.figures.periods import FiscalYear, Month, months_later
from slm_domain.figures.reporting_periods import named_days, read_day, reporting_periods
from slm_domain.figures.response_clock import Limit, moved, target
from slm_domain.figures.spans import SpanKind, Start, span_of
from slm_domain.figures.working_time import (
    add_opening_days,
    add_working_time,
    common_opening_periods,
    last_open_moment,
    opening_periods,
    opening_time_between,
)
from tests.cases.outcomes import Given, Produced, Skipped
from tests.cases.reading import calendar, in_units, instant, interval, length, local_instant, only, wall_time

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
MILLISECOND = timedelta(milliseconds=1)
REIWA = date(2019, 5, 1)
OFFICE = Calendar(hours=Hours.weekdays(time(8, 30), time(17, 15), TOKYO))
EIGHT_HOURS = Calendar(hours=Hours.weekdays(time(9), time(17), TOKYO))
KINDS: Mapping[str, SpanKind] = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "semiannually": "half_year",
    "annually": "year",
}
SUNDAY_IS = 6
LATEST_FIRST_DAY = 28
WEEK_STARTS = {name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday"))} | {
    "saturday": 5,
    "sunday": SUNDAY_IS,
}
LIMIT_UNITS = {"second": SECOND, "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
LIMITS_OF_32_BITS = (date(1970, 1, 1), date(2038, 1, 18))


def opening_days(given: Given, expected: Given) -> Produced:
    """Opening days of a month and the opening time they make."""
    month = Month.parse(given["month"])
    period = month.interval(TOKYO)
    return Produced(
        figures={
            "days": len(OFFICE.opening_days(month)),
            "hours_8h": in_units(EIGHT_HOURS.open_time(period), timedelta(hours=1)),
            "seconds_0830_1715": in_units(OFFICE.open_time(period), SECOND),
        }
    )


def opening_days_fiscal_year(given: Given, expected: Given) -> Produced:
    """Opening days of a fiscal year."""
    year = FiscalYear(given["fiscal_year"])
    return Produced(figures={"days": len(OFFICE.opening_days(year)), "starts": year.first, "ends": year.last})


def is_opening_day(given: Given, expected: Given) -> Produced:
    """Whether a Japanese municipal office opens on a day."""
    return Produced(
        figures={"open": OFFICE.is_open_day(date.fromisoformat(given["date"]))},
        apart={"holiday": "which days are closed is kept, not what each holiday is called"},
    )


def japanese_era(given: Given, expected: Given) -> Produced:
    """A day in its era."""
    return Produced(figures={"text": era_date(date.fromisoformat(given["date"]))})


def fiscal_year(given: Given, expected: Given) -> Produced:
    """The fiscal year of a day and its label."""
    day = date.fromisoformat(given["date"])
    year = FiscalYear.of(day)
    label_2019: FiscalYear2019 = "平成31年度" if day < REIWA else "令和元年度"  # the setting, as offices changed it
    return Produced(figures={"fiscal_year": year.start, "label": era_fiscal_year(year, label_2019=label_2019)})


def working_seconds_between(given: Given, expected: Given) -> Produced:
    """Opening time between two instants."""
    hours = calendar(given["calendar"])
    start, end = (_stated(given, name, hours.zone) for name in ("start", "end"))
    if end < start and expected.get("error") is not True:
        raise Skipped("a reversed period is refused here (C1), it is neither zero nor negative")
    return Produced(figures={"seconds": in_units(opening_time_between(start, end, hours), SECOND)})


def add_working_seconds(given: Given, expected: Given) -> Produced:
    """So much opening time later or earlier."""
    hours = calendar(given["calendar"])
    reached = add_working_time(_stated(given, "start", hours.zone), length(given["seconds"], SECOND), hours)
    return Produced(figures=_both(reached, hours))


def add_business_days(given: Given, expected: Given) -> Produced:
    """So many opening days later or earlier."""
    hours = calendar(given["calendar"])
    start = _stated(given, "start", hours.zone)
    at_closing = bool(given.get("end_of_working_day", False))
    return Produced(figures=_both(add_opening_days(start, given["days"], hours, at_closing=at_closing), hours))


def last_open(given: Given, expected: Given) -> Produced:
    """The last open moment at or before an instant."""
    hours = calendar(given["calendar"])
    return Produced(figures=_both(last_open_moment(_stated(given, "at", hours.zone), hours), hours))


def is_open(given: Given, expected: Given) -> Produced:
    """Whether it is open at an instant."""
    hours = calendar(given["calendar"])
    return Produced(figures={"open": hours.is_open(_stated(given, "at", hours.zone))})


def open_periods(given: Given, expected: Given) -> Produced:
    """The next periods of opening time."""
    hours = calendar(given["calendar"])
    start = _stated(given, "from", hours.zone)
    found = list(islice(opening_periods(start, hours), given["count"]))
    if found and _skipped_edge(local_date(start, hours.zone), local_date(found[-1].end, hours.zone), hours):
        raise Skipped("hours whose edge clocks skip begin, or end, at the change here; elsewhere they are moved on")
    return Produced(figures={"periods": [[each.start, each.end] for each in found]})


def open_periods_intersection(given: Given, expected: Given) -> Produced:
    """The next periods in which all calendars are open."""
    all_hours = [calendar(each) for each in given["calendars"]]
    found = islice(common_opening_periods(instant(given["from"]), all_hours), given["count"])
    return Produced(figures={"periods": [[each.start, each.end] for each in found]})


def contract_month(given: Given, expected: Given) -> Produced:
    """A contract month; its end is written as the last millisecond where the cases come from."""
    zone = ZoneInfo(given["timezone"])
    anchor = datetime.fromisoformat(given["anchor_local"])
    if anchor.time() != time(0):
        raise Skipped("contract months here begin at midnight")
    if anchor.day > LATEST_FIRST_DAY:
        raise Skipped("contract months here begin on a day that every month has")
    day = months_later(anchor.date(), given["index"])
    period = span_of("month", day, Start(day_of_month=anchor.day)).interval(zone)
    return Produced(
        figures={"start": period.start, "end_inclusive": period.end - MILLISECOND, "end_exclusive": period.end}
    )


def sla_target(given: Given, expected: Given) -> Produced:
    """When something is due whose clock is paused, and when to escalate."""
    hours = calendar(given["calendar"])
    begin = local_instant(given["begin"], hours.zone)
    pauses = [
        interval([local_instant(each, hours.zone).isoformat() for each in pause]) for pause in given.get("pauses", [])
    ]
    due = target(begin, _limit(given["limit"]), hours, pauses if given.get("pauses_count", True) else ())
    figures: dict[str, Any] = {
        "target": wall_time(due.due, hours.zone),
        "waiting_s": in_units(due.paused, SECOND),
    }
    if given.get("escalation_offset") is not None:
        figures["escalation"] = wall_time(moved(due.due, _limit(given["escalation_offset"]), hours), hours.zone)
    return Produced(figures=figures)


def sla_restart_rule(given: Given, expected: Given) -> Produced:
    """A clock runs from the record's date, or from when an internal agreement was attached."""
    around_the_clock = calendar(None)
    begins = {"sla": given["ticket_created"], "ola": given["agreements_attached"]}
    figures = {
        f"{agreement}_{goal}": wall_time(
            target(
                local_instant(begin, around_the_clock.zone),
                Limit(amount=length(given[f"{agreement}_{goal}_h"], HOUR), clock="opening_time"),
                around_the_clock,
            ).due,
            around_the_clock.zone,
        )
        for agreement, begin in begins.items()
        for goal in ("tto", "ttr")
        if f"{agreement}_{goal}_h" in given
    }
    return Produced(figures=figures)


def periods_of_a_report(given: Given, expected: Given) -> Produced:
    """The periods that a report lists; days are inclusive there and here."""
    if given["reporting_period"] not in KINDS:
        raise Skipped(f"a period that no contract here has: {given['reporting_period']}")
    stated = [given.get("from"), given.get("to")]
    first, last = (named_days(text)[end] if text is not None else None for end, text in enumerate(stated))
    effective = given.get("sla_effective_date")
    earliest, latest = LIMITS_OF_32_BITS
    if expected.get("error") is True and any(day and not earliest <= day <= latest for day in (first, last)):
        raise Skipped("days before 1970 and after 2038 are days here: no clock of 32 bits limits them")
    found = reporting_periods(
        KINDS[given["reporting_period"]],
        first=first,
        last=last,
        effective_from=read_day(effective) if effective is not None else None,
        start=Start(weekday=WEEK_STARTS[given.get("week_starts_on", "monday")]),
        number=given.get("default_periods", 20),
        most=given.get("max_periods", 100),
    )
    days = [[span.first, span.last] for span in found]
    ends = (days[0], days[-1]) if days else (None, None)
    return Produced(figures={"count": len(days), "periods": days, "first": ends[0], "last": ends[1]})


def _skipped_edge(first: date, last: date, hours: Calendar) -> bool:
    """Whether clocks put forward skip an edge of a shift on one of the days."""
    days = (first + ONE_DAY * number for number in range((last - first).days + 1))
    edges = ((day, wall) for day in days for shift in hours.shifts(day) for wall in (shift.opens, shift.closes))
    return any(wall_time(instant_of(day, wall, hours.zone), hours.zone).time() != wall for day, wall in edges)


def _limit(stated: Mapping[str, Any]) -> Limit:
    only(stated, "amount", "unit", "end_of_working_day")
    at_closing = bool(stated.get("end_of_working_day", False))
    if stated["unit"] == "day":
        return Limit(amount=stated["amount"], clock="opening_days", at_closing=at_closing)
    if stated["unit"] not in LIMIT_UNITS:
        raise Skipped(f"a clock unit that no term here has: {stated['unit']}")
    return Limit(
        amount=length(stated["amount"], LIMIT_UNITS[stated["unit"]]), clock="opening_time", at_closing=at_closing
    )


def _stated(given: Given, name: str, zone: ZoneInfo) -> datetime:
    return local_instant(given[name] if name in given else given[f"{name}_local"], zone)


def _both(reached: datetime, hours: Calendar) -> dict[str, datetime]:
    return {"utc": reached, "local": wall_time(reached, hours.zone)}
