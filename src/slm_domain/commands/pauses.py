"""Commands that stop the clocks of the response to an incident, and let them run on (C14)."""

from slm_domain.clock_events import ClockPaused, ClockResumed
from slm_domain.commands.envelope import Code, Text
from slm_domain.commands.incident import OnIncident
from slm_domain.desk import Desk


class PauseClock(OnIncident, frozen=True, tag=True):
    """Stop the clocks of a call, of equipment, or with neither of the whole incident, for a reason.

    What it stops are the levels whose measure can be paused; for all others time runs on.
    """

    reason: Text
    call: Code | None = None
    equipment: Code | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.pause(
            ClockPaused(
                occurred_at=at, stated_by=self.by.side, note=note or 0, call=self.call, equipment=self.equipment
            )
        )


class ResumeClock(OnIncident, frozen=True, tag=True):
    """Let what was paused run on."""

    call: Code | None = None
    equipment: Code | None = None
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.resume(
            ClockResumed(occurred_at=at, stated_by=self.by.side, call=self.call, equipment=self.equipment, note=note)
        )
