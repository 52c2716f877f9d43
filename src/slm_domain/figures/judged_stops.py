"""Each occurrence of a period as it stands at the instant of judgement, by some claim of its outages."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property

import msgspec

from slm_domain.figures.counting import Told, told
from slm_domain.figures.edges import (
    NO_TIME,
    Edges,
    edges_of,
    either,
    inside,
    intervals_of,
    length,
    shared,
    without,
)
from slm_domain.figures.excluding import Weighted, clipped, remaining, spoken_of
from slm_domain.figures.frame import Frame
from slm_domain.figures.occurrences import WHOLE, Exclusion, ExclusionStatus, Occurrence, Outage
from slm_domain.figures.periods import Interval


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A piece of a stop's time, and when the stop began that it is cut out of."""

    began: datetime
    interval: Interval
    weight: Fraction


class Stop(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An occurrence as it stands at the instant of judgement, by some claim of its outages."""

    incident: str
    claimed: bool  # an exclusion of it is claimed and not decided yet
    without_effect: bool  # an accepted exclusion speaks of what counts all the same (A35, C21)
    beyond_announced: Edges  # accepted, and counts all the same: beyond the planned stop that the claim names (C21)
    beyond_allowance: Edges  # accepted, and counts all the same: no allowance is left for it (C21)
    extraordinary: Edges  # no stop by agreement: extraordinary work outside support hours, in opening hours (S5)
    apart: bool  # any such work is judged, in opening hours or not
    touches: bool  # any of it is judged, what has no weight or is no stop too
    stops: bool  # any of it that has a weight is judged
    inside: Edges  # its time without service in the opening hours that are judged
    excluded: Edges  # accepted; of all its time without service
    pieces: tuple[Piece, ...]  # what can count of it: neither excluded nor in a window, measured, in opening hours
    length: timedelta
    is_stop: bool

    @cached_property
    def told(self) -> Told:
        """What a figure's list says of it, where the period has neither windows nor unmeasured time to take out."""
        return told(self, NO_TIME, NO_TIME)

    @classmethod
    def of(cls, occurrence: Occurrence, outages: Sequence[Outage], frame: Frame) -> "Stop":
        known = [(found, each.weight) for each in outages if (found := each.until(frame.until)) is not None]
        weighted = [each for each in known if each[1] is WHOLE or each[1]]
        stopped = edges_of(interval for interval, _ in weighted)
        took = _NOTHING if not occurrence.exclusions else _Taken.of(occurrence.exclusions, weighted, stopped, frame)
        open_time = shared(stopped, frame.hours)
        lasting = stopped
        if took is not _NOTHING:  # what outlives its exclusion is split there (C4)
            weighted, lasting = took.left, without(stopped, took.shortened_by)
        if frame.windows:
            weighted = clipped(weighted, without(stopped, frame.windows))
            lasting = without(lasting, frame.windows)
        lasted = _length(lasting, open_time if lasting is stopped else None, frame)
        least = frame.terms.min_stop
        stops = frame.touches(stopped)
        apart = _known(occurrence.apart, frame.until) if occurrence.apart else NO_TIME
        apart_touches = bool(apart) and frame.touches(apart)
        return cls(
            incident=occurrence.incident,
            claimed=bool(occurrence.exclusions)
            and any(each.status is ExclusionStatus.CLAIMED for each in occurrence.exclusions),
            without_effect=bool(took.without_effect and shared(took.without_effect, open_time)),
            beyond_announced=took.beyond_announced and shared(took.beyond_announced, open_time),
            beyond_allowance=took.beyond_allowance and shared(took.beyond_allowance, open_time),
            extraordinary=apart and shared(apart, frame.hours),
            apart=apart_touches,
            touches=stops or frame.touches(edges_of(interval for interval, _ in known)) or apart_touches,
            stops=stops,
            inside=open_time,
            excluded=took.excluded,
            pieces=_pieces(stopped[0], weighted, frame.countable) if open_time else (),
            length=lasted,
            is_stop=least is None or lasted >= least,  # exactly the minimum is a stop (S8: 60分以上)
        )


class _Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What the exclusions of an occurrence do to its outages."""

    left: Weighted
    excluded: Edges
    shortened_by: Edges  # what of it makes the stop shorter, for the minimum: not what comes out of an allowance
    without_effect: Edges
    beyond_announced: Edges
    beyond_allowance: Edges

    @classmethod
    def of(cls, exclusions: Sequence[Exclusion], outages: Weighted, stopped: Edges, frame: Frame) -> "_Taken":
        accepted = _with(exclusions, ExclusionStatus.ACCEPTED)
        left, excluded = outages, NO_TIME
        if accepted:
            left = remaining(outages, accepted, frame.until)
            excluded = without(stopped, edges_of(interval for interval, _ in left))
        shortened_by = excluded
        if any(each.limited for each in accepted):
            lasting = remaining(outages, [each for each in accepted if not each.limited], frame.until)
            shortened_by = without(stopped, edges_of(interval for interval, _ in lasting))
        none = _with(exclusions, ExclusionStatus.WITHOUT_EFFECT)
        spent = [each for each in none if each.limited]
        # what a planned stop did not name stays stopped in its time
        beyond = [*_with(exclusions, ExclusionStatus.BEYOND_ANNOUNCED), *(each for each in accepted if each.left)]
        not_announced = without(spoken_of(outages, beyond), excluded) if beyond else NO_TIME
        return cls(
            left=left,
            excluded=excluded,
            shortened_by=shortened_by,
            without_effect=without(spoken_of(outages, none), excluded) if none else NO_TIME,
            beyond_announced=not_announced,
            beyond_allowance=without(spoken_of(outages, spent), either(excluded, not_announced)) if spent else NO_TIME,
        )


def _known(outages: Sequence[Outage], until: datetime) -> Edges:
    return edges_of(found for each in outages if (found := each.until(until)) is not None)


_NOTHING = _Taken(
    left=[],
    excluded=NO_TIME,
    shortened_by=NO_TIME,
    without_effect=NO_TIME,
    beyond_announced=NO_TIME,
    beyond_allowance=NO_TIME,
)


def _with(exclusions: Sequence[Exclusion], status: ExclusionStatus) -> list[Exclusion]:
    return [each for each in exclusions if each.status is status]


def _pieces(began: datetime, weighted: Iterable[tuple[Interval, Fraction]], countable: Edges) -> tuple[Piece, ...]:
    return tuple(
        Piece(began, part, weight)
        for interval, weight in weighted
        for part in intervals_of(inside(countable, interval.start, interval.end))
    )


def _length(lasting: Edges, open_time: Edges | None, frame: Frame) -> timedelta:
    """How long the occurrence lasted, by the term: inside opening hours or as a whole, in and outside the period.

    `open_time` is what of it lies in the opening hours that are judged, where that is known already.
    """
    if frame.terms.stop_length == "whole" or not lasting:
        return length(lasting)
    judged = frame.judged
    if judged is not None and judged.start <= lasting[0] and lasting[-1] <= judged.end:
        return length(shared(lasting, frame.hours) if open_time is None else open_time)
    parts = intervals_of(lasting)
    return sum((frame.calendar.open_time(part) for part in parts), timedelta())
