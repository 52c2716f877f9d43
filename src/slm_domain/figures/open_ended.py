"""Stretches of time that need not have a beginning or an end, cut at times in between (C4)."""

from datetime import datetime

from slm_domain.figures.intervals import Intervals
from slm_domain.figures.local_time import in_utc

OpenEnded = tuple[datetime | None, datetime | None]


def cut(stretch: OpenEnded, at: Intervals) -> tuple[list[OpenEnded], list[OpenEnded]]:
    """What of the stretch lies outside the intervals, which are sorted and disjoint, and what lies inside."""
    since, end = (None if edge is None else in_utc(edge) for edge in stretch)
    outside: list[OpenEnded] = []
    inside: list[OpenEnded] = []
    for interval in at:
        if end is not None and interval.start >= end:
            break
        if since is not None and interval.end <= since:
            continue
        if since is None or since < interval.start:
            outside.append((since, interval.start))
            since = interval.start
        until = interval.end if end is None else min(interval.end, end)
        inside.append((since, until))
        since = until
    if since is None or end is None or since < end:
        outside.append((since, end))
    return outside, inside
