"""Whoever is killed while the year is applied, applying it again ends in the same journal as one clean run."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.generations import live
from slm_domain.identity import journal_id
from slm_journal import database
from slm_journal.embedded import running
from slm_journal.journal import Journal

YEAR = Path(__file__).parents[1] / "examples" / "shimanto-town" / "year.jsonl"
CONTRACT = journal_id("shimanto-town-2025")
ENTRIES = "SELECT position, originator_id, originator_version, name, payload FROM slm_journal.entry ORDER BY position"
PATIENCE = 60  # seconds; what is waited for takes a few
LEFT = 400  # entries still to come when somebody is killed: what watches them is slower than what writes them

Found = list[tuple[object, ...]]


def slm(data_directory: Path, *words: str) -> "subprocess.Popen[bytes]":
    """A process of the command line on a data directory."""
    program = "from slm_api.cli import main; main()"
    surroundings = {**os.environ, "SLM_DATA_DIRECTORY": str(data_directory)}
    surroundings.pop("SLM_DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def applied(data_directory: Path) -> None:
    """Apply the year to its end."""
    process = slm(data_directory, "apply", str(YEAR), "--clock", "simulated")
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors.decode()


async def journal_of(dsn: str) -> Found:
    link = await asyncpg.connect(dsn)
    try:
        return [tuple(row) for row in await link.fetch(ENTRIES)]
    finally:
        await link.close()


async def size(dsn: str) -> int:
    """How many entries there are; none while the server or the schema is not there."""
    with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        link = await asyncpg.connect(dsn)
        try:
            found: int = await link.fetchval("SELECT count(*) FROM slm_journal.entry")
        finally:
            await link.close()
        return found
    return 0


def wait_for(dsn: str, entries: int, applying: "subprocess.Popen[bytes]") -> None:
    """Until so many entries are recorded, or the applying process has ended."""
    patience = time.monotonic() + PATIENCE
    while asyncio.run(size(dsn)) < entries and applying.poll() is None:
        assert time.monotonic() < patience, "the year is not being applied"


async def require_whole(dsn: str) -> None:
    """No half of anything: every command has all its entries, every leaf verifies, rows are what entries say."""
    async with database.connect(dsn) as pool:
        journal = Journal(pool)
        assert await pool.fetchval("SELECT sum(count) FROM slm_journal.command") == await pool.fetchval(
            "SELECT count(*) FROM slm_journal.entry"
        )
        verified = await journal.verify(CONTRACT)
        assert not verified.faults
        engine = Engine(pool, journal, PROJECTIONS, placed)
        await engine.start()
        await engine.post_outstanding()
        async with pool.acquire() as link:
            for generation in await live(link, PROJECTIONS):
                stored = await table_digests(link, generation)
                whole = {CONTRACT: verified.size}
                assert stored == await digests_in_memory(link, generation.projection, engine.reading, whole)


@contextmanager
def clean_up(*processes: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
            if process.stderr is not None:
                process.stderr.close()


@pytest.fixture(scope="module")
def clean(short_directory: Path) -> Found:
    """The journal of one run that nothing disturbed."""
    with running(short_directory / "clean") as dsn:
        applied(short_directory / "clean")
        return asyncio.run(journal_of(dsn))


@pytest.fixture
def chance(capsys: pytest.CaptureFixture[str]) -> random.Random:
    seed = random.SystemRandom().randrange(2**32)
    with capsys.disabled():
        sys.stdout.write(f" seed {seed} ")
    return random.Random(seed)  # noqa: S311 -- moments to kill at, printed so that they can be tried again


def require_same(dsn: str, clean: Found) -> None:
    assert asyncio.run(journal_of(dsn)) == clean
    asyncio.run(require_whole(dsn))


def test_killing_slm_apply_again_and_again_loses_and_doubles_nothing(
    short_directory: Path, clean: Found, chance: random.Random
) -> None:
    folder = short_directory / "apply"
    with running(folder) as dsn:
        for moment in sorted(chance.sample(range(1, len(clean) - LEFT), 3)):
            process = slm(folder, "apply", str(YEAR), "--clock", "simulated")
            with clean_up(process):
                wait_for(dsn, moment, process)
                assert process.poll() is None, "it was killed while it ran"
                process.send_signal(signal.SIGKILL)
                process.wait()
        applied(folder)
        require_same(dsn, clean)


def test_killing_slm_serve_does_not_touch_the_journal(
    short_directory: Path, clean: Found, chance: random.Random
) -> None:
    folder = short_directory / "serve"
    with running(folder) as dsn:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        first = slm(folder, "apply", str(YEAR), "--clock", "simulated")
        with clean_up(first):
            wait_for(dsn, chance.randrange(1, 200), first)
            serving = slm(folder, "serve", "--port", str(port), "--as-root")
            with clean_up(serving):
                wait_for(dsn, chance.randrange(400, len(clean) - LEFT), first)
                serving.send_signal(signal.SIGKILL)
                serving.wait()
            first.send_signal(signal.SIGKILL)
            first.wait()
        applied(folder)
        require_same(dsn, clean)


def test_killing_postgresql_loses_nothing_that_was_acknowledged(
    short_directory: Path, clean: Found, chance: random.Random
) -> None:
    folder = short_directory / "server"
    with running(folder) as dsn:
        process = slm(folder, "apply", str(YEAR), "--clock", "simulated")
        with clean_up(process):
            wait_for(dsn, chance.randrange(1, len(clean) - LEFT), process)
            (pid_file,) = folder.rglob("postmaster.pid")
            os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)
            _, told = process.communicate(timeout=PATIENCE)
            assert process.returncode != 0
            assert "Traceback" not in told.decode()
    with running(folder) as dsn:
        applied(folder)
        require_same(dsn, clean)
