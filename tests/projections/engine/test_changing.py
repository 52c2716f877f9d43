"""What one transaction changes: all of it or nothing, also when it is cancelled."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from projections.engine import Engine
from projections.engine.changing import Change, store
from projections.engine.generations import live
from slm_journal.journal import Journal
from tests.projections.engine.toys import PROJECTIONS, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN = UUID(int=1)


async def test_cancelled_at_any_moment_it_leaves_no_transaction_open(pool: "Pool", journal: Journal) -> None:
    await Engine(pool, journal, PROJECTIONS, decode).start()
    cancelled = 0
    async with pool.acquire() as link:
        generations = await live(link, PROJECTIONS)
        for position in range(1, 30):  # and so many rounds of the loop after which it is cancelled
            changes = [Change(generation) for generation in generations]
            for change in changes:
                change.positions[TOWN] = position
            storing = asyncio.create_task(store(link, changes))
            for _ in range(position):
                await asyncio.sleep(0)
            cancelled += storing.cancel()
            with suppress(asyncio.CancelledError):
                await storing
            at = [[row["position"] for row in await link.fetch(one.sql("positions"))] for one in generations]
            assert not link.is_in_transaction()
            assert all(each == at[0] for each in at)
    assert cancelled > 0
