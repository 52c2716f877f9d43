"""An incident (障害): what later decisions need to know of it, and what its rules refuse."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from slm_domain.aggregate import Aggregate, Event
from slm_domain.contract_refusals import EndsBeforeItStarts
from slm_domain.incident_events import (
    Arrived,
    Contacted,
    DelayTold,
    EquipmentRestored,
    EquipmentStopTold,
    ExclusionAccepted,
    ExclusionClaimed,
    ExclusionRejected,
    IncidentReported,
    IncidentVoided,
    OutageEnded,
    OutageStarted,
    SettlementProposed,
    TimesContested,
    TimesCorrected,
    TimesSettled,
    VoidProposed,
    WorkStarted,
)
from slm_domain.incident_refusals import (
    AlreadyArrived,
    BeforeItsBeginning,
    CallAlreadyMade,
    EquipmentNotTold,
    ExclusionAlreadyClaimed,
    IncidentIsVoid,
    NoSettlementProposed,
    NoSuchCall,
    NoSuchExclusion,
    NothingToContest,
    NothingToCorrect,
    NotYoursToDecide,
    NoVoidProposed,
    OutageAlreadyEnded,
    OutageAlreadyStarted,
    OutageNotStarted,
    TimesAreSettled,
)
from slm_domain.sla import SIDES, Side


class Incident(Aggregate):
    """The state of one incident. Its outage has up to one start and one end per side."""

    KIND: ClassVar[str] = "incident"

    def __init__(self) -> None:
        self.code = ""
        self.level = "C"
        self.systems: tuple[str, ...] = ()
        self.detected_at: datetime | None = None
        self.starts: dict[Side, datetime] = {}
        self.ends: dict[Side, datetime] = {}
        self.settlement: SettlementProposed | None = None
        self.settled = False
        self.void_proposed_by: Side | None = None
        self.voided = False
        self.calls: dict[str, datetime] = {}
        self.arrived: set[str] = set()
        self.equipment: dict[str, datetime] = {}
        self.exclusions: set[str] = set()
        self.open_claims: dict[str, Side] = {}

    def claim(self, side: Side, *, started_at: datetime | None = None, ended_at: datetime | None = None) -> None:
        """A side's statement of the outage's times; what it leaves out stays as it stated before."""
        if started_at is not None:
            self.starts[side] = started_at
        if ended_at is not None:
            self.ends[side] = ended_at

    @classmethod
    def report(cls, incident_id: UUID, fact: IncidentReported) -> Self:
        """Open the record of an incident."""
        return cls.begin(incident_id, fact)

    def note_moment(self, fact: Event["Incident"]) -> None:
        """Record a moment of the response that no rule of the incident refuses, unless it is void."""
        self._stands()
        self.record(fact)

    def start_outage(self, fact: OutageStarted) -> None:
        """State when the outage began. Raises `OutageAlreadyStarted` when this side has said so before."""
        self._unsettled()
        if fact.stated_by in self.starts:
            raise OutageAlreadyStarted(incident=self.code, side=fact.stated_by)
        self._check_order(fact.stated_by, started_at=fact.occurred_at, ended_at=None)
        self.record(fact)

    def end_outage(self, fact: OutageEnded) -> None:
        """State when the outage ended. Raises `OutageNotStarted`, `OutageAlreadyEnded`, `EndsBeforeItStarts`."""
        self._unsettled()
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        if fact.stated_by in self.ends:
            raise OutageAlreadyEnded(incident=self.code, side=fact.stated_by)
        self._check_order(fact.stated_by, started_at=None, ended_at=fact.occurred_at)
        self.record(fact)

    def contest_times(self, fact: TimesContested) -> None:
        """State other times than the other side did (C23). Raises `NothingToContest`."""
        self._unsettled()
        other = other_side(fact.stated_by)
        if (fact.started_at is not None and other not in self.starts) or (
            fact.ended_at is not None and other not in self.ends
        ):
            raise NothingToContest(incident=self.code, side=fact.stated_by)
        self._check_order(fact.stated_by, started_at=fact.started_at, ended_at=fact.ended_at)
        self.record(fact)

    def correct_times(self, fact: TimesCorrected) -> None:
        """Restate one's own times (C18, C23). Raises `NothingToCorrect`."""
        self._unsettled()
        if (fact.started_at is not None and fact.stated_by not in self.starts) or (
            fact.ended_at is not None and fact.stated_by not in self.ends
        ):
            raise NothingToCorrect(incident=self.code, side=fact.stated_by)
        self._check_order(fact.stated_by, started_at=fact.started_at, ended_at=fact.ended_at)
        self.record(fact)

    def propose_settlement(self, fact: SettlementProposed) -> None:
        """Propose times to agree on; replaces an earlier proposal."""
        self._stands()
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        if fact.ended_at <= fact.started_at:
            raise EndsBeforeItStarts(what="停止 (the outage)", start=fact.started_at, end=fact.ended_at)
        self.record(fact)

    def settle(self, *, at: datetime, side: Side) -> None:
        """Agree to the times the other side proposed. Raises `NoSettlementProposed`, `NotYoursToDecide`."""
        self._stands()
        proposal = self.settlement
        if proposal is None:
            raise NoSettlementProposed(incident=self.code)
        if proposal.proposed_by == side:
            raise NotYoursToDecide(what="時刻の合意 (the settlement of the times)", side=side)
        self.record(
            TimesSettled(occurred_at=at, agreed_by=side, started_at=proposal.started_at, ended_at=proposal.ended_at)
        )

    def propose_void(self, fact: VoidProposed) -> None:
        """Propose that the incident shall not count."""
        self._stands()
        self.record(fact)

    def void(self, *, at: datetime, side: Side) -> None:
        """Agree that the incident shall not count. Raises `NoVoidProposed`, `NotYoursToDecide`."""
        self._stands()
        if self.void_proposed_by is None:
            raise NoVoidProposed(incident=self.code)
        if self.void_proposed_by == side:
            raise NotYoursToDecide(what="取消 (voiding the incident)", side=side)
        self.record(IncidentVoided(occurred_at=at, agreed_by=side))

    def contact(self, fact: Contacted) -> None:
        """The provider was called. Raises `CallAlreadyMade`."""
        self._stands()
        if fact.call in self.calls:
            raise CallAlreadyMade(call=fact.call)
        self.record(fact)

    def answer_call(self, fact: DelayTold | Arrived | WorkStarted) -> None:
        """A delay told, an arrival or a start of work that belongs to a call. Raises `NoSuchCall`, `AlreadyArrived`."""
        self._stands()
        if fact.call is not None:
            called_at = self.calls.get(fact.call)
            if called_at is None:
                raise NoSuchCall(incident=self.code, call=fact.call)
            if fact.occurred_at < called_at:
                raise BeforeItsBeginning(what=f"出動要請 (call) {fact.call}", at=fact.occurred_at, begin=called_at)
        if isinstance(fact, Arrived) and fact.call in self.arrived:
            raise AlreadyArrived(call=fact.call)
        self.record(fact)

    def restore_equipment(self, fact: EquipmentRestored) -> None:
        """Equipment runs again. Raises `EquipmentNotTold`, `BeforeItsBeginning`."""
        self._stands()
        told_at = self.equipment.get(fact.equipment)
        if told_at is None:
            raise EquipmentNotTold(equipment=fact.equipment)
        if fact.occurred_at < told_at:
            raise BeforeItsBeginning(what=f"復旧 (restoration) {fact.equipment}", at=fact.occurred_at, begin=told_at)
        self.record(fact)

    def tell_equipment_stop(self, fact: EquipmentStopTold) -> None:
        """Equipment in the town hall stopped, and the provider was told."""
        self._stands()
        self.record(fact)

    def claim_exclusion(self, fact: ExclusionClaimed) -> None:
        """Claim an exclusion (C5). Raises `ExclusionAlreadyClaimed`, `EndsBeforeItStarts`, `OutageNotStarted`."""
        self._stands()
        if fact.exclusion in self.exclusions:
            raise ExclusionAlreadyClaimed(exclusion=fact.exclusion)
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        if fact.starts_at is not None and fact.ends_at is not None and fact.ends_at <= fact.starts_at:
            raise EndsBeforeItStarts(what="除外 (the exclusion)", start=fact.starts_at, end=fact.ends_at)
        self.record(fact)

    def decide_exclusion(self, fact: ExclusionAccepted | ExclusionRejected) -> None:
        """Accept or reject the other side's claim. Raises `NoSuchExclusion`, `NotYoursToDecide`."""
        self._stands()
        claimed_by = self.open_claims.get(fact.exclusion)
        if claimed_by is None:
            raise NoSuchExclusion(incident=self.code, exclusion=fact.exclusion)
        if claimed_by == fact.decided_by:
            raise NotYoursToDecide(what=f"除外 (the exclusion) {fact.exclusion}", side=claimed_by)
        self.record(fact)

    def _stands(self) -> None:
        if self.voided:
            raise IncidentIsVoid(incident=self.code)

    def _unsettled(self) -> None:
        self._stands()
        if self.settled:
            raise TimesAreSettled(incident=self.code)

    def _check_order(self, side: Side, *, started_at: datetime | None, ended_at: datetime | None) -> None:
        other = other_side(side)
        start = started_at or self.starts.get(side) or self.starts.get(other)
        end = ended_at or self.ends.get(side) or self.ends.get(other)
        if start is not None and end is not None and end <= start:
            raise EndsBeforeItStarts(what="停止 (the outage)", start=start, end=end)


def other_side(side: Side) -> Side:
    """The side that faces this one."""
    return SIDES[1] if side == SIDES[0] else SIDES[0]
