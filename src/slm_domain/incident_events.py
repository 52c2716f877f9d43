"""What can happen to an incident (障害): its outage, the moments of the response, claims about times and exclusions.

Each side's statement of a time stands as its own claim (C23); a later event never edits an earlier one. `occurred_at`
is the moment the event speaks of, as the side that states it has it.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from slm_domain.aggregate import Event
from slm_domain.sla import Side

if TYPE_CHECKING:
    from slm_domain.incident_state import IncidentState

FaultLevelCode = Literal["A", "B", "C"]


class IncidentReported(Event["IncidentState"], frozen=True):
    """An incident was detected (at `occurred_at`) and its record opened (S7).

    `correlation` joins the incidents of several contracts that have one cause (J1). `extraordinary`: maintenance at the
    municipality's request; outside support hours the guarantee does not cover it (S5, S30).
    """

    NAME = "IncidentReported.1"

    incident: str
    level: FaultLevelCode
    systems: tuple[str, ...]
    organisations: tuple[str, ...]
    reported_by: Side
    correlation: UUID | None = None
    note: int | None = None
    extraordinary: bool = False

    def apply(self, incident: "IncidentState", /) -> None:
        incident.code = self.incident
        incident.level = self.level
        incident.systems = self.systems
        incident.detected_at = self.occurred_at


class OutageStarted(Event["IncidentState"], frozen=True):
    """The time without service began, as one side states it."""

    NAME = "OutageStarted.1"

    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.claim(self.stated_by, started_at=self.occurred_at)


class OutageEnded(Event["IncidentState"], frozen=True):
    """Service was restored in full, as one side states it; at that moment, or somewhere before as a report tells."""

    NAME = "OutageEnded.1"

    stated_by: Side
    known_by: Literal["moment", "report"] = "moment"

    def apply(self, incident: "IncidentState", /) -> None:
        incident.claim(self.stated_by, ended_at=self.occurred_at)


class Recovered(Event["IncidentState"], frozen=True):
    """A fault without an outage (level C) was put right."""

    NAME = "Recovered.1"

    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.recovered = True
        incident.said("recovered", None, self.stated_by, self.occurred_at)


class IncidentReclassified(Event["IncidentState"], frozen=True):
    """The incident's level changed."""

    NAME = "IncidentReclassified.1"

    level: FaultLevelCode
    stated_by: Side
    note: int | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.level = self.level


class PartlyRestored(Event["IncidentState"], frozen=True):
    """Some of the systems run again, provisionally or not, since `occurred_at` or as known then (J1).

    Known by a report they came back somewhere between it and the last report before that told of the stop.
    """

    NAME = "PartlyRestored.1"

    systems: tuple[str, ...]
    stated_by: Side
    provisional: bool = False
    note: int | None = None
    known_by: Literal["moment", "report"] = "moment"


class TimesContested(Event["IncidentState"], frozen=True):
    """A side states other times than the other side did; both stand (C23). A time left out is not contested."""

    NAME = "TimesContested.1"

    stated_by: Side
    note: int
    started_at: datetime | None = None
    ended_at: datetime | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.claim(self.stated_by, started_at=self.started_at, ended_at=self.ended_at)


class TimesCorrected(Event["IncidentState"], frozen=True):
    """A side restates its own times (C18). A time left out stays as it was."""

    NAME = "TimesCorrected.1"

    stated_by: Side
    note: int
    started_at: datetime | None = None
    ended_at: datetime | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.claim(self.stated_by, started_at=self.started_at, ended_at=self.ended_at)


class OutageReopened(Event["IncidentState"], frozen=True):
    """A side takes back the end that it stated itself, with the reason in a note (C18): by it the outage goes on."""

    NAME = "OutageReopened.1"

    stated_by: Side
    note: int

    def apply(self, incident: "IncidentState", /) -> None:
        incident.ends.pop(self.stated_by, None)


class SettlementProposed(Event["IncidentState"], frozen=True):
    """A side proposes times to agree on."""

    NAME = "SettlementProposed.1"

    proposed_by: Side
    started_at: datetime
    ended_at: datetime
    note: int | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.settlement = self


class TimesSettled(Event["IncidentState"], frozen=True):
    """Both sides agree on the times."""

    NAME = "TimesSettled.1"

    agreed_by: Side
    started_at: datetime
    ended_at: datetime

    def apply(self, incident: "IncidentState", /) -> None:
        incident.settled = self
        incident.settlement = None


class VoidProposed(Event["IncidentState"], frozen=True):
    """A side proposes to void the incident; it stands until the other side agrees."""

    NAME = "VoidProposed.1"

    proposed_by: Side
    note: int

    def apply(self, incident: "IncidentState", /) -> None:
        incident.void_proposed = self


class IncidentVoided(Event["IncidentState"], frozen=True):
    """Both sides agree that the incident does not count: it leaves every figure, and stays readable."""

    NAME = "IncidentVoided.1"

    agreed_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.voided = True


class Notified(Event["IncidentState"], frozen=True):
    """The municipality was told of the incident (S6)."""

    NAME = "Notified.1"

    means: Literal["telephone", "mail", "fax", "meeting"]
    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.said("notified", None, self.stated_by, self.occurred_at)


class Triaged(Event["IncidentState"], frozen=True):
    """First triage was done (一次切り分け)."""

    NAME = "Triaged.1"

    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.triaged_at = min(incident.triaged_at or self.occurred_at, self.occurred_at)
        incident.said("triaged", None, self.stated_by, self.occurred_at)


class TriageReported(Event["IncidentState"], frozen=True):
    """The result of the first triage was reported."""

    NAME = "TriageReported.1"

    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.said("triage_reported", None, self.stated_by, self.occurred_at)


class Contacted(Event["IncidentState"], frozen=True):
    """The provider was called: to start work, and where `site` is given to come there (S8, A9).

    `extraordinary`: for work at the municipality's request, which levels cover outside support hours only if they say
    so (S5).
    """

    NAME = "Contacted.1"

    call: str
    stated_by: Side
    site: str | None = None
    work: Literal["hardware", "system"] | None = None
    extraordinary: bool = False

    def apply(self, incident: "IncidentState", /) -> None:
        incident.calls[self.call] = self.occurred_at
        incident.said("contacted", self.call, self.stated_by, self.occurred_at)


class DelayTold(Event["IncidentState"], frozen=True):
    """The provider said, at `occurred_at`, that an accident or disaster keeps it from arriving in time (S8)."""

    NAME = "DelayTold.1"

    call: str
    ground: str
    stated_by: Side
    note: int | None = None


class Arrived(Event["IncidentState"], frozen=True):
    """The provider arrived at the called place and began to work (S44)."""

    NAME = "Arrived.1"

    call: str
    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.arrived[self.call] = self.occurred_at
        incident.said("arrived", self.call, self.stated_by, self.occurred_at)


class WorkStarted(Event["IncidentState"], frozen=True):
    """Recovery work began, on site or from afar."""

    NAME = "WorkStarted.1"

    stated_by: Side
    call: str | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.said("work_started", self.call, self.stated_by, self.occurred_at)


class PartsNeeded(Event["IncidentState"], frozen=True):
    """A spare part was needed; `ready` says whether it was there (S8 (3), A11)."""

    NAME = "PartsNeeded.1"

    part: str
    ready: bool
    stated_by: Side


class EquipmentStopTold(Event["IncidentState"], frozen=True):
    """The stop of equipment in the town hall was told to the provider: its clock starts (S46)."""

    NAME = "EquipmentStopTold.1"

    equipment: str
    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.equipment[self.equipment] = self.occurred_at
        incident.said("equipment_stop_told", self.equipment, self.stated_by, self.occurred_at)


class EquipmentRestored(Event["IncidentState"], frozen=True):
    """Equipment in the town hall runs again."""

    NAME = "EquipmentRestored.1"

    equipment: str
    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.equipment.pop(self.equipment, None)
        incident.paused.pop((None, self.equipment), None)
        incident.said("equipment_restored", self.equipment, self.stated_by, self.occurred_at)


class ProgressReported(Event["IncidentState"], frozen=True):
    """A status report during the stop; it assumes the worst case where the end is not known (J4).

    It tells that at `occurred_at` whatever had not been restored was still stopped.
    """

    NAME = "ProgressReported.1"

    stated_by: Side
    note: int
    expected_end: datetime | None = None


class ExclusionClaimed(Event["IncidentState"], frozen=True):
    """A side claims that the stop, or a part of it, leaves the measurement on a ground of the SLA (C5)."""

    NAME = "ExclusionClaimed.1"

    exclusion: str
    ground: str
    claimed_by: Side
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    planned_stop: str | None = None
    note: int | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.exclusions.add(self.exclusion)
        incident.open_claims[self.exclusion] = self


class ExclusionAccepted(Event["IncidentState"], frozen=True):
    """The other side accepts the claim."""

    NAME = "ExclusionAccepted.1"

    exclusion: str
    decided_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.open_claims.pop(self.exclusion, None)


class ExclusionRejected(Event["IncidentState"], frozen=True):
    """The other side rejects the claim; the time counts as down."""

    NAME = "ExclusionRejected.1"

    exclusion: str
    decided_by: Side
    note: int

    def apply(self, incident: "IncidentState", /) -> None:
        incident.open_claims.pop(self.exclusion, None)


class IncidentReportHandedIn(Event["IncidentState"], frozen=True):
    """The incident report (障害報告書) was handed in."""

    NAME = "IncidentReportHandedIn.1"

    stated_by: Side
    note: int | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.said("report_handed_in", None, self.stated_by, self.occurred_at)
