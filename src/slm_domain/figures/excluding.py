"""What exclusions take out of outages, and what they leave: time, and of some time some of the weight (C4, C21)."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from slm_domain.figures.edges import Edges, edges_of, either, inside, intervals_of, without
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.occurrences import Exclusion, Outage
from slm_domain.figures.periods import Interval

Weighted = list[tuple[Interval, Fraction]]


def weighted(outages: Sequence[Outage], until: datetime) -> Weighted:
    """The outages as they stand at the instant, those that weigh anything."""
    known = ((each.until(until), each.weight) for each in outages if each.weight)
    return [(interval, weight) for interval, weight in known if interval is not None]


def remaining(outages: Weighted, exclusions: Sequence[Exclusion], until: datetime) -> Weighted:
    """What the exclusions leave of the outages: all outside their time, and in it what each of them leaves.

    Of several exclusions over one instant the least that any leaves.
    """
    stopped = edges_of(interval for interval, _ in outages)
    whole = intervals_of(stopped)
    gone = edges_of(part for each in exclusions if not each.left for part in each.of(whole))
    partial = [(edges_of(each.of(whole)), each) for each in exclusions if each.left]
    outside = without(stopped, gone)
    for time, _ in partial:
        outside = without(outside, time)
    found = clipped(outages, outside)
    if partial:
        spoken = without(edges_of(part for time, _ in partial for part in intervals_of(time)), gone)
        left = [(time, weighted(each.left, until)) for time, each in partial]
        found += [each for outage in clipped(outages, spoken) for each in _left_of(outage, left)]
    return found


def outages_after(outages: Sequence[Outage], exclusions: Sequence[Exclusion], until: datetime) -> tuple[Outage, ...]:
    """The same as outages."""
    return tuple(
        Outage(start=interval.start, end=interval.end, weight=weight)
        for interval, weight in remaining(weighted(outages, until), exclusions, until)
    )


def clipped(outages: Weighted, time: Edges) -> Weighted:
    """The outages inside the time."""
    return [
        (part, weight)
        for interval, weight in outages
        for part in intervals_of(inside(time, interval.start, interval.end))
    ]


def _left_of(outage: tuple[Interval, Fraction], left: Sequence[tuple[Edges, Weighted]]) -> Weighted:
    """The outage, which lies in the time of the exclusions, with the least weight that any of them leaves of it."""
    interval, weight = outage
    edges = {interval.start, interval.end}
    for time, outages in left:
        for instant in (*time, *(edge for each, _ in outages for edge in (each.start, each.end))):
            if interval.start < instant < interval.end:
                edges.add(instant)
    found: Weighted = []
    for start, end in pairwise(sorted(edges)):
        least = weight
        for time, outages in left:
            if inside(time, start, end):
                least = min(least, max((of for each, of in outages if start in each), default=Fraction(0)))
        if least:
            found.append((Interval(start, end), least))
    return found


def spoken_of(outages: Weighted, exclusions: Sequence[Exclusion]) -> Edges:
    """The time of the outages that the exclusions speak of, whatever they leave of it."""
    whole = intervals_of(edges_of(interval for interval, _ in outages))
    found: Edges = []
    for each in exclusions:
        found = either(found, edges_of(each.of(whole)))
    return found


def lightened(outages: Weighted, exclusions: Sequence[Exclusion], until: datetime) -> Intervals:
    """The time of the outages in which the exclusions take all of the weight, or some of it."""
    spoken = spoken_of(outages, exclusions)
    if not any(each.left for each in exclusions):
        return intervals_of(spoken)
    there = clipped(outages, spoken)
    left = remaining(there, exclusions, until)
    same = [part for part, weight in left if any(part.start in own and weight == of for own, of in there)]
    return intervals_of(without(spoken, edges_of(same)))
