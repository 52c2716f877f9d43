"""The real read models by worker processes: the same rows as by one process, by posting, and by a fold in memory."""

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.generations import live
from slm_journal.journal import Journal
from tests.projections.drawn_histories import history
from tests.projections.engine.histories import Writer

if TYPE_CHECKING:
    from slm_journal.database import Pool

SEEDS = (1, 14, 19, 38, 49)
COMMANDS = 40


async def test_two_workers_one_worker_posting_and_replaying_give_the_same_rows(
    pool: "Pool", dsn: str, journal: Journal
) -> None:
    engine = Engine(pool, journal, PROJECTIONS, placed, chunk=50)
    await engine.start()
    sizes: dict[UUID, int] = {}
    for seed in SEEDS:
        writer = Writer(journal, UUID(int=seed))
        drafts = history(seed, COMMANDS)
        for start in range(0, len(drafts), 30):
            await writer.write(drafts[start : start + 30])
            await engine.post_outstanding()
        sizes[writer.journal_id] = writer.size

    async def digests() -> dict[tuple[str, str], str]:
        async with pool.acquire() as link:
            return {
                (generation.projection.name, table): digest
                for generation in await live(link, PROJECTIONS)
                for table, digest in (await table_digests(link, generation)).items()
            }

    posted = await digests()
    by_two = await engine.rebuild(workers=2, dsn=dsn, verify=True)
    assert (by_two.run.entries, by_two.changed, by_two.stopped) == (sum(sizes.values()), (), ())
    assert await digests() == posted
    by_one = await engine.rebuild(verify=True)
    assert (by_one.run.entries, by_one.changed, by_one.stopped) == (sum(sizes.values()), (), ())
    assert await digests() == posted
    async with pool.acquire() as link:
        for projection in PROJECTIONS:
            replayed = await digests_in_memory(link, projection, engine.reading, sizes)
            assert {(projection.name, table): digest for table, digest in replayed.items()}.items() <= posted.items()
            await asyncio.sleep(0)
