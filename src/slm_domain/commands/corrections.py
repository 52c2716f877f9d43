"""The command by which a side corrects what it said of the response to an incident (C18, C23)."""

from slm_domain.clock_events import MomentCorrected, ResponseMoment
from slm_domain.commands.envelope import Code, Moment, Text
from slm_domain.commands.incident import OnIncident
from slm_domain.desk import Desk
from slm_domain.sla import Words

_CORRECTED_TO = Words(ja="訂正後の時刻", en="the corrected moment")


class CorrectMoment(OnIncident, frozen=True, tag=True):
    """Restate a moment of the response that one's own side recorded: a notice, an arrival, a restoration …"""

    corrects: ResponseMoment
    corrected_to: Moment
    reason: Text
    call: Code | None = None
    equipment: Code | None = None

    def _decide(self, desk: Desk) -> None:
        incident = desk.incident(self.incident)
        corrected_to = desk.happened(self.corrected_to, _CORRECTED_TO)
        at = self.moment(desk)
        note = incident.write(self.reason, at=at)
        incident.correct_moment(
            MomentCorrected(
                occurred_at=at,
                corrects=self.corrects,
                corrected_to=corrected_to,
                stated_by=self.by.side,
                note=note or 0,
                call=self.call,
                equipment=self.equipment,
            )
        )
