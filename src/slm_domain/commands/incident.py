"""Commands on an incident: its report, its outage, and what the two sides say of its times and exclusions."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from slm_domain.commands.checks import check_ground_has_effect, check_organisations, check_systems
from slm_domain.commands.envelope import Code, Command, Moment, Text
from slm_domain.contract_refusals import NothingStated, SideMayNot
from slm_domain.desk import Desk
from slm_domain.incident import Incident
from slm_domain.incident_events import (
    ExclusionAccepted,
    ExclusionClaimed,
    ExclusionRejected,
    FaultLevelCode,
    IncidentReclassified,
    IncidentReported,
    OutageEnded,
    OutageReopened,
    OutageStarted,
    PartlyRestored,
    SettlementProposed,
    TimesContested,
    TimesCorrected,
    VoidProposed,
)
from slm_domain.incident_refusals import IncidentAlreadyReported, NoSuchPlannedStop, PlannedStopsCount
from slm_domain.sla import Words

START = Words(ja="停止の開始", en="the start of the outage")
END = Words(ja="停止の終了", en="the end of the outage")


class ReportIncident(Command, frozen=True, tag=True):
    """Open the record of an incident, with its outage's start where service is affected (S7).

    `occurred_at` is when it was detected; `outage_started_at` when service stopped, as the sender states it. That it is
    `extraordinary` maintenance at the municipality's request (S30) is for the municipality to say.
    """

    incident: Code
    level: FaultLevelCode
    systems: tuple[Code, ...]
    organisations: tuple[Code, ...]
    phenomenon: Text | None = None
    outage_started_at: Moment | None = None
    correlation: UUID | None = None
    extraordinary: bool = False

    def _decide(self, desk: Desk) -> None:
        sla = desk.contract().sla
        if self.level != "C" and not self.systems:  # at level C no service need be affected (S6)
            raise NothingStated(fields="systems")
        check_systems(sla, self.systems)
        check_organisations(sla, self.organisations, self.systems)
        if self.extraordinary and self.by.side != "municipality":
            act = Words(ja="臨時保守としての報告", en="reporting extraordinary maintenance")
            raise SideMayNot(act=act, allowed="municipality", side=self.by.side)
        if desk.find(Incident, self.incident) is not None:
            raise IncidentAlreadyReported(incident=self.incident)
        at = self.moment(desk)
        incident = Incident.report(
            desk.id_of(Incident, self.incident),
            IncidentReported(
                occurred_at=at,
                incident=self.incident,
                level=self.level,
                systems=self.systems,
                organisations=self.organisations,
                reported_by=self.by.side,
                correlation=self.correlation,
                note=None if self.phenomenon is None else 2,  # the note is the aggregate's second event
                extraordinary=self.extraordinary,
            ),
        )
        incident.write(self.phenomenon, at=at)
        if self.outage_started_at is not None:
            started_at = desk.happened(self.outage_started_at, START)
            incident.start_outage(OutageStarted(occurred_at=started_at, stated_by=self.by.side))
        desk.put(incident)

    @property
    def joins(self) -> UUID | None:
        return self.correlation


class OnIncident(Command, frozen=True):
    """A command on an incident that was reported."""

    incident: Code


class StartOutage(OnIncident, frozen=True, tag=True):
    """State when service stopped."""

    started_at: Moment

    def _decide(self, desk: Desk) -> None:
        started_at = desk.happened(self.started_at, START)
        desk.incident(self.incident).start_outage(OutageStarted(occurred_at=started_at, stated_by=self.by.side))


class EndOutage(OnIncident, frozen=True, tag=True):
    """State when service was restored in full, or by which report that is known (J1)."""

    ended_at: Moment
    known_by: Literal["moment", "report"] = "moment"

    def _decide(self, desk: Desk) -> None:
        ended_at = desk.happened(self.ended_at, END)
        desk.incident(self.incident).end_outage(
            OutageEnded(occurred_at=ended_at, stated_by=self.by.side, known_by=self.known_by)
        )


class ReopenOutage(OnIncident, frozen=True, tag=True):
    """Take back the end that one's own side stated, with the reason: by it the outage goes on (C18)."""

    reason: Text

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.reopen_outage(OutageReopened(occurred_at=at, stated_by=self.by.side, note=note or 0))


class Reclassify(OnIncident, frozen=True, tag=True):
    """Give the incident another level (S6)."""

    level: FaultLevelCode
    reason: Text

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.reclassify(IncidentReclassified(occurred_at=at, level=self.level, stated_by=self.by.side, note=note))


class RestorePartly(OnIncident, frozen=True, tag=True):
    """Say which systems run again, provisionally or not, since that moment or as a report of that moment tells (J1)."""

    systems: tuple[Code, ...]
    provisional: bool = False
    remark: Text | None = None
    known_by: Literal["moment", "report"] = "moment"

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.remark, at=at)
        incident.restore_partly(
            PartlyRestored(
                occurred_at=at,
                systems=self.systems,
                stated_by=self.by.side,
                provisional=self.provisional,
                note=note,
                known_by=self.known_by,
            )
        )


class ContestTimes(OnIncident, frozen=True, tag=True):
    """State other times than the other side did, with the reason (C23)."""

    reason: Text
    started_at: Moment | None = None
    ended_at: Moment | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        _check_happened(desk, self.started_at, self.ended_at)
        note = incident.write(self.reason, at=at)
        incident.contest_times(
            TimesContested(
                occurred_at=at,
                stated_by=self.by.side,
                note=note or 0,
                started_at=self.started_at,
                ended_at=self.ended_at,
            )
        )


class CorrectTimes(OnIncident, frozen=True, tag=True):
    """Restate one's own times, with the reason (C18)."""

    reason: Text
    started_at: Moment | None = None
    ended_at: Moment | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        _check_happened(desk, self.started_at, self.ended_at)
        note = incident.write(self.reason, at=at)
        incident.correct_times(
            TimesCorrected(
                occurred_at=at,
                stated_by=self.by.side,
                note=note or 0,
                started_at=self.started_at,
                ended_at=self.ended_at,
            )
        )


class ProposeSettlement(OnIncident, frozen=True, tag=True):
    """Propose times for both sides to agree on."""

    started_at: Moment
    ended_at: Moment
    remark: Text | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        desk.happened(self.ended_at, END)
        at = self.moment(desk)
        note = incident.write(self.remark, at=at)
        incident.propose_settlement(
            SettlementProposed(
                occurred_at=at,
                proposed_by=self.by.side,
                started_at=self.started_at,
                ended_at=self.ended_at,
                note=note,
            )
        )


class SettleTimes(OnIncident, frozen=True, tag=True):
    """Agree to the times the other side proposed; given, `started_at` and `ended_at` say which times one has read."""

    BINDS = True

    started_at: Moment | None = None
    ended_at: Moment | None = None

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).settle(
            at=self.moment(desk), side=self.by.side, started_at=self.started_at, ended_at=self.ended_at
        )


class ProposeVoid(OnIncident, frozen=True, tag=True):
    """Propose that the incident shall not count, with the reason."""

    reason: Text

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.propose_void(VoidProposed(occurred_at=at, proposed_by=self.by.side, note=note or 0))


class VoidIncident(OnIncident, frozen=True, tag=True):
    """Agree that the incident shall not count."""

    BINDS = True

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).void(at=self.moment(desk), side=self.by.side)


class ClaimExclusion(OnIncident, frozen=True, tag=True):
    """Claim that the stop, or a part, leaves the measurement or costs nothing, on a ground of the SLA (C5, G9).

    By a `planned_stop` it is claimed on the ground of that announcement, and reaches no further than what was
    announced: its times and its systems (C21).
    """

    exclusion: Code
    ground: Code
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    planned_stop: Code | None = None
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        check_ground_has_effect(contract.sla, self.ground)
        announced = None if self.planned_stop is None else contract.planned_stops.get(self.planned_stop)
        if self.planned_stop is not None and announced is None:
            raise NoSuchPlannedStop(planned_stop=self.planned_stop)
        if self.planned_stop is not None and contract.sla.terms.planned_stop_counts == "yes":
            raise PlannedStopsCount(planned_stop=self.planned_stop)
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.claim_exclusion(
            ExclusionClaimed(
                occurred_at=at,
                exclusion=self.exclusion,
                ground=self.ground,
                claimed_by=self.by.side,
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                planned_stop=self.planned_stop,
                note=note,
            ),
            announced,
        )


class AcceptExclusion(OnIncident, frozen=True, tag=True):
    """Accept the other side's claim."""

    BINDS = True

    exclusion: Code

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).decide_exclusion(
            ExclusionAccepted(occurred_at=self.moment(desk), exclusion=self.exclusion, decided_by=self.by.side)
        )


class RejectExclusion(OnIncident, frozen=True, tag=True):
    """Reject the other side's claim, with the reason."""

    BINDS = True

    exclusion: Code
    reason: Text

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.decide_exclusion(
            ExclusionRejected(occurred_at=at, exclusion=self.exclusion, decided_by=self.by.side, note=note or 0)
        )


def _check_happened(desk: Desk, started_at: datetime | None, ended_at: datetime | None) -> None:
    if started_at is not None:
        desk.happened(started_at, START)
    if ended_at is not None:
        desk.happened(ended_at, END)
