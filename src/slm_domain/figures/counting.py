"""What a figure's list says of an occurrence: how long it was, and whether it counts, or why not (C3, C4, C11, C25)."""

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from slm_domain.figures.edges import NO_TIME, Edges, either, intervals_of, length, shared, without
from slm_domain.figures.intervals import Intervals

if TYPE_CHECKING:
    from slm_domain.figures.judged_stops import Stop


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


class Told(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the list says of a stop, whatever others share of its time. The fields are those of `OccurrenceLine`."""

    counting: Counting
    in_period: timedelta
    excluded: timedelta
    beyond_announced: timedelta
    extraordinary: timedelta
    intervals: Intervals


def told(stop: "Stop", windows: Edges, removed: Edges) -> Told:
    """What the list says of the stop; `windows` leave the measurement whatever happens, `removed` was not measured."""
    left_out = either(stop.excluded, windows)
    excluded = shared(stop.inside, left_out) if left_out else NO_TIME
    asked_for = either(stop.inside, stop.extraordinary)
    return Told(
        counting=_counting(stop, removed, excluded),
        in_period=length(asked_for),
        excluded=length(excluded),
        beyond_announced=length(stop.beyond_announced),
        extraordinary=length(stop.extraordinary),
        intervals=intervals_of(asked_for),
    )


def _counting(stop: "Stop", removed: Edges, excluded: Edges) -> Counting:
    """The first of these reasons that holds; an occurrence for which none does counts."""
    measured = without(stop.inside, removed)
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
