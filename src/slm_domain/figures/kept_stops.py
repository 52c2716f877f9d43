"""Stops that are over, kept between figures: the months and windows of a contract ask for the same ones again."""

from datetime import datetime

import msgspec

from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime_terms import DowntimeTerms
from slm_domain.figures.judged_stops import Frame, Stop
from slm_domain.figures.occurrences import Occurrence


class _Kept(msgspec.Struct, frozen=True):
    occurrence: Occurrence
    calendar: Calendar
    terms: DowntimeTerms
    first: datetime
    last: datetime
    stop: Stop


class KeptStops:
    """The stop of each incident, the last one asked for, as it is in every period that holds it whole.

    It is kept with the occurrence, the calendar and the terms that it follows from, and only good for these very ones.
    """

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def of(self, occurrence: Occurrence, frame: Frame) -> Stop:
        """`Stop.of` the outages that the occurrence picks."""
        if frame.windows or frame.removed or frame.judged is None:
            return Stop.of(occurrence, occurrence.outages, frame)
        known = self._kept.get(occurrence.incident)
        if (
            known is not None
            and known.occurrence is occurrence
            and known.calendar is frame.calendar
            and frame.judged.start <= known.first
            and known.last <= frame.judged.end
            and known.terms == frame.terms
        ):
            return known.stop
        stop = Stop.of(occurrence, occurrence.outages, frame)
        outages = (*occurrence.outages, *occurrence.apart)
        ends = [each.end for each in outages if each.end is not None]
        if ends and len(ends) == len(outages):
            first, last = min(each.start for each in outages), max(ends)
            if frame.judged.start <= first and last <= frame.judged.end:
                self._kept[occurrence.incident] = _Kept(occurrence, frame.calendar, frame.terms, first, last, stop)
        return stop
