"""Who goes first: of the decisions that a process makes on one journal, one may keep the others waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID


class Precedence:
    """The journals in which somebody has taken precedence."""

    def __init__(self) -> None:
        self._taken: dict[UUID, asyncio.Event] = {}

    async def respect(self, journal_id: UUID) -> None:
        """Wait until nobody has precedence in this journal; who then decides without waiting disturbs nobody."""
        while (given_up := self._taken.get(journal_id)) is not None:
            await given_up.wait()

    @asynccontextmanager
    async def take(self, journal_id: UUID) -> AsyncIterator[None]:
        """Go before all others of this journal, once those who took precedence earlier have given it up."""
        await self.respect(journal_id)
        given_up = self._taken[journal_id] = asyncio.Event()
        try:
            yield
        finally:
            del self._taken[journal_id]
            given_up.set()
