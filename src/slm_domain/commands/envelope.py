"""What every command carries besides its own facts."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, ClassVar, get_args
from uuid import UUID

import msgspec

from slm_domain.contract_refusals import BeyondTheRecord, NotTheLead, SenderNotOfThatSide, UnreadableText
from slm_domain.desk import Desk
from slm_domain.plausible import FIRST_YEAR, LAST_YEAR, MOST_STORED, YEARS_PATTERN, beyond_reach
from slm_domain.readable import unreadable
from slm_domain.sla import Party, Side, Words

_YEARS = f"of the years {FIRST_YEAR} to {LAST_YEAR}"
Moment = Annotated[
    datetime,
    msgspec.Meta(
        tz=True,
        description=f"An instant with its offset (ISO 8601), {_YEARS}.",
        extra_json_schema={"pattern": YEARS_PATTERN},
    ),
]
Day = Annotated[
    date, msgspec.Meta(description=f"A day, YYYY-MM-DD, {_YEARS}.", extra_json_schema={"pattern": YEARS_PATTERN})
]
Number = Annotated[int, msgspec.Meta(ge=-MOST_STORED, le=MOST_STORED)]
FiscalYearNumber = Annotated[
    int,
    msgspec.Meta(
        ge=-MOST_STORED,
        le=MOST_STORED,
        description="A fiscal year, named by the calendar year in which it begins.",
        extra_json_schema={"minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    ),
]
Code = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", description="A short code: letters, digits, . _ -")
]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=4000, description="Free text; it can be erased later.")]
Name = Annotated[str, msgspec.Meta(max_length=200)]
LONGEST_KEY = 200  # characters


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
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_KEY)] | None = None
    at: Moment | None = None
    occurred_at: Moment | None = None

    def decide(self, desk: Desk) -> None:
        """Record on the desk what follows from the command, or raise the `Refusal` of the rule it breaks.

        For every command: `UnreadableText` when a text holds a control character; `BeyondTheRecord` when a day or an
        instant lies in no year that a record can speak of; `SenderNotOfThatSide`; `NotTheLead` where it binds the whole
        side; and `InTheFuture` when it says that something happened later than now.
        """
        in_lines = _may_break_into_lines(type(self))
        for name in self.__struct_fields__:
            value = getattr(self, name)
            for field, character in unreadable(name, value, lines=name in in_lines):
                raise UnreadableText(field=field, character=character)
            for field, given in beyond_reach(name, value):
                raise BeyondTheRecord(field=field, given=given, first=FIRST_YEAR, last=LAST_YEAR)
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


def check_key(key: str) -> None:
    """A key can be looked up in the record. Raises `UnreadableText`."""
    for field, character in unreadable("key", key, lines=False):
        raise UnreadableText(field=field, character=character)


@cache
def _may_break_into_lines(kind: type[Command]) -> frozenset[str]:
    """The fields of a command that hold free text, or parts of a document, and no codes."""
    return frozenset(
        field.name
        for field in msgspec.structs.fields(kind)
        if Text in (field.type, *get_args(field.type))
        or (field.type is not By and isinstance(field.type, type) and issubclass(field.type, msgspec.Struct))
    )
