"""The figure of downtime, beside the same figure found by asking of every minute where it belongs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from slm_domain.figures.buckets import BaseTerms
from slm_domain.figures.downtime import Counting, Downtime, DowntimeTerms, Surroundings, downtime, downtime_bounds
from slm_domain.figures.intervals import union
from slm_domain.figures.occurrences import ExclusionStatus, Occurrence, Outage
from slm_domain.figures.periods import Interval
from tests.figures.builders import (
    EDGE,
    MINUTES,
    TEN_DAYS,
    TOWN_HALL,
    instants,
    intervals,
    occurrences,
    outages,
    weights,
)

MINUTE = timedelta(minutes=1)


def minutes(found: Sequence[Interval]) -> set[int]:
    return {minute for each in found for minute in range(_minute(each.start), _minute(each.end))}


def _minute(instant: datetime) -> int:
    return (instant - EDGE) // MINUTE


OPEN = minutes(TOWN_HALL.open_intervals(Interval(EDGE - MINUTE, EDGE + (MINUTES + 1) * MINUTE)))


class Seen(msgspec.Struct):
    """An occurrence, minute by minute."""

    incident: str
    known: set[int]
    stopped: set[int]
    excluded: set[int]
    remaining: set[int]
    length: int
    is_stop: bool
    claimed: bool
    without_effect: set[int]
    beyond: set[int]
    parts: list[tuple[set[int], Fraction]]
    left: dict[int, Fraction]  # the most that an accepted exclusion leaves of a minute that it speaks of


def see(each: Occurrence, until: int, terms: DowntimeTerms, windows: set[int]) -> Seen:
    parts = [
        (minutes([found]), outage.weight)
        for outage in each.outages
        if (found := outage.until(EDGE + until * MINUTE)) is not None
    ]
    stopped = {minute for part, weight in parts if weight for minute in part}
    spoken_of: dict[ExclusionStatus, set[int]] = {status: set() for status in ExclusionStatus}
    left: dict[int, Fraction] = {}
    shortened_by, named = set[int](), set[int]()
    for claim in each.exclusions:
        first = min(stopped, default=0) if claim.start is None else _minute(claim.start)
        over = max(stopped, default=0) + 1 if claim.end is None else _minute(claim.end)
        spoken = stopped & set(range(first, over))
        spoken_of[claim.status] |= spoken
        if claim.status is ExclusionStatus.ACCEPTED:
            stays = {
                minute: max(outage.weight for outage in claim.left if _minute(outage.start) <= minute < _end(outage))
                for outage in claim.left
                if outage.weight
                for minute in range(_minute(outage.start), min(_end(outage), until))
            }
            named |= spoken if claim.left else set()
            shortened_by |= set() if claim.limited else spoken - set(stays)
            left |= {minute: min(stays.get(minute, Fraction(0)), left.get(minute, Fraction(1))) for minute in spoken}
    excluded = {minute for minute, weight in left.items() if not weight}
    remaining = stopped - excluded - windows
    lasting = stopped - shortened_by - windows
    length = len(lasting if terms.stop_length == "whole" else lasting & OPEN)
    return Seen(
        incident=each.incident,
        known={minute for part, _ in parts for minute in part},
        stopped=stopped,
        excluded=excluded,
        remaining=remaining,
        length=length,
        is_stop=terms.min_stop is None or length * MINUTE >= terms.min_stop,
        claimed=any(claim.status is ExclusionStatus.CLAIMED for claim in each.exclusions),
        without_effect=spoken_of[ExclusionStatus.WITHOUT_EFFECT] - excluded,
        beyond=(spoken_of[ExclusionStatus.BEYOND_ANNOUNCED] | named) - excluded,
        parts=[(part, weight) for part, weight in parts if weight],
        left=left,
    )


def _end(stopped: Outage) -> int:
    return MINUTES + 1 if stopped.end is None else _minute(stopped.end)


def brings(seen: Sequence[Seen], countable: set[int]) -> dict[int, tuple[str, Fraction]]:
    """Which incident brings each counted minute: the heaviest, then the one that began first, then by its code."""
    found: dict[int, tuple[str, Fraction]] = {}
    for minute in countable:
        candidates = [
            (-min(weight, stop.left.get(minute, weight)), min(stop.stopped), stop.incident)
            for stop in seen
            if stop.is_stop
            for part, weight in stop.parts
            if minute in part and minute in stop.remaining
        ]
        if candidates:
            weight, _, incident = min(candidates)
            found[minute] = incident, -weight
    return found


def counting(stop: Seen, judged: set[int], removed: set[int], windows: set[int]) -> Counting:
    inside = stop.stopped & judged & OPEN
    reasons = (
        (Counting.NO_STOP, not stop.stopped & judged),
        (Counting.OUTSIDE_HOURS, not inside),
        (Counting.UNMEASURED, not inside - removed),
        (Counting.EXCLUDED, not inside - removed - stop.excluded - windows),
        (Counting.BELOW_MINIMUM, not stop.is_stop),
        (Counting.CLAIMED_COUNTS_AS_DOWN, stop.claimed),
        (Counting.BEYOND_ANNOUNCED, inside & stop.beyond),
        (Counting.ACCEPTED_WITHOUT_EFFECT, inside & stop.without_effect),
    )
    return next((each for each, holds in reasons if holds), Counting.COUNTED)


def terms() -> st.SearchStrategy[DowntimeTerms]:
    return st.builds(
        DowntimeTerms,
        base=st.builds(
            BaseTerms,
            exclusions=st.sampled_from(["remove", "count_as_up"]),
            unmeasured=st.sampled_from(["remove", "stays_in_base"]),
        ),
        min_stop=st.sampled_from([None, 60 * MINUTE, 600 * MINUTE]),
        stop_length=st.sampled_from(["clipped_to_hours", "whole"]),
    )


def surroundings() -> st.SearchStrategy[Surroundings]:
    some = st.lists(intervals(), max_size=2).map(union)
    return st.builds(Surroundings, unmeasured=some, excluded=some)


@settings(max_examples=40)
@given(
    occurrences(st.one_of(st.just(Fraction(1)), weights())),
    st.one_of(st.just(TEN_DAYS), intervals()),
    instants(),
    terms(),
    surroundings(),
)
def test_every_number_is_that_of_the_minutes_counted_one_by_one(
    found: list[Occurrence], period: Interval, until_at: datetime, term: DowntimeTerms, around: Surroundings
) -> None:
    until = _minute(until_at)
    figure = downtime(
        found, period=period, until=EDGE + until * MINUTE, calendar=TOWN_HALL, terms=term, surroundings=around
    )
    judged = {minute for minute in minutes([period]) if minute < until}
    hours, unknown, windows = judged & OPEN, minutes(around.unmeasured), minutes(around.excluded)
    removed = unknown if term.base.unmeasured == "remove" else set()
    seen = [see(each, until, term, windows) for each in found]
    brought = brings(seen, hours - removed - windows)
    down = set(brought)
    excluded = (hours - removed) & windows
    excluded |= {minute for stop in seen for minute in stop.excluded & hours - removed - windows} - down
    unmeasured = hours & removed if removed or term.base.unmeasured == "remove" else hours & unknown - down - excluded

    buckets = figure.buckets
    assert buckets.down == len(down) * MINUTE
    assert buckets.excluded == len(excluded) * MINUTE
    assert buckets.unmeasured == len(unmeasured) * MINUTE
    assert buckets.up == len(hours - down - excluded - unmeasured) * MINUTE
    assert buckets.outside_hours == len(judged - OPEN) * MINUTE
    assert buckets.to_come == period.length - len(judged) * MINUTE
    assert buckets.lost == sum((60 * weight for _, weight in brought.values()), Fraction(0))
    shown = {minute: (each.incident, each.weight) for each in figure.slices for minute in minutes([each.interval])}
    assert {minute: weight for minute, (_, weight) in shown.items()} == {
        minute: weight for minute, (_, weight) in brought.items()
    }
    assert shown == brought

    listed = [stop for stop in seen if stop.known & judged]
    assert [line.incident for line in figure.lines] == [stop.incident for stop in listed]
    for line, stop in zip(figure.lines, listed, strict=True):
        inside = stop.stopped & hours
        assert line.counting is counting(stop, judged, removed, windows)
        assert minutes(line.intervals) == inside
        assert line.in_period == len(inside) * MINUTE
        assert line.stop_length == stop.length * MINUTE
        assert line.excluded == len(inside & (stop.excluded | windows)) * MINUTE
        assert line.counted == sum(1 for incident, _ in shown.values() if incident == stop.incident) * MINUTE
        assert line.beyond_announced == (len(inside & stop.beyond) * MINUTE if line.counted else 0 * MINUTE)


claims = st.none() | st.lists(outages(weights()), max_size=2).map(tuple)


@given(occurrences(weights()), st.lists(st.tuples(claims, claims), min_size=5, max_size=5), terms(), instants())
def test_each_bound_is_the_figure_of_its_own_claims(
    found: list[Occurrence],
    contested: list[tuple[tuple[Outage, ...] | None, tuple[Outage, ...] | None]],
    term: DowntimeTerms,
    until: datetime,
) -> None:
    given_claims = [
        msgspec.structs.replace(each, lowest=lowest, highest=highest)
        for each, (lowest, highest) in zip(found, contested, strict=False)
    ]

    def alone(claimed: str) -> Downtime:
        chosen = [
            each if getattr(each, claimed) is None else msgspec.structs.replace(each, outages=getattr(each, claimed))
            for each in given_claims
        ]
        return downtime(chosen, period=TEN_DAYS, until=until, calendar=TOWN_HALL, terms=term)

    bounds = downtime_bounds(given_claims, period=TEN_DAYS, until=until, calendar=TOWN_HALL, terms=term)
    assert bounds.lowest == alone("lowest")
    assert bounds.picked == alone("outages")
    assert bounds.highest == alone("highest")
