"""How long allowances last: time that leaves a figure up to so much in each month or year, the earliest first (C21)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import msgspec

from slm_domain.figures.buckets import seconds
from slm_domain.figures.edges import edges_of, shared
from slm_domain.figures.intervals import Intervals, intersect, union
from slm_domain.figures.occurrence_lines import DownSlice
from slm_domain.figures.periods import Interval

_MICROSECOND = timedelta(microseconds=1)


class Allowed(msgspec.Struct, frozen=True, kw_only=True):
    """How much time may leave a figure on a ground in one of its periods."""

    ground: str
    period: Interval
    amount: timedelta


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """How much of an allowance is used, in exact seconds times weight, and the least and the most possible (C23)."""

    allowed: Allowed
    used: Fraction
    least: Fraction
    most: Fraction

    @property
    def left(self) -> Fraction:
        """What is left of it, in exact seconds."""
        return seconds(self.allowed.amount) - self.used


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Time that an accepted claim asks to leave the figure, on a ground with an allowance, and when it was accepted."""

    ground: str
    accepted: int
    time: Intervals


class Beyond(msgspec.Struct, frozen=True, kw_only=True):
    """The time for which no allowance is left, and the least and the most of it that is possible (C23)."""

    picked: Intervals
    least: Intervals
    most: Intervals

    @classmethod
    def certain(cls, time: Intervals) -> "Beyond":
        """Nothing else is possible."""
        return cls(picked=time, least=time, most=time)

    @classmethod
    def among(cls, picked: Intervals, *possible: Intervals) -> "Beyond":
        """The least is in each of them, the most in any."""
        least = most = picked
        for each in possible:
            least, most = intersect(least, each), union((*most, *each))
        return cls(picked=picked, least=least, most=most)

    @classmethod
    def together(cls, found: Iterable["Beyond"]) -> "Beyond":
        """Several, of times that follow one another."""
        given = [each for each in found if each.most]
        picked = union(interval for each in given for interval in each.picked)
        if all(each.is_certain for each in given):
            return cls.certain(picked)
        least = union(interval for each in given for interval in each.least)
        return cls(picked=picked, least=least, most=union(interval for each in given for interval in each.most))

    @property
    def is_certain(self) -> bool:
        """Whether nothing else is possible."""
        return self.least == self.picked == self.most

    def within(self, time: Interval) -> "Beyond":
        """What of it lies in the time."""
        if not self.most:
            return self
        picked = _within(self.picked, time)
        if self.is_certain:
            return Beyond.certain(picked)
        return Beyond(picked=picked, least=_within(self.least, time), most=_within(self.most, time))


NOT_BEYOND = Beyond.certain(())


def all_is_allowed(asked: Iterable[Asked], allowed: Iterable[Allowed]) -> bool:
    """Whether the allowances last for all of the time that is asked for, however much of it would be down."""
    by_ground: dict[str, list[Interval]] = {}
    for claim in asked:
        by_ground.setdefault(claim.ground, []).extend(claim.time)
    edges = {ground: edges_of(time) for ground, time in by_ground.items()}
    for each in allowed:
        time = shared(edges.get(each.ground, []), [each.period.start, each.period.end])
        if sum((end - start for start, end in zip(time[::2], time[1::2], strict=True)), timedelta()) > each.amount:
            return False
    return True


def beyond_allowances(
    down: Sequence[DownSlice], left: Sequence[DownSlice], asked: Iterable[Asked], pools: "Pools"
) -> Intervals:
    """The time for which no allowance is left. `down` is the figure without the claims, `left` with all of them.

    What is charged is the difference alone: time that would be down, as much as it weighs, and is not with the claims;
    where `left` is a longer outage than `down`, as at a bound, there may be none.
    So nothing is charged for what never counted. Each moment is charged once; where several grounds are asked for it,
    to the claim that was accepted first and whose allowance lasts. The pools are left with what is left of them.
    """
    found: list[Interval] = []
    before, after = _Weights(down), _Weights(left)
    for time, claims in _stretches(list(asked), [*before.edges, *after.edges, *pools.edges]):
        weight = before.at(time.start) - after.at(time.start)
        if weight > 0:
            grounds = dict.fromkeys(each.ground for each in sorted(claims, key=lambda each: each.accepted))
            spent = pools.charge(grounds, time, weight)
            if spent < time.end:
                found.append(Interval(spent, time.end))
    return union(found)


def _stretches(asked: Sequence[Asked], others: Iterable[datetime]) -> Iterator[tuple[Interval, list[Asked]]]:
    """The time between one edge and the next that any claim asks for, each with the claims that do."""
    begin: dict[datetime, list[tuple[datetime, Asked]]] = {}
    edges = set(others)
    for claim in asked:
        for each in claim.time:
            begin.setdefault(each.start, []).append((each.end, claim))
            edges |= {each.start, each.end}
    running: list[tuple[datetime, Asked]] = []
    for start, end in pairwise(sorted(edges)):
        running = [each for each in running if each[0] > start] + begin.get(start, [])
        if running:
            yield Interval(start, end), [claim for _, claim in running]


def _within(intervals: Intervals, time: Interval) -> Intervals:
    """The intervals, sorted and disjoint, in the time."""
    first = bisect_right(intervals, time.start, key=lambda each: each.end)
    last = bisect_right(intervals, time.end, key=lambda each: each.start)
    return tuple(part for each in intervals[first:last] if (part := each.clipped(time)) is not None)


def used_of(pools: Sequence["Pools"]) -> list[Used]:
    """What is used of each allowance: of the figure, the first of the pools, and of what else is possible."""
    found = []
    for same in zip(*(each.used() for each in pools), strict=True):
        (allowed, used), *_ = same
        possible = [amount for _, amount in same]
        found.append(Used(allowed=allowed, used=used, least=min(possible), most=max(possible)))
    return found


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


class Pools:
    """What is left of the allowances, in exact seconds times weight, charged in order of time."""

    def __init__(self, allowed: Iterable[Allowed]) -> None:
        self._left = [(each, seconds(each.amount)) for each in allowed]
        self.edges = [edge for each, _ in self._left for edge in (each.period.start, each.period.end)]

    def copied(self) -> "Pools":
        """The same again, to be charged with something else."""
        found = Pools(())
        found._left, found.edges = list(self._left), self.edges
        return found

    def used(self) -> list[tuple[Allowed, Fraction]]:
        """What is used of each allowance."""
        return [(each, seconds(each.amount) - left) for each, left in self._left]

    def last_for(self, time: Interval) -> bool:
        """Whether anything is left of the allowances of the time."""
        return any(left and each.period.clipped(time) is not None for each, left in self._left)

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
