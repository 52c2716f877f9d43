"""How an entry changes what is known of an incident: one small function per event, found by the event's class."""

from collections.abc import Callable
from typing import Any, ClassVar

from msgspec.structs import replace

from slm_domain.aggregate import Event
from slm_domain.clock_events import ClockPaused, ClockResumed, Dispatched, MeetingReported, MomentCorrected
from slm_domain.facts import (
    Call,
    Equipment,
    ExclusionFact,
    IncidentFacts,
    MomentFact,
    MomentKind,
    Part,
    PauseFact,
    Restoration,
    Settled,
    Statement,
    StoppedReport,
)
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
    IncidentReportHandedIn,
    IncidentVoided,
    Notified,
    OutageEnded,
    OutageReopened,
    OutageStarted,
    PartlyRestored,
    PartsNeeded,
    ProgressReported,
    Recovered,
    TimesContested,
    TimesCorrected,
    TimesSettled,
    Triaged,
    TriageReported,
    WorkStarted,
)
from slm_domain.register import Register
from slm_domain.touched import Touched

_MOMENTS: dict[type[Event[Any]], MomentKind] = {
    Notified: "notified",
    Triaged: "triaged",
    TriageReported: "triage_reported",
    Recovered: "recovered",
    IncidentReportHandedIn: "report_handed_in",
    MeetingReported: "meeting_reported",
}


_OF_CALLS: dict[str, str] = {
    "contacted": "contacted_at",
    "dispatched": "dispatched_at",
    "arrived": "arrived_at",
    "work_started": "work_started_at",
}


class IncidentPosting:
    """The incidents of a register being filled. It remembers which originator stands for which incident."""

    def __init__(self) -> None:
        self.register = Register()
        self._incidents: dict[object, str] = {}  # originator id -> incident code

    def incident_of(self, originator: object) -> str | None:
        """The code of the incident that an originator is, if it is one."""
        return self._incidents.get(originator)

    def _incident_reported(self, originator: object, position: int, event: IncidentReported) -> Touched:
        self._incidents[originator] = event.incident
        self.register.incidents[event.incident] = IncidentFacts(
            incident=event.incident,
            level=event.level,
            systems=event.systems,
            organisations=event.organisations,
            correlation=event.correlation,
            extraordinary=event.extraordinary,
            detected_at=event.occurred_at,
            positions=(position,),
        )
        return Touched(incident=event.incident)

    def _change(self, originator: object, position: int, **changes: object) -> Touched:
        code = self._incidents[originator]
        incident = self.register.incidents[code]
        self.register.incidents[code] = replace(incident, positions=(*incident.positions, position), **changes)
        return Touched(incident=code, before=incident)

    def _incident(self, originator: object) -> IncidentFacts:
        return self.register.incidents[self._incidents[originator]]

    def _reclassified(self, originator: object, position: int, event: IncidentReclassified) -> Touched:
        return self._change(originator, position, level=event.level)

    def _voided(self, originator: object, position: int, _event: IncidentVoided) -> Touched:
        return self._change(originator, position, voided=True)

    def _stated(self, originator: object, position: int, statement: Statement) -> Touched:
        statements = (*self._incident(originator).statements, statement)
        return self._change(originator, position, statements=statements)

    def _outage_started(self, originator: object, position: int, event: OutageStarted) -> Touched:
        statement = Statement(
            side=event.stated_by, started_at=event.occurred_at, ended_at=None, corrects=False, position=position
        )
        return self._stated(originator, position, statement)

    def _outage_ended(self, originator: object, position: int, event: OutageEnded) -> Touched:
        statement = Statement(
            side=event.stated_by,
            started_at=None,
            ended_at=event.occurred_at,
            corrects=False,
            position=position,
            known_by=event.known_by,
        )
        return self._stated(originator, position, statement)

    def _times_stated(self, originator: object, position: int, event: TimesContested | TimesCorrected) -> Touched:
        statement = Statement(
            side=event.stated_by,
            started_at=event.started_at,
            ended_at=event.ended_at,
            corrects=isinstance(event, TimesCorrected),
            position=position,
        )
        return self._stated(originator, position, statement)

    def _outage_reopened(self, originator: object, position: int, event: OutageReopened) -> Touched:
        """The ends that the side stated no longer count; that it took them back is evidence as they were."""
        statements = tuple(
            replace(each, ended_at=None, taken_back=each.ended_at)
            if each.side == event.stated_by and each.ended_at is not None
            else each
            for each in self._incident(originator).statements
        )
        reopened = Statement(side=event.stated_by, started_at=None, ended_at=None, corrects=True, position=position)
        return self._change(originator, position, statements=(*statements, reopened))

    def _times_settled(self, originator: object, position: int, event: TimesSettled) -> Touched:
        settled = Settled(started_at=event.started_at, ended_at=event.ended_at, position=position)
        return self._change(originator, position, settled=settled)

    def _partly_restored(self, originator: object, position: int, event: PartlyRestored) -> Touched:
        restoration = Restoration(
            at=event.occurred_at,
            systems=event.systems,
            provisional=event.provisional,
            position=position,
            side=event.stated_by,
            known_by=event.known_by,
        )
        return self._change(originator, position, restorations=(*self._incident(originator).restorations, restoration))

    def _progress_reported(self, originator: object, position: int, event: ProgressReported) -> Touched:
        report = StoppedReport(at=event.occurred_at, position=position)
        return self._change(originator, position, reports=(*self._incident(originator).reports, report))

    def _exclusion_claimed(self, originator: object, position: int, event: ExclusionClaimed) -> Touched:
        claim = ExclusionFact(
            exclusion=event.exclusion,
            ground=event.ground,
            claimed_by=event.claimed_by,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            planned_stop=event.planned_stop,
            status="claimed",
            positions=(position,),
        )
        return self._change(originator, position, exclusions=(*self._incident(originator).exclusions, claim))

    def _exclusion_decided(
        self, originator: object, position: int, event: ExclusionAccepted | ExclusionRejected
    ) -> Touched:
        status = "accepted" if isinstance(event, ExclusionAccepted) else "rejected"
        decided = tuple(
            replace(claim, status=status, positions=(*claim.positions, position))
            if claim.exclusion == event.exclusion
            else claim
            for claim in self._incident(originator).exclusions
        )
        return self._change(originator, position, exclusions=decided)

    def _contacted(self, originator: object, position: int, event: Contacted) -> Touched:
        call = Call(
            call=event.call,
            site=event.site,
            work=event.work,
            contacted_at=event.occurred_at,
            arrived_at=None,
            work_started_at=None,
            delay_told_at=None,
            delay_ground=None,
            positions=(position,),
            extraordinary=event.extraordinary,
        )
        return self._change(originator, position, calls=(*self._incident(originator).calls, call))

    def _change_call(self, originator: object, position: int, code: str, **changes: object) -> Touched:
        calls = tuple(
            replace(call, positions=(*call.positions, position), **changes) if call.call == code else call
            for call in self._incident(originator).calls
        )
        return self._change(originator, position, calls=calls)

    def _arrived(self, originator: object, position: int, event: Arrived) -> Touched:
        return self._change_call(originator, position, event.call, arrived_at=event.occurred_at)

    def _delay_told(self, originator: object, position: int, event: DelayTold) -> Touched:
        return self._change_call(
            originator, position, event.call, delay_told_at=event.occurred_at, delay_ground=event.ground
        )

    def _moment_corrected(self, originator: object, position: int, event: MomentCorrected) -> Touched:
        if event.call is not None:
            field = _OF_CALLS[event.corrects]
            return self._change_call(originator, position, event.call, **{field: event.corrected_to})
        if event.equipment is not None:
            return self._equipment_corrected(originator, position, event)
        moments = self._incident(originator).moments
        own = [each for each in moments if each.kind == event.corrects and each.stated_by == event.stated_by]
        first = min(own, key=lambda each: (each.at, each.position))
        corrected = replace(first, at=event.corrected_to, corrections=(*first.corrections, position))
        return self._change(
            originator, position, moments=tuple(corrected if each is first else each for each in moments)
        )

    def _equipment_corrected(self, originator: object, position: int, event: MomentCorrected) -> Touched:
        stops = list(self._incident(originator).equipment)
        last = max(number for number, each in enumerate(stops) if each.equipment == event.equipment)
        field = "told_at" if event.corrects == "equipment_stop_told" else "restored_at"
        stops[last] = replace(stops[last], positions=(*stops[last].positions, position), **{field: event.corrected_to})
        return self._change(originator, position, equipment=tuple(stops))

    def _dispatched(self, originator: object, position: int, event: Dispatched) -> Touched:
        known = next(call for call in self._incident(originator).calls if call.call == event.call)
        first = event.occurred_at if known.dispatched_at is None else min(known.dispatched_at, event.occurred_at)
        return self._change_call(originator, position, event.call, dispatched_at=first)

    def _clock_paused(self, originator: object, position: int, event: ClockPaused) -> Touched:
        pause = PauseFact(
            call=event.call,
            equipment=event.equipment,
            started_at=event.occurred_at,
            ended_at=None,
            stated_by=event.stated_by,
            positions=(position,),
        )
        return self._change(originator, position, pauses=(*self._incident(originator).pauses, pause))

    def _clock_resumed(self, originator: object, position: int, event: ClockResumed) -> Touched:
        pauses = tuple(
            replace(pause, ended_at=event.occurred_at, positions=(*pause.positions, position))
            if (pause.call, pause.equipment) == (event.call, event.equipment) and pause.ended_at is None
            else pause
            for pause in self._incident(originator).pauses
        )
        return self._change(originator, position, pauses=pauses)

    def _work_started(self, originator: object, position: int, event: WorkStarted) -> Touched:
        if event.call is None:
            return self._moment(originator, position, "work_started", event)
        known = next(call for call in self._incident(originator).calls if call.call == event.call)
        first = event.occurred_at if known.work_started_at is None else min(known.work_started_at, event.occurred_at)
        return self._change_call(originator, position, event.call, work_started_at=first)

    def _moment(self, originator: object, position: int, kind: MomentKind, event: Event[Any]) -> Touched:
        moment = MomentFact(
            kind=kind, at=event.occurred_at, position=position, stated_by=getattr(event, "stated_by", None)
        )
        return self._change(originator, position, moments=(*self._incident(originator).moments, moment))

    def _response_moment(self, originator: object, position: int, event: Event[Any]) -> Touched:
        return self._moment(originator, position, _MOMENTS[type(event)], event)

    def _parts_needed(self, originator: object, position: int, event: PartsNeeded) -> Touched:
        part = Part(part=event.part, at=event.occurred_at, ready=event.ready, position=position)
        return self._change(originator, position, parts=(*self._incident(originator).parts, part))

    def _equipment_stop_told(self, originator: object, position: int, event: EquipmentStopTold) -> Touched:
        stopped = Equipment(
            equipment=event.equipment, told_at=event.occurred_at, restored_at=None, positions=(position,)
        )
        return self._change(originator, position, equipment=(*self._incident(originator).equipment, stopped))

    def _equipment_restored(self, originator: object, position: int, event: EquipmentRestored) -> Touched:
        equipment = tuple(
            replace(each, restored_at=event.occurred_at, positions=(*each.positions, position))
            if each.equipment == event.equipment and each.restored_at is None
            else each
            for each in self._incident(originator).equipment
        )
        pauses = tuple(  # what runs again is paused no longer
            replace(pause, ended_at=max(event.occurred_at, pause.started_at))
            if pause.equipment == event.equipment and pause.ended_at is None
            else pause
            for pause in self._incident(originator).pauses
        )
        return self._change(originator, position, equipment=equipment, pauses=pauses)

    HANDLERS: ClassVar[dict[type[Event[Any]], Callable[..., Touched | None]]] = {
        IncidentReported: _incident_reported,
        IncidentReclassified: _reclassified,
        IncidentVoided: _voided,
        OutageStarted: _outage_started,
        OutageEnded: _outage_ended,
        OutageReopened: _outage_reopened,
        TimesContested: _times_stated,
        TimesCorrected: _times_stated,
        TimesSettled: _times_settled,
        PartlyRestored: _partly_restored,
        ProgressReported: _progress_reported,
        ExclusionClaimed: _exclusion_claimed,
        ExclusionAccepted: _exclusion_decided,
        ExclusionRejected: _exclusion_decided,
        Contacted: _contacted,
        MomentCorrected: _moment_corrected,
        Dispatched: _dispatched,
        Arrived: _arrived,
        ClockPaused: _clock_paused,
        ClockResumed: _clock_resumed,
        DelayTold: _delay_told,
        WorkStarted: _work_started,
        PartsNeeded: _parts_needed,
        EquipmentStopTold: _equipment_stop_told,
        EquipmentRestored: _equipment_restored,
        **dict.fromkeys(_MOMENTS, _response_moment),
    }
