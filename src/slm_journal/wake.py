"""Being woken when entries were appended. A notification is only a hint: who is not told finds out by looking."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING

import asyncpg

from slm_journal.database import LOST
from slm_journal.queries import QUERIES

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    from slm_journal.database import Connection, Pool

CHANNEL = "slm_journal"


class Wake:
    """Waits for the next append, of this process or any other. What came since the last wait counts."""

    def __init__(self, pool: "Pool", poll: float) -> None:
        self._pool = pool
        self._poll = poll
        self._rung = asyncio.Event()
        self._listening: PoolConnectionProxy[asyncpg.Record] | None = None

    async def wait(self) -> bool:
        """Return when something may have been appended (True) or after the poll time (False): look either way."""
        if self._listening is None:
            await self.listen()
        try:
            async with asyncio.timeout(self._poll):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True

    def rung(self) -> bool:
        """Whether something may have been appended since the last wait; it counts as waited for."""
        rung = self._rung.is_set()
        self._rung.clear()
        return rung

    async def listen(self) -> None:
        """Listen, where that can be had: not on a hot standby, and not while the database is away."""
        with suppress(*LOST):
            connection = await self._pool.acquire()
            try:
                if await connection.fetchval(QUERIES["is_standby"]):
                    await self._pool.release(connection)
                    return
                connection.add_termination_listener(self._lose)
                await connection.add_listener(CHANNEL, self._ring)
                self._listening = connection
            except BaseException:  # also when the wait is cancelled: a connection kept would keep the pool open
                await self._pool.release(connection)
                raise

    async def close(self) -> None:
        """Give the connection back."""
        connection, self._listening = self._listening, None
        if connection is None:
            return
        with suppress(*LOST):
            try:
                connection.remove_termination_listener(self._lose)
                await connection.remove_listener(CHANNEL, self._ring)
            finally:
                await self._pool.release(connection)

    def _ring(self, _connection: "Connection", _pid: int, _channel: str, _payload: object) -> None:
        self._rung.set()

    def _lose(self, _connection: "Connection") -> None:
        self._listening = None  # the pool has it back already; the next wait listens anew
        self._rung.set()  # something may have been missed


@asynccontextmanager
async def wake(pool: "Pool", *, poll: float) -> AsyncIterator[Wake]:
    """Listen for appends with one connection of the pool while the context is open."""
    async with AsyncExitStack() as leaving:
        bell = Wake(pool, poll)
        leaving.push_async_callback(bell.close)
        await bell.listen()
        yield bell
