"""The down time of a period as a figure: its buckets, its list of occurrences and its slices of time add up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.figures.buckets import BaseTerms, Buckets
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.periods import Interval

StopLength = Literal["clipped_to_hours", "whole"]


class DowntimeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as a stop, per contract.

    `min_stop` is the shortest occurrence that is a stop; None counts every interruption (A2). `stop_length` says
    whether that length is measured inside opening hours or as a whole (A3). `base` says what belongs to the base.
    """

    base: BaseTerms
    min_stop: timedelta | None = None
    stop_length: StopLength = "clipped_to_hours"


class Counting(StrEnum):
    """Whether an occurrence counts in the period, and if not, why."""

    COUNTED = "counted"
    CLAIMED_COUNTS_AS_DOWN = "claimed_counts_as_down"  # an exclusion is claimed, not accepted yet (C5)
    BELOW_MINIMUM = "below_minimum"  # shorter than a stop (C11)
    EXCLUDED = "excluded"
    OUTSIDE_HOURS = "outside_hours"
    NO_STOP = "no_stop"  # only a part failed, and the terms give that no weight (A28)
    UNMEASURED = "unmeasured"


class OccurrenceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence as the figure sees it. All times inside opening hours unless said otherwise.

    `in_period`: its stopped time inside the period, exclusions included. `stop_length`: the length of the whole
    occurrence for the threshold, without what is excluded (C4, C25). `excluded`: its accepted exclusions inside the
    period. `counted`: the down time of the figure that this occurrence brings; time that several occurrences share is
    brought by one of them only, so that the lines add up to the figure (C3).
    """

    incident: str
    counting: Counting
    in_period: timedelta
    stop_length: timedelta
    excluded: timedelta
    counted: timedelta
    intervals: Intervals  # what `in_period` measures


class DownSlice(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of counted down time and the incident that brings it."""

    interval: Interval
    weight: Fraction
    incident: str


class Downtime(msgspec.Struct, frozen=True, kw_only=True):
    """The down time of a period as judged at `until`."""

    period: Interval
    until: datetime
    terms: DowntimeTerms
    provisional: bool  # closed days of the period are only proposed (C22)
    buckets: Buckets
    lines: tuple[OccurrenceLine, ...]  # in the order given; occurrences that do not touch the period are left out
    slices: tuple[DownSlice, ...]  # in order of time; they measure `buckets.down`

    @property
    def base(self) -> timedelta:
        """The base of availability under the contract's terms."""
        return self.buckets.base(self.terms.base)

    @property
    def down(self) -> timedelta:
        """Counted time without service."""
        return self.buckets.down

    @property
    def availability(self) -> Fraction | None:
        """Availability under the contract's terms; None if there is no figure (C6)."""
        return self.buckets.availability(self.terms.base)

    @property
    def availability_under_both(self) -> Mapping[str, Fraction | None]:
        """The figure by exclusion policy: reports show both (C5)."""
        return {
            "remove": self.buckets.availability(msgspec.structs.replace(self.terms.base, exclusions="remove")),
            "count_as_up": self.buckets.availability(
                msgspec.structs.replace(self.terms.base, exclusions="count_as_up")
            ),
        }


class DowntimeBounds(msgspec.Struct, frozen=True, kw_only=True):
    """The figure and, where times are contested, the least and the most that the claims allow (C23)."""

    lowest: Downtime  # the least down time
    picked: Downtime
    highest: Downtime  # the most down time

    @property
    def contested(self) -> bool:
        """Whether the claims make a difference to the figure."""
        return self.lowest.buckets != self.highest.buckets

    @property
    def availability(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest availability that the claims allow; None if there is no figure (C6)."""
        figures = [each.availability for each in (self.lowest, self.picked, self.highest)]
        known = [figure for figure in figures if figure is not None]
        return (min(known), max(known)) if known else None
