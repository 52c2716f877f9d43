"""Sets of time: sorted, disjoint, non-touching tuples of intervals, and what can be done with them.

Functions that say "any" take intervals in any order, overlapping or not; all answers are sorted and disjoint. Each
takes n log n time.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from heapq import heappop, heappush
from itertools import pairwise

import msgspec

from slm_domain.figures.edges import edges_of, intervals_of, shared, without
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval

Intervals = tuple[Interval, ...]


class WeightedSlice(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time with the largest weight found there, and `index`: which of the given intervals brought it."""

    interval: Interval
    weight: Fraction
    index: int


def union(intervals: Iterable[Interval]) -> Intervals:
    """All the time in any of the intervals, once (C3). What touches becomes one interval."""
    return intervals_of(edges_of(intervals))


def intersect(these: Iterable[Interval], those: Iterable[Interval]) -> Intervals:
    """The time in any of these and in any of those."""
    return intervals_of(shared(edges_of(these), edges_of(those)))


def subtract(these: Iterable[Interval], those: Iterable[Interval]) -> Intervals:
    """The time in any of these and in none of those."""
    return intervals_of(without(edges_of(these), edges_of(those)))


def split(period: Interval, at: Iterable[datetime]) -> Intervals:
    """The period cut at the instants inside it, in order: where a version of a level changes (C12)."""
    cuts = sorted({instant for each in at if period.start < (instant := in_utc(each)) < period.end})
    return tuple(Interval(start, end) for start, end in pairwise([period.start, *cuts, period.end]))


def measure(intervals: Iterable[Interval]) -> timedelta:
    """The length of disjoint intervals, added up. Real elapsed time (C1)."""
    return sum((interval.length for interval in intervals), timedelta())


def weighted_union(weighted: Iterable[tuple[Interval, Fraction]]) -> tuple[WeightedSlice, ...]:
    """Disjoint slices, each with the largest weight of the intervals over it, never their sum (C3).

    Where weights are equal the interval given first brings the slice. Neighbours brought by one interval are one slice.
    """
    given = list(weighted)
    slices: list[WeightedSlice] = []
    running: list[tuple[Fraction, int]] = []  # heaviest first, then the one given first
    for stretch, begun in _stretches([interval for interval, _ in given]):
        for index in begun:
            heappush(running, (-given[index][1], index))
        while running and given[running[0][1]][0].end <= stretch[0]:
            heappop(running)
        if not running:
            continue
        weight, index = -running[0][0], running[0][1]
        before = slices[-1] if slices else None
        if before is not None and before.index == index and before.interval.end == stretch[0]:
            slices[-1] = msgspec.structs.replace(before, interval=Interval(before.interval.start, stretch[1]))
        else:
            slices.append(WeightedSlice(interval=Interval(*stretch), weight=weight, index=index))
    return tuple(slices)


def _stretches(intervals: Sequence[Interval]) -> Iterable[tuple[tuple[datetime, datetime], list[int]]]:
    """The stretches between one start or end and the next, each with the intervals that begin there."""
    begins: dict[datetime, list[int]] = {}
    for index, interval in enumerate(intervals):
        begins.setdefault(interval.start, []).append(index)
    edges = sorted(begins.keys() | {interval.end for interval in intervals})
    for start, end in pairwise(edges):
        yield (start, end), begins.get(start, [])
