"""Three moves: a request becomes a command, the command is decided from what the journal holds, and is appended.

A decision names what it lacks, gets it, and starts again from fresh copies; the append checks the version of everything
that was read. What moved meanwhile is loaded and decided again, a few times.
"""

import hashlib
from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

import msgspec

from slm_api.documents import Finding
from slm_api.receiving import Received
from slm_api.shelf import Shelf, replayed
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import canonical
from slm_domain.desk import Desk, FiguresNeeded, NotOnTheDesk, Quoted
from slm_domain.identity import journal_id as journal_of
from slm_domain.metadata import Metadata
from slm_journal.command import Append, Appended, NewEvent
from slm_journal.errors import AtMissing, AtRefused, KeyReused, VersionMoved
from slm_journal.journal import Journal

ATTEMPTS = 5


class Quote(Protocol):
    """Gives a month's figures from the entries up to a position, judged until an instant."""

    def __call__(self, contract: str, month: str, *, position: int, until: datetime) -> Awaitable[Quoted]: ...


_metadata = msgspec.json.Encoder(order="sorted")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Where a command's events stand in the contract's journal. `repeated`: they were recorded before, by this key.

    `events` are their stored names. `warnings` are about the SLA document that the command carried.
    """

    contract: str
    journal_id: UUID
    key: str
    first_position: int
    last_position: int
    recorded_at: datetime
    repeated: bool
    events: tuple[str, ...]
    warnings: tuple[Finding, ...] = ()


class Commanding:
    """Takes commands for all journals of one database."""

    def __init__(self, journal: Journal, quote: Quote, *, simulated: bool, rules_version: str) -> None:
        self._journal = journal
        self._quote = quote
        self._simulated = simulated
        self._rules_version = rules_version
        self._shelf = Shelf(journal)

    async def send(self, received: Received) -> Answer:
        """Decide a command and record what follows; a command whose key is known is answered as the first time.

        Raises:
            Refusal: A rule of the record does not allow it; nothing was recorded.
            CommandRefused: The key belongs to another command, or `at` does not suit the database's clock.
            OutcomeUnknown, Unreachable: The connection was lost; send it again with the same key.
        """
        key = received.command.key or str(uuid4())
        command = msgspec.structs.replace(
            received.command, key=key
        )  # so that sending it again with the key is the same
        journal_id = journal_of(command.contract)
        digest = hashlib.sha256(canonical(command)).digest()
        appended = await self._known(journal_id, key, digest)
        if appended is None:
            appended = await self._record(command, journal_id, key, digest)
        entries = await self._journal.read(
            journal_id,
            after=appended.first_position - 1,
            upto=appended.last_position,
            limit=appended.last_position - appended.first_position + 1,
        )
        return Answer(
            contract=command.contract,
            journal_id=journal_id,
            key=key,
            first_position=appended.first_position,
            last_position=appended.last_position,
            recorded_at=appended.recorded_at,
            repeated=appended.repeated,
            events=tuple(entry.name for entry in entries),
            warnings=received.warnings,
        )

    async def _known(self, journal_id: UUID, key: str, digest: bytes) -> Appended | None:
        known = await self._journal.outcome(journal_id, key)
        if known is not None and known.digest != digest:
            raise KeyReused(journal_id, key)
        return None if known is None else known.appended

    async def _record(self, command: Command, journal_id: UUID, key: str, digest: bytes) -> Appended:
        attempt = 1
        while True:
            desk, events = await self._decided(command, journal_id)
            append = Append(
                journal_id=journal_id,
                key=key,
                digest=digest,
                at=command.at,
                read=tuple(desk.read.items()),
                events=self._written(command, events),
            )
            try:
                return await self._journal.append(append)
            except VersionMoved:
                if attempt == ATTEMPTS:
                    raise
                attempt += 1

    async def _decided(self, command: Command, journal_id: UUID) -> tuple[Desk, list[Recorded]]:
        now = await self._now(command)
        found: dict[UUID, tuple[Recorded, ...]] = {}
        quoted: dict[str, Quoted] = {}
        while True:
            loaded: dict[UUID, Aggregate | None] = {one: replayed(events) for one, events in found.items()}
            desk = Desk(journal=journal_id, contract_code=command.contract, now=now, loaded=loaded, quoted=quoted)
            try:
                command.decide(desk)
            except NotOnTheDesk as wanted:
                found[wanted.originator_id] = await self._shelf.events(journal_id, wanted.originator_id, wanted.kind)
            except FiguresNeeded as wanted_figures:
                month = wanted_figures.month
                head = await self._journal.head(journal_id)
                position = 0 if head is None else head.size
                quoted[month] = await self._quote(command.contract, month, position=position, until=now)
            else:
                return desk, desk.decided()

    async def _now(self, command: Command) -> datetime:
        """The clock of the record: the database's own, or what the command says where that clock is simulated."""
        if not self._simulated:
            if command.at is not None:
                raise AtRefused
            return await self._journal.now()
        if command.at is None:
            raise AtMissing
        return command.at

    def _written(self, command: Command, events: list[Recorded]) -> tuple[NewEvent, ...]:
        surroundings = _metadata.encode(
            Metadata(
                person=command.by.person,
                side=command.by.side,
                organisation=command.by.organisation,
                command=type(command).__name__,
                correlation=command.joins,
                rules_version=self._rules_version,
                simulated=self._simulated,
            )
        )
        return tuple(
            NewEvent(
                originator_id=event.originator_id,
                originator_version=event.originator_version,
                name=event.event.NAME,
                payload=codec.encode(event.event),
                metadata=surroundings,
            )
            for event in events
        )
