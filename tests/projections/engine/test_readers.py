"""Who reads while a rebuild runs sees what he saw before: no gap, no error, no other answer."""

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from projections.engine import Engine, reader
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, draft, noted
from tests.projections.engine.toys import PROJECTIONS, MonthRow, NewestRow, TallyRow, decode

if TYPE_CHECKING:
    import pytest

    from slm_journal.database import Pool

JOURNALS, BATCHES, BATCH = 5, 1, 5_000  # 25,000 entries; `tests/test_readers_during_rebuild.py` has more
READERS = 4
AFTERWARDS = 100  # reads that fall after the swap, at least


async def test_readers_during_a_rebuild_of_25_000_entries_see_one_answer(
    pool: "Pool", journal: Journal, dsn: str, capsys: "pytest.CaptureFixture[str]"
) -> None:
    for number in range(JOURNALS):
        writer = Writer(journal, UUID(int=number + 1))
        for batch in range(BATCHES):
            await writer.write(
                [draft(UUID(int=n % 7), noted(f"s{n % 50}", n % 9, day=batch * 30 + n % 30)) for n in range(BATCH)]
            )
    await Engine(pool, journal, PROJECTIONS, decode).start()

    async def answer() -> tuple[object, object, object, tuple[str, str]]:
        async with reader(pool, PROJECTIONS) as snapshot:
            asked = UUID(int=3)
            tally, newest = await snapshot.rows(TallyRow, asked), await snapshot.rows(NewestRow, asked)
            months = await snapshot.rows(MonthRow, asked, prefix="2025-0")
            return tally, newest, months, (snapshot.generation("tally").schema, snapshot.generation("newest").schema)

    *before, old = await answer()
    slowest, reads, afterwards = 0, 0, 0

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

    program = [sys.executable, "-m", "tests.projections.engine.rebuilding", dsn]
    rebuild = await asyncio.create_subprocess_exec(
        *program, cwd=Path(__file__).parents[3], stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.TaskGroup() as tasks:
        for _ in range(READERS):
            tasks.create_task(read_on())
        told = (await rebuild.communicate())[0].decode().split("\n")
        assert rebuild.returncode == 0
    assert told[-2] == "live"
    assert reads > afterwards >= AFTERWARDS
    with capsys.disabled():
        sys.stdout.write(f"\n{reads} reads, {afterwards} after the swap, slowest {slowest // 1_000_000} ms\n")
