"""Readers of the real read models during `slm rebuild --all` see one answer: no gap, no error, no other rows."""

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid5

from projections.availability import IncidentRow
from projections.catalogue import AVAILABILITY, PROJECTIONS, QUALITY_LEDGER
from projections.engine import reader
from projections.quality_ledger import LedgerItems
from slm_journal.journal import Journal
from tests.projections.contract_histories import JOURNAL
from tests.projections.examples import engine, shimanto_year, write_copies

if TYPE_CHECKING:
    import pytest

    from slm_journal.database import Pool

ENTRIES = 50_000
READERS = 4
AFTERWARDS = 100  # reads that fall after the swap, at least
REBUILD = "from slm_api.cli import main; main()"

Read = tuple[list[IncidentRow], list[LedgerItems], tuple[str, str]]


async def test_readers_during_a_rebuild_of_50_000_real_entries_see_one_answer(
    pool: "Pool", dsn: str, capsys: "pytest.CaptureFixture[str]"
) -> None:
    year, journal = shimanto_year(), Journal(pool)
    journals = [uuid5(JOURNAL, str(number)) for number in range(-(-ENTRIES // len(year)))]
    await write_copies(journal, journals, year)
    await engine(pool).start()
    asked = journals[len(journals) // 2]

    async def answer() -> Read:
        async with reader(pool, PROJECTIONS) as snapshot:
            incidents, items = await snapshot.rows(IncidentRow, asked), await snapshot.rows(LedgerItems, asked)
            schemas = [snapshot.generation(one.name).schema for one in (AVAILABILITY, QUALITY_LEDGER)]
            return incidents, items, (schemas[0], schemas[1])

    *before, old = await answer()
    assert all(before)
    slowest = reads = afterwards = 0

    async def read_on() -> None:
        nonlocal slowest, reads, afterwards
        while afterwards < AFTERWARDS:
            began = time.perf_counter_ns()
            *found, generations = await answer()
            slowest = max(slowest, time.perf_counter_ns() - began)
            assert found == before
            reads += 1
            assert len({name == was for name, was in zip(generations, old, strict=True)}) == 1, "one moment for both"
            afterwards += generations != old

    rebuild = await asyncio.create_subprocess_exec(
        *[sys.executable, "-c", REBUILD, "rebuild", "--all"],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "SLM_DATABASE_URL": dsn},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.TaskGroup() as tasks:
        for _ in range(READERS):
            tasks.create_task(read_on())
        _, errors = await rebuild.communicate()
        assert rebuild.returncode == 0, errors.decode()
    assert reads > afterwards >= AFTERWARDS
    with capsys.disabled():
        told = f"{len(journals) * len(year)} entries, {reads} reads, {afterwards} after the swap"
        sys.stdout.write(f"\n{told}, slowest {slowest // 1_000_000} ms\n")
