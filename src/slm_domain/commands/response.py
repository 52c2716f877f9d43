"""Commands on the response to an incident: notices, triage, calls, arrivals, parts, equipment, reports (S6, S8)."""

from typing import Literal

from slm_domain.clock_events import Dispatched, MeetingReported
from slm_domain.commands.checks import check_ground, check_site, check_systems
from slm_domain.commands.envelope import Code, Moment, Text
from slm_domain.commands.incident import OnIncident
from slm_domain.contract_refusals import SideMayNot
from slm_domain.desk import Desk
from slm_domain.incident_events import (
    Arrived,
    Contacted,
    DelayTold,
    EquipmentRestored,
    EquipmentStopTold,
    IncidentReportHandedIn,
    Notified,
    PartsNeeded,
    ProgressReported,
    Recovered,
    Triaged,
    TriageReported,
    WorkStarted,
)
from slm_domain.sla import Words


class Notify(OnIncident, frozen=True, tag=True):
    """The municipality was told of the incident, at `occurred_at`."""

    means: Literal["telephone", "mail", "fax", "meeting"]

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).respond(
            Notified(occurred_at=self.moment(desk), means=self.means, stated_by=self.by.side)
        )


class Triage(OnIncident, frozen=True, tag=True):
    """First triage was done."""

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).respond(Triaged(occurred_at=self.moment(desk), stated_by=self.by.side))


class ReportTriage(OnIncident, frozen=True, tag=True):
    """The result of the first triage was reported."""

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).report_triage(
            TriageReported(occurred_at=self.moment(desk), stated_by=self.by.side)
        )


class Contact(OnIncident, frozen=True, tag=True):
    """The provider was called, to start work or to come to a site.

    That the call is for `extraordinary` work at the municipality's request (S5) is for the municipality to say.
    """

    call: Code
    site: Code | None = None
    work: Literal["hardware", "system"] | None = None
    extraordinary: bool = False

    def _decide(self, desk: Desk) -> None:
        if self.extraordinary and self.by.side != "municipality":
            act = Words(ja="臨時作業のための連絡の記録", en="recording a call for extraordinary work")
            raise SideMayNot(act=act, allowed="municipality", side=self.by.side)
        if self.site is not None:
            check_site(desk.contract().sla, self.site)
        desk.incident(self.incident).contact(
            Contacted(
                occurred_at=self.moment(desk),
                call=self.call,
                stated_by=self.by.side,
                site=self.site,
                work=self.work,
                extraordinary=self.extraordinary,
            )
        )


class TellDelay(OnIncident, frozen=True, tag=True):
    """The provider says that an accident or disaster keeps it from arriving in time (S8, A10)."""

    call: Code
    ground: Code
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        check_ground(desk.contract().sla, self.ground)
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.answer_call(
            DelayTold(occurred_at=at, call=self.call, ground=self.ground, stated_by=self.by.side, note=note)
        )


class Arrive(OnIncident, frozen=True, tag=True):
    """The provider arrived at the called place and began to work."""

    call: Code

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).answer_call(
            Arrived(occurred_at=self.moment(desk), call=self.call, stated_by=self.by.side)
        )


class Dispatch(OnIncident, frozen=True, tag=True):
    """The provider sent someone on the call (A9)."""

    call: Code

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).answer_call(
            Dispatched(occurred_at=self.moment(desk), call=self.call, stated_by=self.by.side)
        )


class StartWork(OnIncident, frozen=True, tag=True):
    """Recovery work began."""

    call: Code | None = None

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).answer_call(
            WorkStarted(occurred_at=self.moment(desk), stated_by=self.by.side, call=self.call)
        )


class NeedPart(OnIncident, frozen=True, tag=True):
    """A spare part was needed; it was there, or not (S8)."""

    part: Code
    ready: bool

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).respond(
            PartsNeeded(occurred_at=self.moment(desk), part=self.part, ready=self.ready, stated_by=self.by.side)
        )


class TellEquipmentStop(OnIncident, frozen=True, tag=True):
    """The stop of equipment in the town hall was told to the provider."""

    equipment: Code

    def _decide(self, desk: Desk) -> None:
        check_systems(desk.contract().sla, (self.equipment,))
        desk.incident(self.incident).tell_equipment_stop(
            EquipmentStopTold(occurred_at=self.moment(desk), equipment=self.equipment, stated_by=self.by.side)
        )


class RestoreEquipment(OnIncident, frozen=True, tag=True):
    """Equipment in the town hall runs again."""

    equipment: Code

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).restore_equipment(
            EquipmentRestored(occurred_at=self.moment(desk), equipment=self.equipment, stated_by=self.by.side)
        )


class ReportProgress(OnIncident, frozen=True, tag=True):
    """A status report during the stop (J4)."""

    report: Text
    expected_end: Moment | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.report, at=at)
        incident.respond(
            ProgressReported(occurred_at=at, stated_by=self.by.side, note=note or 0, expected_end=self.expected_end)
        )


class Recover(OnIncident, frozen=True, tag=True):
    """A fault without an outage was put right."""

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).recover(Recovered(occurred_at=self.moment(desk), stated_by=self.by.side))


class ReportAtMeeting(OnIncident, frozen=True, tag=True):
    """The incident was told in the regular meeting (S6, A15)."""

    def _decide(self, desk: Desk) -> None:
        desk.incident(self.incident).respond(MeetingReported(occurred_at=self.moment(desk), stated_by=self.by.side))


class HandInIncidentReport(OnIncident, frozen=True, tag=True):
    """The incident report was handed in."""

    summary: Text | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.summary, at=at)
        incident.respond(IncidentReportHandedIn(occurred_at=at, stated_by=self.by.side, note=note))
