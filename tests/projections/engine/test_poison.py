"""An entry that a projection cannot take stops that journal of that projection before it, and nothing else."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

import pytest

from projections.engine import Engine, Stopped, batches, reader
from projections.engine.errors import RebuildStopped
from projections.projection import Placed, Row
from slm_journal.entry import Entry
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted
from tests.projections.engine.toys import Noted, Tally, TallyRow, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN, CITY = UUID(int=1), UUID(int=2)


class BrittleRow(Row, frozen=True, kw_only=True):
    TABLE: ClassVar[str] = "brittle"
    KEY: ClassVar[tuple[str, ...]] = ("key",)

    key: str
    amount: int
    seen: int


class Brittle:
    """A projection that breaks in every way there is, by the subject noted."""

    name = "brittle"
    version = 1
    tables: tuple[type[Row], ...] = (BrittleRow,)
    handles = frozenset({Noted.NAME})

    def __init__(self) -> None:
        self.mended = False

    def begin(self, _journal_id: UUID) -> dict[str, int]:
        return {}

    def fold(self, state: dict[str, int], entry: Placed) -> Iterable[str]:
        event: Any = entry.event
        state[event.subject] = event.amount  # before it breaks: the state is half changed then
        if event.subject == "fold" and not self.mended:
            raise LookupError("the fold broke")
        return (event.subject,)

    def rows(self, state: dict[str, int], sheet: str) -> Iterator[Row]:
        key, amount = sheet, state[sheet]
        if not self.mended:
            if sheet == "rows":
                raise LookupError("the rows broke")
            if sheet == "text":
                key = "NUL \0"
            if sheet == "number":
                amount = 2**63
            if sheet == "key":
                key = "a1"  # the sheet a1 has a row of this key
        yield BrittleRow(key=key, amount=amount, seen=len(state))


WAYS = ["fold", "rows", "text", "number", "key"]


@pytest.mark.parametrize("chunk", [1, 2, 5, 100])
@pytest.mark.parametrize("way", WAYS)
async def test_a_poison_entry_stops_its_journal_before_it_and_no_other(
    pool: "Pool", journal: Journal, caplog: pytest.LogCaptureFixture, way: str, chunk: int
) -> None:
    brittle = Brittle()
    engine = Engine(pool, journal, [brittle, Tally()], decode, chunk=chunk)
    await engine.start()
    town, city = Writer(journal, TOWN), Writer(journal, CITY)
    await town.append(noted("a0", 3))
    await engine.post_outstanding()
    await town.append(noted("a1", 3), noted("a0", 4), noted("a2", 5), noted(way, 6), noted("a3", 7), noted("a4", 8))
    await city.append(noted("a1", 1), noted("a2", 2))
    with caplog.at_level(logging.ERROR):
        posted = await engine.post_outstanding()
    assert posted.stopped == (("brittle", TOWN, 5),)
    assert "brittle_v1_g" in caplog.text
    assert "before entry 5 (toy.noted/1)" in caplog.text
    async with reader(pool, [brittle, Tally()]) as snapshot:
        assert await snapshot.positions("brittle") == {TOWN: 4, CITY: 2}
        assert await snapshot.positions("tally") == {TOWN: 7, CITY: 2}
        rows = await snapshot.rows(BrittleRow, TOWN)
        assert [(row.key, row.amount) for row in rows] == [("a0", 4), ("a1", 3), ("a2", 5)]
        assert max(row.seen for row in rows) == 3, "nothing of the poison entry is in the state"
        status = {standing.projection: standing for standing in await snapshot.status()}
    assert status["tally"].stopped == ()
    (stopped,) = status["brittle"].stopped
    assert isinstance(stopped, Stopped)
    assert (stopped.position, stopped.stopped_at, stopped.name) == (4, 5, "toy.noted/1")
    assert (status["brittle"].journals_behind, status["brittle"].entries_outstanding) == (1, 3)

    assert (await engine.post_outstanding()).stopped == (), "it is not tried again and again"
    brittle.mended = True
    await town.append(noted("a5", 9))
    assert (await engine.resume()).stopped == ()
    async with reader(pool, [brittle, Tally()]) as snapshot:
        assert await snapshot.positions("brittle") == {TOWN: 8, CITY: 2}
        assert len(await snapshot.rows(BrittleRow, TOWN)) == 7
        tally = await snapshot.rows(TallyRow, TOWN)
        assert sum(row.count for row in tally) == 8, "what went on took no entry twice"
        assert [standing.stopped for standing in await snapshot.status()] == [(), ()]


@pytest.mark.parametrize("at_a_time", [1, 10_000])
@pytest.mark.parametrize("way", WAYS)
async def test_a_rebuild_stops_before_the_same_entry_as_posting(
    pool: "Pool", journal: Journal, monkeypatch: pytest.MonkeyPatch, way: str, at_a_time: int
) -> None:
    monkeypatch.setattr(batches, "SHEETS", at_a_time)  # 1: part of the journal is copied before the fault shows
    monkeypatch.setattr(batches, "LETTERS", at_a_time)
    brittle = Brittle()
    engine = Engine(pool, journal, [brittle, Tally()], decode, chunk=3)
    await Writer(journal, TOWN).append(noted("a1", 3), noted("a2", 5), noted(way, 6), noted("a3", 7))
    await Writer(journal, CITY).append(noted("a1", 1), noted("a2", 2))
    await engine.start()  # the first build
    rebuilt = await engine.rebuild()
    assert [(one.projection, one.journal_id, one.stopped_at) for one in rebuilt.stopped] == [("brittle", TOWN, 3)]
    async with reader(pool, [brittle, Tally()]) as snapshot:
        assert await snapshot.positions("brittle") == {TOWN: 2, CITY: 2}
        assert await snapshot.positions("tally") == {TOWN: 4, CITY: 2}
        assert [(row.key, row.amount) for row in await snapshot.rows(BrittleRow, TOWN)] == [("a1", 3), ("a2", 5)]
        assert [(row.key, row.amount) for row in await snapshot.rows(BrittleRow, CITY)] == [("a1", 1), ("a2", 2)]


async def test_workers_stop_before_the_same_entry_and_a_fix_lets_it_be_resumed(
    pool: "Pool", dsn: str, journal: Journal
) -> None:
    brittle = Brittle()
    engine = Engine(pool, journal, [brittle, Tally()], decode, chunk=3)
    await Writer(journal, TOWN).append(noted("a1", 3), noted("fold", 5), noted("a2", 6))
    await Writer(journal, CITY).append(noted("a1", 1), noted("a2", 2))
    await engine.start()
    rebuilt = await engine.rebuild(workers=2, dsn=dsn, verify=True)
    assert [(one.projection, one.journal_id, one.stopped_at) for one in rebuilt.stopped] == [("brittle", TOWN, 2)]
    assert rebuilt.changed == ()
    async with reader(pool, [brittle, Tally()]) as snapshot:
        assert await snapshot.positions("brittle") == {TOWN: 1, CITY: 2}
        assert await snapshot.positions("tally") == {TOWN: 3, CITY: 2}
    brittle.mended = True
    assert (await engine.resume()).stopped == ()
    mended = await engine.rebuild(workers=2, dsn=dsn, verify=True)
    assert mended.stopped == ()
    async with reader(pool, [brittle, Tally()]) as snapshot:
        assert await snapshot.positions("brittle") == {TOWN: 3, CITY: 2}


async def test_a_rebuild_that_would_end_earlier_than_the_live_rows_is_refused(pool: "Pool", journal: Journal) -> None:
    brittle = Brittle()
    brittle.mended = True
    engine = Engine(pool, journal, [brittle], decode)
    await Writer(journal, TOWN).append(noted("a1", 3), noted("fold", 5), noted("a2", 6))
    await engine.start()
    brittle.mended = False
    with pytest.raises(RebuildStopped, match="the fold broke"):
        await engine.rebuild()
    async with reader(pool, [brittle]) as snapshot:
        assert await snapshot.position("brittle", TOWN) == 3
        assert len(await snapshot.rows(BrittleRow, TOWN)) == 3


async def test_an_entry_that_cannot_be_decoded_stops_those_who_handle_it(pool: "Pool", journal: Journal) -> None:
    def unreadable(entry: Entry) -> Placed:
        if entry.position == 2:
            raise ValueError("not readable")
        return decode(entry)

    engine = Engine(pool, journal, [Brittle(), Tally()], unreadable)
    await engine.start()
    await Writer(journal, TOWN).append(noted("a1", 3), noted("a2", 5), noted("a3", 6))
    posted = await engine.post_outstanding()
    assert posted.stopped == (("brittle", TOWN, 2), ("tally", TOWN, 2))
    async with reader(pool, [Tally()]) as snapshot:
        assert [row.subject for row in await snapshot.rows(TallyRow, TOWN)] == ["a1"]


async def test_stopped_journals_are_tried_again_when_an_engine_starts(pool: "Pool", journal: Journal) -> None:
    brittle = Brittle()
    engine = Engine(pool, journal, [brittle], decode)
    await engine.start()
    await Writer(journal, TOWN).append(noted("fold", 3), noted("a2", 5))
    assert (await engine.post_outstanding()).stopped == (("brittle", TOWN, 1),)
    brittle.mended = True
    running = asyncio.create_task(Engine(pool, journal, [brittle], decode).run(poll=0.01))
    while True:
        async with reader(pool, [brittle]) as snapshot:
            if await snapshot.position("brittle", TOWN) == 2:
                break
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
