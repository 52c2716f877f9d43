"""A set of time as one list of its edges: start, end, start, end …, strictly rising, in UTC.

How many edges lie at or before an instant says whether the set holds it: an odd number does. So a look-up in a year of
opening hours is a bisection, and a part of it a slice of the list. Intervals are made from the edges when shown.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from slm_domain.figures.periods import Interval

Edges = list[datetime]
NO_TIME: Edges = []  # never changed, as no list of edges is after it was made

ONE_STRETCH = 2  # edges: the usual case
_START = attrgetter("start")


def edges_of(intervals: Iterable[Interval]) -> Edges:
    """All the time in any of the intervals, once. What touches becomes one stretch. In n log n."""
    given = list(intervals)
    if len(given) == 1:
        return [given[0].start, given[0].end]
    found: Edges = []
    for interval in sorted(given, key=_START):
        if found and interval.start <= found[-1]:
            found[-1] = max(found[-1], interval.end)
        else:
            found += (interval.start, interval.end)
    return found


def intervals_of(edges: Edges) -> tuple[Interval, ...]:
    """The stretches of the set."""
    return tuple(map(Interval, edges[::2], edges[1::2]))


def inside(edges: Edges, start: datetime, end: datetime) -> Edges:
    """The part of the set between the two instants."""
    first, last = bisect_right(edges, start), bisect_left(edges, end)
    part = edges[first:last]
    if first % 2:
        part.insert(0, start)
    if last % 2:
        part.append(end)
    return part


def shared(these: Edges, those: Edges) -> Edges:
    """The time in both sets: each stretch of the smaller is looked up in the larger."""
    few, many = (these, those) if len(these) <= len(those) else (those, these)
    if len(few) == ONE_STRETCH:
        return inside(many, few[0], few[1])
    found: Edges = []
    for start, end in zip(few[::2], few[1::2], strict=True):
        found += inside(many, start, end)
    return found


def without(these: Edges, those: Edges) -> Edges:
    """The time in these and not in those."""
    if not these or not those:
        return these
    holes = inside(those, these[0], these[-1])
    if not holes:
        return these
    between = [these[0], *holes, these[-1]]  # starts and ends change places
    if between[0] == between[1]:
        del between[:2]
    if between and between[-1] == between[-2]:
        del between[-2:]
    return shared(these, between)


def either(these: Edges, those: Edges) -> Edges:
    """The time in one of the sets, or in both."""
    if not these or not those:
        return these or those
    return edges_of([*intervals_of(these), *intervals_of(those)])


def length(edges: Edges) -> timedelta:
    """All of its time together. Real elapsed time (C1)."""
    if len(edges) == ONE_STRETCH:
        return edges[1] - edges[0]
    return sum((end - start for start, end in zip(edges[::2], edges[1::2], strict=True)), timedelta())
