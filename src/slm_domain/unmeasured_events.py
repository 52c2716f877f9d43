"""What a side states of time in which nobody measured (C2). Each corrects its own statements alone (C23)."""

from datetime import datetime
from typing import TYPE_CHECKING

from slm_domain.aggregate import Event
from slm_domain.sla import Side

if TYPE_CHECKING:
    from slm_domain.contract import Contract


class UnmeasuredTimeStated(Event["Contract"], frozen=True):
    """From `starts_at` to `ends_at` nobody measured whether these systems ran; without `systems` none was measured.

    What either side says of a stop in that time is known all the same, and counts.
    """

    NAME = "UnmeasuredTimeStated.1"

    unmeasured: str
    starts_at: datetime
    ends_at: datetime
    stated_by: Side
    systems: tuple[str, ...] = ()
    note: int | None = None

    def apply(self, contract: "Contract", /) -> None:
        contract.unmeasured[self.unmeasured] = self.stated_by


class UnmeasuredTimeWithdrawn(Event["Contract"], frozen=True):
    """The side that stated it takes it back: it was measured, or other times were meant and are stated anew."""

    NAME = "UnmeasuredTimeWithdrawn.1"

    unmeasured: str
    withdrawn_by: Side
    note: int

    def apply(self, contract: "Contract", /) -> None:
        contract.withdrawn.add(self.unmeasured)
