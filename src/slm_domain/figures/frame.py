"""What the figure of a period looks at: the time in which a stop can count."""

from datetime import datetime, timedelta

import msgspec

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime_terms import DowntimeTerms
from slm_domain.figures.edges import NO_TIME, ONE_STRETCH, Edges, edges_of, either, inside, length, without
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What else is known of the period besides its occurrences.

    `unmeasured`: time in which nothing was measured. `excluded`: agreed time that leaves the measurement whether or
    not anything stopped in it, an announced maintenance window for one.
    """

    unmeasured: Intervals = ()
    excluded: Intervals = ()


NOTHING_ELSE = Surroundings()


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the period that is judged, and the time in it in which a stop can count."""

    period: Interval
    until: datetime
    calendar: Calendar
    terms: DowntimeTerms
    provisional: bool  # closed days of the period are only proposed (C22)
    judged: Interval | None  # None before the period begins
    hours: Edges  # opening hours in it
    open_time: timedelta  # how long they are together
    unmeasured: Edges  # of which nobody knows, inside opening hours or not
    removed: Edges  # the same, where the terms take it out of the base
    windows: Edges  # agreed time that leaves the measurement whatever happens
    countable: Edges

    @classmethod
    def of(
        cls, period: Interval, until: datetime, calendar: Calendar, terms: DowntimeTerms, surroundings: Surroundings
    ) -> "Frame":
        judged = period.until(until)
        hours = NO_TIME if judged is None else calendar.open_edges(judged)
        unmeasured, windows = edges_of(surroundings.unmeasured), edges_of(surroundings.excluded)
        removed = unmeasured if terms.base.unmeasured == "remove" else NO_TIME
        return cls(
            period=period,
            until=in_utc(until),
            calendar=calendar,
            terms=terms,
            provisional=calendar.is_provisional(period),
            judged=judged,
            hours=hours,
            open_time=length(hours),
            unmeasured=unmeasured,
            removed=removed,
            windows=windows,
            countable=without(hours, either(removed, windows)),
        )

    def touches(self, time: Edges) -> bool:
        """Whether any of the time is judged."""
        judged = self.judged
        if judged is None or not time or time[-1] <= judged.start or judged.end <= time[0]:
            return False
        return len(time) == ONE_STRETCH or bool(inside(time, judged.start, judged.end))
