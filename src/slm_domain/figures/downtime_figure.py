"""The down time of a period as a figure: its buckets, its list of occurrences and its slices of time add up."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property

import msgspec

from slm_domain.figures.buckets import Buckets
from slm_domain.figures.downtime_terms import DowntimeTerms
from slm_domain.figures.frame import Frame
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.occurrence_lines import DownSlice, OccurrenceLine, lines_of
from slm_domain.figures.periods import Interval
from slm_domain.figures.whereabouts import Whereabouts, whereabouts


class Downtime(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The down time of a period as judged at `until`, found from `stops` inside a `frame`."""

    period: Interval
    until: datetime
    terms: DowntimeTerms
    provisional: bool  # closed days of the period are only proposed (C22)
    buckets: Buckets
    slices: tuple[DownSlice, ...]  # in order of time; they measure `buckets.down`
    frame: Frame
    stops: tuple[Stop, ...]

    @cached_property
    def lines(self) -> tuple[OccurrenceLine, ...]:
        """The list of occurrences in the order given, but for those that do not touch the period; made when asked."""
        return lines_of(self.stops, self.frame, self.counted)

    @cached_property
    def counted(self) -> Mapping[str, timedelta]:
        """The counted time that each incident brings; together they are `buckets.down`."""
        found: dict[str, timedelta] = {}
        for each in self.slices:
            found[each.incident] = found.get(each.incident, timedelta()) + each.interval.length
        return found

    @cached_property
    def went(self) -> Whereabouts:
        """The intervals that the buckets measure; found again when asked."""
        return whereabouts(self.stops, self.slices, self.frame)

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
    """The figure and, where times are contested, the least and the most that the claims allow (C23).

    `unexcluded` is the figure as it were without any exclusion; None where nothing is excluded.
    """

    lowest: Downtime  # the least down time
    picked: Downtime
    highest: Downtime  # the most down time
    unexcluded: Downtime | None = None

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
