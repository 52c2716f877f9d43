"""What a claim to leave time out comes to: the ground's two flags, its notice and allowance, and the terms (C5, G9)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from slm_domain.facts import ExclusionFact, IncidentFacts, SlaVersion
from slm_domain.figures.intervals import Intervals, intersect, subtract, union
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus
from slm_domain.figures.periods import Interval
from slm_domain.figures.spans import Span, Start, span_of
from slm_domain.notices import notice_met
from slm_domain.register import Register
from slm_domain.sla import Ground, Sla
from slm_domain.times import picked


class Effect(StrEnum):
    """What became of a claim. Only the first two take anything away: time from the figure, or money from its price."""

    LEAVES_MEASUREMENT = "leaves_measurement"
    FREES_FROM_DAMAGES = "frees_from_damages"  # it stays down in the figure (G9, A24)
    CLAIMED = "claimed"  # until it is accepted it counts as down
    REJECTED = "rejected"
    NOTICE_MISSED = "notice_missed"  # the ground counts it as down, whatever was accepted (C21)
    PLANNED_STOPS_COUNT = "planned_stops_count"  # by the term planned_stop_counts (A35)


def effect_of(register: Register, sla: Sla, claim: ExclusionFact) -> Effect:
    """What the claim comes to under this SLA. A ground that it no longer has leaves the measurement, as it did."""
    if claim.status == "claimed":
        return Effect.CLAIMED
    if claim.status == "rejected":
        return Effect.REJECTED
    if claim.planned_stop is not None and sla.terms.planned_stop_counts == "yes":
        return Effect.PLANNED_STOPS_COUNT
    ground = ground_of(sla, claim)
    if ground is None:
        return Effect.LEAVES_MEASUREMENT
    announced = None if claim.planned_stop is None else register.planned_stops.get(claim.planned_stop)
    if ground.notice.when_missed == "counts_as_down" and notice_met(ground, announced, sla.zone) is False:
        return Effect.NOTICE_MISSED
    return Effect.LEAVES_MEASUREMENT if ground.leaves_measurement else Effect.FREES_FROM_DAMAGES


def ground_of(sla: Sla, claim: ExclusionFact) -> Ground | None:
    """The claim's ground as this SLA has it."""
    return next((ground for ground in sla.grounds if ground.code == claim.ground), None)


def allowance_runs_on(register: Register) -> bool:
    """Whether a ground's yearly allowance runs on from month to month: what uses it up leaves less for those after."""
    return any(each.allowance is not None and each.allowance.per == "fiscal_year" for each in _grounds(register))


class Exclusions:
    """The exclusions of a contract's incidents under one version of its SLA, as they stand at `until`.

    Allowances are shared by all incidents: in each month or fiscal year a ground's accepted time inside opening hours
    is taken earliest first, until the allowance is used up; what lies beyond counts as down.
    """

    def __init__(self, register: Register, version: SlaVersion, until: datetime) -> None:
        self._register = register
        self._sla = version.sla
        self._until = until
        self._used_up: dict[tuple[str, Span], datetime] = {}

    def of(self, incident: IncidentFacts) -> tuple[Exclusion, ...]:
        """Its claims as the figure takes them. Those that only free from damages are not among them."""
        return tuple(each for claim in incident.exclusions for each in self._as_taken(incident, claim))

    def freed(self, incident: IncidentFacts) -> Intervals:
        """The time that stays down in the figure and costs nothing (G9): accepted on a ground that only frees."""
        claims = [each for each in incident.exclusions if self._effect(each) is Effect.FREES_FROM_DAMAGES]
        return union(part for claim in claims for part in self._allowed(incident, claim))

    def beyond(self, incident: IncidentFacts, claim: ExclusionFact) -> Intervals:
        """The accepted time for which the ground's allowance no longer sufficed."""
        if self._effect(claim) not in {Effect.LEAVES_MEASUREMENT, Effect.FREES_FROM_DAMAGES}:
            return ()
        return subtract(self._claimed(incident, claim), self._allowed(incident, claim))

    def _effect(self, claim: ExclusionFact) -> Effect:
        return effect_of(self._register, self._sla, claim)

    def _as_taken(self, incident: IncidentFacts, claim: ExclusionFact) -> Iterator[Exclusion]:
        effect, ground = self._effect(claim), ground_of(self._sla, claim)
        if effect is Effect.LEAVES_MEASUREMENT and ground is not None and ground.allowance is not None:
            for part in self._allowed(incident, claim):
                yield _taken(claim, ExclusionStatus.ACCEPTED, part)
            for part in self.beyond(incident, claim):
                yield _taken(claim, ExclusionStatus.WITHOUT_EFFECT, part)
        elif effect in _STATUS and (ground is None or ground.leaves_measurement):
            yield Exclusion(ground=claim.ground, status=_STATUS[effect], start=claim.starts_at, end=claim.ends_at)

    def _claimed(self, incident: IncidentFacts, claim: ExclusionFact) -> Intervals:
        """The part of the outage that the claim speaks of, by the picked times."""
        times = picked(incident, self._sla.terms.contested_times, self._until)
        if times is None:
            return ()
        last = in_utc(self._until) if times.ended_at is None else min(in_utc(times.ended_at), in_utc(self._until))
        if in_utc(times.started_at) >= last:
            return ()
        outage = (Interval(times.started_at, last),)
        return Exclusion(
            ground=claim.ground, status=ExclusionStatus.ACCEPTED, start=claim.starts_at, end=claim.ends_at
        ).of(outage)

    def _allowed(self, incident: IncidentFacts, claim: ExclusionFact) -> Intervals:
        asked, ground = self._claimed(incident, claim), ground_of(self._sla, claim)
        if ground is None or ground.allowance is None:
            return asked
        kind, zone = ground.allowance.per, self._sla.zone
        found: list[Interval] = []
        for interval in asked:
            begin = interval.start
            while begin < interval.end:
                span = span_of(kind, local_date(begin, zone), Start(day_of_month=self._sla.terms.month_first_day))
                whole = span.interval(zone)
                end = min(interval.end, whole.end, max(begin, self._allowance_ends(ground, span)))
                if begin < end:
                    found.append(Interval(begin, end))
                begin = whole.end
        return tuple(found)

    def _allowance_ends(self, ground: Ground, span: Span) -> datetime:
        """The instant at which the ground's allowance of the period is used up; the period's end while it lasts."""
        known = self._used_up.get((ground.code, span))
        if known is None:
            known = self._used_up[ground.code, span] = self._worked_out(ground, span)
        return known

    def _worked_out(self, ground: Ground, span: Span) -> datetime:
        period = span.interval(self._sla.zone)
        if ground.allowance is None:
            return period.end
        left = timedelta(minutes=ground.allowance.minutes)
        calendar = self._register.availability_calendar(max(span.first, self._first_day))
        for part in intersect([period], self._accepted(ground)):
            for hours in calendar.open_intervals(part):
                if hours.length > left:
                    return hours.start + left
                left -= hours.length
        return period.end

    def _accepted(self, ground: Ground) -> Iterable[Interval]:
        taking = {Effect.LEAVES_MEASUREMENT, Effect.FREES_FROM_DAMAGES}
        for incident in self._register.incidents.values():
            for claim in incident.exclusions:
                if not incident.voided and claim.ground == ground.code and self._effect(claim) in taking:
                    yield from self._claimed(incident, claim)

    @property
    def _first_day(self) -> date:
        return min(version.effective_from for version in self._register.slas)


_STATUS = {
    Effect.LEAVES_MEASUREMENT: ExclusionStatus.ACCEPTED,
    Effect.CLAIMED: ExclusionStatus.CLAIMED,
    Effect.REJECTED: ExclusionStatus.REJECTED,
    Effect.NOTICE_MISSED: ExclusionStatus.WITHOUT_EFFECT,
    Effect.PLANNED_STOPS_COUNT: ExclusionStatus.WITHOUT_EFFECT,
}


def _grounds(register: Register) -> Iterator[Ground]:
    return (ground for version in register.slas for ground in version.sla.grounds)


def _taken(claim: ExclusionFact, status: ExclusionStatus, part: Interval) -> Exclusion:
    return Exclusion(ground=claim.ground, status=status, start=part.start, end=part.end)
