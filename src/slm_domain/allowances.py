"""What a figure's allowances no longer cover: over all incidents of the month or fiscal year, earliest first (C21).

How long an allowance lasts has bounds where it is contested or not known how long something was stopped: what comes
after it counts, or does not (C4, C23).
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from slm_domain.exclusions import Exclusions
from slm_domain.facts import ExclusionFact, IncidentFacts
from slm_domain.figures.allowances import (
    NOT_BEYOND,
    Allowed,
    Asked,
    Beyond,
    Pools,
    Used,
    all_is_allowed,
    beyond_allowances,
    used_of,
)
from slm_domain.figures.downtime import downtime_in
from slm_domain.figures.edges import edges_of, inside
from slm_domain.figures.excluding import lightened
from slm_domain.figures.frame import Frame
from slm_domain.figures.intervals import Intervals, subtract
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus, Occurrence
from slm_domain.figures.periods import Interval
from slm_domain.figures.spans import Span, SpanKind, spans_between
from slm_domain.sla import Sla

_INSTANT = timedelta(microseconds=1)

Bound = Callable[[Occurrence], Occurrence]  # which of the possible outages is looked at
OccurrenceOf = Callable[[IncidentFacts], Occurrence | None]
ExclusionsOf = Callable[[IncidentFacts], tuple[Exclusion, ...]]
FrameOf = Callable[[Interval], Frame | None]
StopsOf = Callable[[Sequence[IncidentFacts], Bound], Container[str] | None]
Earlier = Callable[[Interval], Iterable[tuple["Allowances", Interval, Beyond]]]


class Stopping(Struct, frozen=True):
    """An incident that stops something, how far its outage is known to reach, and what of it is limited."""

    incident: IncidentFacts
    known: Interval
    claims: Sequence[ExclusionFact]  # accepted ones that an allowance limits


class Allowances:
    """The allowances of one figure: of the service, or of a unit, each by its own hours and with its own allowance.

    `occurrence_of` gives an incident's occurrence in the figure with every accepted claim in full, None where it stops
    nothing there; `exclusions_of` what its claims take out of that. `stops_of` says which incidents are stops, where
    something else than their own length decides it. `frame_of` is what of an interval the figure judges, None of an
    interval without an agreed SLA. `earlier` gives the parts of an interval before `since`, in which
    another SLA was in force: the figure by that one, limited by these allowances, and the time that was down for want
    of its own (C12).
    """

    def __init__(  # noqa: PLR0917 -- a figure, by what it is made of
        self,
        sla: Sla,
        exclusions: Exclusions,
        stopping: Sequence[Stopping],
        until: datetime,
        occurrence_of: OccurrenceOf,
        exclusions_of: ExclusionsOf,
        stops_of: StopsOf,
        frame_of: FrameOf,
        earlier: Earlier,
        since: datetime,
    ) -> None:
        self._sla = sla
        self._exclusions = exclusions
        self._stopping = stopping
        self._until = in_utc(until)
        self._exclusions_of = exclusions_of
        self._occurrence_of = occurrence_of
        self._stops_of = stops_of
        self._frame_of = frame_of
        self._earlier = earlier
        self._since = since

    def beyond(self, part: Interval) -> Beyond:
        """The time of the part for which no allowance is left, in the months or years that it touches."""
        return Beyond.together(self._beyond(span, part) for span in self._spans(part))

    def used(self, part: Interval) -> list[Used]:
        """What is used of the allowances of the part's months or years, up to its end."""
        found: list[Used] = []
        for span in self._spans(part):
            pools = [Pools(self._allowed(span))]
            self._spend(span, part, pools)
            found += (each for each in used_of(pools) if each.allowed.period.clipped(part) is not None)
        return found

    def _spans(self, part: Interval) -> Iterable[Span]:
        """The months of the part, or its years where any allowance is for a year."""
        zone = self._sla.zone
        first, last = local_date(part.start, zone), local_date(part.end - _INSTANT, zone)
        periods = [each.allowance.per for each in self._exclusions.grounds if each.allowance is not None]
        kind: SpanKind = "fiscal_year" if "fiscal_year" in periods else "month"
        return spans_between(kind, first, last, self._sla.start)

    def _beyond(self, span: Span, part: Interval) -> Beyond:
        """Of one span, up to the end of the part."""
        time = self._up_to(span, part)
        allowed = list(self._allowed(span))
        at_most = [
            Asked(ground=claim.ground, accepted=0, time=self._at_most(each.known, claim, time))
            for each in _touching(self._stopping, time)
            for claim in each.claims
        ]
        if time.start >= self._since and all_is_allowed(at_most, allowed):
            return NOT_BEYOND
        return self._spend(span, part, [Pools(allowed)])

    def _up_to(self, span: Span, part: Interval) -> Interval:
        whole = span.interval(self._sla.zone)
        return Interval(whole.start, min(whole.end, part.end))

    def _spend(self, span: Span, part: Interval, pools: list[Pools]) -> Beyond:
        """Charge the pool of one span, up to the end of the part: the earliest first, so that nothing is taken away.

        Where more is possible than the figure has, the pools of the least and of the most are put beside its own.
        """
        time = self._up_to(span, part)
        found: list[Beyond] = []
        for month in spans_between("month", span.first, span.last, self._sla.start):
            interval = month.interval(self._sla.zone).clipped(time)
            if interval is None or (interval.end <= part.start and not any(each.last_for(part) for each in pools)):
                continue  # what comes later, or before and can leave no less than nothing
            before, own = interval.until(self._since), interval.clipped(Interval(self._since, time.end))
            if before is not None:
                found += (by.charge(each, gone, pools) for by, each, gone in self._earlier(before))
            if own is not None:
                found.append(self.charge(own, NOT_BEYOND, pools))
        return Beyond.together(found)

    def charge(self, time: Interval, gone: Beyond, pools: list[Pools]) -> Beyond:
        """Charge the pools with what is asked for in a part of a month, but for what was `gone` already."""
        frame = self._frame_of(time)
        if frame is None:
            return NOT_BEYOND
        touching = _touching(self._stopping, time)
        asking = {each.incident.incident: each.claims for each in touching if each.claims}
        known = self._known(_meeting(touching), time)
        if len(pools) == 1 and (not gone.is_certain or any(occurrence.has_bounds for _, occurrence in known)):
            pools += (pools[0].copied(), pools[0].copied())
        return self._spent_in(known, asking, frame, pools, gone)

    def _known(self, stopping: Sequence[Stopping], time: Interval) -> list[tuple[IncidentFacts, Occurrence]]:
        incidents = [each.incident for each in _touching(stopping, time)]
        found = ((incident, self._occurrence_of(incident)) for incident in incidents)
        return [(incident, occurrence) for incident, occurrence in found if occurrence is not None]

    def _spent_in(
        self,
        known: Sequence[tuple[IncidentFacts, Occurrence]],
        asking: Mapping[str, Sequence[ExclusionFact]],
        frame: Frame,
        pools: Sequence[Pools],
        gone: Beyond,
    ) -> Beyond:
        """The time of a month for which no allowance is left, in the figure and at its bounds."""

        def of(asks: Bound, stays: Bound, pools: Pools, gone: Intervals) -> Intervals:
            def bound(occurrence: Occurrence) -> Occurrence:
                return asks(occurrence) if occurrence.incident in asking else stays(occurrence)

            return self._spent(known, asking, bound, stays, frame, pools, gone)

        picked = of(_as_picked, _as_picked, pools[0], gone.picked)
        if len(pools) == 1:
            return Beyond.certain(picked)
        # What no claim takes out is charged to no allowance, and goes before what one does: that of others, and what
        # the claims leave of those that ask, which may be long where what they ask for is short.
        least = of(_asking_least, Occurrence.at_most, pools[1], gone.most)
        most = of(_asking_most, Occurrence.at_least, pools[2], gone.least)
        return Beyond.among(picked, least, most)

    def _spent(  # noqa: PLR0917 -- one call from the place above
        self,
        known: Sequence[tuple[IncidentFacts, Occurrence]],
        asking: Mapping[str, Sequence[ExclusionFact]],
        bound: Bound,
        stays: Bound,
        frame: Frame,
        pools: Pools,
        gone: Intervals,
    ) -> Intervals:
        """The time for which no allowance is left, by one of the possible outages of each incident.

        `stays` is the one by which time is down that no claim takes out.
        """
        incidents = [incident for incident, _ in known]
        found = [bound(occurrence) for _, occurrence in known]
        down = downtime_in(frame, [_without_allowances(each) for each in found], self._stops_of(incidents, bound))
        staying = [stays(occurrence) for _, occurrence in known]
        left = downtime_in(frame, staying, self._stops_of(incidents, stays))
        asked = [
            claim
            for (incident, _), occurrence, stop in zip(known, found, down.stops, strict=True)
            if stop.is_stop and incident.incident in asking
            for claim in self._asked(incident, occurrence, stop, asking[incident.incident], gone)
        ]
        return beyond_allowances(down.slices, left.slices, asked, pools)

    def _asked(
        self,
        incident: IncidentFacts,
        occurrence: Occurrence,
        stop: Stop,
        claims: Sequence[ExclusionFact],
        gone: Intervals,
    ) -> Iterator[Asked]:
        """What the incident's claims ask for, each by itself, of the time in which it counts."""
        counting = [(piece.interval, piece.weight) for piece in stop.pieces]
        for claim in claims:
            alone = len(incident.exclusions) == 1
            taken = occurrence.exclusions if alone else self._exclusions_of(replace(incident, exclusions=(claim,)))
            accepted = [each for each in taken if each.status is ExclusionStatus.ACCEPTED]
            time = subtract(lightened(counting, accepted, self._until), gone)
            yield Asked(ground=claim.ground, accepted=claim.positions[-1], time=time)

    def _allowed(self, span: Span) -> Iterator[Allowed]:
        """What the grounds allow in the span: its months', or its own."""
        for ground in self._exclusions.grounds:
            if ground.allowance is not None:
                for each in spans_between(ground.allowance.per, span.first, span.last, self._sla.start):
                    yield Allowed(
                        ground=ground.code,
                        period=each.interval(self._sla.zone),
                        amount=timedelta(minutes=ground.allowance.minutes),
                    )

    def _at_most(self, known: Interval, claim: ExclusionFact, time: Interval) -> Intervals:
        """The longest that the claim can ask for in the time, by whatever the sides say of the outage."""
        reach = self._exclusions.reach(claim)
        if reach is None:
            return ()
        start, end = (None if edge is None else in_utc(edge) for edge in reach)
        start = max(known.start, time.start, *([] if start is None else [start]))
        end = min(known.end, time.end, *([] if end is None else [end]))
        return (Interval(start, end),) if start < end else ()


def _meeting(stopping: Sequence[Stopping]) -> list[Stopping]:
    """What may be stopped while something is that asks: time that they share is charged to nobody."""
    reach = edges_of(each.known for each in stopping if each.claims)
    return [each for each in stopping if inside(reach, each.known.start, each.known.end)]


def _touching(stopping: Sequence[Stopping], time: Interval) -> list[Stopping]:
    return [each for each in stopping if each.known.start < time.end and time.start < each.known.end]


def _as_picked(occurrence: Occurrence) -> Occurrence:
    return occurrence


def _asking_least(occurrence: Occurrence) -> Occurrence:
    """The shortest outage, of which the claims leave the most."""
    claims = tuple(each.at_most() for each in occurrence.exclusions)
    return replace(occurrence, exclusions=claims).at_least()


def _asking_most(occurrence: Occurrence) -> Occurrence:
    """The longest outage, of which the claims leave the least."""
    claims = tuple(each.at_least() for each in occurrence.exclusions)
    return replace(occurrence, exclusions=claims).at_most()


def _without_allowances(occurrence: Occurrence) -> Occurrence:
    """The occurrence without what comes out of an allowance."""
    if not any(each.limited for each in occurrence.exclusions):
        return occurrence
    kept = tuple(each for each in occurrence.exclusions if not each.limited)
    return replace(occurrence, exclusions=kept)
