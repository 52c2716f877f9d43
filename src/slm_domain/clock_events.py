"""What starts and stops the clocks of the response to an incident, besides its own moments (C14, A9, A15)."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from slm_domain.aggregate import Event
from slm_domain.sla import Side

if TYPE_CHECKING:
    from slm_domain.incident_state import IncidentState

ResponseMoment = Literal[
    "notified",
    "triaged",
    "triage_reported",
    "recovered",
    "report_handed_in",
    "meeting_reported",
    "work_started",
    "contacted",
    "dispatched",
    "arrived",
    "equipment_stop_told",
    "equipment_restored",
]


class Dispatched(Event["IncidentState"], frozen=True):
    """The provider sent someone on a call, at `occurred_at` (A9). Said again, the first time stands."""

    NAME = "Dispatched.1"

    call: str
    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.said("dispatched", self.call, self.stated_by, self.occurred_at)


class MeetingReported(Event["IncidentState"], frozen=True):
    """The incident was told in the regular meeting (S6, A15)."""

    NAME = "MeetingReported.1"

    stated_by: Side

    def apply(self, incident: "IncidentState", /) -> None:
        incident.said("meeting_reported", None, self.stated_by, self.occurred_at)


class ClockPaused(Event["IncidentState"], frozen=True):
    """A side stops clocks of the response, with the reason in a note (C14).

    It stops those of one call or one piece of equipment; with neither, every clock of the incident. Only levels that
    can be paused are measured so.
    """

    NAME = "ClockPaused.1"

    stated_by: Side
    note: int
    call: str | None = None
    equipment: str | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.paused[self.call, self.equipment] = self.occurred_at


class ClockResumed(Event["IncidentState"], frozen=True):
    """What was paused runs on (C14)."""

    NAME = "ClockResumed.1"

    stated_by: Side
    call: str | None = None
    equipment: str | None = None
    note: int | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.paused.pop((self.call, self.equipment), None)


class MomentCorrected(Event["IncidentState"], frozen=True):
    """A side restates a moment of the response that it stated itself, with the reason in a note (C18, C23).

    `call` and `equipment` say whose moment it is. Of a moment said more than once the side's first is corrected.
    """

    NAME = "MomentCorrected.1"

    corrects: ResponseMoment
    corrected_to: datetime
    stated_by: Side
    note: int
    call: str | None = None
    equipment: str | None = None

    def apply(self, incident: "IncidentState", /) -> None:
        incident.restate(self.corrects, self.call or self.equipment, self.stated_by, self.corrected_to)


PausedClock = tuple[str | None, str | None]  # call, equipment
PausedSince = dict[PausedClock, datetime]
