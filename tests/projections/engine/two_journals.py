"""Two journals that an engine has posted, what generations there are of their rows, and what the rows come to."""

from typing import TYPE_CHECKING
from uuid import UUID

from projections.engine import Engine
from projections.engine.digest import table_digests
from projections.engine.generations import live
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted, restated
from tests.projections.engine.toys import PROJECTIONS, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN, CITY = UUID(int=1), UUID(int=2)


async def posted(pool: "Pool", journal: Journal) -> Engine:
    """An engine with two journals posted: one of 41 entries, and one of a single entry."""
    engine = Engine(pool, journal, PROJECTIONS, decode, chunk=7)
    await engine.start()
    await Writer(journal, TOWN).append(*(noted(f"s{n % 5}", n, day=n) for n in range(40)), restated(1))
    await Writer(journal, CITY).append(noted("printer"))
    await engine.post_outstanding()
    return engine


async def generations(pool: "Pool") -> list[str]:
    """The schemas there are, in the order they were begun."""
    async with pool.acquire() as link:
        rows = await link.fetch("SELECT nspname FROM pg_namespace WHERE nspname ~ '_g[0-9]+$'")
    return sorted((row["nspname"] for row in rows), key=lambda name: int(name.rpartition("g")[2]))


async def digests(pool: "Pool") -> dict[str, str]:
    """Of every live table."""
    async with pool.acquire() as link:
        found = [await table_digests(link, generation) for generation in await live(link, PROJECTIONS)]
    return {table: digest for tables in found for table, digest in tables.items()}
