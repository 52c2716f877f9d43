"""The memory of our own server follows the record, within what the machine has, and unless somebody says otherwise."""

import logging
from pathlib import Path

import asyncpg
import pytest

from slm_journal import buffers, cluster
from slm_journal.embedded import embedded

MEBIBYTE = 1024 * 1024
SMALL = 128 * MEBIBYTE  # what PostgreSQL takes by itself


@pytest.fixture
def place(short_directory: Path, request: pytest.FixtureRequest) -> Path:
    """A data directory that is not there yet."""
    return short_directory / f"buffers-{abs(hash(request.node.name))}"


async def kept(place: Path) -> int:
    """The bytes of memory in which the server of the directory keeps pages."""
    async with embedded(place) as dsn:
        connection = await asyncpg.connect(dsn)
        try:
            pages: str = await connection.fetchval("SELECT setting FROM pg_settings WHERE name = 'shared_buffers'")
        finally:
            await connection.close()
    return int(pages) * buffers.BLOCK


async def test_a_small_record_takes_what_postgresql_takes_by_itself(place: Path) -> None:
    assert await kept(place) == SMALL
    assert await kept(place) == SMALL


async def test_a_larger_record_gets_a_multiple_of_its_size(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await kept(place)
    size = sum(file.stat().st_size for file in (place / "cluster" / "base").rglob("*") if file.is_file())
    monkeypatch.setattr(buffers, "memory", lambda: 64 * SMALL)
    monkeypatch.setattr(buffers, "ROOM", 2 * SMALL // size)
    found = await kept(place)
    assert SMALL < found <= 2 * SMALL
    assert found // (2 * SMALL // size) == pytest.approx(size, abs=buffers.BLOCK)


async def test_it_never_takes_more_than_a_quarter_of_the_memory(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await kept(place)
    monkeypatch.setattr(buffers, "ROOM", 1_000_000)
    monkeypatch.setattr(buffers, "memory", lambda: 6 * SMALL)
    assert await kept(place) == 6 * SMALL // 4


async def test_what_the_configuration_says_otherwise_holds(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await kept(place)
    with (place / "cluster" / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = 48MB\n")
    monkeypatch.setattr(buffers, "ROOM", 1_000_000)
    assert await kept(place) == 48 * MEBIBYTE


async def test_a_server_that_does_not_get_so_much_starts_with_what_is_configured(
    place: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await kept(place)
    more_than_there_can_be = 2**40
    monkeypatch.setattr(cluster, "buffers_for", lambda *_: more_than_there_can_be)
    with caplog.at_level(logging.WARNING, "slm.postgresql"):
        assert await kept(place) == SMALL
    assert [record.getMessage().partition(",")[0] for record in caplog.records] == [
        f"it does not start with {more_than_there_can_be} pages of memory"
    ]


def test_a_container_has_the_memory_that_it_may_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machines = buffers.memory()
    limit, absent = tmp_path / "memory.max", tmp_path / "memory.limit_in_bytes"
    monkeypatch.setattr(buffers, "LIMITS", (limit, absent))
    limit.write_text("max\n")
    assert buffers.memory() >= machines
    limit.write_text(f"{SMALL}\n")
    assert buffers.memory() == SMALL
