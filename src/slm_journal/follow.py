"""Following everything that is recorded in a database, in its database-wide order: no gap, no repetition.

A follower keeps one number, the place up to which it has dealt with entries (`Chunk.upto`), wherever it likes: best in
the transaction that holds what it made of them. With that number it goes on after a restart, on a hot standby, and on
another server that the database was dumped and restored to. Any number may follow; they know nothing of one another,
and the database keeps nothing about them.

Where LISTEN can be had, a follower is woken by each append and holds one connection of the pool for that; on a hot
standby it looks every `poll` seconds. Either way it looks for itself: nothing rests on a notification.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Self

import asyncpg
import msgspec

from slm_journal.database import LOST
from slm_journal.entry import Entry
from slm_journal.errors import FollowerAhead, OrderBroken, Unreachable
from slm_journal.queries import QUERIES
from slm_journal.wake import Wake, wake

if TYPE_CHECKING:
    from slm_journal.database import Pool

MOST = 1000  # entries in a chunk
# After these the same question can be asked again: the database was away, or, on a standby, its recovery had to cancel
# a question that stood in its way.
PASSING = (*LOST, asyncpg.TransactionRollbackError)

log = logging.getLogger("slm.journal")


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that stand side by side in the database-wide order: all after `after`, up to `upto`. Never empty.

    The n-th (from 1) has the place `after + n`. `upto` is what a follower keeps once it has dealt with them.
    """

    after: int
    upto: int
    entries: list[Entry]


class Follower:
    """Hands out chunks one after the other: `async for chunk in follower` never ends, `outstanding` never waits."""

    def __init__(self, pool: "Pool", bell: Wake, *, after: int, most: int) -> None:
        self._pool = pool
        self._bell = bell
        self._after = after
        self._most = most

    async def outstanding(self) -> Chunk | None:
        """The next entries, at most so many as a chunk holds; None when there are none yet.

        Raises:
            FollowerAhead: The database does not have what the follower has seen.
            OrderBroken: An entry is missing in between.
            Unreachable: The database is away; asking again goes on at the same place.
        """
        try:
            rows = await self._pool.fetch(QUERIES["following"], self._after, self._most)
        except PASSING as failure:
            raise Unreachable(str(failure)) from failure
        last: int = rows[0][0]  # of the database, at the same moment
        if last < self._after:
            raise FollowerAhead(self._after, last)
        after, upto = self._after, min(self._after + self._most, last)
        for place, row in enumerate(rows, after + 1):
            if place <= upto and row[1] != place:
                raise OrderBroken(place)
        if upto == after:
            return None
        if len(rows) < upto - after:
            raise OrderBroken(after + len(rows) + 1)
        self._after = upto
        return Chunk(after=after, upto=upto, entries=[_entry(row) for row in rows])

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Chunk:
        """The next chunk, waited for as long as it takes, also while the database is away.

        Raises FollowerAhead, OrderBroken.
        """
        while True:
            try:
                chunk = await self.outstanding()
            except Unreachable as away:
                log.warning("following is interrupted and goes on where it was: %s", away)
                chunk = None
            if chunk is not None:
                return chunk
            await self._bell.wait()


@asynccontextmanager
async def follow(pool: "Pool", *, after: int = 0, most: int = MOST, poll: float = 1.0) -> AsyncIterator[Follower]:
    """Follow the database from the entry after a place in its order (0: from the first), `most` at a time.

    Raises:
        ValueError: A place before 0, or chunks of nothing: a mistake of the program.
    """
    if after < 0 or most < 1:
        raise ValueError(f"there is nothing to follow after {after} by chunks of {most}")
    async with wake(pool, poll=poll) as bell:
        yield Follower(pool, bell, after=after, most=most)


def _entry(row: asyncpg.Record) -> Entry:
    _, _, journal_id, position, originator_id, originator_version, name, recorded_at, metadata, payload = row
    return Entry(
        journal_id=journal_id,
        position=position,
        originator_id=originator_id,
        originator_version=originator_version,
        name=name,
        recorded_at=recorded_at,
        metadata=metadata,
        payload=payload,
    )
