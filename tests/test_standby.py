"""Read models on a hot standby: what the primary's engine posts is read there; nothing is posted there."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from projections.engine import Engine, reader
from projections.engine.digest import table_digests
from projections.engine.generations import live
from slm_journal import database
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted
from tests.projections.engine.toys import PROJECTIONS, TallyRow, decode
from tests.standing_by import standby_of

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN, CITY = UUID(int=1), UUID(int=2)
PATIENCE = 60  # seconds; what is waited for takes a moment


@pytest.fixture
async def primary(pool: "Pool", journal: Journal) -> Engine:
    """The engine of the primary, and a journal that it has posted."""
    engine = Engine(pool, journal, PROJECTIONS, decode)
    await Writer(journal, TOWN).append(noted("water", 3))
    await engine.post_outstanding()
    return engine


@pytest.fixture
def standby_dsn(primary: Engine, dsn: str, short_directory: Path, programs: Path | None) -> Iterator[str]:
    """The same database on a hot standby of the session's server."""
    with standby_of(dsn, short_directory / "standby", programs) as standby:
        yield standby


@pytest.fixture
async def there(standby_dsn: str) -> AsyncIterator["Pool"]:
    """Connections to the standby."""
    async with database.connect(standby_dsn) as pool:
        yield pool


async def test_read_models_are_read_on_a_standby_and_posted_by_the_primary_alone(
    primary: Engine, pool: "Pool", journal: Journal, there: "Pool"
) -> None:
    engine = Engine(there, Journal(there), PROJECTIONS, decode)
    await engine.start()
    async with reader(there, PROJECTIONS) as snapshot:
        assert [row.subject for row in await snapshot.rows(TallyRow, TOWN)] == ["water"]

    await Writer(journal, CITY).append(noted("roads", 1))
    async with Journal(there).follow(after=1, poll=0.01) as follower, asyncio.timeout(PATIENCE):
        assert (await anext(follower)).upto == 2  # the entry is there, its rows are not
    assert (await engine.post_outstanding()).somebody_else
    assert [one.entries_outstanding for one in await engine.status()] == [1] * len(PROJECTIONS)

    running = asyncio.create_task(engine.run(poll=0.01))
    await primary.post_outstanding()
    async with asyncio.timeout(PATIENCE):
        await arrived(engine)
    assert not running.done(), "an engine may run there, as in a process that serves questions"
    running.cancel()
    await asyncio.wait([running])
    assert await digests(there) == await digests(pool)

    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await engine.rebuild()


async def arrived(engine: Engine) -> None:
    """Returns when what the primary's engine posted is there."""
    while any(one.entries_outstanding for one in await engine.status()):  # noqa: ASYNC110 - another server is waited for
        await asyncio.sleep(0.01)


async def digests(pool: "Pool") -> list[dict[str, str]]:
    """What every live table holds. Digests of rows folded in memory need a temporary table, so a primary."""
    async with pool.acquire() as link:
        return [await table_digests(link, generation) for generation in await live(link, PROJECTIONS)]
