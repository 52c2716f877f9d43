"""The journals of one database: append, read, follow, erase.

Positions are places in one journal, 1, 2, 3 … without gaps. The database-wide position is an aid for followers only and
appears in no answer about a journal.
"""

import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from slm_journal import database
from slm_journal.appending import Appending, Heard, Told, known_of
from slm_journal.command import Append, Appended, Known, require_disjoint
from slm_journal.entry import Entry
from slm_journal.errors import NoSuchEntry, ReadOnly, Unreachable
from slm_journal.follow import Follower, follow
from slm_journal.instants import instant_of, microseconds
from slm_journal.queries import QUERIES
from slm_journal.verification import Verification, verify
from slm_journal.wake import Wake, wake

if TYPE_CHECKING:
    from slm_journal.database import Pool

T = TypeVar("T")

LAST = 2**63 - 1  # no journal gets this long
CHUNK = 1000


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Where a journal ends: its size, which is its last position, and when that entry was recorded (aware, UTC)."""

    size: int
    recorded_at: datetime


class Journal:
    """All journals of one database, over a pool from `database.connect`.

    `salt` gives so many random bytes, asked once for each batch; it is a parameter only so that histories can be made
    anew, byte for byte. `heard` is told of each batch that was appended, and how its commands were answered.
    """

    def __init__(
        self, pool: "Pool", *, salt: Callable[[int], bytes] = secrets.token_bytes, heard: Heard | None = None
    ) -> None:
        self._pool = pool
        self._salt = salt
        self._heard = heard

    async def append(self, command: Append) -> Appended:
        """Record a command's events, all together or not at all; the same command again is answered as the first time.

        Raises:
            VersionMoved, KeyReused, AtRefused, AtMissing, WentBackwards: Refused; nothing was recorded.
            OutcomeUnknown: The connection was lost on the way; send it again with the same key.
            Unreachable: No connection; nothing was sent.
            ReadOnly: This is a standby.
        """
        (answer,) = await self.append_batch([command])
        if isinstance(answer, Appended):
            return answer
        raise answer

    async def append_batch(self, commands: Sequence[Append]) -> list[Told]:
        """Record several commands in one transaction, each accepted or refused on its own, in their order.

        Raises:
            ValueError: Two of them may not share a batch (`command.require_disjoint`); a mistake of the program.
            Unreachable: No connection; nothing was sent.
            ReadOnly: This is a standby.
        """
        require_disjoint(commands)
        async with self.appending() as line:
            return await line.record(commands)

    @asynccontextmanager
    async def appending(self) -> AsyncIterator[Appending]:
        """Append batch after batch over one connection, whose commands the caller keeps apart (`group_commit`)."""
        line = Appending(self._pool, self._salt, self._heard)
        try:
            yield line
        finally:
            await line.give_back()

    async def read(
        self, journal_id: UUID, *, after: int = 0, upto: int | None = None, limit: int = CHUNK
    ) -> list[Entry]:
        """Entries in order, after one position and up to another, at most `limit`. An unknown journal has none."""
        end = LAST if upto is None else upto
        return _entries(journal_id, await self._ask(self._pool.fetch, QUERIES["read"], journal_id, after, end, limit))

    async def read_several(self, asked: Sequence[tuple[UUID, int, int]]) -> list[list[Entry]]:
        """Entries of several journals in one question: for each (journal, after, up to) those in order."""
        found: list[list[Entry]] = [[] for _ in asked]
        journal_ids, after, upto = ([one[place] for one in asked] for place in range(3))
        for number, *row in await self._ask(self._pool.fetch, QUERIES["read_several"], journal_ids, after, upto):
            found[number - 1].append(Entry(asked[number - 1][0], *row))
        return found

    async def read_aggregate(
        self, journal_id: UUID, originator_id: UUID, *, after_version: int = 0, upto_position: int | None = None
    ) -> list[Entry]:
        """All entries of one aggregate in order, after a version, as the journal stood at a position."""
        end = LAST if upto_position is None else upto_position
        rows = await self._ask(
            self._pool.fetch, QUERIES["read_aggregate"], journal_id, originator_id, after_version, end
        )
        return _entries(journal_id, rows)

    async def newer(self, journal_id: UUID, versions: Mapping[UUID, int]) -> list[Entry]:
        """The entries of some aggregates after these versions, all as of one moment; those of each in order."""
        rows = await self._ask(
            self._pool.fetch, QUERIES["read_newer"], journal_id, list(versions), list(versions.values())
        )
        return _entries(journal_id, rows)

    async def head(self, journal_id: UUID) -> Head | None:
        """Where the journal ends; None when it has no entry."""
        row = await self._ask(self._pool.fetchrow, QUERIES["journal_head"], journal_id)
        return None if row is None else Head(size=row["size"], recorded_at=instant_of(row["recorded_at"]))

    async def journals(self) -> list[tuple[UUID, int]]:
        """All journals with their sizes, ordered by id."""
        return [(row["id"], row["size"]) for row in await self._ask(self._pool.fetch, QUERIES["journals"])]

    async def position_at(self, journal_id: UUID, instant: datetime) -> int:
        """The last position recorded at or before an instant; 0 when nothing was."""
        found: int = await self._ask(self._pool.fetchval, QUERIES["position_at"], journal_id, microseconds(instant))
        return found

    async def recorded_at(self, journal_id: UUID, position: int) -> datetime:
        """When an entry was recorded (aware, UTC).

        Raises:
            NoSuchEntry: The journal is not that long.
        """
        stored: int | None = await self._ask(self._pool.fetchval, QUERIES["recorded_at"], journal_id, position)
        if stored is None:
            raise NoSuchEntry(journal_id, position)
        return instant_of(stored)

    async def outcome(self, journal_id: UUID, key: str) -> Known | None:
        """What the command with this key recorded; None when none is recorded (yet)."""
        row = await self._ask(self._pool.fetchrow, QUERIES["outcome"], journal_id, key)
        return None if row is None else known_of(row)

    async def leaves(self, journal_id: UUID, *, size: int | None = None) -> list[bytes]:
        """The leaf hashes of the first `size` entries (default: of all), for roots and proofs (`tree`)."""
        rows = await self._ask(self._pool.fetch, QUERIES["leaves"], journal_id, LAST if size is None else size)
        return [row["leaf"] for row in rows]

    async def verify(self, journal_id: UUID) -> Verification:
        """Recompute every commitment and leaf of a journal from the stored bytes: its root, and what is wrong."""
        return await verify(self._pool, journal_id)

    async def changed_journals(self, after_global_position: int) -> tuple[int, list[tuple[UUID, int]]]:
        """The database-wide position now, and the journals (with sizes) that have entries after an earlier one.

        Nothing is ever skipped: appends become visible in the order of these positions.
        """
        rows = await self._ask(self._pool.fetch, QUERIES["changed_journals"], after_global_position)
        return rows[0]["global_position"], [(row["id"], row["size"]) for row in rows if row["id"] is not None]

    def follow(self, *, after: int = 0, most: int = CHUNK, poll: float = 1.0) -> AbstractAsyncContextManager[Follower]:
        """Follow everything recorded in the database, after a place in its order (see `follow.follow`)."""
        return follow(self._pool, after=after, most=most, poll=poll)

    def wake(self, *, poll: float = 1.0) -> AbstractAsyncContextManager[Wake]:
        """Be woken when something may have been appended, and anyway every `poll` seconds: see `wake.Wake`."""
        return wake(self._pool, poll=poll)

    async def identity(self) -> database.Identity:
        """Which database this is, and by which clock it records.

        Raises:
            NotCreated: It holds no journals' schema.
        """
        return await database.identity(self._pool)

    async def now(self) -> datetime:
        """The database's time (aware, UTC): its server's clock, never before the last entry.

        Simulated: the latest recorded-at in the database, and 1970 before the first entry.
        """
        stored: int = await self._ask(self._pool.fetchval, QUERIES["now"])
        return instant_of(stored)

    async def erase(self, journal_id: UUID, position: int) -> None:
        """Erase an entry's payload and its salt; its commitment stays, and with it the leaf and every proof.

        Whether the entry may be erased is for the caller to know (`Event.ERASABLE`). Twice is once.

        Raises:
            NoSuchEntry: The journal is not that long.
            ReadOnly: This is a standby.
        """
        if not await self._ask(self._pool.fetchval, QUERIES["erase"], journal_id, position):
            raise NoSuchEntry(journal_id, position)

    async def _ask(self, fetch: Callable[..., Coroutine[Any, Any, T]], query: str, *arguments: object) -> T:
        """Ask the database. Raises `Unreachable` when the connection is lost: a question changes nothing."""
        try:
            with database.only_asking():
                return await fetch(query, *arguments)
        except asyncpg.ReadOnlySQLTransactionError as refused:
            raise ReadOnly(str(refused)) from refused
        except database.LOST as failure:
            raise Unreachable(str(failure)) from failure


def _entries(journal_id: UUID, rows: Sequence[asyncpg.Record]) -> list[Entry]:
    return [Entry(journal_id, *row) for row in rows]
