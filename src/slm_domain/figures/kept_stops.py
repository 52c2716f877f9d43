"""Stops that are over, kept between figures: the months and windows of a contract ask for the same ones again."""

from datetime import datetime

import msgspec

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime_terms import DowntimeTerms
from slm_domain.figures.frame import Frame
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.occurrences import Occurrence

_MOST = 4  # of an incident: as picked, at least, at most, and with nothing excluded


class _Kept(msgspec.Struct, frozen=True):
    occurrence: Occurrence
    calendar: Calendar
    terms: DowntimeTerms
    first: datetime
    last: datetime
    stop: Stop

    def answers(self, occurrence: Occurrence, frame: Frame) -> bool:
        """Whether this stop is that of the occurrence in the frame."""
        own, judged = self.occurrence, frame.judged
        return (
            (own is occurrence or _alike(own, occurrence))
            and self.calendar is frame.calendar
            and judged is not None
            and judged.start <= self.first
            and self.last <= judged.end
            and (self.terms is frame.terms or self.terms == frame.terms)
        )


class KeptStops:
    """The stops of each incident, by the last claims asked for, as they are in every period that holds them whole.

    Each is kept with the occurrence, the calendar and the terms that it follows from, and only good for these.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[_Kept, ...]] = {}

    def of(self, occurrence: Occurrence, frame: Frame) -> Stop:
        """`Stop.of` the outages that the occurrence picks."""
        if frame.windows or frame.removed or frame.judged is None:
            return Stop.of(occurrence, occurrence.outages, frame)
        kept = self._kept.get(occurrence.incident, ())
        for each in kept:
            if each.answers(occurrence, frame):
                return each.stop
        stop = Stop.of(occurrence, occurrence.outages, frame)
        outages = (*occurrence.outages, *occurrence.apart)  # claims speak of their time only
        ends = [each.end for each in outages if each.end is not None]
        if ends and len(ends) == len(outages):
            first, last = min(each.start for each in outages), max(ends)
            if frame.judged.start <= first and last <= frame.judged.end:
                own = _Kept(occurrence, frame.calendar, frame.terms, first, last, stop)
                self._kept[occurrence.incident] = (own, *kept[: _MOST - 1])
        return stop


def _alike(one: Occurrence, other: Occurrence) -> bool:
    """Whether the two come to the same stop, whatever bounds they have besides."""
    return one.outages == other.outages and one.exclusions == other.exclusions and one.apart == other.apart
