"""A rebuild that was killed is gone on with by the next: what was loaded stays loaded, and the rows are the same."""

import asyncio
import multiprocessing
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import pytest

from projections.engine import Engine, Rebuilt
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.errors import AlreadyBuilding, WorkerLost
from projections.engine.generations import live
from projections.engine.rebuild import Stage
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted
from tests.projections.engine.losing import losing_a_worker_at
from tests.projections.engine.toys import PROJECTIONS
from tests.projections.engine.two_journals import CITY, TOWN, digests, generations, posted

if TYPE_CHECKING:
    from slm_journal.database import Pool

ROOT = Path(__file__).parents[3]
FIRST = ["tally_v1_g1", "diary_v3_g2", "newest_v1_g3"]
BEGUN = ["tally_v1_g4", "diary_v3_g5", "newest_v1_g6"]


@pytest.fixture
async def engine(pool: "Pool", journal: Journal) -> Engine:
    """An engine with two journals posted."""
    return await posted(pool, journal)


async def killed(dsn: str, stage: str, workers: int = 1, entries: int = 0) -> None:
    """A process that rebuilds until it reaches the stage, and is killed there."""
    program = [sys.executable, "-m", "tests.projections.engine.rebuilding", dsn, stage, str(workers), str(entries)]
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    while told := (await process.stdout.readline()).decode().strip():
        if told == stage:
            break
    assert told == stage
    process.send_signal(signal.SIGKILL)
    await process.wait()


async def rebuilt_after(engine: Engine, *, anew: bool = False) -> Rebuilt:
    """A rebuild, as soon as the server has noticed that the connections of the one before are gone."""
    while True:
        try:
            return await engine.rebuild(verify=True, anew=anew)
        except AlreadyBuilding:
            await asyncio.sleep(0)


@pytest.mark.parametrize("stage", get_args(Stage)[:-1])
async def test_after_sigkill_the_next_rebuild_goes_on_with_the_same_generations(
    pool: "Pool", dsn: str, engine: Engine, stage: Stage
) -> None:
    before = await digests(pool)
    await killed(dsn, stage)
    assert await generations(pool) == [*FIRST, *BEGUN]
    assert await digests(pool) == before
    rebuilt = await rebuilt_after(engine)
    assert rebuilt.generations == tuple(BEGUN)
    assert rebuilt.kept + rebuilt.run.entries == 42
    assert rebuilt.kept == (0 if stage == "reading" else 42)
    assert (rebuilt.stopped, rebuilt.changed) == ((), ())
    assert await digests(pool) == before


async def test_what_was_loaded_before_sigkill_is_not_loaded_again(
    pool: "Pool", journal: Journal, dsn: str, engine: Engine
) -> None:
    await Writer(journal, UUID(int=3)).append(noted("network"))
    await engine.post_outstanding()
    before = await digests(pool)
    await killed(dsn, "reading", entries=43)  # the long journal is committed, one short one is on its way, one is read
    rebuilt = await rebuilt_after(engine)
    assert (rebuilt.generations, rebuilt.kept, rebuilt.run.entries) == (tuple(BEGUN), 41, 2)
    assert await digests(pool) == before


async def test_what_was_appended_since_sigkill_is_in_the_rebuild(
    pool: "Pool", journal: Journal, dsn: str, engine: Engine
) -> None:
    await killed(dsn, "indexing")
    await Writer(journal, UUID(int=3)).append(noted("network"), noted("network"))
    rebuilt = await rebuilt_after(engine)
    assert rebuilt.generations == tuple(BEGUN)
    sizes = {TOWN: 41, CITY: 1, UUID(int=3): 2}
    async with pool.acquire() as link:
        for generation in await live(link, PROJECTIONS):
            stored = await table_digests(link, generation)
            assert stored == await digests_in_memory(link, generation.projection, engine.reading, sizes)


async def test_sigkill_after_the_switch_leaves_the_new_generations_live(pool: "Pool", dsn: str, engine: Engine) -> None:
    before = await digests(pool)
    await killed(dsn, "live")
    assert [standing.generation for standing in await engine.status()] == BEGUN
    assert await digests(pool) == before
    rebuilt = await rebuilt_after(engine)
    assert rebuilt.generations == ("tally_v1_g7", "diary_v3_g8", "newest_v1_g9")
    assert (rebuilt.kept, rebuilt.run.entries) == (0, 42)


async def test_a_rebuild_anew_drops_what_a_killed_one_left(pool: "Pool", dsn: str, engine: Engine) -> None:
    await killed(dsn, "indexing")
    rebuilt = await rebuilt_after(engine, anew=True)
    assert (rebuilt.kept, rebuilt.run.entries) == (0, 42)
    assert await generations(pool) == [*FIRST, "tally_v1_g7", "diary_v3_g8", "newest_v1_g9"]


async def test_a_rebuild_of_others_begins_anew(pool: "Pool", dsn: str, engine: Engine) -> None:
    await killed(dsn, "indexing")
    while True:
        try:
            rebuilt = await engine.rebuild(["tally"])
            break
        except AlreadyBuilding:
            await asyncio.sleep(0)
    assert rebuilt.generations == ("tally_v1_g7",)
    assert rebuilt.kept == 0


async def test_workers_end_with_the_rebuild_that_is_killed_and_the_next_one_goes_on(
    pool: "Pool", dsn: str, engine: Engine
) -> None:
    before = await digests(pool)
    await killed(dsn, "reading", workers=2, entries=41)
    rebuilt = await rebuilt_after(engine)
    assert rebuilt.generations == tuple(BEGUN)
    assert rebuilt.kept + rebuilt.run.entries == 42
    assert await digests(pool) == before


async def test_a_rebuild_says_when_a_worker_is_lost_and_the_next_one_goes_on(
    pool: "Pool", dsn: str, engine: Engine
) -> None:
    before = await digests(pool)
    with pytest.raises(WorkerLost, match="exit code -9"):
        await engine.rebuild(progress=losing_a_worker_at("reading"), workers=2, dsn=dsn)
    assert await digests(pool) == before
    assert not multiprocessing.active_children()
    rebuilt = await rebuilt_after(engine)
    assert rebuilt.generations == tuple(BEGUN)
    assert await digests(pool) == before


async def test_workers_need_to_know_the_database(engine: Engine) -> None:
    with pytest.raises(ValueError, match="dsn"):
        await engine.rebuild(workers=2)
