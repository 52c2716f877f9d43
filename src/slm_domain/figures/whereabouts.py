"""Where the time of a period went: the intervals that each bucket measures (C2, C4, C5)."""

from collections.abc import Sequence

import msgspec

from slm_domain.figures.edges import NO_TIME, Edges, edges_of, either, inside, intervals_of, shared, without
from slm_domain.figures.frame import Frame
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.occurrence_lines import DownSlice


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """The opening hours that have been judged, in sets that share no instant. What is in none of them was up."""

    hours: Edges
    down: Edges
    excluded: Edges
    unmeasured: Edges

    @property
    def up(self) -> Edges:
        """What is left of the opening hours."""
        return without(self.hours, either(self.down, either(self.excluded, self.unmeasured)))


def whereabouts(stops: Sequence[Stop], slices: Sequence[DownSlice], frame: Frame) -> Whereabouts:
    """Where the frame's opening hours went; the slices are the time that the stops are counted with."""
    down = edges_of(each.interval for each in slices)
    windows = shared(without(frame.hours, frame.removed), frame.windows)
    claimed = edges_of(interval for stop in stops if stop.excluded for interval in intervals_of(stop.excluded))
    excluded = either(windows, without(shared(frame.countable, claimed), down))
    unmeasured = shared(frame.hours, frame.removed)
    if frame.terms.base.unmeasured == "stays_in_base":
        # A stop that is stated is known, whatever the monitor missed: only what nobody knows about is unmeasured.
        unmeasured = without(shared(frame.hours, frame.unmeasured), either(down, excluded))
    return Whereabouts(hours=frame.hours, down=down, excluded=excluded, unmeasured=unmeasured)


def hours_to_come(frame: Frame) -> Edges:
    """The opening hours of the period after the instant of judgement: they belong to the base (C2)."""
    begins = frame.period.start if frame.judged is None else frame.judged.end
    if begins >= frame.period.end:
        return NO_TIME
    return inside(frame.calendar.open_edges(frame.period), begins, frame.period.end)
