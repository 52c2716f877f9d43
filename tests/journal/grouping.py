"""What tests of group commit share: journals that are watched, appends held up, and sessions that end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from slm_journal import database
from slm_journal.appending import Appending
from slm_journal.command import Append, Appended
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal

AT_ONCE = 16


class Watched(Journal):
    """Journals that remember which batches were sent."""

    def __init__(self, pool: "database.Pool") -> None:
        super().__init__(pool)
        self.batches: list[list[str]] = []

    @asynccontextmanager
    async def appending(self) -> AsyncIterator[Appending]:
        async with super().appending() as line:
            record = line.record

            async def noted(commands: Sequence[Append]) -> list[object]:
                self.batches.append([sent.key for sent in commands])
                return list(await record(commands))

            line.record = noted  # type: ignore[method-assign, assignment]  # what is sent is written down first
            yield line


def incident(number: int) -> UUID:
    return UUID(int=0xA00 + number)


async def gathered(group: GroupCommit, *commands: Append) -> list[Appended | BaseException]:
    return await asyncio.gather(*(group.append(one) for one in commands), return_exceptions=True)


@asynccontextmanager
async def head_locked(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """Nobody appends while the context is open."""
    blocker = await asyncpg.connect(dsn)
    try:
        async with blocker.transaction():
            await blocker.execute("SELECT FROM slm_journal.head FOR UPDATE")
            yield blocker
    finally:
        await blocker.close()


async def waiting_sessions(dsn: str) -> list[int]:
    """The process ids of those who wait for a lock, once there are some."""
    connection = await asyncpg.connect(dsn)
    try:
        async with asyncio.timeout(30):
            while True:
                found = await connection.fetch(
                    "SELECT pid FROM pg_stat_activity "
                    "WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%append%'"
                )
                if found:
                    return [row["pid"] for row in found]
    finally:
        await connection.close()


async def end(dsn: str, pids: list[int]) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.executemany("SELECT pg_terminate_backend($1, 30000)", [(pid,) for pid in pids])
    await connection.close()
