"""What a figure's allowances no longer cover: over all incidents of the month or fiscal year, earliest first (C21)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from slm_domain.exclusions import Exclusions
from slm_domain.facts import IncidentFacts
from slm_domain.figures.allowances import Allowed, Asked, beyond_allowances
from slm_domain.figures.downtime import downtime_in
from slm_domain.figures.excluding import lightened
from slm_domain.figures.intervals import Intervals, union
from slm_domain.figures.judged_stops import Frame, Stop
from slm_domain.figures.local_time import local_date
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus, Occurrence
from slm_domain.figures.periods import Interval
from slm_domain.figures.spans import Span, SpanKind, spans_between
from slm_domain.sla import Sla
from slm_domain.stated_times import Reach

_INSTANT = timedelta(microseconds=1)

OccurrenceOf = Callable[[IncidentFacts], Occurrence | None]
ExclusionsOf = Callable[[IncidentFacts], tuple[Exclusion, ...]]
FrameOf = Callable[[Interval], Frame | None]


class Allowances:
    """The allowances of one figure: of the service, or of a unit, each by its own hours and with its own allowance.

    `occurrence_of` gives an incident's occurrence in the figure with every accepted claim in full, None where it stops
    nothing there or is too short a stop of the service; `exclusions_of` what its claims take out of that. `frame_of` is
    what of an interval the figure judges, None of an interval without an agreed SLA.
    """

    def __init__(  # noqa: PLR0917 -- a figure, by what it is made of
        self,
        sla: Sla,
        exclusions: Exclusions,
        incidents: Sequence[IncidentFacts],
        until: datetime,
        occurrence_of: OccurrenceOf,
        exclusions_of: ExclusionsOf,
        frame_of: FrameOf,
    ) -> None:
        self._sla = sla
        self._exclusions = exclusions
        self._until = until
        self._exclusions_of = exclusions_of
        self._occurrence_of = occurrence_of
        self._frame_of = frame_of
        self._limited = [each for each in incidents if exclusions.limited(each)]
        self._incidents = [each for each in incidents if any(_meet(each, other) for other in self._limited)]

    def beyond(self, part: Interval) -> Intervals:
        """The time of the part for which no allowance is left, in the months or years that it touches."""
        if not self._limited:
            return ()
        zone = self._sla.zone
        first, last = local_date(part.start, zone), local_date(part.end - _INSTANT, zone)
        periods = [each.allowance.per for each in self._sla.grounds if each.allowance is not None]
        kind: SpanKind = "fiscal_year" if "fiscal_year" in periods else "month"
        return union(
            interval for span in spans_between(kind, first, last, self._sla.start) for interval in self._beyond(span)
        )

    def _beyond(self, span: Span) -> Intervals:
        frame = self._frame_of(span.interval(self._sla.zone))
        if frame is None:
            return ()
        found = [(each, self._occurrence_of(each)) for each in self._incidents]
        known = [(incident, occurrence) for incident, occurrence in found if occurrence is not None]
        down = downtime_in(frame, [_without_allowances(occurrence) for _, occurrence in known])
        left = downtime_in(frame, [occurrence for _, occurrence in known])
        asked = [
            claim
            for (incident, _), stop in zip(known, down.stops, strict=True)
            for claim in self._asked(incident, stop)
        ]
        return beyond_allowances(down.slices, left.slices, asked, self._allowed(span))

    def _asked(self, incident: IncidentFacts, stop: Stop) -> Iterator[Asked]:
        """What the incident's claims ask for, each by itself, of the time in which it counts."""
        if stop.is_stop:
            counting = [(piece.interval, piece.weight) for piece in stop.pieces]
            for claim in self._exclusions.limited(incident):
                taken = self._exclusions_of(replace(incident, exclusions=(claim,)))
                accepted = [each for each in taken if each.status is ExclusionStatus.ACCEPTED]
                time = lightened(counting, accepted, self._until)
                yield Asked(ground=claim.ground, accepted=claim.positions[-1], time=time)

    def _allowed(self, span: Span) -> Iterator[Allowed]:
        """What the grounds allow in the span: its months', or its own."""
        for ground in self._sla.grounds:
            if ground.allowance is not None:
                for each in spans_between(ground.allowance.per, span.first, span.last, self._sla.start):
                    yield Allowed(
                        ground=ground.code,
                        period=each.interval(self._sla.zone),
                        amount=timedelta(minutes=ground.allowance.minutes),
                    )


def _without_allowances(occurrence: Occurrence) -> Occurrence:
    """The occurrence without what comes out of an allowance."""
    kept = tuple(each for each in occurrence.exclusions if not each.limited)
    return replace(occurrence, exclusions=kept)


def _meet(one: IncidentFacts, other: IncidentFacts) -> bool:
    """Whether the two may be stopped at once, by any claim."""
    if one.reach is None or other.reach is None:
        return False
    return _begins_by(one.reach, other.reach.end) and _begins_by(other.reach, one.reach.end)


def _begins_by(reach: Reach, instant: datetime | None) -> bool:
    return instant is None or reach.start < instant
