"""A figure's list of occurrences: what each brings, and why others bring nothing (C3, C4, C11, C25)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.counting import Counting, told
from slm_domain.figures.frame import Frame
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.periods import Interval

__all__ = ["Counting", "DownSlice", "OccurrenceLine", "lines_of"]

_NONE = timedelta()


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
    return tuple(_line(stop, frame, counted.get(stop.incident, _NONE)) for stop in stops if stop.touches)


def _line(stop: Stop, frame: Frame, counted: timedelta) -> OccurrenceLine:
    alone = not frame.windows and not frame.removed
    said = stop.told if alone else told(stop, frame.windows, frame.removed)
    return OccurrenceLine(
        incident=stop.incident,
        counting=said.counting,
        in_period=said.in_period,
        stop_length=stop.length,
        excluded=said.excluded,
        counted=counted,
        beyond_announced=said.beyond_announced if counted else _NONE,
        extraordinary=said.extraordinary,
        intervals=said.intervals,
    )
