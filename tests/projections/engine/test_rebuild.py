"""A rebuild stands beside the live rows until one row makes it live; whatever happens to it, they stay."""

import asyncio
import gc
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import pytest

from projections.engine import Engine, Progress, batches, reader
from projections.engine.errors import AlreadyBuilding, NothingToRollBackTo, UnknownProjection
from projections.engine.rebuild import Stage
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted
from tests.projections.engine.toys import PROJECTIONS, NewestRow, Tally, TallyRow, decode
from tests.projections.engine.two_journals import CITY, TOWN, digests, generations, posted

if TYPE_CHECKING:
    from slm_journal.database import Pool


class KilledError(Exception):
    """The end of a rebuild, from within."""


@pytest.fixture
async def engine(pool: "Pool", journal: Journal) -> Engine:
    """An engine with two journals posted."""
    return await posted(pool, journal)


@pytest.mark.parametrize("workers", [1, 3])
async def test_a_rebuild_gives_the_same_rows_in_new_generations(
    pool: "Pool", dsn: str, engine: Engine, workers: int
) -> None:
    before = await digests(pool)
    assert await generations(pool) == ["tally_v1_g1", "diary_v3_g2", "newest_v1_g3"]
    rebuilt = await engine.rebuild(workers=workers, dsn=dsn, verify=True)
    assert rebuilt.generations == ("tally_v1_g4", "diary_v3_g5", "newest_v1_g6")
    assert (rebuilt.run.entries, rebuilt.stopped, rebuilt.changed) == (42, (), ())
    assert await digests(pool) == before
    assert [standing.generation for standing in await engine.status()] == list(rebuilt.generations)


async def test_a_rebuild_tells_how_far_it_is(engine: Engine) -> None:
    told: list[Progress] = []
    await engine.rebuild(progress=told.append)
    assert list(dict.fromkeys(one.stage for one in told)) == ["reading", "indexing", "catching up", "live"]
    assert (told[0].entries, told[-1].entries, told[-1].total) == (0, 42, 42)


async def test_one_projection_can_be_rebuilt_alone(pool: "Pool", engine: Engine) -> None:
    await engine.rebuild(["newest"])
    assert await generations(pool) == ["tally_v1_g1", "diary_v3_g2", "newest_v1_g3", "newest_v1_g4"]
    with pytest.raises(UnknownProjection, match="nowhere"):
        await engine.rebuild(["nowhere"])


async def test_what_is_appended_during_a_rebuild_is_in_it(pool: "Pool", journal: Journal, engine: Engine) -> None:
    city = Writer(journal, UUID(int=3))
    tasks: list[asyncio.Task[None]] = []

    def grow(progress: Progress) -> None:
        if progress.stage in ("indexing", "catching up"):
            event = noted(progress.stage)
            tasks.append(asyncio.create_task(city.append(event) if not tasks else _after(tasks[-1], city, event)))

    await engine.rebuild(progress=grow, verify=True)
    await asyncio.gather(*tasks)
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as snapshot:
        assert [row.subject for row in await snapshot.rows(TallyRow, UUID(int=3))] == ["catching up", "indexing"]


async def _after(first: asyncio.Task[None], writer: Writer, event: object) -> None:
    await first
    await writer.append(event)  # type: ignore[arg-type] # any event of the toys


async def test_models_stand_together_after_one_of_them_was_rebuilt(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    await Writer(journal, UUID(int=3)).append(noted("printer"), noted("network"))  # not posted when it begins
    await engine.rebuild(["tally"])
    async with reader(pool, PROJECTIONS) as snapshot:
        positions = [await snapshot.positions(projection.name) for projection in PROJECTIONS]
    assert positions == [{TOWN: 41, CITY: 1, UUID(int=3): 2}] * 3


@pytest.mark.parametrize("stage", get_args(Stage)[:-1])
async def test_a_rebuild_that_dies_leaves_the_live_rows_and_nothing_else(
    pool: "Pool", engine: Engine, stage: Stage
) -> None:
    before, there = await digests(pool), await generations(pool)

    def die(progress: Progress) -> None:
        if progress.stage == stage:
            raise KilledError

    with pytest.raises(KilledError):
        await engine.rebuild(progress=die, verify=True)
    assert await digests(pool) == before
    assert await generations(pool) == there
    assert gc.isenabled()
    await engine.rebuild(verify=True)
    assert await digests(pool) == before


async def test_a_cancelled_rebuild_leaves_nothing(pool: "Pool", engine: Engine) -> None:
    before, there = await digests(pool), await generations(pool)
    reached = asyncio.Event()
    rebuild = asyncio.create_task(engine.rebuild(progress=lambda _: reached.set()))
    await reached.wait()
    rebuild.cancel()
    with pytest.raises(asyncio.CancelledError):
        await rebuild
    assert (await digests(pool), await generations(pool)) == (before, there)


@pytest.mark.parametrize("entries", [41, 42, 43])
async def test_a_rebuild_that_ends_while_a_batch_is_being_stored_leaves_nothing(
    pool: "Pool", journal: Journal, engine: Engine, monkeypatch: pytest.MonkeyPatch, entries: int
) -> None:
    monkeypatch.setattr(batches, "LETTERS", 1)  # each journal is a batch
    await Writer(journal, UUID(int=3)).append(noted("network"))
    await engine.post_outstanding()
    before, there = await digests(pool), await generations(pool)

    def die(progress: Progress) -> None:
        if progress.stage == "reading" and progress.entries == entries:
            raise KilledError

    with pytest.raises(KilledError):
        await engine.rebuild(progress=die)
    assert (await digests(pool), await generations(pool)) == (before, there)


async def test_what_comes_together_while_a_batch_is_stored_waits_until_it_is_one(
    pool: "Pool", journal: Journal, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10, 40):
        await Writer(journal, UUID(int=number)).append(noted("network"))
    weights: list[int] = []
    store = batches.Loader._store

    async def watched(loader: batches.Loader, batch: batches.Batch) -> None:
        weights.append(batch.weight)
        await store(loader, batch)

    monkeypatch.setattr(batches, "LETTERS", 1000)
    monkeypatch.setattr(batches.Loader, "_store", watched)
    await engine.rebuild()
    *whole, _last = weights
    assert len(whole) > 2
    assert all(weight >= 1000 for weight in whole)


async def test_a_second_rebuild_of_one_projection_is_refused_while_the_first_runs(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    other = Engine(pool, journal, PROJECTIONS, decode)
    second: list[asyncio.Task[object]] = []

    def again(progress: Progress) -> None:
        if progress.stage == "reading" and not second:
            second.append(asyncio.create_task(other.rebuild(["newest", "tally"])))

    await engine.rebuild(["tally"], progress=again)
    with pytest.raises(AlreadyBuilding, match="tally_v1_g4"):
        await second[0]
    assert await generations(pool) == ["tally_v1_g1", "diary_v3_g2", "newest_v1_g3", "tally_v1_g4"]


async def test_a_new_version_builds_its_own_generation_and_the_old_one_goes_on(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    class Tally2(Tally):
        version = 2

    newer = Engine(pool, journal, [Tally2()], decode)
    await newer.start()
    await Writer(journal, UUID(int=3)).append(noted("printer"))
    await newer.post_outstanding()
    async with reader(pool, PROJECTIONS) as old, reader(pool, [Tally2()]) as new:
        assert (await old.position("tally", UUID(int=3)), await new.position("tally", UUID(int=3))) == (0, 1)
        assert await old.rows(TallyRow, TOWN) == await new.rows(TallyRow, TOWN)
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as old:
        assert await old.position("tally", UUID(int=3)) == 1
    assert await newer.drop_old(other_versions=True) == ["tally_v1_g1"]


async def test_rolling_back_sets_the_row_and_posting_goes_on_from_there(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    with pytest.raises(NothingToRollBackTo, match="newest"):
        await engine.roll_back("newest")
    await engine.rebuild(["newest"])
    await Writer(journal, UUID(int=3)).append(noted("printer"))
    await engine.post_outstanding()
    assert await engine.roll_back("newest") == "newest_v1_g3"
    async with reader(pool, PROJECTIONS) as snapshot:
        assert await snapshot.rows(NewestRow, UUID(int=3)) == []
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as snapshot:
        assert len(await snapshot.rows(NewestRow, UUID(int=3))) == 1
    assert await engine.roll_back("newest", 4) == "newest_v1_g4"
    with pytest.raises(NothingToRollBackTo, match="99"):
        await engine.roll_back("newest", 99)


async def test_an_old_generation_is_dropped_by_command_but_not_under_its_reader(pool: "Pool", engine: Engine) -> None:
    async with reader(pool, PROJECTIONS) as snapshot:
        before = await snapshot.rows(TallyRow, TOWN)
        await engine.rebuild()
        assert await engine.drop_old() == []
        assert await snapshot.rows(NewestRow, CITY) == [NewestRow(position=1, event="toy.noted/1")]
        assert await snapshot.rows(TallyRow, TOWN) == before
    assert await engine.drop_old() == ["tally_v1_g1", "diary_v3_g2", "newest_v1_g3"]
    async with reader(pool, PROJECTIONS) as snapshot:
        assert await snapshot.rows(TallyRow, TOWN) == before
