"""Three moves: a request becomes a command, the command is decided from what the journal holds, and is appended."""

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from slm_api.deciding import Deciding, Quote
from slm_api.decision import Request
from slm_api.documents import Finding
from slm_api.receiving import Received
from slm_api.record_clock import RecordClock
from slm_api.shelf import Shelf
from slm_domain.commands.envelope import Command, check_key
from slm_domain.commands.intake import canonical
from slm_domain.identity import journal_id as journal_of
from slm_journal.command import Appended
from slm_journal.errors import AtMissing, AtRefused
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Where a command's events stand in the contract's journal. `repeated`: they were recorded before, by this key.

    `events` are their stored names. `warnings` are about the SLA document, or the level, that the command carried.
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

    def __init__(
        self,
        journal: Journal,
        quote: Quote,
        *,
        simulated: bool,
        rules_version: str,
        group: GroupCommit | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self._journal = journal
        self._simulated = simulated
        self._clock = RecordClock(journal)
        self._group = group or GroupCommit(journal)
        self._deciding = Deciding(
            journal,
            self._group,
            shelf or Shelf(journal),
            quote,
            simulated=simulated,
            rules_version=rules_version,
        )

    async def send(self, received: Received) -> Answer:
        """Decide a command and record what follows; a command whose key is known is answered as the first time.

        Raises:
            Refusal: A rule of the record does not allow it; nothing was recorded.
            DocumentRefused: A level that it revises breaks a rule of the SLA document; nothing was recorded.
            CommandRefused: The key belongs to another command, or `at` does not suit the database's clock.
            NotTaken: Too many wait, or the process is ending; nothing was recorded.
            OutcomeUnknown, Unreachable: The connection was lost; send it again with the same key.
        """
        self._group.check_room()
        key = received.command.key or str(uuid4())
        check_key(key)
        command = msgspec.structs.replace(
            received.command, key=key
        )  # so that sending it again with the key is the same
        request = Request(
            command=command,
            journal_id=journal_of(command.contract),
            key=key,
            digest=hashlib.sha256(canonical(command)).digest(),
        )
        outcome = await self._deciding.recorded(request, lambda: self._now(command))
        appended = outcome.appended
        return Answer(
            contract=command.contract,
            journal_id=request.journal_id,
            key=key,
            first_position=appended.first_position,
            last_position=appended.last_position,
            recorded_at=appended.recorded_at,
            repeated=appended.repeated,
            events=outcome.names or await self._names(request.journal_id, appended),
            warnings=(*received.warnings, *outcome.warnings),
        )

    async def close(self) -> None:
        """Take no more commands, and return when all that were taken up are answered."""
        await self._group.close()

    async def _now(self, command: Command) -> datetime:
        """The clock of the record: the database's own, or what the command says where that clock is simulated."""
        if not self._simulated:
            if command.at is not None:
                raise AtRefused
            return await self._clock.now()
        if command.at is None:
            raise AtMissing
        return command.at

    async def _names(self, journal_id: UUID, appended: Appended) -> tuple[str, ...]:
        """The names of events that were recorded before."""
        entries = await self._journal.read(
            journal_id,
            after=appended.first_position - 1,
            upto=appended.last_position,
            limit=appended.last_position - appended.first_position + 1,
        )
        return tuple(entry.name for entry in entries)
