"""The opening time of one fiscal year, worked out once for all calendars that keep the same hours in it."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import msgspec

from slm_domain.figures.edges import Edges, edges_of
from slm_domain.figures.hours import Hours, Shift, WeeklyShifts
from slm_domain.figures.intervals import Intervals, union
from slm_domain.figures.local_time import MIDNIGHT, end_of_day, instant_of
from slm_domain.figures.periods import FiscalYear, Interval


class OpenYear(msgspec.Struct, frozen=True, dict=True):
    """The opening hours of one fiscal year, with running totals so that a figure costs two look-ups."""

    intervals: Intervals

    @cached_property
    def edges(self) -> Edges:
        """Their edges in one row, to look parts up in. Never changed."""
        return edges_of(self.intervals)

    @cached_property
    def totals(self) -> list[timedelta]:
        """The opening time before each of them, and that of the whole year at the end."""
        return list(accumulate((interval.length for interval in self.intervals), initial=timedelta()))

    @property
    def total(self) -> timedelta:
        """All of the year's opening time."""
        return self.totals[-1]

    def open_before(self, instant: datetime) -> timedelta:
        """The opening time of the year before the instant."""
        passed = bisect_right(self.edges, instant)
        before = self.totals[passed // 2]
        return before + (instant - self.edges[passed - 1]) if passed % 2 else before

    def opening_at_or_after(self, instant: datetime) -> datetime | None:
        """The instant itself if it is open then, otherwise the next at which it opens; None when the year has none."""
        passed = bisect_right(self.edges, instant)
        if passed % 2:
            return instant
        return self.edges[passed] if passed < len(self.edges) else None

    def first_with(self, amount: timedelta) -> datetime:
        """The first instant by which so much of the year's opening time has run: more than none, at most all of it."""
        place = bisect_left(self.totals, amount) - 1
        return self.intervals[place].start + (amount - self.totals[place])

    def last_with(self, amount: timedelta) -> datetime:
        """The last instant by which so much of the year's opening time has run: less than all of it."""
        place = bisect_right(self.totals, amount) - 1
        return self.intervals[place].start + (amount - self.totals[place])


class YearPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that the opening time of a fiscal year depends on. `zone` is the IANA name; `special` overrides `closed`."""

    year: FiscalYear
    zone: str
    weekly: tuple[tuple[Shift, ...], ...]
    changes: tuple[WeeklyShifts, ...]
    special: tuple[tuple[date, tuple[Shift, ...]], ...]
    closed: frozenset[date]


@lru_cache(maxsize=1024)  # some 250 intervals each
def open_year(plan: YearPlan) -> OpenYear:
    """The opening time of the year. Equal plans are worked out once, whichever contract they belong to."""
    hours = Hours(zone=ZoneInfo(plan.zone), weekly=plan.weekly, changes=plan.changes)
    special = dict(plan.special)
    return OpenYear(
        union(
            interval
            for day in plan.year.days()
            for interval in hours_of_day(
                day, hours.zone, special.get(day, () if day in plan.closed else hours.usual_shifts(day))
            )
        )
    )


def hours_of_day(day: date, zone: ZoneInfo, shifts: tuple[Shift, ...]) -> Intervals:
    """The shifts on that day in real time."""
    real = (_real(day, shift, zone) for shift in shifts)
    return union(interval for interval in real if interval is not None)


def _real(day: date, shift: Shift, zone: ZoneInfo) -> Interval | None:
    """The shift on that day in real time; None where clocks put forward leave nothing of it."""
    opens = instant_of(day, shift.opens, zone)
    closes = end_of_day(day, zone) if shift.closes == MIDNIGHT else instant_of(day, shift.closes, zone, last=True)
    return Interval(opens, closes) if opens < closes else None
