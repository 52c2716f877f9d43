"""How long the service was down in a period, which occurrences that came from, and why others do not count.

C2 to C6, C11, C23 and C25. The figure, its list of occurrences and its slices of time add up to one another.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.buckets import BaseTerms, Buckets, seconds
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.intervals import Intervals, intersect, measure, subtract, union, weighted_union
from slm_domain.figures.occurrences import ExclusionStatus, Occurrence
from slm_domain.figures.periods import Interval

StopLength = Literal["clipped_to_hours", "whole"]


class DowntimeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as a stop, per contract.

    `min_stop` is the shortest occurrence that is a stop; None counts every interruption (A2). `stop_length` says
    whether that length is measured inside opening hours or as a whole (A3). `base` says what belongs to the base.
    """

    base: BaseTerms
    min_stop: timedelta | None = None
    stop_length: StopLength = "clipped_to_hours"


class Counting(StrEnum):
    """Whether an occurrence counts in the period, and if not, why."""

    COUNTED = "counted"
    CLAIMED_COUNTS_AS_DOWN = "claimed_counts_as_down"  # an exclusion is claimed, not accepted yet (C5)
    BELOW_MINIMUM = "below_minimum"  # shorter than a stop (C11)
    EXCLUDED = "excluded"
    OUTSIDE_HOURS = "outside_hours"
    UNMEASURED = "unmeasured"


class OccurrenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence as the figure sees it. All times inside opening hours unless said otherwise.

    `in_period`: its stopped time inside the period, exclusions included. `stop_length`: the length of the whole
    occurrence for the threshold, without what is excluded (C4, C25). `excluded`: its accepted exclusions inside the
    period. `counted`: the down time of the figure that this occurrence brings; time that several occurrences share is
    brought by one of them only, so that the lines add up to the figure (C3).
    """

    incident: str
    counting: Counting
    in_period: timedelta
    stop_length: timedelta
    excluded: timedelta
    counted: timedelta
    intervals: Intervals  # what `in_period` measures


class DownSlice(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of counted down time and the incident that brings it."""

    interval: Interval
    weight: Fraction
    incident: str


class Downtime(msgspec.Struct, frozen=True, kw_only=True):
    """The down time of a period as judged at `until`."""

    period: Interval
    until: datetime
    terms: DowntimeTerms
    provisional: bool  # closed days of the period are only proposed (C22)
    buckets: Buckets
    lines: tuple[OccurrenceLine, ...]  # in the order given; occurrences that do not touch the period are left out
    slices: tuple[DownSlice, ...]  # in order of time; they measure `buckets.down`

    @property
    def base(self) -> timedelta:
        """The base of availability under the contract's terms."""
        return self.buckets.base(self.terms.base)

    @property
    def down(self) -> timedelta:
        """Counted time without service."""
        return self.buckets.down

    @property
    def availability(self) -> Fraction | None:
        """Availability under the contract's terms; None if there is no figure (C6)."""
        return self.buckets.availability(self.terms.base)

    @property
    def availability_under_both(self) -> Mapping[str, Fraction | None]:
        """The figure by exclusion policy: reports show both (C5)."""
        return {
            "remove": self.buckets.availability(msgspec.structs.replace(self.terms.base, exclusions="remove")),
            "count_as_up": self.buckets.availability(
                msgspec.structs.replace(self.terms.base, exclusions="count_as_up")
            ),
        }


class DowntimeBounds(msgspec.Struct, frozen=True, kw_only=True):
    """The figure and, where times are contested, the least and the most that the claims allow (C23)."""

    lowest: Downtime  # the least down time
    picked: Downtime
    highest: Downtime  # the most down time

    @property
    def contested(self) -> bool:
        """Whether the claims make a difference to the figure."""
        return self.lowest.buckets != self.highest.buckets

    @property
    def availability(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest availability that the claims allow; None if there is no figure (C6)."""
        figures = [each.availability for each in (self.lowest, self.picked, self.highest)]
        known = [figure for figure in figures if figure is not None]
        return (min(known), max(known)) if known else None


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
    judged = period.until(until)
    hours = calendar.open_intervals(judged) if judged is not None else ()
    stops = tuple(_Stop.of(occurrence, until, calendar, terms) for occurrence in occurrences)
    removed = union(surroundings.unmeasured) if terms.base.unmeasured == "remove" else ()
    open_hours = subtract(hours, [*removed, *surroundings.excluded])  # where an occurrence can count

    slices = _slices(stops, open_hours)
    down = tuple(each.interval for each in slices)
    unmeasured = intersect(hours, removed)
    excluded = union(
        [
            *intersect(subtract(hours, removed), surroundings.excluded),
            *subtract(intersect(open_hours, (part for stop in stops for part in stop.excluded)), down),
        ]
    )
    if terms.base.unmeasured == "stays_in_base":
        # A stop that is stated is known, whatever the monitor missed: only what nobody knows about is unmeasured.
        unmeasured = subtract(intersect(hours, surroundings.unmeasured), [*down, *excluded])

    judged_time = judged.length if judged is not None else timedelta()
    return Downtime(
        period=period,
        until=until,
        terms=terms,
        provisional=calendar.is_provisional(period),
        buckets=Buckets(
            up=measure(subtract(hours, [*down, *excluded, *unmeasured])),
            down=measure(down),
            excluded=measure(excluded),
            unmeasured=measure(unmeasured),
            outside_hours=judged_time - measure(hours),
            to_come=period.length - judged_time,
            lost=sum((seconds(each.interval.length) * each.weight for each in slices), Fraction(0)),
        ),
        lines=tuple(
            _line(stop, hours, removed, surroundings.excluded, slices)
            for stop in stops
            if judged is not None and any(part.clipped(judged) for part in stop.stopped)
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


class _Stop(msgspec.Struct, frozen=True, kw_only=True):
    """An occurrence as it stands at the instant of judgement."""

    occurrence: Occurrence
    stopped: Intervals
    excluded: Intervals  # accepted, inside `stopped`
    weighted: tuple[tuple[Interval, Fraction], ...]  # what is not excluded
    length: timedelta
    is_stop: bool

    @classmethod
    def of(cls, occurrence: Occurrence, until: datetime, calendar: Calendar, terms: DowntimeTerms) -> "_Stop":
        stopped, excluded = occurrence.stopped(until), occurrence.left_out(until)
        remaining = subtract(stopped, excluded)  # an outage that outlives its exclusion is split there (C4)
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


def _slices(stops: Sequence[_Stop], open_hours: Intervals) -> tuple[DownSlice, ...]:
    counted = sorted((stop for stop in stops if stop.is_stop), key=lambda stop: stop.occurrence.incident)
    weighted = [(part, weight, stop) for stop in counted for part, weight in stop.weighted]
    weighted.sort(key=lambda each: each[0].start)  # shared time is brought by the one that began first
    return tuple(
        DownSlice(interval=part, weight=each.weight, incident=weighted[each.index][2].occurrence.incident)
        for each in weighted_union((part, weight) for part, weight, _ in weighted)
        for part in intersect([each.interval], open_hours)
    )


def _line(
    stop: _Stop, hours: Intervals, unmeasured: Intervals, windows: Intervals, slices: Sequence[DownSlice]
) -> OccurrenceLine:
    incident = stop.occurrence.incident
    inside = intersect(stop.stopped, hours)
    excluded = intersect(inside, [*stop.excluded, *windows])
    return OccurrenceLine(
        incident=incident,
        counting=_counting(stop, inside, unmeasured, excluded),
        in_period=measure(inside),
        stop_length=stop.length,
        excluded=measure(excluded),
        counted=sum((each.interval.length for each in slices if each.incident == incident), timedelta()),
        intervals=inside,
    )


def _counting(stop: _Stop, inside: Intervals, unmeasured: Intervals, excluded: Intervals) -> Counting:
    """The first of these reasons that holds; an occurrence for which none does counts."""
    if not inside:
        return Counting.OUTSIDE_HOURS
    if not subtract(inside, unmeasured):
        return Counting.UNMEASURED
    if not subtract(inside, [*unmeasured, *excluded]):
        return Counting.EXCLUDED
    if not stop.is_stop:
        return Counting.BELOW_MINIMUM
    if any(each.status is ExclusionStatus.CLAIMED for each in stop.occurrence.exclusions):
        return Counting.CLAIMED_COUNTS_AS_DOWN
    return Counting.COUNTED
