"""A PostgreSQL for the test session, and a fresh database for each test that asks for one.

The server is the embedded one, in a temporary directory, as root or as an ordinary user. `SLM_TEST_POSTGRESQL` names
the folder of another PostgreSQL's programs (15 or later) to run the same tests on it.
"""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from slm_journal import database
from slm_journal.embedded import running
from slm_journal.journal import Journal

if TYPE_CHECKING:
    from slm_journal.database import Clock, Pool

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def short_directory() -> Iterator[Path]:
    """A temporary directory with a short path that other users may pass through, as a server run by root needs."""
    directory = Path(tempfile.mkdtemp(prefix="slm-", dir="/tmp"))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def programs() -> Path | None:
    """The PostgreSQL programs to test on; None for the embedded ones."""
    chosen = os.environ.get("SLM_TEST_POSTGRESQL")
    return Path(chosen) if chosen else None


@pytest.fixture(scope="session")
def server(short_directory: Path, programs: Path | None) -> Iterator[str]:
    """The DSN of the session's server, with a template database for each clock."""
    with running(short_directory / "session", programs=programs, durable=False) as dsn:
        asyncio.run(_make_templates(dsn))
        yield dsn


@pytest.fixture
async def dsn(server: str) -> AsyncIterator[str]:
    """A fresh, created database with a simulated clock."""
    async with _copied(server, "simulated") as fresh:
        yield fresh


@pytest.fixture
async def real_dsn(server: str) -> AsyncIterator[str]:
    """A fresh, created database with the real clock."""
    async with _copied(server, "real") as fresh:
        yield fresh


@pytest.fixture
async def empty_dsn(server: str) -> AsyncIterator[str]:
    """A fresh database with nothing in it."""
    async with _copied(server, None) as fresh:
        yield fresh


@pytest.fixture
async def pool(dsn: str) -> "AsyncIterator[Pool]":
    """Connections to the simulated database."""
    async with database.connect(dsn) as connections:
        yield connections


@pytest.fixture
async def real_pool(real_dsn: str) -> "AsyncIterator[Pool]":
    """Connections to the real database."""
    async with database.connect(real_dsn) as connections:
        yield connections


@pytest.fixture
def journal(pool: "Pool") -> Journal:
    """The journals of the simulated database."""
    return Journal(pool)


@pytest.fixture
def real_journal(real_pool: "Pool") -> Journal:
    """The journals of the real database."""
    return Journal(real_pool)


async def _make_templates(server: str) -> None:
    clocks: tuple[Clock, ...] = ("simulated", "real")
    for clock in clocks:
        await _execute(server, f"CREATE DATABASE template_{clock}")
        async with database.connect(_database(server, f"template_{clock}")) as pool:
            await database.create(pool, clock=clock)


@asynccontextmanager
async def _copied(server: str, clock: "Clock | None") -> AsyncIterator[str]:
    name = f"test_{next(_numbers)}"
    template = f"template_{clock}" if clock else "template0"
    await _execute(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield _database(server, name)
    finally:
        await _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _database(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
