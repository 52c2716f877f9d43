"""The time of the record by the database's clock, asked once for all who want to know it at once."""

import asyncio
from datetime import datetime

from slm_journal.journal import Journal


class RecordClock:
    """A question that is under way answers nobody who comes later: its answer may be from before they came."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._asking: asyncio.Task[datetime] | None = None
        self._next: asyncio.Task[datetime] | None = None

    async def now(self) -> datetime:
        """The database's time (aware, UTC), by a question that began after this was called. Raises `Unreachable`."""
        if self._next is None:
            self._next = asyncio.create_task(self._ask(self._asking))
        return await asyncio.shield(self._next)  # others wait for it, too

    async def _ask(self, before: "asyncio.Task[datetime] | None") -> datetime:
        if before is not None and not before.done():
            await asyncio.wait([before])
        self._asking, self._next = self._next, None
        return await self._journal.now()
