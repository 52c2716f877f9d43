"""The rules of the response to an incident: notices, triage, calls, equipment, and clocks that stand still (C14)."""

from datetime import datetime

from slm_domain.aggregate import Event
from slm_domain.clock_events import ClockPaused, ClockResumed, Dispatched, MomentCorrected
from slm_domain.contract_refusals import BeforeItsBeginning
from slm_domain.incident_events import (
    Arrived,
    Contacted,
    DelayTold,
    EquipmentRestored,
    EquipmentStopTold,
    Recovered,
    TriageReported,
    WorkStarted,
)
from slm_domain.incident_state import IncidentState
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
from slm_domain.sla import Words

_RESPONSE = Words(ja="対応", en="the response")
_PAUSE = Words(ja="計時の中断", en="the pause")
_RESUMPTION = Words(ja="計時の再開", en="the resumption")


class IncidentResponse(IncidentState):
    """What was done about the incident, and when."""

    def respond(self, fact: Event[IncidentState]) -> None:
        """A moment of the response. Raises `BeforeItsBeginning` when it lies before the detection."""
        self.require_stands()
        if self.detected_at is not None and fact.occurred_at < self.detected_at:
            raise BeforeItsBeginning(what=_RESPONSE, at=fact.occurred_at, begin=self.detected_at)
        self.record(fact)

    def report_triage(self, fact: TriageReported) -> None:
        """The result of the first triage was reported. Raises `NotTriaged`, `BeforeItsBeginning`."""
        self.require_stands()
        if self.triaged_at is None:
            raise NotTriaged(incident=self.code)
        if fact.occurred_at < self.triaged_at:
            what = Words(ja="一次切り分けの報告", en="the report of the triage")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=self.triaged_at)
        self.record(fact)

    def recover(self, fact: Recovered) -> None:
        """A fault without an outage was put right. Raises `RecoversByItsEnd`, `AlreadyRecovered`."""
        self.require_stands()
        if self.starts:
            raise RecoversByItsEnd(incident=self.code)
        if self.recovered:
            raise AlreadyRecovered(incident=self.code)
        self.respond(fact)

    def contact(self, fact: Contacted) -> None:
        """The provider was called. Raises `CallAlreadyMade`."""
        self.require_stands()
        if fact.call in self.calls:
            raise CallAlreadyMade(call=fact.call)
        self.record(fact)

    def answer_call(self, fact: DelayTold | Dispatched | Arrived | WorkStarted) -> None:
        """What follows a call: a delay told, a dispatch, an arrival, a start of work.

        Raises `NoSuchCall`, `BeforeItsBeginning`, `AlreadyArrived`.
        """
        self.require_stands()
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
        self.require_stands()
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
        self.require_stands()
        since = self.paused.get((fact.call, fact.equipment))
        if since is None:
            raise ClockNotPaused(clock=self._clock_name(fact.call, fact.equipment))
        if fact.occurred_at <= since:
            raise BeforeItsBeginning(what=_RESUMPTION, at=fact.occurred_at, begin=since)
        self.record(fact)

    def restore_equipment(self, fact: EquipmentRestored) -> None:
        """Equipment runs again. Raises `EquipmentNotTold`, `BeforeItsBeginning`."""
        self.require_stands()
        told_at = self.equipment.get(fact.equipment)
        if told_at is None:
            raise EquipmentNotTold(equipment=fact.equipment)
        if fact.occurred_at < told_at:
            what = Words(ja=f"機器 {fact.equipment} の復旧", en=f"the restoration of {fact.equipment}")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=told_at)
        self.record(fact)

    def tell_equipment_stop(self, fact: EquipmentStopTold) -> None:
        """Equipment in the town hall stopped, and the provider was told. Raises `EquipmentAlreadyTold`."""
        self.require_stands()
        if fact.equipment in self.equipment:
            raise EquipmentAlreadyTold(equipment=fact.equipment)
        self.record(fact)

    def correct_moment(self, fact: MomentCorrected) -> None:
        """Restate a moment of one's own (C18, C23). Raises `NoMomentOfYours`, `BeforeItsBeginning`."""
        self.require_stands()
        code = fact.call or fact.equipment
        if self.stated.of(fact.corrects, code, fact.stated_by) is None:
            raise NoMomentOfYours(incident=self.code, moment=fact.corrects, side=fact.stated_by)
        for what, at, begin in self.stated.out_of_order(fact.corrects, code, fact.corrected_to):
            raise BeforeItsBeginning(what=what, at=at, begin=begin)
        if self.detected_at is not None and fact.corrected_to < self.detected_at:
            raise BeforeItsBeginning(what=_RESPONSE, at=fact.corrected_to, begin=self.detected_at)
        self.record(fact)

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
