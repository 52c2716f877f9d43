"""Where each moment of a period went, as a list that a person can add up to the figure's buckets (C2)."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.downtime_figure import Downtime
from slm_domain.figures.edges import Edges, edges_of, intervals_of, shared, without
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.periods import Interval

Bucket = Literal["up", "down", "excluded", "unmeasured", "outside_hours", "to_come"]


class TimeSpent(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of one bucket. A stop or an exclusion names its incident; of a stop `weight` counts as lost."""

    bucket: Bucket
    interval: Interval
    incident: str | None = None
    weight: Fraction | None = None


def time_spent(figure: Downtime) -> tuple[TimeSpent, ...]:
    """The whole period in order of time; the stretches of each bucket measure that bucket of the figure.

    Time that several stops share stands with the one that brings it, time excluded for several with the first (C3).
    """
    frame = figure.frame
    went = figure.went
    judged = [] if frame.judged is None else edges_of([frame.judged])
    found = [
        *_of("up", went.up),
        *(
            TimeSpent(bucket="down", interval=each.interval, incident=each.incident, weight=each.weight)
            for each in figure.slices
        ),
        *_excluded(figure, went.excluded),
        *_of("unmeasured", went.unmeasured),
        *_of("outside_hours", without(judged, frame.hours)),
        *_of("to_come", without(edges_of([frame.period]), judged)),
    ]
    return tuple(sorted(found, key=lambda each: each.interval.start))


def extraordinary(figure: Downtime) -> tuple[TimeSpent, ...]:
    """What of the time up was extraordinary work outside support hours (S5), with the first incident that says so."""
    found = _first_named(figure, figure.went.up, lambda stop: stop.extraordinary, "up")
    return tuple(sorted(found, key=lambda each: each.interval.start))


def beyond_announced(figure: Downtime) -> tuple[TimeSpent, ...]:
    """What of the time down is claimed by a planned stop that does not cover it (C21), with the first such incident."""
    found = _first_named(figure, figure.went.down, lambda stop: stop.beyond_announced, "down")
    return tuple(sorted(found, key=lambda each: each.interval.start))


def beyond_allowance(figure: Downtime) -> tuple[TimeSpent, ...]:
    """What of the time down is claimed on a ground of which no allowance is left (C21), with the first such incident.

    What was not announced is told as that, and has used up no allowance.
    """
    asked = without(figure.went.down, edges_of(each.interval for each in beyond_announced(figure)))
    found = _first_named(figure, asked, lambda stop: stop.beyond_allowance, "down")
    return tuple(sorted(found, key=lambda each: each.interval.start))


def _of(bucket: Bucket, edges: Edges) -> Iterator[TimeSpent]:
    return (TimeSpent(bucket=bucket, interval=interval) for interval in intervals_of(edges))


def _excluded(figure: Downtime, excluded: Edges) -> Iterator[TimeSpent]:
    named = list(_first_named(figure, excluded, lambda stop: stop.excluded, "excluded"))
    yield from named
    yield from _of("excluded", without(excluded, edges_of(each.interval for each in named)))


def _first_named(figure: Downtime, time: Edges, of: Callable[[Stop], Edges], bucket: Bucket) -> Iterator[TimeSpent]:
    """The part of the time that is some of the stops', each moment with the first of them (C3)."""
    left = time
    for stop in figure.stops:
        own = shared(left, of(stop))
        left = without(left, own)
        for interval in intervals_of(own):
            yield TimeSpent(bucket=bucket, interval=interval, incident=stop.incident)
