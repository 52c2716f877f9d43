"""An engine that runs posts what is appended, beside other engines, rebuilds and a database that goes away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from projections.engine import Engine, reader
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.generations import live
from slm_journal import database
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted, restated
from tests.projections.engine.toys import PROJECTIONS, NewestRow, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN, CITY = UUID(int=1), UUID(int=2)


@asynccontextmanager
async def running(engine: Engine) -> AsyncIterator[asyncio.Task[None]]:
    """The engine runs meanwhile and is cancelled afterwards; what it raises is raised, and at once."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(engine.run(poll=0.01))
        yield task
        task.cancel()
    assert task.cancelled()


async def until_posted(pool: "Pool", sizes: dict[UUID, int]) -> None:
    """Returns when all models have all entries."""
    async with asyncio.timeout(60):
        while True:
            async with reader(pool, PROJECTIONS) as snapshot:
                if all([await snapshot.positions(projection.name) == sizes for projection in PROJECTIONS]):
                    return


async def require_as_in_memory(pool: "Pool", engine: Engine, sizes: dict[UUID, int]) -> None:
    """The live rows are what the entries say."""
    async with pool.acquire() as link:
        for generation in await live(link, PROJECTIONS):
            folded = await digests_in_memory(link, generation.projection, engine.reading, sizes)
            assert await table_digests(link, generation) == folded


@pytest.fixture
async def engine(pool: "Pool", journal: Journal) -> Engine:
    engine = Engine(pool, journal, PROJECTIONS, decode, chunk=5, cached=2)
    await engine.start()
    return engine


async def test_what_is_appended_becomes_visible(pool: "Pool", journal: Journal, engine: Engine) -> None:
    async with running(engine):
        town = Writer(journal, TOWN)
        for amount in range(5):
            await town.append(noted("printer", amount))
            await until_posted(pool, {TOWN: amount + 1})
    async with reader(pool, PROJECTIONS) as snapshot:
        assert await snapshot.rows(NewestRow, TOWN) == [NewestRow(position=5, event="toy.noted/1")]


async def test_engines_may_run_side_by_side_with_a_rebuild_between_them(
    pool: "Pool", dsn: str, journal: Journal, engine: Engine
) -> None:
    town, city = Writer(journal, TOWN), Writer(journal, CITY)
    async with (
        database.connect(dsn) as elsewhere,
        running(engine),
        running(Engine(elsewhere, Journal(elsewhere), PROJECTIONS, decode, chunk=3)),
    ):
        for n in range(60):
            await town.append(noted(f"s{n % 3}", n, day=n), *([restated(1)] if n % 10 == 0 else []))
            await city.append(noted(f"s{n % 4}", n, day=n))
            if n in (20, 40):
                await engine.rebuild(verify=True)
        sizes = {TOWN: town.size, CITY: city.size}
        await until_posted(pool, sizes)
    await require_as_in_memory(pool, engine, sizes)


async def test_who_waits_to_post_gets_a_turn_while_entries_keep_coming(
    pool: "Pool", dsn: str, journal: Journal
) -> None:
    engine = Engine(pool, journal, PROJECTIONS, decode)
    town, enough = Writer(journal, TOWN), asyncio.Event()

    async def keep_writing() -> None:
        while not enough.is_set():
            await town.append(noted("printer", town.size))

    async with database.connect(dsn) as elsewhere, running(engine):
        other = Engine(elsewhere, Journal(elsewhere), PROJECTIONS, decode)
        writing = asyncio.create_task(keep_writing())
        for _ in range(5):
            async with asyncio.timeout(30):
                assert not (await other.post_outstanding()).somebody_else
                await engine.post_outstanding(TOWN)
        enough.set()
        await writing
        await until_posted(pool, {TOWN: town.size})
    await require_as_in_memory(pool, engine, {TOWN: town.size})


async def test_a_lost_connection_interrupts_posting_and_harms_nothing(
    pool: "Pool", dsn: str, journal: Journal, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    town = Writer(journal, TOWN)
    async with database.connect(dsn) as elsewhere, running(Engine(elsewhere, Journal(elsewhere), PROJECTIONS, decode)):
        for n in range(30):
            await town.append(noted(f"s{n % 3}", n, day=n))
            if n % 3 == 0:
                await cut_others_off(dsn, pool)
        await until_posted(pool, {TOWN: 30})
    await require_as_in_memory(pool, engine, {TOWN: 30})
    assert all(record.levelname == "WARNING" for record in caplog.records), "no entry is blamed for it"


async def cut_others_off(dsn: str, kept: "Pool") -> None:
    """End every session of the database but those of one pool, and the one that listens (the journal's own affair)."""
    holders = kept._holders  # type: ignore[attr-defined] # the pool does not tell its sessions otherwise
    ours = [holder._con.get_server_pid() for holder in holders if holder._con is not None]
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL ($1::int[]) "
            "AND query NOT LIKE 'LISTEN%'",
            ours,
        )
    finally:
        await connection.close()


async def test_a_failure_that_is_no_entrys_fault_ends_the_run(pool: "Pool", journal: Journal, engine: Engine) -> None:
    await Writer(journal, TOWN).append(noted("printer"))
    async with pool.acquire() as link:
        await link.execute("DROP TABLE newest_v1_g3.newest")
    with pytest.raises(asyncpg.UndefinedTableError):
        await engine.run()
    async with reader(pool, PROJECTIONS) as snapshot:
        assert await snapshot.positions("tally") == {}, "models move together or not at all"
