"""Sending appends over one connection, held from one to the next, and learning what became of those that were lost."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
from asyncpg.transaction import Transaction

from slm_journal.command import Append, Appended, Known
from slm_journal.database import LOST, UNREACHABLE
from slm_journal.entry import Entry
from slm_journal.errors import (
    AtMissing,
    AtRefused,
    CommandRefused,
    KeyReused,
    OutcomeUnknown,
    ReadOnly,
    Unreachable,
    VersionMoved,
    WentBackwards,
)
from slm_journal.instants import instant_of, microseconds
from slm_journal.queries import QUERIES

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    from slm_journal.database import Pool

SALT_BYTES = 16
log = logging.getLogger("slm.journal")


Told = Appended | CommandRefused | OutcomeUnknown
Heard = Callable[[Sequence[Append], Sequence[Told]], None]


class Appending:
    """Appends one after another over one connection of the pool, taken with the first and kept until given back.

    Taking and giving back cost a round trip each time, so who appends again at once holds on to it. `heard` is told of
    each batch, and how its commands were answered.
    """

    def __init__(self, pool: "Pool", salt: Callable[[int], bytes], heard: Heard | None = None) -> None:
        self._pool = pool
        self._salt = salt
        self._heard = heard
        self._connection: PoolConnectionProxy[asyncpg.Record] | None = None
        self._alone: Transaction | None = None
        self.head: int | None = None  # the database-wide position when the last batch came; None when it was lost

    async def record(self, commands: Sequence[Append]) -> list[Told]:
        """Record a batch whose commands may share one (`command.require_disjoint`) in one transaction.

        When the connection is lost on the way, the keys of the commands tell what became of each.

        Raises:
            Unreachable: No connection; nothing was sent.
            ReadOnly: This is a standby.
        """
        told = await self._recorded(commands)
        if self._heard is not None:
            self._heard(commands, told)
        return told

    async def keep_others_waiting(self, journal_id: UUID, versions: Mapping[UUID, int]) -> list[Entry]:
        """Let nobody append to the database until the next batch is recorded, or the connection given back.

        Gives what came after these versions of aggregates of a journal, in order: what is recorded next is decided on
        the latest. The server ends this by itself when nothing is sent for five seconds.

        Raises:
            Unreachable: No connection, or it is lost; nothing was sent.
        """
        try:
            connection = self._connection = self._connection or await self._pool.acquire()
            self._alone = connection.transaction()
            await self._alone.start()
            await connection.execute(QUERIES["keep_others_waiting"])
            rows = await connection.fetch(
                QUERIES["read_newer"], journal_id, list(versions), list(versions.values())
            )  # a statement of its own, which sees what was committed while the one before waited
        except UNREACHABLE as failure:
            raise Unreachable(str(failure)) from failure
        return [Entry(journal_id, *row) for row in rows]

    async def give_back(self) -> None:
        """Release the connection. That it is lost by now says nothing about what it did: the answers stand."""
        connection, self._connection = self._connection, None
        alone, self._alone = self._alone, None
        if connection is not None:
            with suppress(*LOST):
                if alone is not None:
                    await alone.rollback()
            with suppress(*LOST):
                await self._pool.release(connection)

    @property
    def is_wanted(self) -> bool:
        """Whether others may be waiting for this connection: the pool has no other."""
        return self._pool.get_idle_size() == 0 and self._pool.get_size() >= self._pool.get_max_size()

    async def _recorded(self, commands: Sequence[Append]) -> list[Told]:
        arguments = arguments_of(commands, self._salt)
        self.head = None
        if self._connection is None:
            try:
                self._connection = await self._pool.acquire()
            except UNREACHABLE as failure:
                raise Unreachable(str(failure)) from failure
        try:
            rows = await self._connection.fetch(QUERIES["append"], *arguments)
            if self._alone is not None:
                await self._alone.commit()
                self._alone = None
        except asyncpg.ReadOnlySQLTransactionError as refused:
            await self.give_back()
            raise ReadOnly(str(refused)) from refused
        except LOST as failure:
            log.warning("an append was cut off; the keys of its commands tell what became of them: %s", failure)
            await self.give_back()
            return await self._truth(commands)
        by_number = {row[0]: row for row in rows}
        self.head = rows[0]["head"] if rows else None
        return [answer_of(command, by_number[number]) for number, command in enumerate(commands, 1)]

    async def _truth(self, commands: Sequence[Append]) -> list[Told]:
        """What became of commands whose connection was lost.

        That a key is unknown does not say that its command was not recorded: the server may still be at it.
        """
        try:
            rows = await self._pool.fetch(
                QUERIES["outcomes"], [command.journal_id for command in commands], [command.key for command in commands]
            )
        except UNREACHABLE:
            rows = []
        known = {row["number"]: known_of(row) for row in rows}
        return [_truth_of(command, known.get(number)) for number, command in enumerate(commands, 1)]


def arguments_of(commands: Sequence[Append], salt: Callable[[int], bytes]) -> tuple[list[object], ...]:
    """The arrays that `slm_journal.append` takes, in its order."""
    read = [(number, *one) for number, command in enumerate(commands, 1) for one in command.read]
    events = [(number, event) for number, command in enumerate(commands, 1) for event in command.events]
    salts = salt(2 * SALT_BYTES * len(events))
    salted = [salts[start : start + SALT_BYTES] for start in range(0, len(salts), SALT_BYTES)]
    return (
        [command.journal_id for command in commands],
        [command.key for command in commands],
        [command.digest for command in commands],
        _times(commands),
        [number for number, _, _ in read],
        [originator_id for _, originator_id, _ in read],
        [version for _, _, version in read],
        [number for number, _ in events],
        [event.originator_id for _, event in events],
        [event.originator_version for _, event in events],
        [event.name for _, event in events],
        [event.metadata for _, event in events],
        list(salted[0::2]),
        [event.payload for _, event in events],
        list(salted[1::2]),
    )


def _times(commands: Sequence[Append]) -> list[object]:
    """When they are recorded on a simulated database. Nothing where nobody says: an array that ends has nulls."""
    times = [command.at for command in commands]
    return [None if at is None else microseconds(at) for at in times] if any(times) else []


def answer_of(command: Append, row: asyncpg.Record) -> Appended | CommandRefused:
    """What the database answered to one command of a batch."""
    _, outcome, first, count, recorded_at, moved, actual, _ = row
    match outcome:
        case "appended" | "repeated":
            return _appended(first, count, recorded_at, repeated=outcome == "repeated")
        case "version_moved":
            return VersionMoved(command.journal_id, moved, actual)
        case "key_reused":
            return KeyReused(command.journal_id, command.key)
        case "at_refused":
            return AtRefused()
        case "at_missing":
            return AtMissing()
        case "went_backwards":
            return WentBackwards(command.journal_id, command.at)
        case _:
            raise AssertionError(f"slm_journal.append answered {outcome!r}")


def known_of(row: asyncpg.Record) -> Known:
    """A recorded command, from a row that has its digest, first position, count and recorded-at."""
    return Known(
        digest=row["digest"],
        appended=_appended(row["first_position"], row["count"], row["recorded_at"], repeated=True),
    )


def _appended(first: int, count: int, recorded_at: int, *, repeated: bool) -> Appended:
    return Appended(
        first_position=first,
        last_position=first + count - 1,
        recorded_at=instant_of(recorded_at),
        repeated=repeated,
    )


def _truth_of(command: Append, known: Known | None) -> Appended | KeyReused | OutcomeUnknown:
    if known is None:
        return OutcomeUnknown(command.journal_id, command.key)
    return known.appended if known.digest == command.digest else KeyReused(command.journal_id, command.key)
