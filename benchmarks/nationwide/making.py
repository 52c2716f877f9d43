"""Making a database that holds a nationwide year: generate into files, then append in order of recorded-at."""

import asyncio
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from benchmarks.nationwide.country import MUNICIPALITIES, Contracted
from benchmarks.nationwide.generating import generate
from benchmarks.nationwide.loading import load
from benchmarks.nationwide.spill import in_order
from slm_journal import database
from slm_journal.embedded import running

ENTRIES_A_MUNICIPALITY = 3044  # of the whole, joint contracts included: measured, for turning entries into a size


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What was made, and how long it took (nanoseconds of the wall clock). Bytes are those of the journals' tables."""

    municipalities: int
    journals: int
    entries: int
    seed: int
    processes: int
    generating_ns: int
    appending_ns: int
    table_bytes: int


def municipalities_for(entries: int) -> int:
    """How many municipalities have about so many entries."""
    return max(1, min(MUNICIPALITIES, round(entries / ENTRIES_A_MUNICIPALITY)))


def make(
    folder: Path, contracts: Sequence[Contracted], *, seed: int, processes: int, durable: bool, console: Console
) -> Made:
    """Make the database in a folder of its own: an embedded cluster, as `slm` would use it as its data directory."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # root's server runs as another user, who passes through
    spilled = folder / "spilled"
    shutil.rmtree(spilled, ignore_errors=True)
    spilled.mkdir()
    begun = time.perf_counter_ns()
    entries = _shown(
        console, "generating", len(contracts), generate(contracts, spilled, seed=seed, processes=processes), by_one=True
    )
    generated = time.perf_counter_ns()
    with running(folder, durable=durable) as dsn:
        size = asyncio.run(_append(dsn, spilled, entries, seed, console))
    appended = time.perf_counter_ns()
    shutil.rmtree(spilled)
    made = Made(
        municipalities=sum(not one.joint for one in contracts),
        journals=len(contracts),
        entries=entries,
        seed=seed,
        processes=processes,
        generating_ns=generated - begun,
        appending_ns=appended - generated,
        table_bytes=size,
    )
    (folder / "made.json").write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    return made


async def _append(dsn: str, spilled: Path, entries: int, seed: int, console: Console) -> int:
    async with database.connect(dsn, most=2) as pool:
        await database.create(pool, clock="simulated")
        with _progress(console) as progress:
            task = progress.add_task("appending", total=entries)
            async for count in load(pool, in_order(spilled), seed=seed):
                progress.advance(task, count)
        await pool.execute("VACUUM (ANALYZE)")
        await pool.execute("CHECKPOINT")
        size: int = await pool.fetchval(
            "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c "
            "WHERE c.relnamespace = 'slm_journal'::regnamespace AND c.relkind = 'r'"
        )
        return size


def _shown(console: Console, what: str, total: int, counts: Iterable[int], *, by_one: bool) -> int:
    entries = 0
    with _progress(console) as progress:
        task = progress.add_task(what, total=total)
        for count in counts:
            entries += count
            progress.update(task, advance=1 if by_one else count, description=f"{what} ({entries:,} entries)")
    return entries


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
