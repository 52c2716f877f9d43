"""How long the service was down in a period, which occurrences that came from, and why others do not count.

C2 to C6, C11, C23 and C25.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.buckets import Buckets, seconds
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime_figure import (
    Counting,
    DownSlice,
    Downtime,
    DowntimeBounds,
    DowntimeTerms,
    OccurrenceLine,
)
from slm_domain.figures.intervals import Intervals, intersect, measure, subtract, union, weighted_union
from slm_domain.figures.occurrences import ExclusionStatus, Occurrence
from slm_domain.figures.periods import Interval

__all__ = [
    "Counting",
    "DownSlice",
    "Downtime",
    "DowntimeBounds",
    "DowntimeTerms",
    "OccurrenceLine",
    "Surroundings",
    "downtime",
    "downtime_bounds",
]


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What else is known of the period besides its occurrences.

    `unmeasured`: time in which nothing was measured. `excluded`: agreed time that leaves the measurement whether or
    not anything stopped in it, an announced maintenance window for one.
    """

    unmeasured: Intervals = ()
    excluded: Intervals = ()


NOTHING_ELSE = Surroundings()


def downtime(
    occurrences: Sequence[Occurrence],
    *,
    period: Interval,
    until: datetime,
    calendar: Calendar,
    terms: DowntimeTerms,
    surroundings: Surroundings = NOTHING_ELSE,
) -> Downtime:
    """The down time of the period from the outages that each occurrence picks, judged at `until`.

    Raises ValueError if two occurrences carry the same incident: the list could not add up to the figure.
    """
    if len({occurrence.incident for occurrence in occurrences}) != len(occurrences):
        raise ValueError("each incident has one occurrence in a figure; put its outages together")
    frame = _Frame.of(period.until(until), calendar, terms, surroundings)
    stops = tuple(_Stop.of(occurrence, until, calendar, terms, frame.windows) for occurrence in occurrences)
    slices = _slices(stops, frame.countable)
    down = tuple(each.interval for each in slices)
    unmeasured = intersect(frame.hours, frame.removed)
    excluded = union(
        [
            *intersect(subtract(frame.hours, frame.removed), frame.windows),
            *subtract(intersect(frame.countable, (part for stop in stops for part in stop.excluded)), down),
        ]
    )
    if terms.base.unmeasured == "stays_in_base":
        # A stop that is stated is known, whatever the monitor missed: only what nobody knows about is unmeasured.
        unmeasured = subtract(intersect(frame.hours, surroundings.unmeasured), [*down, *excluded])

    judged = measure(frame.judged)
    return Downtime(
        period=period,
        until=until,
        terms=terms,
        provisional=calendar.is_provisional(period),
        buckets=Buckets(
            up=measure(subtract(frame.hours, [*down, *excluded, *unmeasured])),
            down=measure(down),
            excluded=measure(excluded),
            unmeasured=measure(unmeasured),
            outside_hours=judged - measure(frame.hours),
            to_come=period.length - judged,
            lost=sum((seconds(each.interval.length) * each.weight for each in slices), Fraction(0)),
        ),
        lines=tuple(
            _line(stop, frame, slices) for stop in stops if intersect(stop.occurrence.known(until), frame.judged)
        ),
        slices=slices,
    )


def downtime_bounds(
    occurrences: Sequence[Occurrence],
    *,
    period: Interval,
    until: datetime,
    calendar: Calendar,
    terms: DowntimeTerms,
    surroundings: Surroundings = NOTHING_ELSE,
) -> DowntimeBounds:
    """The down time of the period with the bounds that contested times leave it (C23)."""

    def figure(these: Iterable[Occurrence]) -> Downtime:
        return downtime(
            tuple(these), period=period, until=until, calendar=calendar, terms=terms, surroundings=surroundings
        )

    replace = msgspec.structs.replace
    return DowntimeBounds(
        lowest=figure(
            replace(each, outages=each.outages if each.lowest is None else each.lowest) for each in occurrences
        ),
        picked=figure(occurrences),
        highest=figure(
            replace(each, outages=each.outages if each.highest is None else each.highest) for each in occurrences
        ),
    )


class _Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the period that is judged, and the time in it in which a stop can count."""

    judged: Intervals  # one interval, or none before the period begins
    hours: Intervals  # opening hours in it
    removed: Intervals  # unmeasured time, where the terms take it out of the base
    windows: Intervals  # agreed time that leaves the measurement whatever happens
    countable: Intervals

    @classmethod
    def of(
        cls, judged: Interval | None, calendar: Calendar, terms: DowntimeTerms, surroundings: Surroundings
    ) -> "_Frame":
        hours = calendar.open_intervals(judged) if judged is not None else ()
        removed = union(surroundings.unmeasured) if terms.base.unmeasured == "remove" else ()
        return cls(
            judged=(judged,) if judged is not None else (),
            hours=hours,
            removed=removed,
            windows=union(surroundings.excluded),
            countable=subtract(hours, [*removed, *surroundings.excluded]),
        )


class _Stop(msgspec.Struct, frozen=True, kw_only=True):
    """An occurrence as it stands at the instant of judgement."""

    occurrence: Occurrence
    stopped: Intervals
    excluded: Intervals  # accepted, inside `stopped`
    weighted: tuple[tuple[Interval, Fraction], ...]  # what is neither excluded nor in a window
    length: timedelta
    is_stop: bool

    @classmethod
    def of(
        cls, occurrence: Occurrence, until: datetime, calendar: Calendar, terms: DowntimeTerms, windows: Intervals
    ) -> "_Stop":
        stopped, excluded = occurrence.stopped(until), occurrence.left_out(until)
        remaining = subtract(stopped, [*excluded, *windows])  # what outlives its exclusion is split there (C4)
        if terms.stop_length == "clipped_to_hours":
            length = sum((calendar.open_time(part) for part in remaining), timedelta())
        else:
            length = measure(remaining)
        known = ((outage.until(until), outage.weight) for outage in occurrence.outages if outage.weight)
        return cls(
            occurrence=occurrence,
            stopped=stopped,
            excluded=excluded,
            weighted=tuple(
                (part, weight)
                for interval, weight in known
                if interval is not None
                for part in intersect([interval], remaining)
            ),
            length=length,
            is_stop=terms.min_stop is None or length >= terms.min_stop,  # exactly the minimum is a stop (S8: 60分以上)
        )


def _slices(stops: Sequence[_Stop], countable: Intervals) -> tuple[DownSlice, ...]:
    counted = sorted((stop for stop in stops if stop.is_stop), key=lambda stop: stop.occurrence.incident)
    weighted = [(part, weight, stop) for stop in counted for part, weight in stop.weighted]
    weighted.sort(key=lambda each: each[0].start)  # shared time is brought by the one that began first
    return tuple(
        DownSlice(interval=part, weight=each.weight, incident=weighted[each.index][2].occurrence.incident)
        for each in weighted_union((part, weight) for part, weight, _ in weighted)
        for part in intersect([each.interval], countable)
    )


def _line(stop: _Stop, frame: _Frame, slices: Sequence[DownSlice]) -> OccurrenceLine:
    incident = stop.occurrence.incident
    inside = intersect(stop.stopped, frame.hours)
    excluded = intersect(inside, [*stop.excluded, *frame.windows])
    return OccurrenceLine(
        incident=incident,
        counting=_counting(stop, frame, inside, excluded),
        in_period=measure(inside),
        stop_length=stop.length,
        excluded=measure(excluded),
        counted=sum((each.interval.length for each in slices if each.incident == incident), timedelta()),
        intervals=inside,
    )


def _counting(stop: _Stop, frame: _Frame, inside: Intervals, excluded: Intervals) -> Counting:
    """The first of these reasons that holds; an occurrence for which none does counts."""
    reasons = (
        (Counting.NO_STOP, not intersect(stop.stopped, frame.judged)),
        (Counting.OUTSIDE_HOURS, not inside),
        (Counting.UNMEASURED, not subtract(inside, frame.removed)),
        (Counting.EXCLUDED, not subtract(inside, [*frame.removed, *excluded])),
        (Counting.BELOW_MINIMUM, not stop.is_stop),
        (
            Counting.CLAIMED_COUNTS_AS_DOWN,
            any(each.status is ExclusionStatus.CLAIMED for each in stop.occurrence.exclusions),
        ),
    )
    return next((counting for counting, holds in reasons if holds), Counting.COUNTED)
