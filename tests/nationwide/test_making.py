"""The database that is made of it: valid, readable, and the same however many processes made it."""

import io
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from rich.console import Console

from benchmarks.nationwide.loading import batches
from benchmarks.nationwide.making import Made, make, municipalities_for
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from slm_journal import database
from slm_journal.command import Append, require_disjoint
from slm_journal.embedded import running
from slm_journal.journal import Journal
from tests.nationwide.contracts import EVERY_KIND, SEED, appends, by_code

TWO = EVERY_KIND[:2]
AN_HOUR = 3_600_000_000  # microseconds


def made(folder: Path, *, processes: int) -> Made:
    """A database with the years of two small contracts."""
    contracts = [by_code()[code] for code in TWO]
    console = Console(file=io.StringIO())
    return make(folder, contracts, seed=SEED, processes=processes, durable=False, console=console)


@pytest.fixture(scope="module")
def folders(short_directory: Path) -> list[Path]:
    """The same database made by one process and by two."""
    found = [short_directory / f"made-by-{processes}" for processes in (1, 2)]
    for processes, folder in enumerate(found, 1):
        assert made(folder, processes=processes).journals == len(TWO)
    return found


async def test_made_by_one_process_or_two_it_is_the_same_leaf_by_leaf(folders: list[Path]) -> None:
    leaves = []
    for folder in folders:
        with running(folder, durable=False) as dsn:
            async with database.connect(dsn) as pool:
                query = "SELECT leaf FROM slm_journal.entry ORDER BY global_position"
                leaves.append([row["leaf"] for row in await pool.fetch(query)])
    assert leaves[0] == leaves[1]
    assert len(leaves[0]) == sum(len(append.events) for code in TWO for append in appends(code))


async def test_every_leaf_verifies_and_every_read_model_takes_every_entry(folders: list[Path]) -> None:
    with running(folders[0], durable=False) as dsn:
        async with database.connect(dsn) as pool:
            journal = Journal(pool)
            sizes = await journal.journals()
            for journal_id, size in sizes:
                found = await journal.verify(journal_id)
                assert found.size == size
                assert found.faults == ()
            rebuilt = await Engine(pool, journal, PROJECTIONS, placed).rebuild(verify=True)
            assert rebuilt.stopped == ()
            assert rebuilt.run.entries == sum(size for _, size in sizes)
            assert (await journal.identity()).clock == "simulated"


async def test_journals_lie_between_one_another_as_they_were_recorded(folders: list[Path]) -> None:
    with running(folders[0], durable=False) as dsn:
        async with database.connect(dsn) as pool:
            query = "SELECT journal_id, recorded_at FROM slm_journal.entry ORDER BY global_position"
            rows = await pool.fetch(query)
    assert rows
    turns = sum(one["journal_id"] != other["journal_id"] for one, other in pairwise(rows))
    assert turns > len(rows) // 10
    latest = 0
    for row in rows:
        assert row["recorded_at"] >= latest - AN_HOUR
        latest = max(latest, row["recorded_at"])


def test_batches_take_every_append_once_in_each_journals_order_and_hold_no_conflict() -> None:
    whole = sorted((append for code in TWO for append in appends(code)), key=lambda one: (one.at, one.journal_id))
    weeks = [whole[:500], whole[500:501], whole[501:]]
    found = defaultdict[UUID, list[Append]](list)
    for batch in batches(weeks, 50):
        require_disjoint(batch)
        assert 0 < len(batch) <= 50
        for append in batch:
            found[append.journal_id].append(append)
    assert {key: tuple(value) for key, value in found.items()} == {
        appends(code)[0].journal_id: appends(code) for code in TWO
    }


def test_a_size_in_entries_is_turned_into_one_in_municipalities() -> None:
    assert municipalities_for(100_000) == 33
    assert municipalities_for(1_000_000) == 329
    assert municipalities_for(1) == 1
    assert municipalities_for(10_000_000) == 1741
