"""From whichever version a database comes: it ends as a fresh one does, with all that it held."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from slm_journal import database
from slm_journal.errors import SchemaTooNew
from slm_journal.journal import Journal
from tests.journal.building import SHIMANTO, command, event
from tests.journal.catalogue import catalogue

if TYPE_CHECKING:
    from slm_journal.database import Pool

MIGRATIONS = database.known_migrations()
NEWEST = max(MIGRATIONS)
EARLIER = sorted(MIGRATIONS.keys() - {NEWEST})
# As an append of the first version leaves it. Later versions append in their own way; what they find is this.
RECORDED = """
INSERT INTO slm_journal.journal (id, size, recorded_at) VALUES ('{journal}', {size}, 1744270200000000);
UPDATE slm_journal.head SET global_position = {size}, recorded_at = 1744270200000000;
INSERT INTO slm_journal.entry (journal_id, position, global_position, originator_id, originator_version, name,
  recorded_at, metadata, metadata_salt, metadata_commitment, payload, payload_salt, payload_commitment, leaf)
SELECT '{journal}', n, n, '{originator}', n, 'outage-started/1', 1744270200000000, 'm', salt, sha256(salt || 'm'),
  'p', salt, sha256(salt || 'p'),
  slm_journal.leaf('{journal}', n, '{originator}', n, 'outage-started/1', 1744270200000000,
    sha256(salt || 'm'), sha256(salt || 'p'))
FROM generate_series(1, {size}) AS n, decode(repeat('ab', 16), 'hex') AS salt;
INSERT INTO slm_journal.command (journal_id, key, digest, first_position, count)
VALUES ('{journal}', 'first', sha256('first'), 1, {size});
"""
SIZE = 5
TABLES = ("identity", "head", "journal", "entry", "command")


@contextmanager
def known_up_to(number: int) -> Iterator[None]:
    """The software as it was when it knew the migrations up to this one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "known_migrations", lambda: {n: MIGRATIONS[n] for n in MIGRATIONS if n <= number})
        yield


async def made_as_of(pool: "Pool", number: int) -> None:
    """A database of an earlier version, with entries."""
    with known_up_to(number):
        await database.create(pool, clock="simulated")
    await pool.execute(RECORDED.format(journal=SHIMANTO, originator=event().originator_id, size=SIZE))


async def rows(pool: "Pool", table: str) -> list[dict[str, Any]]:
    """All that a table holds; there is too little to be in any order but that of insertion."""
    return [dict(row) for row in await pool.fetch(f"SELECT * FROM slm_journal.{table}")]  # noqa: S608 - a table of ours


@pytest.fixture
async def fresh(dsn: str) -> dict[tuple[str, str], str]:
    """The catalogue of a database that was created today."""
    connection = await asyncpg.connect(dsn)
    try:
        return await catalogue(connection)
    finally:
        await connection.close()


@pytest.mark.parametrize("number", EARLIER)
async def test_a_database_of_any_earlier_version_becomes_as_a_fresh_one(
    empty_dsn: str, fresh: dict[tuple[str, str], str], number: int
) -> None:
    async with database.connect(empty_dsn) as pool:
        await made_as_of(pool, number)
        assert await database.migrate(pool) == [n for n in sorted(MIGRATIONS) if n > number]
        async with pool.acquire() as link:
            assert await catalogue(link) == fresh


@pytest.mark.parametrize("number", EARLIER)
async def test_what_was_recorded_before_a_migration_is_as_it_was(empty_dsn: str, number: int) -> None:
    async with database.connect(empty_dsn) as pool:
        await made_as_of(pool, number)
        before = {table: await rows(pool, table) for table in TABLES}
        await database.migrate(pool)
        after = {table: await rows(pool, table) for table in TABLES}
        for table in TABLES:
            assert [
                {name: row[name] for name in old} for old, row in zip(before[table], after[table], strict=True)
            ] == (before[table]), table
        journal = Journal(pool)
        verified = await journal.verify(SHIMANTO)
        assert (verified.size, verified.faults) == (SIZE, ())
        assert (await journal.append(command(event(version=SIZE + 1), key="next"))).first_position == SIZE + 1
        async with journal.follow(after=SIZE - 1) as follower:
            assert (await anext(follower)).upto == SIZE + 1


@pytest.mark.parametrize("number", EARLIER)
async def test_of_many_that_migrate_at_once_one_does_it(empty_dsn: str, number: int) -> None:
    async with database.connect(empty_dsn, most=8) as pool:
        await made_as_of(pool, number)
        applied = await asyncio.gather(*(database.migrate(pool) for _ in range(8)))
    assert sorted(applied) == [[]] * 7 + [[n for n in sorted(MIGRATIONS) if n > number]]


async def test_appends_go_on_while_others_migrate(empty_dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later = {**MIGRATIONS, 9999: "ALTER TABLE slm_journal.entry ADD COLUMN later int"}
    async with database.connect(empty_dsn, most=8) as pool:
        await made_as_of(pool, NEWEST)
        monkeypatch.setattr(database, "known_migrations", lambda: later)
        journal = Journal(pool)

        async def append() -> None:
            for version in range(SIZE + 1, SIZE + 21):
                await journal.append(command(event(version=version), key=str(version)))

        _, *applied = await asyncio.gather(append(), database.migrate(pool), database.migrate(pool))
        assert sorted(applied) == [[], [9999]]
        assert (await journal.verify(SHIMANTO)).faults == ()
        assert await journal.journals() == [(SHIMANTO, SIZE + 20)]


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    empty_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {**MIGRATIONS, 9998: "CREATE TABLE slm_journal.half (one int)", 9999: "SELECT 1 / 0"}
    async with database.connect(empty_dsn) as pool:
        await database.create(pool, clock="real")
        async with pool.acquire() as link:
            before = await catalogue(link)
        monkeypatch.setattr(database, "known_migrations", lambda: broken)
        with pytest.raises(asyncpg.DivisionByZeroError):
            await database.migrate(pool)
        async with pool.acquire() as link:
            assert await catalogue(link) == before
        monkeypatch.undo()
        assert await database.migrate(pool) == []


@pytest.mark.parametrize("number", EARLIER)
async def test_an_earlier_version_of_the_software_leaves_a_later_database_alone(dsn: str, number: int) -> None:
    async with database.connect(dsn) as pool:
        with known_up_to(number), pytest.raises(SchemaTooNew, match=str(NEWEST)):
            await database.migrate(pool)


def test_migrations_are_numbered_files_and_every_number_is_one_file() -> None:
    assert min(MIGRATIONS) == 1
    assert all(text.startswith("-- ") for text in MIGRATIONS.values()), "each says what it is for"
