"""How long allowances last: time that leaves a figure up to so much in each month or year, the earliest first (C21)."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import msgspec

from slm_domain.figures.buckets import seconds
from slm_domain.figures.intervals import Intervals, union
from slm_domain.figures.occurrence_lines import DownSlice
from slm_domain.figures.periods import Interval

_MICROSECOND = timedelta(microseconds=1)


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """How much time may leave a figure on a ground in one of its periods."""

    ground: str
    period: Interval
    amount: timedelta


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Time that an accepted claim asks to leave the figure, on a ground with an allowance, and when it was accepted."""

    ground: str
    accepted: int
    time: Intervals


def beyond_allowances(
    down: Sequence[DownSlice], left: Sequence[DownSlice], asked: Iterable[Asked], allowed: Iterable[Allowed]
) -> Intervals:
    """The time for which no allowance is left. `down` is the figure without the claims, `left` with all of them.

    What is charged is the difference alone: time that would be down, as much as it weighs, and is not with the claims.
    So nothing is charged for what never counted. Each moment is charged once; where several grounds are asked for it,
    to the claim that was accepted first and whose allowance lasts.
    """
    claims = sorted(asked, key=lambda each: each.accepted)
    pools = _Pools(allowed)
    found: list[Interval] = []
    before, after = _Weights(down), _Weights(left)
    edges = {*before.edges, *after.edges, *pools.edges}
    edges |= {edge for claim in claims for each in claim.time for edge in (each.start, each.end)}
    for start, end in pairwise(sorted(edges)):
        weight = before.at(start) - after.at(start)
        if weight:
            grounds = [claim.ground for claim in claims if any(start in each for each in claim.time)]
            spent = pools.charge(dict.fromkeys(grounds), Interval(start, end), weight)
            if spent < end:
                found.append(Interval(spent, end))
    return union(found)


class _Weights:
    """The weight of what is down at each instant."""

    def __init__(self, slices: Sequence[DownSlice]) -> None:
        self._slices = sorted(slices, key=lambda each: each.interval.start)
        self._starts = [each.interval.start for each in self._slices]
        self.edges = [edge for each in self._slices for edge in (each.interval.start, each.interval.end)]

    def at(self, instant: datetime) -> Fraction:
        place = bisect_right(self._starts, instant) - 1
        if place < 0 or instant >= self._slices[place].interval.end:
            return Fraction(0)
        return self._slices[place].weight


class _Pools:
    """What is left of the allowances, in exact seconds times weight."""

    def __init__(self, allowed: Iterable[Allowed]) -> None:
        self._left = [(each, seconds(each.amount)) for each in allowed]
        self.edges = [edge for each, _ in self._left for edge in (each.period.start, each.period.end)]

    def charge(self, grounds: Iterable[str], time: Interval, weight: Fraction) -> datetime:
        """Charge the time to the grounds in turn: the instant up to which their allowances last."""
        start = time.start
        for ground in grounds:
            for place, (each, left) in enumerate(self._left):
                if each.ground != ground or start not in each.period or not left:
                    continue
                wanted = seconds(time.end - start) * weight
                if wanted <= left:
                    self._left[place] = each, left - wanted
                    return time.end
                start += (left / weight * 1_000_000 // 1) * _MICROSECOND  # times are exact to the microsecond
                self._left[place] = each, Fraction(0)
        return start
