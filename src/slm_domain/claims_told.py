"""What a claim comes to, as it is told: its notice, and what of it counts all the same and why (C5, C21)."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

import msgspec

from slm_domain.announced import announcement_of
from slm_domain.exclusions import Effect, effect_of, ground_of
from slm_domain.facts import ExclusionFact, IncidentFacts, SlaVersion
from slm_domain.figures.allowances import Beyond
from slm_domain.figures.edges import NO_TIME, edges_of, intervals_of, shared, without
from slm_domain.figures.excluding import remaining, weighted
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.local_time import local_date
from slm_domain.figures.occurrences import ExclusionStatus
from slm_domain.figures.open_ended import cut
from slm_domain.figures.periods import Interval
from slm_domain.notices import NoticeGiven, notice_given
from slm_domain.occurring import Occurring
from slm_domain.register import Register


class ClaimTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim comes to in the figure of the service.

    `beyond_announced` is what of an accepted one counts because the planned stop that it names does not cover it,
    `beyond_allowance` what counts because its ground's allowance is used up.
    """

    effect: Effect
    notice: NoticeGiven
    beyond_announced: Intervals = ()
    beyond_allowance: Intervals = ()


class ClaimsTold:
    """What the claims of these incidents come to at `until` under one version of the SLA, in the service's figure."""

    def __init__(
        self, register: Register, version: SlaVersion, incidents: Iterable[IncidentFacts], until: datetime
    ) -> None:
        self._register, self._version, self._until = register, version, until
        self._known = [known for each in incidents if (known := each.known_at(until)) is not None]

    def of(self, incident: IncidentFacts, claim: ExclusionFact) -> ClaimTold:
        """What one claim of one of the incidents comes to."""
        register, sla = self._register, self._version.sla
        announced = announcement_of(register, claim)
        told = ClaimTold(
            effect=effect_of(register, sla, incident, claim, self._until),
            notice=notice_given(sla, ground_of(register, sla, claim), incident, announced, self._until),
        )
        known = incident.known_at(self._until)
        found = None if known is None or told.effect not in _ACCEPTED else self._occurring.in_full(incident, ())
        if known is None or found is None:
            return told
        outages = weighted(found.outages, self._until)
        whole = edges_of(interval for interval, _ in outages)
        _, own = cut((claim.starts_at, claim.ends_at), intervals_of(whole))
        spoken = edges_of(Interval(start, end) for start, end in own if start is not None and end is not None)
        beyond, spent = NO_TIME, NO_TIME
        if claim.planned_stop is not None:
            frees = told.effect is Effect.FREES_FROM_DAMAGES
            accepted = [each for each in found.exclusions if each.status is ExclusionStatus.ACCEPTED]
            taken = self._occurring.freeing(incident, ()) if frees else accepted
            left = edges_of(interval for interval, _ in remaining(outages, taken, self._until))
            beyond = shared(spoken, left)
        if self._occurring.exclusions.is_limited(claim):
            spent = shared(without(spoken, beyond), edges_of(self._spent.within(known).picked))
        return msgspec.structs.replace(
            told,
            effect=Effect.BEYOND_ANNOUNCED if beyond and beyond == spoken else told.effect,
            beyond_announced=intervals_of(beyond),
            beyond_allowance=intervals_of(spent),
        )

    @cached_property
    def _time(self) -> Interval:
        """All the time of the incidents: what an allowance leaves of it is worked out once for all of them."""
        return Interval(min(each.start for each in self._known), max(each.end for each in self._known))

    @cached_property
    def _occurring(self) -> Occurring:
        return Occurring(self._register, self._version, self._time, self._until)

    @cached_property
    def _spent(self) -> Beyond:
        first_day = max(local_date(self._time.start, self._version.sla.zone), self._register.first_day)
        return self._occurring.beyond_allowances((), self._register.availability_calendar(first_day))


def claim_told(
    register: Register, version: SlaVersion, incident: IncidentFacts, claim: ExclusionFact, until: datetime
) -> ClaimTold:
    """What the incident's claim comes to at `until` under this version of the SLA."""
    return ClaimsTold(register, version, [incident], until).of(incident, claim)


_ACCEPTED = {Effect.LEAVES_MEASUREMENT, Effect.FREES_FROM_DAMAGES, Effect.BEYOND_ANNOUNCED}
