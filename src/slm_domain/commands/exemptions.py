"""Commands on exemptions of misses: claimed by one side, decided by the other (C5, G9)."""

from slm_domain.commands.checks import check_exempts
from slm_domain.commands.envelope import Code, Command, Name, Text
from slm_domain.desk import Desk
from slm_domain.exemption_refusals import NothingToExempt
from slm_domain.exemptions import ExemptionAccepted, ExemptionClaimed, ExemptionRejected, claim, decide
from slm_domain.incident import Incident
from slm_domain.level_periods import label_is_of
from slm_domain.service_level import ServiceLevel
from slm_domain.sla import Sla


class ClaimExemption(Command, frozen=True, tag=True):
    """Claim that a miss of a level is exempt on a ground of the SLA (C5).

    `subject` is an item as the ledger names it, or a period: "2025-04", "2025-Q1".
    """

    level: Code
    exemption: Code
    subject: Name
    ground: Code
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        sla = desk.contract().sla
        check_exempts(sla, self.ground)
        level = desk.level(self.level)
        if not _is_known(desk, level, self.subject, sla):
            raise NothingToExempt(level=self.level, subject=self.subject)
        at = self.moment(desk)
        claim(
            level,
            ExemptionClaimed(
                occurred_at=at,
                exemption=self.exemption,
                subject=self.subject,
                ground=self.ground,
                claimed_by=self.by.side,
                note=level.write(self.reason, at=at),
            ),
        )


class AcceptExemption(Command, frozen=True, tag=True):
    """Accept the other side's claim of exemption."""

    BINDS = True

    level: Code
    exemption: Code

    def _decide(self, desk: Desk) -> None:
        fact = ExemptionAccepted(occurred_at=self.moment(desk), exemption=self.exemption, decided_by=self.by.side)
        decide(desk.level(self.level), fact)


class RejectExemption(Command, frozen=True, tag=True):
    """Reject the other side's claim of exemption, with the reason."""

    BINDS = True

    level: Code
    exemption: Code
    reason: Text

    def _decide(self, desk: Desk) -> None:
        level = desk.level(self.level)
        at = self.moment(desk)
        note = level.write(self.reason, at=at)
        decide(
            level,
            ExemptionRejected(occurred_at=at, exemption=self.exemption, decided_by=self.by.side, note=note or 0),
        )


def _is_known(desk: Desk, level: ServiceLevel, subject: str, sla: Sla) -> bool:
    """Whether the level can have an item or a period of that name."""
    if level.definition is None:
        return False
    measure = level.definition.measure
    if label_is_of(measure, subject, sla):
        return True
    if measure.source == "measurements":
        return subject in level.measurements
    return measure.source == "incidents" and desk.find(Incident, subject.partition("/")[0]) is not None
