"""What monitoring says of a part over time, and the availability that follows when some of it is not known (C2, C6).

Availability leaves out what is not known; reliability leaves out planned stops too, so a planned stop lowers the first
and not the second. Neither has a figure when nothing is known (C6).
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

import msgspec

from slm_domain.figures.buckets import seconds
from slm_domain.figures.intervals import Intervals, union
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval


class State(StrEnum):
    """What is known of a monitored part at a moment."""

    UP = "up"
    DEGRADED = "degraded"  # a warning: still up
    UNKNOWN = "unknown"  # the check ran and could not tell
    MISSING = "missing"  # no check came in
    DOWN = "down"
    PLANNED = "planned"  # a planned stop (計画停止)
    EXCLUDED = "excluded"  # left out of every figure and roll-up (C5)


_UP = (State.UP, State.DEGRADED)
_UNKNOWN = (State.UNKNOWN, State.MISSING)

Change = tuple[datetime, State]


class Timeline(msgspec.Struct, frozen=True):
    """The states of a part, each from its instant (UTC) up to the next one; equal neighbours are one.

    Before its first change nothing came in: MISSING. Raises `NaiveInstantError`.
    """

    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        # sorted() keeps the order of equal instants: what was said last of one instant stands
        latest = {in_utc(at): state for at, state in self.changes}
        merged: list[Change] = []
        for change in sorted(latest.items(), key=lambda change: change[0]):
            if not merged or merged[-1][1] is not change[1]:
                merged.append(change)
        msgspec.structs.force_setattr(self, "changes", tuple(merged))

    def at(self, instant: datetime) -> State:
        """The state at the instant."""
        begun = bisect_right(self.changes, in_utc(instant), key=lambda change: change[0])
        return self.changes[begun - 1][1] if begun else State.MISSING

    def slices(self, period: Interval) -> tuple[tuple[Interval, State], ...]:
        """The period, cut where the state changes. What was last known before it is carried into it."""
        inside = [begins for begins, _ in self.changes if period.start < begins < period.end]
        edges = [period.start, *inside, period.end]
        return tuple((Interval(start, end), self.at(start)) for start, end in pairwise(edges))

    def intervals(self, period: Interval, states: Iterable[State]) -> Intervals:
        """The time of the period in any of the states: that of `State.DOWN` is outages."""
        wanted = frozenset(states)
        return union(interval for interval, state in self.slices(period) if state in wanted)

    def within(self, period: Interval) -> "Timeline":
        """Its changes inside the period, from the period's start on."""
        return Timeline(tuple((interval.start, state) for interval, state in self.slices(period)))


class KnownTime(msgspec.Struct, frozen=True, kw_only=True):
    """Where the time of a period went: the five add up to it."""

    up: timedelta = timedelta()
    down: timedelta = timedelta()
    unknown: timedelta = timedelta()
    planned: timedelta = timedelta()
    excluded: timedelta = timedelta()

    @property
    def total(self) -> timedelta:
        """All of the time."""
        return self.up + self.down + self.unknown + self.planned + self.excluded

    @property
    def availability(self) -> Fraction | None:
        """Up ÷ (total - unknown - excluded); None when nothing is known."""
        return share(self.up, self.up + self.down + self.planned)

    @property
    def reliability(self) -> Fraction | None:
        """Up ÷ (total - unknown - excluded - planned); None when nothing is left."""
        return share(self.up, self.up + self.down)


def known_time(timeline: Timeline, period: Interval) -> KnownTime:
    """Where the time of the period went, by what is known of the part."""
    spent: dict[State, timedelta] = dict.fromkeys(State, timedelta())
    for interval, state in timeline.slices(period):
        spent[state] += interval.length
    return KnownTime(
        up=sum((spent[state] for state in _UP), timedelta()),
        down=spent[State.DOWN],
        unknown=sum((spent[state] for state in _UNKNOWN), timedelta()),
        planned=spent[State.PLANNED],
        excluded=spent[State.EXCLUDED],
    )


def share(part: timedelta, whole: timedelta) -> Fraction | None:
    """The exact share of time; None of no time at all (C6)."""
    return Fraction(seconds(part), seconds(whole)) if whole else None
