"""Commands on time in which nobody measured (C2)."""

from slm_domain.commands.checks import check_systems
from slm_domain.commands.envelope import Code, Command, Moment, Text
from slm_domain.desk import Desk
from slm_domain.sla import Words
from slm_domain.unmeasured_events import UnmeasuredTimeStated, UnmeasuredTimeWithdrawn

END = Words(ja="未測定時間の終わり", en="the end of the unmeasured time")


class StateUnmeasuredTime(Command, frozen=True, tag=True):
    """Say that nobody measured from one moment to another, of these systems or, without any, of all."""

    unmeasured: Code
    starts_at: Moment
    ends_at: Moment
    systems: tuple[Code, ...] = ()
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        check_systems(contract.sla, self.systems)
        desk.happened(self.ends_at, END)
        at = self.moment(desk)
        contract.state_unmeasured(
            UnmeasuredTimeStated(
                occurred_at=at,
                unmeasured=self.unmeasured,
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                stated_by=self.by.side,
                systems=self.systems,
                note=contract.write(self.reason, at=at),
            )
        )


class WithdrawUnmeasuredTime(Command, frozen=True, tag=True):
    """Take back what one's own side stated of unmeasured time, with the reason."""

    unmeasured: Code
    reason: Text

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        at = self.moment(desk)
        note = contract.write(self.reason, at=at)
        contract.withdraw_unmeasured(
            UnmeasuredTimeWithdrawn(
                occurred_at=at, unmeasured=self.unmeasured, withdrawn_by=self.by.side, note=note or 0
            )
        )
