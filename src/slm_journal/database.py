"""A database that holds journals: how it is reached, created and brought up to date.

Its clock is chosen when it is created and never changes. On a **real** database the server's clock says when an entry
is recorded. On a **simulated** one each command does, so that "as known on 15 December 2019" can be asked truthfully.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias
from uuid import UUID

import asyncpg
import msgspec

from slm_journal.errors import ClockFixed, NotCreated, SchemaTooNew, ServerTooOld, Unreachable
from slm_journal.queries import QUERIES

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]

Clock: TypeAlias = Literal["real", "simulated"]

OLDEST_SERVER = 15  # major version; 18 is the embedded one
UNREACHABLE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)  # while a connection is made
# After these, what was sent may have been recorded or not.
LOST = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server ended the session, and that has not been read yet
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # the server ended the session or the statement: shutdown, crash, a timeout
)
SESSION = {
    # The append takes the head row and must then see what was committed while it waited: one snapshot per statement.
    "default_transaction_isolation": "read committed",
    "jit": "off",  # every statement is short; compiling one costs more than running it
}

_ONLY_ASKING = ContextVar("only_asking", default=False)


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Which database this is. `created_at` is by its server's clock (UTC), also where the clock is simulated."""

    database_id: UUID
    clock: Clock
    created_at: datetime


@asynccontextmanager
async def connect(dsn: str, *, least: int = 1, most: int = 10) -> AsyncIterator["Pool"]:
    """Open a pool of connections, between `least` and `most` at a time.

    Raises:
        Unreachable: No connection.
        ServerTooOld: Older than PostgreSQL 15.
    """
    try:
        pool = await asyncpg.create_pool(dsn, min_size=least, max_size=most, server_settings=SESSION, reset=_reset)
    except UNREACHABLE as failure:
        raise Unreachable(str(failure)) from failure
    try:
        async with pool.acquire() as connection:
            version = connection.get_server_version()
            if version.major < OLDEST_SERVER:
                raise ServerTooOld(f"it is {version.major}.{version.minor}")
        yield pool
    finally:
        with suppress(*LOST):  # what the server has ended needs no goodbye; the pool lets the others go
            await pool.close()


@contextmanager
def only_asking() -> Iterator[None]:
    """Say that what the pool is asked meanwhile leaves nothing in the session: there is nothing to be undone after it.

    So a question is one round trip, not two. Not for what locks, listens or sets anything.
    """
    before = _ONLY_ASKING.set(True)
    try:
        yield
    finally:
        _ONLY_ASKING.reset(before)


async def create(pool: "Pool", *, clock: Clock) -> Identity:
    """Create the journals' schema, or bring an existing one up to date. Several may do it at once.

    Raises:
        ClockFixed: It exists with the other clock.
        SchemaTooNew: A later version of this software migrated it.
    """
    async with pool.acquire() as connection, connection.transaction():
        await _migrate(connection)
        await connection.execute(QUERIES["create_identity"], clock)
        found = await _identity(connection)
    if found.clock != clock:
        raise ClockFixed(f"it is {found.clock}")
    return found


async def migrate(pool: "Pool") -> list[int]:
    """Bring the schema of an existing database up to date; the numbers of the migrations that were applied.

    Raises:
        NotCreated: There is none.
        SchemaTooNew: A later version of this software migrated it.
    """
    async with pool.acquire() as connection, connection.transaction():
        if not await connection.fetchval(QUERIES["has_migrations"]):
            raise NotCreated
        return await _migrate(connection)


async def identity(pool: "Pool") -> Identity:
    """Which database this is.

    Raises:
        NotCreated: It holds no journals' schema.
    """
    async with pool.acquire() as connection:
        return await _identity(connection)


def known_migrations() -> dict[int, str]:
    """The numbered files of `sql/migrations`: `0001_journal.sql` is number 1."""
    return {
        int(file.name.partition("_")[0]): file.read_text(encoding="utf-8")
        for file in (files("slm_journal") / "sql" / "migrations").iterdir()
        if file.name.endswith(".sql")
    }


async def _reset(connection: "Connection") -> None:
    """Undo whatever the session holds before the pool hands its connection to somebody else."""
    if not _ONLY_ASKING.get():
        await connection.execute(connection.get_reset_query())


async def _identity(connection: "Connection") -> Identity:
    try:
        row = await connection.fetchrow(QUERIES["identity"])
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError) as missing:
        raise NotCreated from missing
    if row is None:
        raise NotCreated
    return Identity(database_id=row["database_id"], clock=row["clock"], created_at=row["created_at"])


async def _migrate(connection: "Connection") -> list[int]:
    await connection.execute(QUERIES["lock_migrations"])
    ours = known_migrations()
    applied: set[int] = set()
    if await connection.fetchval(QUERIES["has_migrations"]):
        applied = {row["number"] for row in await connection.fetch(QUERIES["applied_migrations"])}
    if not applied <= ours.keys():
        raise SchemaTooNew(f"its migration {max(applied)} is unknown here")
    outstanding = sorted(ours.keys() - applied)
    for number in outstanding:
        await connection.execute(ours[number])
        await connection.execute(QUERIES["record_migration"], number)
    return outstanding
