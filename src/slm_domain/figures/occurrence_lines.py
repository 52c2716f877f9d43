"""A figure's list of occurrences: what each brings, and why others bring nothing (C3, C4, C11, C25)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

import msgspec

from slm_domain.figures.edges import NO_TIME, Edges, either, intervals_of, length, shared, without
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.judged_stops import Frame, Stop
from slm_domain.figures.periods import Interval


class Counting(StrEnum):
    """Whether an occurrence counts in the period, and if not, why."""

    COUNTED = "counted"
    CLAIMED_COUNTS_AS_DOWN = "claimed_counts_as_down"  # an exclusion is claimed, not accepted yet (C5)
    BEYOND_ANNOUNCED = "beyond_announced"  # accepted, but beyond the planned stop that the claim names (C21)
    ACCEPTED_WITHOUT_EFFECT = "accepted_without_effect"  # notice missed or allowance used up (C21), or by a term (A35)
    BELOW_MINIMUM = "below_minimum"  # shorter than a stop (C11)
    EXCLUDED = "excluded"
    OUTSIDE_HOURS = "outside_hours"
    NO_STOP = "no_stop"  # only a part failed, and the terms give that no weight (A28)
    UNMEASURED = "unmeasured"
    EXTRAORDINARY = "extraordinary"  # work at the municipality's request outside support hours is no stop (S5)


class OccurrenceLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One occurrence as the figure sees it. All times inside opening hours unless said otherwise.

    `in_period`: its time without service inside the period, with what is excluded or extraordinary work. `stop_length`:
    the length of the whole occurrence for the threshold, without what is excluded (C4, C25). `excluded`: its accepted
    exclusions inside the period. `counted`: the down time of the figure that this occurrence brings; time that several
    occurrences share is brought by one of them only, so that the lines add up to the figure (C3). `beyond_announced`:
    what of it counts although its exclusion was accepted, because the planned stop named did not cover it.
    `extraordinary`: work at the municipality's request outside support hours, which is no stop.
    """

    incident: str
    counting: Counting
    in_period: timedelta
    stop_length: timedelta
    excluded: timedelta
    counted: timedelta
    beyond_announced: timedelta
    extraordinary: timedelta
    intervals: Intervals  # what `in_period` measures


class DownSlice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A stretch of counted down time and the incident that brings it."""

    interval: Interval
    weight: Fraction
    incident: str


def lines_of(stops: Sequence[Stop], frame: Frame, counted: Mapping[str, timedelta]) -> tuple[OccurrenceLine, ...]:
    """The lines of a figure: one for each stop of which anything is judged, in the order given."""
    return tuple(_line(stop, frame, counted.get(stop.incident, timedelta())) for stop in stops if stop.touches)


def _line(stop: Stop, frame: Frame, counted: timedelta) -> OccurrenceLine:
    left_out = either(stop.excluded, frame.windows)
    excluded = shared(stop.inside, left_out) if left_out else NO_TIME
    asked_for = either(stop.inside, stop.extraordinary)
    return OccurrenceLine(
        incident=stop.incident,
        counting=_counting(stop, frame, excluded),
        in_period=length(asked_for),
        stop_length=stop.length,
        excluded=length(excluded),
        counted=counted,
        beyond_announced=length(stop.beyond_announced) if counted else timedelta(),
        extraordinary=length(stop.extraordinary),
        intervals=intervals_of(asked_for),
    )


def _counting(stop: Stop, frame: Frame, excluded: Edges) -> Counting:
    """The first of these reasons that holds; an occurrence for which none does counts."""
    measured = without(stop.inside, frame.removed)
    reasons = (
        (Counting.EXTRAORDINARY, stop.apart and not stop.inside),
        (Counting.NO_STOP, not stop.stops),
        (Counting.OUTSIDE_HOURS, not stop.inside),
        (Counting.UNMEASURED, not measured),
        (Counting.EXCLUDED, not without(measured, excluded)),
        (Counting.BELOW_MINIMUM, not stop.is_stop),
        (Counting.CLAIMED_COUNTS_AS_DOWN, stop.claimed),
        (Counting.BEYOND_ANNOUNCED, stop.beyond_announced),
        (Counting.ACCEPTED_WITHOUT_EFFECT, stop.without_effect),
    )
    return next((reason for reason, holds in reasons if holds), Counting.COUNTED)
