"""What a claim comes to, as it is told: its notice, and what of it counts all the same and why (C5, C21)."""

from datetime import datetime

import msgspec

from slm_domain.announced import announcement_of
from slm_domain.exclusions import Effect, effect_of, ground_of
from slm_domain.facts import ExclusionFact, IncidentFacts, SlaVersion
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


def claim_told(
    register: Register, version: SlaVersion, incident: IncidentFacts, claim: ExclusionFact, until: datetime
) -> ClaimTold:
    """What the incident's claim comes to at `until` under this version of the SLA."""
    sla, ground = version.sla, ground_of(register, version.sla, claim)
    announced = announcement_of(register, claim)
    told = ClaimTold(
        effect=effect_of(register, sla, incident, claim, until),
        notice=notice_given(sla, ground, incident, announced, until),
    )
    time = incident.known_at(until)
    if time is None or told.effect not in _ACCEPTED:
        return told
    occurring = Occurring(register, version, time, until)
    found = occurring.in_full(incident, ())
    if found is None:
        return told
    outages = weighted(found.outages, until)
    whole = edges_of(interval for interval, _ in outages)
    _, own = cut((claim.starts_at, claim.ends_at), intervals_of(whole))
    spoken = edges_of(Interval(start, end) for start, end in own if start is not None and end is not None)
    beyond, spent = NO_TIME, NO_TIME
    if claim.planned_stop is not None:
        frees = told.effect is Effect.FREES_FROM_DAMAGES
        accepted = [each for each in found.exclusions if each.status is ExclusionStatus.ACCEPTED]
        taken = occurring.freeing(incident, ()) if frees else accepted
        left = edges_of(interval for interval, _ in remaining(outages, taken, until))
        beyond = shared(spoken, left)
    if occurring.exclusions.is_limited(claim):
        calendar = register.availability_calendar(max(local_date(time.start, sla.zone), register.first_day))
        spent = shared(without(spoken, beyond), edges_of(occurring.beyond_allowances((), calendar).picked))
    return msgspec.structs.replace(
        told,
        effect=Effect.BEYOND_ANNOUNCED if beyond and beyond == spoken else told.effect,
        beyond_announced=intervals_of(beyond),
        beyond_allowance=intervals_of(spent),
    )


_ACCEPTED = {Effect.LEAVES_MEASUREMENT, Effect.FREES_FROM_DAMAGES, Effect.BEYOND_ANNOUNCED}
