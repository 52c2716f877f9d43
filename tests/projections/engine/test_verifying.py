"""A rebuild compares its rows with the fold in memory, which must be equal, and with those that were live so far."""

import multiprocessing
import time
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from projections.engine import Engine, Progress, comparing
from projections.engine.errors import VerificationFailed, WorkerLost
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted, restated
from tests.projections.engine.losing import losing_a_worker_at
from tests.projections.engine.toys import Subjects, Tally, decode
from tests.projections.engine.two_journals import CITY, TOWN, digests, generations, posted

if TYPE_CHECKING:
    from slm_journal.database import Pool


class Moody(Tally):
    """Depends on more than the entries."""

    def begin(self, _journal_id: UUID) -> Subjects:
        return {"s": [(noted("s").occurred_at, time.monotonic_ns())]}


@pytest.fixture
async def engine(pool: "Pool", journal: Journal) -> Engine:
    """An engine with two journals posted."""
    return await posted(pool, journal)


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_verifying_rebuild_tells_how_far_its_second_fold_is(
    monkeypatch: pytest.MonkeyPatch, dsn: str, engine: Engine, workers: int
) -> None:
    monkeypatch.setattr(comparing, "ENTRIES", 1)  # each journal by itself
    told: list[Progress] = []
    await engine.rebuild(progress=told.append, verify=True, workers=workers, dsn=dsn)
    assert list(dict.fromkeys(one.stage for one in told))[-3:] == ["verifying", "comparing", "live"]
    verifying = [(one.entries, one.total) for one in told if one.stage == "verifying"]
    assert verifying[0] == (0, 42)
    assert verifying[1] in {(41, 42), (1, 42)}  # the town, or the city
    assert verifying[2:] == [(42, 42)]


async def test_journals_are_compared_together_as_long_as_they_are_short(
    monkeypatch: pytest.MonkeyPatch, pool: "Pool", journal: Journal
) -> None:
    engine = Engine(pool, journal, [Tally()], decode)
    for number, entries in enumerate((2, 1, 4, 1), start=1):
        await Writer(journal, UUID(int=number)).append(*[noted("s")] * entries)
    await engine.start()
    monkeypatch.setattr(comparing, "ENTRIES", 3)
    told: list[Progress] = []
    await engine.rebuild(progress=told.append, verify=True)
    steps = [one.entries for one in told if one.stage == "verifying"]
    sizes = [now - before for before, now in pairwise(steps)]
    assert sum(sizes) == 8
    assert max(sizes) == 4  # one that is longer stands alone
    assert len(sizes) < 4


@pytest.mark.parametrize("workers", [1, 2])
async def test_verifying_names_the_live_row_that_was_changed_by_hand(
    pool: "Pool", dsn: str, engine: Engine, workers: int
) -> None:
    right = await digests(pool)
    async with pool.acquire() as link:
        await link.execute("UPDATE tally_v1_g1.tally SET total = total + 1 WHERE subject = 's1'")
    (difference,) = (await engine.rebuild(verify=True, workers=workers, dsn=dsn)).changed
    assert str(difference) == f'tally_v1_g4.tally {TOWN} {{"journal_id":"{TOWN}","subject":"s1"}}: total'
    assert await digests(pool) == right


async def test_verifying_names_rows_that_were_removed_or_added_by_hand(pool: "Pool", engine: Engine) -> None:
    async with pool.acquire() as link:
        await link.execute("DELETE FROM tally_v1_g1.tally WHERE subject = 's1'")
        await link.execute("UPDATE diary_v3_g2.line SET position = 99 WHERE position = 1 AND journal_id = $1", CITY)
    changed = (await engine.rebuild(verify=True)).changed
    assert [(one.table, one.key.rpartition(",")[2], one.found) for one in changed] == [
        ("tally_v1_g4.tally", '"subject":"s1"}', "only now"),
        ("diary_v3_g5.line", '"position":1}', "only now"),
        ("diary_v3_g5.line", '"position":99}', "only before"),
    ]


@pytest.mark.parametrize("workers", [1, 2])
async def test_verifying_refuses_a_fold_that_depends_on_more_than_the_entries(
    pool: "Pool", dsn: str, journal: Journal, workers: int
) -> None:
    engine = Engine(pool, journal, [Moody()], decode)
    for journal_id in (CITY, TOWN):
        await Writer(journal, journal_id).append(restated(1))
    await engine.start()
    with pytest.raises(VerificationFailed) as refused:
        await engine.rebuild(verify=True, workers=workers, dsn=dsn)
    assert [(one.table, one.journal_id, one.columns) for one in refused.value.args] == [
        ("tally_v1_g2.tally", journal_id, ("total",)) for journal_id in sorted((CITY, TOWN))
    ]
    assert await generations(pool) == ["tally_v1_g1"]


async def test_a_worker_lost_while_it_compares_ends_the_rebuild_and_the_next_one_goes_on(
    pool: "Pool", dsn: str, engine: Engine
) -> None:
    before = await digests(pool)
    with pytest.raises(WorkerLost, match="exit code -9"):
        await engine.rebuild(progress=losing_a_worker_at("verifying"), verify=True, workers=2, dsn=dsn)
    assert not multiprocessing.active_children()
    assert await digests(pool) == before
    rebuilt = await engine.rebuild(verify=True)
    assert (rebuilt.kept, rebuilt.run.entries, rebuilt.changed) == (42, 0, ())
    assert await digests(pool) == before
