"""The rules of claims that a stop, or a part of it, leaves the measurement or costs nothing (C5, C21, G9)."""

from slm_domain.contract import PlannedStopAnnounced
from slm_domain.contract_refusals import EndsBeforeItStarts
from slm_domain.incident_events import ExclusionAccepted, ExclusionClaimed, ExclusionRejected
from slm_domain.incident_refusals import (
    AnnouncedOnAnotherGround,
    ExclusionAlreadyClaimed,
    NoSuchExclusion,
    NoSystemInCommon,
    NoTimeInCommon,
    OutageNotStarted,
)
from slm_domain.incident_state import IncidentState, require_answers
from slm_domain.sla import Words


class IncidentClaims(IncidentState):
    """What is claimed of the outage, and what the other side decides."""

    def claim_exclusion(self, fact: ExclusionClaimed, announced: PlannedStopAnnounced | None = None) -> None:
        """Claim an exclusion (C5); by a planned stop, what of the outage was `announced` (C21).

        Raises `ExclusionAlreadyClaimed`, `EndsBeforeItStarts`, `OutageNotStarted`, `AnnouncedOnAnotherGround`,
        `NoTimeInCommon`, `NoSystemInCommon`.
        """
        self.require_stands()
        if fact.exclusion in self.exclusions:
            raise ExclusionAlreadyClaimed(exclusion=fact.exclusion)
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        if fact.starts_at is not None and fact.ends_at is not None and fact.ends_at <= fact.starts_at:
            what = Words(ja="除外", en="the exclusion")
            raise EndsBeforeItStarts(what=what, start=fact.starts_at, end=fact.ends_at)
        if announced is not None:
            self._check_announced(fact, announced)
        self.record(fact)

    def decide_exclusion(self, fact: ExclusionAccepted | ExclusionRejected) -> None:
        """Accept or reject the other side's claim.

        Raises `NoSuchExclusion`, `NotYoursToDecide`, `BeforeItsBeginning`.
        """
        self.require_stands()
        claim = self.open_claims.get(fact.exclusion)
        if claim is None:
            raise NoSuchExclusion(incident=self.code, exclusion=fact.exclusion)
        what = Words(ja=f"除外の申立て {fact.exclusion}", en=f"the exclusion {fact.exclusion}")
        require_answers(fact.occurred_at, fact.decided_by, claim, what)
        self.record(fact)

    def _check_announced(self, claim: ExclusionClaimed, announced: PlannedStopAnnounced) -> None:
        """The claim is on the announcement's ground, and can have something in common with it, as stated so far."""
        if claim.ground != announced.ground:
            raise AnnouncedOnAnotherGround(
                planned_stop=announced.planned_stop, announced=announced.ground, ground=claim.ground
            )
        if self.systems and not set(self.systems) & set(announced.systems):
            systems = ", ".join(announced.systems)
            raise NoSystemInCommon(planned_stop=announced.planned_stop, announced=systems, incident=self.code)
        start, end = self.outage()
        first = max(at for at in (start, announced.starts_at, claim.starts_at) if at is not None)
        last = min(at for at in (end, announced.ends_at, claim.ends_at) if at is not None)
        if last <= first:
            raise NoTimeInCommon(
                incident=self.code,
                planned_stop=announced.planned_stop,
                starts_at=announced.starts_at,
                ends_at=announced.ends_at,
            )
