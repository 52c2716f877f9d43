"""What every command carries besides its own facts."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from slm_domain.contract_refusals import NotTheLead, SenderNotOfThatSide
from slm_domain.desk import Desk
from slm_domain.sla import Party, Side, Words

Moment = Annotated[datetime, msgspec.Meta(tz=True, description="An instant with its offset (ISO 8601).")]
Code = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="A short code: letters, digits, . _ -")
]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000, description="Free text; it can be erased later.")]


class By(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who sends the command, and for which side of the contract. People are named by id, never by name."""

    person: Code
    side: Side
    organisation: Code | None = None


class Command(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"
):
    """A request to record something under one contract.

    `key` makes the command safe to send twice: the same key and content have the effect of once. `at` sets the clock of
    a simulated database, and is refused by a real one. `occurred_at` is when it was so, as the sender states it;
    without it, now by the record's clock.
    """

    BINDS: ClassVar[bool] = False  # whether it commits the sender's whole side: agreements, acceptances, decisions

    contract: Code
    by: By
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    at: Moment | None = None
    occurred_at: Moment | None = None

    def decide(self, desk: Desk) -> None:
        """Record on the desk what follows from the command, or raise the `Refusal` of the rule it breaks.

        For every command: `SenderNotOfThatSide`; `NotTheLead` where it binds the whole side; and `InTheFuture` when it
        says that something happened later than now.
        """
        if self.occurred_at is not None:
            desk.happened(self.occurred_at, Words(ja="発生日時（occurred_at）", en="`occurred_at`"))
        if self.by.organisation is not None:
            self._check_sender(self.by.organisation, self._sides(desk)[self.by.side])
        self._decide(desk)

    def moment(self, desk: Desk) -> datetime:
        """When it was so."""
        return self.occurred_at or desk.now

    @property
    def joins(self) -> UUID | None:
        """What the command's incidents of several contracts have in common (J1)."""
        return None

    def _decide(self, desk: Desk) -> None:
        raise NotImplementedError  # every command decides; a union of commands has no undecided member

    def _check_sender(self, organisation: str, side: Party) -> None:
        known = [one.code for one in side.organisations]
        if organisation not in known:
            raise SenderNotOfThatSide(organisation=organisation, side=self.by.side, known=", ".join(sorted(known)))
        if self.BINDS and organisation != side.lead:
            raise NotTheLead(organisation=organisation, side=self.by.side, lead=side.lead)

    def _sides(self, desk: Desk) -> dict[Side, Party]:
        return desk.contract().sides
