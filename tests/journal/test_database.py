"""Creating a database, once and for ever, and bringing it up to date."""

import asyncio
import os
import signal
from pathlib import Path

import asyncpg
import pytest

from slm_journal import database
from slm_journal.errors import ClockFixed, NotCreated, SchemaTooNew, ServerTooOld, Unreachable
from slm_journal.journal import Journal
from slm_journal.queries import QUERIES, statements
from tests.journal.building import SHIMANTO, command, event


async def test_a_created_database_says_which_it_is_and_by_which_clock_it_records(empty_dsn: str) -> None:
    async with database.connect(empty_dsn) as pool:
        created = await database.create(pool, clock="simulated")
        assert created.clock == "simulated"
        assert await Journal(pool).identity() == created


async def test_creating_twice_is_creating_once(empty_dsn: str) -> None:
    async with database.connect(empty_dsn) as pool:
        created = await database.create(pool, clock="simulated")
        await Journal(pool).append(command())
        assert await database.create(pool, clock="simulated") == created
        assert await Journal(pool).journals() == [(SHIMANTO, 1)]
        assert await database.migrate(pool) == []


@pytest.mark.parametrize("turns", range(6))
async def test_a_connection_that_the_server_ends_can_be_let_go_however_far_that_is(empty_dsn: str, turns: int) -> None:
    loop = asyncio.get_running_loop()

    def end(session: int, turns: int) -> None:
        """End it after so many turns of the loop, which has no chance to notice that the other end is gone."""
        if turns:
            loop.call_soon(end, session, turns - 1)
            return
        os.kill(session, signal.SIGTERM)
        while Path(f"/proc/{session}").exists():
            pass

    async with database.connect(empty_dsn) as pool:
        end(await pool.fetchval("SELECT pg_backend_pid()"), turns)


async def test_many_that_create_at_once_create_one(empty_dsn: str) -> None:
    async with database.connect(empty_dsn, most=8) as pool:
        created = await asyncio.gather(*(database.create(pool, clock="real") for _ in range(8)))
    assert len({identity.database_id for identity in created}) == 1


async def test_two_databases_are_two(dsn: str, real_dsn: str) -> None:
    async with database.connect(dsn) as one, database.connect(real_dsn) as other:
        assert await database.create(one, clock="simulated") != await database.create(other, clock="real")


@pytest.mark.parametrize(("chosen", "asked"), [("simulated", "real"), ("real", "simulated")])
async def test_the_clock_never_changes(empty_dsn: str, chosen: database.Clock, asked: database.Clock) -> None:
    async with database.connect(empty_dsn) as pool:
        await database.create(pool, clock=chosen)
        with pytest.raises(ClockFixed, match=chosen):
            await database.create(pool, clock=asked)
        assert (await database.identity(pool)).clock == chosen


async def test_a_database_without_journals_says_so(empty_dsn: str) -> None:
    async with database.connect(empty_dsn) as pool:
        with pytest.raises(NotCreated):
            await database.identity(pool)
        with pytest.raises(NotCreated):
            await database.migrate(pool)


async def test_a_database_of_a_later_version_is_left_alone(empty_dsn: str) -> None:
    async with database.connect(empty_dsn) as pool:
        await database.create(pool, clock="real")
        await pool.execute("INSERT INTO slm_journal.migration (number) VALUES (9999)")
        for again in (database.migrate(pool), database.create(pool, clock="real")):
            with pytest.raises(SchemaTooNew, match="9999"):
                await again


async def test_a_server_that_is_too_old_is_refused(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_SERVER", 1000)
    with pytest.raises(ServerTooOld):
        async with database.connect(dsn):
            pass


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(Unreachable):
        async with database.connect("postgresql://slm@/postgres?host=/nonexistent"):
            pass


async def test_a_database_that_is_not_there_is_unreachable(dsn: str) -> None:
    with pytest.raises(Unreachable, match="nothing_here"):
        async with database.connect(dsn.replace("/test_", "/nothing_here_")):
            pass


async def test_appends_hold_whatever_isolation_the_database_prefers(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    await connection.close()
    async with database.connect(dsn, most=8) as pool:
        answers = await asyncio.gather(
            *(Journal(pool).append(command(event(), key=str(n))) for n in range(8)), return_exceptions=True
        )
    assert sorted(type(answer).__name__ for answer in answers) == ["Appended"] + ["VersionMoved"] * 7


async def test_every_statement_is_one_that_the_database_understands(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    for statement in (QUERIES | statements("doctor.sql")).values():
        await connection.prepare(statement)
    await connection.close()


_HELD = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


async def test_a_session_is_handed_on_as_if_it_were_new(empty_dsn: str) -> None:
    async with database.connect(empty_dsn, most=1) as pool:
        async with pool.acquire() as connection:
            await connection.execute("SET application_name = 'somebody'")
            await connection.execute("SELECT pg_advisory_lock(1)")
            assert await connection.fetchval(_HELD) == 1
        assert await pool.fetchval("SHOW application_name") == ""
        assert await pool.fetchval(_HELD) == 0


async def test_after_what_only_asks_nothing_is_undone(empty_dsn: str) -> None:
    async with database.connect(empty_dsn, most=1) as pool:
        with database.only_asking():
            await pool.execute("SET application_name = 'somebody'")  # only to see that nobody looks after it
            assert await pool.fetchval("SHOW application_name") == "somebody"
        await pool.execute("SELECT 1")
        assert await pool.fetchval("SHOW application_name") == ""


async def test_a_question_that_is_broken_off_hands_on_a_session_that_answers(empty_dsn: str) -> None:
    async with database.connect(empty_dsn, most=1) as pool:
        with database.only_asking():
            asking = asyncio.create_task(pool.fetchval("SELECT pg_sleep(60)"))
            await asyncio.sleep(0.05)
            asking.cancel()
            await asyncio.wait([asking])
            assert await pool.fetchval("SELECT 1") == 1
