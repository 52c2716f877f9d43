"""The PostgreSQL of our own: shared, durable, and found again after any kill."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import pytest

from slm_journal.cluster import Cluster
from slm_journal.embedded import default_data_directory, embedded, running
from slm_journal.errors import EmbeddedFailed
from slm_journal.programs import installed_programs

OWNER = """
import sys, pathlib
from slm_journal.embedded import running
with running(pathlib.Path(sys.argv[1])) as dsn:
    print(dsn, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(short_directory: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A data directory that is not there yet. Whatever a test leaves running in it is stopped."""
    folder = short_directory / f"embedded-{abs(hash(request.node.name))}"
    yield folder
    if (folder / "cluster" / "PG_VERSION").exists():
        cluster(folder).stop()


def cluster(place: Path) -> Cluster:
    return Cluster(folder=place, programs=installed_programs().resolve())


@asynccontextmanager
async def connected(dsn: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close(timeout=10)


@contextmanager
def owner(place: Path) -> "Iterator[tuple[subprocess.Popen[str], str]]":
    """Another process that uses the data directory."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        yield other, other.stdout.readline().strip()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def write(dsn: str) -> None:
    async with connected(dsn) as connection:
        await connection.execute("CREATE TABLE kept AS SELECT 1 AS number")


async def is_kept(dsn: str) -> bool:
    async with connected(dsn) as connection:
        return bool(await connection.fetchval("SELECT number FROM kept") == 1)


async def test_the_first_starts_it_and_the_last_to_leave_stops_it(place: Path) -> None:
    async with embedded(place) as first:
        async with embedded(place) as second:
            assert first == second
        assert cluster(place).is_running()
        await write(first)
    assert not cluster(place).is_running()
    async with embedded(place) as again:
        assert await is_kept(again)


async def test_what_is_written_is_durable_and_nobody_else_can_connect(place: Path) -> None:
    async with embedded(place) as dsn, connected(dsn) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert await connection.fetchval(f"SHOW {setting}") == "on"
        assert await connection.fetchval("SHOW listen_addresses") == ""
        assert await connection.fetchval("SHOW server_encoding") == "UTF8"
        assert await connection.fetchval("SHOW lc_messages") == "C"
        assert await connection.fetchval("SELECT datcollate FROM pg_database WHERE datname = 'postgres'") == "C"
    assert mode(place / "cluster") == mode(place / "socket") == 0o700


async def test_a_killed_server_recovers_what_was_committed(place: Path) -> None:
    async with embedded(place) as dsn:
        await write(dsn)
        cluster(place).kill()
        async with embedded(place) as again:
            assert await is_kept(again)
    assert not cluster(place).is_running()


async def test_a_killed_owner_leaves_a_server_that_the_next_uses_and_stops(place: Path) -> None:
    with owner(place) as (other, dsn):
        await write(dsn)
        other.kill()
        other.wait()
        left = cluster(place).server_pid()
        async with embedded(place) as again:
            assert cluster(place).server_pid() == left
            assert await is_kept(again)
    assert not cluster(place).is_running()


async def test_a_killed_owner_and_a_killed_server_are_one_matter(place: Path) -> None:
    with owner(place) as (other, dsn):
        await write(dsn)
        other.kill()
        cluster(place).kill()
        other.wait()
    async with embedded(place) as again:
        assert await is_kept(again)
    assert not cluster(place).is_running()


async def test_several_processes_that_come_at_once_share_one_server(place: Path) -> None:
    with owner(place) as (one, dsn), owner(place) as (two, dsn_too), owner(place) as (three, dsn_also):
        assert dsn == dsn_too == dsn_also
        for leaving in (one, two):
            leaving.communicate("")
        async with connected(dsn_also) as connection:
            assert await connection.fetchval("SELECT 1") == 1
        three.communicate("")
    assert not cluster(place).is_running()


async def test_an_interrupt_in_the_terminal_does_not_reach_the_server(place: Path) -> None:
    with owner(place) as (other, dsn):
        pid = cluster(place).server_pid()
        assert pid is not None
        assert os.getsid(pid) != os.getsid(other.pid)
        other.send_signal(signal.SIGTERM)
        other.wait()
        async with connected(dsn) as connection:
            assert await connection.fetchval("SELECT 1") == 1


async def test_an_interrupted_beginning_is_begun_anew(place: Path) -> None:
    (place / "cluster.unfinished").mkdir(parents=True)
    (place / "cluster.unfinished" / "PG_VERSION").write_text("18\n")
    async with embedded(place) as dsn:
        await write(dsn)
    assert not (place / "cluster.unfinished").exists()


async def test_a_process_that_has_the_old_servers_id_is_not_taken_for_it(place: Path) -> None:
    async with embedded(place) as dsn:
        await write(dsn)
        cluster(place).kill()
    pid_file = place / "cluster" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    async with embedded(place) as again:
        assert await is_kept(again)


async def test_a_long_path_has_its_socket_elsewhere_and_still_private(place: Path) -> None:
    deep = place / ("a" * 60) / ("b" * 60)
    async with embedded(deep) as dsn, connected(dsn) as connection:
        assert await connection.fetchval("SELECT 1") == 1
        sockets = cluster(deep).socket_directory()
        assert mode(sockets) == 0o700
    await asyncio.to_thread(sockets.rmdir)


def test_a_folder_that_somebody_else_laid_for_the_socket_is_refused(place: Path) -> None:
    (place / "socket").mkdir(parents=True, mode=0o755)
    with pytest.raises(EmbeddedFailed, match="not a private folder"), running(place):
        pass


def test_root_is_told_when_the_servers_user_cannot_reach_the_place(place: Path) -> None:
    place.mkdir(mode=0o700)
    if os.geteuid() == 0:
        with pytest.raises(EmbeddedFailed, match="cannot reach the data directory"), running(place / "slm"):
            pass
    else:
        with running(place / "slm") as dsn:
            assert asyncio.run(_one(dsn)) == 1
    assert mode(place) == 0o700, "no parent's permissions are changed"


def test_programs_that_the_servers_user_cannot_reach_are_copied_for_it(place: Path, tmp_path: Path) -> None:
    package = installed_programs().parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(folder, tmp_path / folder.name, ignore=shutil.ignore_patterns("pginstall", "include", "*.a"))
    tmp_path.chmod(0o700)  # as an environment under /root is
    hidden = tmp_path / installed_programs().relative_to(package.parent)
    for _ in range(2):
        with running(place, programs=hidden) as dsn:
            assert asyncio.run(_one(dsn)) == 1
    assert bool(list(place.glob("postgresql-*"))) == (os.geteuid() == 0)


def test_a_cluster_of_another_version_is_refused(place: Path) -> None:
    (place / "cluster").mkdir(parents=True)
    (place / "cluster" / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedFailed, match="made by PostgreSQL 9"), running(place):
        pass


async def test_a_server_that_does_not_start_says_why(place: Path) -> None:
    async with embedded(place):
        pass
    (place / "cluster" / "pg_hba.conf").write_text("nonsense\n")
    with pytest.raises(EmbeddedFailed, match="pg_hba"):
        async with embedded(place):
            pass


def test_without_an_event_loop_it_is_used_the_same_way(place: Path) -> None:
    with running(place) as dsn:
        assert asyncio.run(_one(dsn)) == 1
    assert not cluster(place).is_running()


async def _one(dsn: str) -> int:
    async with connected(dsn) as connection:
        return int(await connection.fetchval("SELECT 1"))


def test_the_data_directory_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SLM_DATA_DIRECTORY", str(tmp_path))
    assert default_data_directory() == tmp_path
    monkeypatch.delenv("SLM_DATA_DIRECTORY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert default_data_directory() == tmp_path / "slm"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_data_directory() == tmp_path / ".local" / "share" / "slm"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert default_data_directory() == Path("/var/lib/slm")
