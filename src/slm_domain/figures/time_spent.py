"""Where each moment of a period went, as a list that a person can add up to the figure's buckets (C2)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.downtime_figure import Downtime
from slm_domain.figures.edges import Edges, edges_of, intervals_of, shared, without
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


def _of(bucket: Bucket, edges: Edges) -> Iterator[TimeSpent]:
    return (TimeSpent(bucket=bucket, interval=interval) for interval in intervals_of(edges))


def _excluded(figure: Downtime, excluded: Edges) -> Iterator[TimeSpent]:
    left = excluded
    for stop in figure.stops:
        own = shared(left, stop.excluded)
        left = without(left, own)
        for interval in intervals_of(own):
            yield TimeSpent(bucket="excluded", interval=interval, incident=stop.incident)
    yield from _of("excluded", left)
