"""An incident (障害): what later decisions need to know of it, and what its rules refuse."""

from datetime import datetime
from typing import Self
from uuid import UUID

from slm_domain.aggregate import Aggregate, Event
from slm_domain.clock_events import ClockPaused, ClockResumed, Dispatched, MomentCorrected, PausedSince, ResponseMoment
from slm_domain.contract import PlannedStopAnnounced
from slm_domain.contract_refusals import BeforeItsBeginning, EndsBeforeItStarts, NothingStated, SideMayNot
from slm_domain.incident_events import (
    Arrived,
    Contacted,
    DelayTold,
    EquipmentRestored,
    EquipmentStopTold,
    ExclusionAccepted,
    ExclusionClaimed,
    ExclusionRejected,
    IncidentReclassified,
    IncidentReported,
    IncidentVoided,
    OutageEnded,
    OutageReopened,
    OutageStarted,
    PartlyRestored,
    Recovered,
    SettlementProposed,
    TimesContested,
    TimesCorrected,
    TimesSettled,
    TriageReported,
    VoidProposed,
    WorkStarted,
)
from slm_domain.incident_refusals import (
    AnnouncedOnAnotherGround,
    ExclusionAlreadyClaimed,
    IncidentIsVoid,
    LevelUnchanged,
    NoEndOfYours,
    NoOutageAtLevelC,
    NoSettlementProposed,
    NoSuchExclusion,
    NoSystemInCommon,
    NothingToContest,
    NothingToCorrect,
    NoTimeInCommon,
    NotYoursToDecide,
    NoVoidProposed,
    OtherTimesProposed,
    OutageAlreadyEnded,
    OutageAlreadyStarted,
    OutageNotStarted,
    TimesAreSettled,
    UnknownSystem,
)
from slm_domain.response_refusals import (
    AlreadyArrived,
    AlreadyRecovered,
    CallAlreadyMade,
    ClockAlreadyPaused,
    ClockHasStopped,
    ClockNotPaused,
    EquipmentAlreadyTold,
    EquipmentNotTold,
    NoMomentOfYours,
    NoSuchCall,
    NotTriaged,
    RecoversByItsEnd,
)
from slm_domain.sla import SIDES, Side, Words
from slm_domain.stated_moments import StatedMoments

_RESPONSE = Words(ja="対応", en="the response")
_PAUSE = Words(ja="計時の中断", en="the pause")
_RESUMPTION = Words(ja="計時の再開", en="the resumption")
_OUTAGE = Words(ja="停止", en="the outage")


class Incident(Aggregate):
    """The state of one incident. Its outage has up to one start and one end per side."""

    KIND = "incident"

    def __init__(self) -> None:
        self.code = ""
        self.level = "C"
        self.systems: tuple[str, ...] = ()
        self.detected_at: datetime | None = None
        self.triaged_at: datetime | None = None
        self.recovered = False
        self.starts: dict[Side, datetime] = {}
        self.ends: dict[Side, datetime] = {}
        self.settlement: SettlementProposed | None = None
        self.settled: TimesSettled | None = None
        self.void_proposed: VoidProposed | None = None
        self.voided = False
        self.calls: dict[str, datetime] = {}
        self.arrived: dict[str, datetime] = {}
        self.equipment: dict[str, datetime] = {}
        self.paused: PausedSince = {}
        self.stated = StatedMoments()
        self.exclusions: set[str] = set()
        self.open_claims: dict[str, ExclusionClaimed] = {}

    def claim(self, side: Side, *, started_at: datetime | None = None, ended_at: datetime | None = None) -> None:
        """A side's statement of the outage's times; what it leaves out stays as it stated before."""
        if started_at is not None:
            self.starts[side] = started_at
        if ended_at is not None:
            self.ends[side] = ended_at

    def said(self, moment: ResponseMoment, code: str | None, side: Side, at: datetime) -> None:
        """A side stated a moment of the response: the incident's, or a call's or equipment's by its code."""
        self.stated.say(moment, code, side, at)

    def restate(self, moment: ResponseMoment, code: str | None, side: Side, at: datetime) -> None:
        """A side corrected what it stated."""
        self.stated.correct(moment, code, side, at)
        if moment == "triaged":
            self.triaged_at = at
        elif code is not None and moment == "contacted":
            self.calls[code] = at
        elif code is not None and moment == "arrived":
            self.arrived[code] = at
        elif code in self.equipment and moment == "equipment_stop_told":
            self.equipment[code] = at

    @classmethod
    def report(cls, incident_id: UUID, fact: IncidentReported) -> Self:
        """Open the record of an incident."""
        return cls.begin(incident_id, fact)

    def respond(self, fact: Event["Incident"]) -> None:
        """A moment of the response. Raises `BeforeItsBeginning` when it lies before the detection."""
        self._stands()
        if self.detected_at is not None and fact.occurred_at < self.detected_at:
            raise BeforeItsBeginning(what=_RESPONSE, at=fact.occurred_at, begin=self.detected_at)
        self.record(fact)

    def report_triage(self, fact: TriageReported) -> None:
        """The result of the first triage was reported. Raises `NotTriaged`, `BeforeItsBeginning`."""
        self._stands()
        if self.triaged_at is None:
            raise NotTriaged(incident=self.code)
        if fact.occurred_at < self.triaged_at:
            what = Words(ja="一次切り分けの報告", en="the report of the triage")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=self.triaged_at)
        self.record(fact)

    def recover(self, fact: Recovered) -> None:
        """A fault without an outage was put right. Raises `RecoversByItsEnd`, `AlreadyRecovered`."""
        self._stands()
        if self.starts:
            raise RecoversByItsEnd(incident=self.code)
        if self.recovered:
            raise AlreadyRecovered(incident=self.code)
        self.respond(fact)

    def reclassify(self, fact: IncidentReclassified) -> None:
        """Give the incident another level. The provider may raise it, not lower it: less is deducted at a lower one.

        Raises `LevelUnchanged`, `SideMayNot`, `NoOutageAtLevelC`.
        """
        self._stands()
        if fact.level == self.level:
            raise LevelUnchanged(incident=self.code, level=fact.level)
        if fact.level > self.level and fact.stated_by != "municipality":  # A is the highest
            act = Words(ja="障害レベルの引下げ", en="lowering the level of an incident")
            raise SideMayNot(act=act, allowed="municipality", side=fact.stated_by)
        if fact.level == "C" and self.starts:
            raise NoOutageAtLevelC(incident=self.code)
        self.record(fact)

    def restore_partly(self, fact: PartlyRestored) -> None:
        """Some systems run again (J1).

        Raises `NothingStated`, `UnknownSystem`, `OutageNotStarted`, `BeforeItsBeginning`.
        """
        self._stands()
        if not fact.systems:
            raise NothingStated(fields="systems")
        for system in fact.systems:
            if system not in self.systems:
                raise UnknownSystem(system=system, known=", ".join(self.systems))
        if not self.starts:
            raise OutageNotStarted(incident=self.code)
        begin = min(self.starts.values())
        if fact.occurred_at < begin:
            what = Words(ja="一部復旧", en="the partial restoration")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=begin)
        self.record(fact)

    def start_outage(self, fact: OutageStarted) -> None:
        """State when the outage began. Raises `OutageAlreadyStarted` when this side has, `NoOutageAtLevelC` (S6)."""
        self._unsettled()
        if self.level == "C":
            raise NoOutageAtLevelC(incident=self.code)
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

    def reopen_outage(self, fact: OutageReopened) -> None:
        """Take back the end that one's own side stated (C18). Raises `NoEndOfYours`, `TimesAreSettled`."""
        self._unsettled()
        if fact.stated_by not in self.ends:
            raise NoEndOfYours(incident=self.code, side=fact.stated_by)
        self.record(fact)

    def contest_times(self, fact: TimesContested) -> None:
        """State other times than the other side did (C23). Raises `NothingStated`, `NothingToContest`."""
        self._unsettled()
        _check_stated(fact)
        other = other_side(fact.stated_by)
        if (fact.started_at is not None and other not in self.starts) or (
            fact.ended_at is not None and other not in self.ends
        ):
            raise NothingToContest(incident=self.code, side=fact.stated_by)
        self._check_order(fact.stated_by, started_at=fact.started_at, ended_at=fact.ended_at)
        self.record(fact)

    def correct_times(self, fact: TimesCorrected) -> None:
        """Restate one's own times (C18, C23). Raises `NothingStated`, `NothingToCorrect`."""
        self._unsettled()
        _check_stated(fact)
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
            raise EndsBeforeItStarts(what=_OUTAGE, start=fact.started_at, end=fact.ended_at)
        self.record(fact)

    def settle(
        self, *, at: datetime, side: Side, started_at: datetime | None = None, ended_at: datetime | None = None
    ) -> None:
        """Agree to the times the other side proposed; named, they have to be those on the table.

        Raises `NoSettlementProposed`, `NotYoursToDecide`, `BeforeItsBeginning`, `OtherTimesProposed`.
        """
        self._stands()
        proposal = self.settlement
        if proposal is None:
            raise NoSettlementProposed(incident=self.code)
        if proposal.proposed_by == side:
            raise NotYoursToDecide(what=Words(ja="時刻の合意", en="the settlement of the times"), side=side)
        _check_answers(at, proposal)
        if (started_at or proposal.started_at, ended_at or proposal.ended_at) != (
            proposal.started_at,
            proposal.ended_at,
        ):
            raise OtherTimesProposed(incident=self.code, started_at=proposal.started_at, ended_at=proposal.ended_at)
        self.record(
            TimesSettled(occurred_at=at, agreed_by=side, started_at=proposal.started_at, ended_at=proposal.ended_at)
        )

    def propose_void(self, fact: VoidProposed) -> None:
        """Propose that the incident shall not count."""
        self._stands()
        self.record(fact)

    def void(self, *, at: datetime, side: Side) -> None:
        """Agree that it shall not count. Raises `NoVoidProposed`, `NotYoursToDecide`, `BeforeItsBeginning`."""
        self._stands()
        proposal = self.void_proposed
        if proposal is None:
            raise NoVoidProposed(incident=self.code)
        if proposal.proposed_by == side:
            raise NotYoursToDecide(what=Words(ja="取消", en="voiding the incident"), side=side)
        _check_answers(at, proposal)
        self.record(IncidentVoided(occurred_at=at, agreed_by=side))

    def contact(self, fact: Contacted) -> None:
        """The provider was called. Raises `CallAlreadyMade`."""
        self._stands()
        if fact.call in self.calls:
            raise CallAlreadyMade(call=fact.call)
        self.record(fact)

    def answer_call(self, fact: DelayTold | Dispatched | Arrived | WorkStarted) -> None:
        """What follows a call: a delay told, a dispatch, an arrival, a start of work.

        Raises `NoSuchCall`, `BeforeItsBeginning`, `AlreadyArrived`.
        """
        self._stands()
        if fact.call is not None:
            called_at = self.calls.get(fact.call)
            if called_at is None:
                raise NoSuchCall(incident=self.code, call=fact.call)
            if fact.occurred_at < called_at:
                what = Words(ja=f"出動要請 {fact.call} への対応", en=f"the answer to the call {fact.call}")
                raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=called_at)
            arrived_at = self.arrived.get(fact.call)
            before_it = isinstance(fact, DelayTold | Dispatched)
            if arrived_at is not None and (isinstance(fact, Arrived) or (before_it and fact.occurred_at >= arrived_at)):
                raise AlreadyArrived(call=fact.call)
        self.record(fact)

    def pause(self, fact: ClockPaused) -> None:
        """Stop clocks of a call, of equipment or of the whole incident (C14).

        Raises `NoSuchCall`, `EquipmentNotTold`, `BeforeItsBeginning`, `ClockHasStopped`, `ClockAlreadyPaused`.
        """
        self._stands()
        begin = self._clock_began(fact.call, fact.equipment)
        if fact.occurred_at < begin:
            raise BeforeItsBeginning(what=_PAUSE, at=fact.occurred_at, begin=begin)
        arrived_at = None if fact.call is None else self.arrived.get(fact.call)
        if arrived_at is not None and fact.occurred_at >= arrived_at:
            raise ClockHasStopped(clock=fact.call, stopped_at=arrived_at)
        if (fact.call, fact.equipment) in self.paused:
            raise ClockAlreadyPaused(clock=self._clock_name(fact.call, fact.equipment))
        self.record(fact)

    def resume(self, fact: ClockResumed) -> None:
        """Let what was paused run on (C14). Raises `ClockNotPaused`, `BeforeItsBeginning`."""
        self._stands()
        since = self.paused.get((fact.call, fact.equipment))
        if since is None:
            raise ClockNotPaused(clock=self._clock_name(fact.call, fact.equipment))
        if fact.occurred_at <= since:
            raise BeforeItsBeginning(what=_RESUMPTION, at=fact.occurred_at, begin=since)
        self.record(fact)

    def restore_equipment(self, fact: EquipmentRestored) -> None:
        """Equipment runs again. Raises `EquipmentNotTold`, `BeforeItsBeginning`."""
        self._stands()
        told_at = self.equipment.get(fact.equipment)
        if told_at is None:
            raise EquipmentNotTold(equipment=fact.equipment)
        if fact.occurred_at < told_at:
            what = Words(ja=f"機器 {fact.equipment} の復旧", en=f"the restoration of {fact.equipment}")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=told_at)
        self.record(fact)

    def tell_equipment_stop(self, fact: EquipmentStopTold) -> None:
        """Equipment in the town hall stopped, and the provider was told. Raises `EquipmentAlreadyTold`."""
        self._stands()
        if fact.equipment in self.equipment:
            raise EquipmentAlreadyTold(equipment=fact.equipment)
        self.record(fact)

    def correct_moment(self, fact: MomentCorrected) -> None:
        """Restate a moment of one's own (C18, C23). Raises `NoMomentOfYours`, `BeforeItsBeginning`."""
        self._stands()
        code = fact.call or fact.equipment
        if self.stated.of(fact.corrects, code, fact.stated_by) is None:
            raise NoMomentOfYours(incident=self.code, moment=fact.corrects, side=fact.stated_by)
        for what, at, begin in self.stated.out_of_order(fact.corrects, code, fact.corrected_to):
            raise BeforeItsBeginning(what=what, at=at, begin=begin)
        if self.detected_at is not None and fact.corrected_to < self.detected_at:
            raise BeforeItsBeginning(what=_RESPONSE, at=fact.corrected_to, begin=self.detected_at)
        self.record(fact)

    def claim_exclusion(self, fact: ExclusionClaimed, announced: PlannedStopAnnounced | None = None) -> None:
        """Claim an exclusion (C5); by a planned stop, what of the outage was `announced` (C21).

        Raises `ExclusionAlreadyClaimed`, `EndsBeforeItStarts`, `OutageNotStarted`, `AnnouncedOnAnotherGround`,
        `NoTimeInCommon`, `NoSystemInCommon`.
        """
        self._stands()
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
        self._stands()
        claim = self.open_claims.get(fact.exclusion)
        if claim is None:
            raise NoSuchExclusion(incident=self.code, exclusion=fact.exclusion)
        if claim.claimed_by == fact.decided_by:
            what = Words(ja=f"除外の申立て {fact.exclusion}", en=f"the exclusion {fact.exclusion}")
            raise NotYoursToDecide(what=what, side=fact.decided_by)
        _check_answers(fact.occurred_at, claim)
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
        start, end = self._outage()
        first = max(at for at in (start, announced.starts_at, claim.starts_at) if at is not None)
        last = min(at for at in (end, announced.ends_at, claim.ends_at) if at is not None)
        if last <= first:
            raise NoTimeInCommon(
                incident=self.code,
                planned_stop=announced.planned_stop,
                starts_at=announced.starts_at,
                ends_at=announced.ends_at,
            )

    def _outage(self) -> tuple[datetime | None, datetime | None]:
        """The first start and the last end that any side states, or the settled ones; no end while it is open."""
        if self.settled is not None:
            return self.settled.started_at, self.settled.ended_at
        return min(self.starts.values(), default=None), max(self.ends.values(), default=None)

    def _clock_began(self, call: str | None, equipment: str | None) -> datetime:
        """From when the paused clocks can have run."""
        begins = [at for at in (self.detected_at,) if at is not None]
        if call is not None:
            if call not in self.calls:
                raise NoSuchCall(incident=self.code, call=call)
            begins.append(self.calls[call])
        if equipment is not None:
            if equipment not in self.equipment:
                raise EquipmentNotTold(equipment=equipment)
            begins.append(self.equipment[equipment])
        return max(begins)

    def _clock_name(self, call: str | None, equipment: str | None) -> str:
        return call or equipment or self.code

    def _stands(self) -> None:
        if self.voided:
            raise IncidentIsVoid(incident=self.code)

    def _unsettled(self) -> None:
        self._stands()
        if self.settled is not None:
            raise TimesAreSettled(incident=self.code)

    def _check_order(self, side: Side, *, started_at: datetime | None, ended_at: datetime | None) -> None:
        """The outage ends after it starts as either side has it: where a side is silent, the other's time stands."""
        starts = self.starts if started_at is None else {**self.starts, side: started_at}
        ends = self.ends if ended_at is None else {**self.ends, side: ended_at}
        for one in SIDES:
            start = starts.get(one) or starts.get(other_side(one))
            end = ends.get(one) or ends.get(other_side(one))
            if start is not None and end is not None and end <= start:
                raise EndsBeforeItStarts(what=_OUTAGE, start=start, end=end)


def other_side(side: Side) -> Side:
    """The side that faces this one."""
    return SIDES[1] if side == SIDES[0] else SIDES[0]


def _check_stated(fact: TimesContested | TimesCorrected) -> None:
    if fact.started_at is None and fact.ended_at is None:
        raise NothingStated(fields="started_at, ended_at")


def _check_answers(at: datetime, proposal: SettlementProposed | VoidProposed | ExclusionClaimed) -> None:
    if at < proposal.occurred_at:
        what = Words(ja="相手方の提起への回答", en="the answer to what the other side brought forward")
        raise BeforeItsBeginning(what=what, at=at, begin=proposal.occurred_at)
