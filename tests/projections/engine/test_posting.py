"""Posting: rows and checkpoints move together, for all models of a journal."""

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from projections.engine import Engine, reader
from projections.engine.errors import NotBuilt
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, ignored, noted, restated, withdrawn
from tests.projections.engine.toys import PROJECTIONS, LineRow, MonthRow, NewestRow, Share, TallyRow, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN, CITY = UUID(int=1), UUID(int=2)


@pytest.fixture
async def engine(pool: "Pool", journal: Journal) -> Engine:
    engine = Engine(pool, journal, PROJECTIONS, decode, chunk=3, cached=2)
    await engine.start()
    return engine


async def test_rows_say_what_the_entries_said(pool: "Pool", journal: Journal, engine: Engine) -> None:
    town = Writer(journal, TOWN)
    await town.append(noted("printer", 4), noted("network", 20, day=1), noted("printer", 5, day=40), ignored())
    posted = await engine.post_outstanding()
    assert (posted.run.entries, posted.journals, posted.stopped) == (4, 1, ())
    async with reader(pool, PROJECTIONS) as snapshot:
        tally = await snapshot.rows(TallyRow, TOWN)
        assert [(row.subject, row.count, row.total, row.large) for row in tally] == [
            ("network", 1, 20, True),
            ("printer", 2, 9, False),
        ]
        assert [row.kind for row in await snapshot.rows(LineRow, TOWN, sheets=["2025-05"])] == ["noted"]
        (april,) = await snapshot.rows(MonthRow, TOWN, prefix="2025-04")
        assert april.shares == (Share(subject="network", lines=1), Share(subject="printer", lines=1))
        assert await snapshot.rows(NewestRow, TOWN) == [NewestRow(position=3, event="toy.noted/1")]


async def test_a_sheet_that_no_longer_exists_leaves_no_row(pool: "Pool", journal: Journal, engine: Engine) -> None:
    town = Writer(journal, TOWN)
    await town.append(noted("printer"), noted("network"))
    await engine.post_outstanding()
    await town.append(withdrawn("printer"))
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as snapshot:
        assert [row.subject for row in await snapshot.rows(TallyRow, TOWN)] == ["network"]


async def test_all_models_of_a_journal_stand_at_the_same_position(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    town, city = Writer(journal, TOWN), Writer(journal, CITY)
    await town.append(*(noted(f"s{n}") for n in range(8)))
    await city.append(restated(1), ignored())
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as snapshot:
        for projection in PROJECTIONS:
            assert await snapshot.positions(projection.name) == {TOWN: 8, CITY: 2}


async def test_posting_again_posts_nothing(journal: Journal, engine: Engine) -> None:
    await Writer(journal, TOWN).append(noted("printer"))
    assert (await engine.post_outstanding()).run.entries == 1
    assert (await engine.post_outstanding()).run.entries == 0


async def test_one_journal_can_be_posted_alone_and_the_others_are_not_forgotten(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    town, city = Writer(journal, TOWN), Writer(journal, CITY)
    await town.append(noted("printer"))
    await city.append(noted("printer"))
    await engine.post_outstanding(CITY)
    async with reader(pool, PROJECTIONS) as snapshot:
        assert await snapshot.positions("tally") == {CITY: 1}
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as snapshot:
        assert await snapshot.positions("tally") == {TOWN: 1, CITY: 1}


async def test_another_engine_goes_on_where_the_first_one_stopped(
    pool: "Pool", journal: Journal, engine: Engine
) -> None:
    town = Writer(journal, TOWN)
    await town.append(noted("printer", 4))
    await engine.post_outstanding()
    await town.append(noted("printer", 5))
    assert (await Engine(pool, journal, PROJECTIONS, decode).post_outstanding()).run.entries == 1
    await town.append(noted("printer", 6))
    await engine.post_outstanding()  # its folding is two entries behind the rows
    async with reader(pool, PROJECTIONS) as snapshot:
        assert [(row.count, row.total) for row in await snapshot.rows(TallyRow, TOWN)] == [(3, 15)]


async def test_one_engine_posts_at_a_time(pool: "Pool", journal: Journal, engine: Engine) -> None:
    await Writer(journal, TOWN).append(noted("printer"))
    async with engine._posting_alone():
        assert (await Engine(pool, journal, PROJECTIONS, decode).post_outstanding(wait=False)).somebody_else
        assert (await engine.post_outstanding(wait=False)).somebody_else
    assert (await engine.post_outstanding(wait=False)).run.entries == 1


async def test_rows_can_be_asked_for_over_several_journals(pool: "Pool", journal: Journal, engine: Engine) -> None:
    await Writer(journal, TOWN).append(noted("printer", 4), noted("network", 20))
    await Writer(journal, CITY).append(noted("printer", 30))
    await engine.post_outstanding()
    async with reader(pool, PROJECTIONS) as snapshot:
        found = await snapshot.rows_across(TallyRow, where={"subject": "printer"})
        assert [(journal_id, row.total) for journal_id, row in found] == [(TOWN, 4), (CITY, 30)]
        found = await snapshot.rows_across(TallyRow, where={"large": True, "span": None}, journal_ids=[CITY])
        assert [(journal_id, row.total) for journal_id, row in found] == [(CITY, 30)]
        with pytest.raises(AttributeError, match="shares"):
            await snapshot.rows_across(MonthRow, where={"shares": "[]"})


async def test_a_database_without_any_engine_yet_says_so(pool: "Pool") -> None:
    with pytest.raises(NotBuilt, match="tally"):
        async with reader(pool, PROJECTIONS):
            raise AssertionError("nothing to read")


async def test_the_standing_tells_what_is_outstanding(pool: "Pool", journal: Journal, engine: Engine) -> None:
    town = Writer(journal, TOWN)
    await town.append(noted("printer"))
    await engine.post_outstanding()
    await town.append(noted("printer"), noted("printer"))
    for standing in await engine.status():
        assert (standing.journals_behind, standing.entries_outstanding, standing.stopped) == (1, 2, ())
        assert standing.generation is not None
        assert standing.last_run is not None
        assert standing.last_run.entries == 1
