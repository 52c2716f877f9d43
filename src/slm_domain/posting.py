"""How an entry changes the register: one small function per event, found by the event's class."""

from collections.abc import Callable
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace

from slm_domain.aggregate import Erased, Event
from slm_domain.clock_events import ClockPaused, ClockResumed, Dispatched, MeetingReported, MomentCorrected
from slm_domain.contract import ClosedDaysFixed, PlannedStopAnnounced, SlaAgreed, SlaProposed
from slm_domain.exemptions import ExemptionAccepted, ExemptionClaimed, ExemptionRejected
from slm_domain.facts import (
    Call,
    Equipment,
    ExclusionFact,
    ExemptionFact,
    FixedYear,
    IncidentFacts,
    LevelVersion,
    Measured,
    MomentFact,
    MomentKind,
    Part,
    PauseFact,
    PlannedStop,
    Restoration,
    Settled,
    SlaVersion,
    Statement,
    StoppedReport,
    UnmeasuredTime,
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
from slm_domain.service_level import (
    LevelDefined,
    LevelRetired,
    LevelRevised,
    MeasurementCorrected,
    MeasurementRecorded,
)
from slm_domain.sla import read_sla
from slm_domain.unmeasured_events import UnmeasuredTimeStated, UnmeasuredTimeWithdrawn


class Touched(msgspec.Struct, frozen=True, kw_only=True, gc=False):  # one for each entry, and soon forgotten
    """What an entry changed: an incident, a measurement, a level, a planned stop, unmeasured time, or the agreement.

    `before` is what was known of the incident or the measurement until then. `version` is the version of a level that
    the entry brought, `exemption` the claim of an exemption as it stands now, `unmeasured_time` what was stated or
    withdrawn. `other_days`: the closed days of the fiscal year differ from those that figures were computed with.
    """

    incident: str | None = None
    level: str | None = None
    measurement: str | None = None
    fiscal_year: int | None = None
    agreement: bool = False
    planned_stop: str | None = None
    unmeasured: str | None = None
    before: IncidentFacts | Measured | None = None
    version: LevelVersion | None = None
    exemption: ExemptionFact | None = None
    unmeasured_time: UnmeasuredTime | None = None
    other_days: bool = False


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


class Posting:
    """A register being filled, entry by entry. It remembers which originator stands for which incident or level."""

    def __init__(self) -> None:
        self.register = Register()
        self._incidents: dict[object, str] = {}  # originator id -> incident code
        self._levels: dict[object, str] = {}  # originator id -> level key
        self._proposed: dict[int, SlaProposed] = {}

    def post(self, originator: object, position: int, event: Event[Any] | Erased) -> Touched | None:
        """Take an entry; None when no figure depends on it."""
        handler = self.HANDLERS.get(type(event))  # type: ignore[arg-type]  # Erased has no handler
        return None if handler is None else handler(self, originator, position, event)

    def incident_of(self, originator: object) -> str | None:
        """The code of the incident that an originator is, if it is one."""
        return self._incidents.get(originator)

    def level_of(self, originator: object) -> str | None:
        """The key of the service level that an originator is, if it is one."""
        return self._levels.get(originator)

    # The contract

    def _sla_proposed(self, _originator: object, _position: int, event: SlaProposed) -> None:
        self._proposed[event.number] = event

    def _sla_agreed(self, _originator: object, position: int, event: SlaAgreed) -> Touched:
        proposed = self._proposed[event.number]
        self.register.slas.append(
            SlaVersion(
                number=event.number,
                effective_from=event.effective_from,
                sla=read_sla(proposed.document.encode()),
                digest=proposed.digest,
                position=position,
            )
        )
        return Touched(agreement=True)

    def _closed_days_fixed(self, _originator: object, position: int, event: ClosedDaysFixed) -> Touched:
        before = self.register.closed_days_of(event.fiscal_year)
        self.register.fix_year(FixedYear(fiscal_year=event.fiscal_year, closed=event.closed, position=position))
        return Touched(fiscal_year=event.fiscal_year, other_days=before != frozenset(event.closed))

    def _planned_stop_announced(self, _originator: object, position: int, event: PlannedStopAnnounced) -> Touched:
        self.register.planned_stops[event.planned_stop] = PlannedStop(
            planned_stop=event.planned_stop,
            ground=event.ground,
            told_at=event.occurred_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            systems=event.systems,
            organisations=event.organisations,
            position=position,
            unreachable=event.unreachable,
        )
        return Touched(planned_stop=event.planned_stop)

    def _unmeasured_stated(self, _originator: object, position: int, event: UnmeasuredTimeStated) -> Touched:
        stated = UnmeasuredTime(
            unmeasured=event.unmeasured,
            side=event.stated_by,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            systems=event.systems,
            position=position,
        )
        self.register.unmeasured[event.unmeasured] = stated
        return Touched(unmeasured=event.unmeasured, unmeasured_time=stated)

    def _unmeasured_withdrawn(self, _originator: object, _position: int, event: UnmeasuredTimeWithdrawn) -> Touched:
        withdrawn = self.register.unmeasured.pop(event.unmeasured)
        return Touched(unmeasured=event.unmeasured, unmeasured_time=withdrawn)

    # Service levels

    def _level_defined(self, originator: object, position: int, event: LevelDefined) -> Touched:
        self._levels[originator] = event.key
        return self._add_version(
            LevelVersion(
                level=event.key,
                effective_from=event.effective_from,
                definition=event.definition,
                revision=None,
                review=None,
                position=position,
            )
        )

    def _level_revised(self, originator: object, position: int, event: LevelRevised) -> Touched:
        level = self._levels[originator]
        return self._add_version(
            LevelVersion(
                level=level,
                effective_from=event.effective_from,
                definition=event.definition,
                revision=event.revision,
                review=event.review,
                position=position,
            )
        )

    def _level_retired(self, originator: object, position: int, event: LevelRetired) -> Touched:
        level = self._levels[originator]
        return self._add_version(
            LevelVersion(
                level=level,
                effective_from=event.effective_from,
                definition=None,
                revision=None,
                review=None,
                position=position,
            )
        )

    def _add_version(self, version: LevelVersion) -> Touched:
        self.register.levels.setdefault(version.level, []).append(version)
        return Touched(level=version.level, version=version)

    def _measured(
        self, originator: object, position: int, event: MeasurementRecorded | MeasurementCorrected
    ) -> Touched:
        level = self._levels[originator]
        before = self.register.measured.get((level, event.measurement))
        self.register.measured[level, event.measurement] = Measured(
            level=level,
            measurement=event.measurement,
            at=event.occurred_at,
            start=event.start,
            end=event.end,
            met=event.met,
            succeeded=event.succeeded,
            part=event.part,
            whole=event.whole,
            grade=event.grade,
            extraordinary=event.extraordinary,
            organisation=event.organisation,
            system=event.system,
            positions=(position,) if before is None else (*before.positions, position),
        )
        return Touched(level=level, measurement=event.measurement, before=before)

    def _exemption_claimed(self, originator: object, position: int, event: ExemptionClaimed) -> Touched:
        level = self._levels[originator]
        claimed = ExemptionFact(
            exemption=event.exemption,
            level=level,
            subject=event.subject,
            ground=event.ground,
            claimed_by=event.claimed_by,
            status="claimed",
            positions=(position,),
        )
        self.register.exemptions[level, event.exemption] = claimed
        return Touched(level=level, exemption=claimed)

    def _exemption_decided(
        self, originator: object, position: int, event: ExemptionAccepted | ExemptionRejected
    ) -> Touched:
        level = self._levels[originator]
        claimed = self.register.exemptions[level, event.exemption]
        decided = replace(
            claimed,
            status="accepted" if isinstance(event, ExemptionAccepted) else "rejected",
            positions=(*claimed.positions, position),
        )
        self.register.exemptions[level, event.exemption] = decided
        return Touched(level=level, exemption=decided)

    # Incidents

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
        SlaProposed: _sla_proposed,
        SlaAgreed: _sla_agreed,
        ClosedDaysFixed: _closed_days_fixed,
        PlannedStopAnnounced: _planned_stop_announced,
        UnmeasuredTimeStated: _unmeasured_stated,
        UnmeasuredTimeWithdrawn: _unmeasured_withdrawn,
        LevelDefined: _level_defined,
        LevelRevised: _level_revised,
        LevelRetired: _level_retired,
        MeasurementRecorded: _measured,
        MeasurementCorrected: _measured,
        ExemptionClaimed: _exemption_claimed,
        ExemptionAccepted: _exemption_decided,
        ExemptionRejected: _exemption_decided,
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


POSTED: frozenset[str] = frozenset(
    kind.NAME for kind in Posting.HANDLERS
)  # stored names of the entries figures depend on
