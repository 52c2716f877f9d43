"""Group commit when sessions end, statements time out and the pool is full: nothing is lost, nothing doubled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest

from slm_journal import database
from slm_journal.errors import OutcomeUnknown, Unreachable
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal
from tests.journal.building import INCIDENT, SHIMANTO, command, event
from tests.journal.grouping import AT_ONCE, end, gathered, head_locked, incident, waiting_sessions


@pytest.fixture
async def group(journal: Journal) -> AsyncIterator[GroupCommit]:
    opened = GroupCommit(journal, in_flight=1)
    yield opened
    await opened.close()


async def test_a_session_ended_while_its_append_waits_is_sent_again(dsn: str, group: GroupCommit) -> None:
    async with head_locked(dsn):
        sent = [asyncio.create_task(group.append(command(event(incident(n)), key=str(n)))) for n in range(AT_ONCE)]
        await end(dsn, await waiting_sessions(dsn))
        await waiting_sessions(dsn)  # it is there again, on another connection
    answers = await asyncio.gather(*sent)
    assert sorted(answer.first_position for answer in answers) == list(range(1, AT_ONCE + 1))


async def test_a_connection_ended_between_appends_is_replaced(dsn: str, group: GroupCommit) -> None:
    await group.append(command(event(incident(1)), key="1"))
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()
    assert not (await group.append(command(event(incident(2)), key="2"))).repeated


async def test_sessions_ended_again_and_again_lose_and_double_nothing(dsn: str, journal: Journal) -> None:
    group = GroupCommit(journal)
    clients, each, so_often = 6, 20, 8
    some_are_done, recorded = asyncio.Event(), 0

    async def client(number: int) -> None:
        nonlocal recorded
        for version in range(1, each + 1):
            sent = command(event(incident(number), version), key=f"{number}/{version}")
            answer = None
            while answer is None:
                with suppress(OutcomeUnknown, Unreachable):  # as it is told to: again, with the same key
                    answer = await group.append(sent)
            recorded += 1
            if recorded % so_often == 0:
                some_are_done.set()

    async def breaker() -> None:
        connection = await asyncpg.connect(dsn)
        try:
            while await some_are_done.wait():
                some_are_done.clear()
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND query LIKE '%slm_journal.append%' "
                    "AND pid <> pg_backend_pid()"
                )
        finally:
            await connection.close()

    breaking = asyncio.create_task(breaker())
    await asyncio.gather(*(client(number) for number in range(clients)))
    breaking.cancel()
    await asyncio.wait([breaking])
    async with database.connect(dsn) as pool:
        afterwards = Journal(pool)
        assert await afterwards.journals() == [(SHIMANTO, clients * each)]
        assert await pool.fetchval("SELECT sum(count) FROM slm_journal.command") == clients * each
        assert (await afterwards.verify(SHIMANTO)).faults == ()


async def test_a_statement_that_takes_too_long_is_told_and_may_be_sent_again(dsn: str) -> None:
    async with database.connect(f"{dsn}&statement_timeout=300", most=2) as pool:
        group = GroupCommit(Journal(pool))
        async with head_locked(dsn):
            with pytest.raises(OutcomeUnknown):
                await group.append(command())
        assert not (await group.append(command())).repeated
        await group.close()


async def test_a_pool_of_one_connection_serves_readers_between_batches(dsn: str) -> None:
    async with database.connect(dsn, most=1) as pool:
        journal = Journal(pool)
        group = GroupCommit(journal)
        writing = asyncio.gather(*(group.append(command(event(INCIDENT, n), key=str(n))) for n in range(1, 30)))
        sizes = []
        while not writing.done():
            head = await journal.head(SHIMANTO)
            sizes.append(0 if head is None else head.size)
        await writing
        assert len(set(sizes)) > 2, "it was read while it was written"
        await group.close()


async def test_a_full_pool_makes_appends_wait_and_loses_none(dsn: str) -> None:
    async with database.connect(dsn, most=2) as pool:
        group = GroupCommit(Journal(pool))
        async with pool.acquire(), pool.acquire():
            sent = [asyncio.create_task(group.append(command(event(incident(n)), key=str(n)))) for n in range(3)]
            await asyncio.sleep(0)
        assert [answer.repeated for answer in await asyncio.gather(*sent)] == [False] * 3
        await group.close()


async def test_without_a_database_nobody_waits_for_ever(dsn: str) -> None:
    async with database.connect(dsn) as pool:
        group = GroupCommit(Journal(pool))
    answers = await gathered(group, *(command(event(incident(n)), key=str(n)) for n in range(3)))
    assert [type(answer) for answer in answers] == [Unreachable] * 3
