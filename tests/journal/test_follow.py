"""Whoever follows sees every entry once, in the one order, whatever happens around."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from slm_journal import database
from slm_journal.errors import FollowerAhead, OrderBroken
from slm_journal.follow import Chunk
from slm_journal.journal import Journal
from slm_journal.queries import QUERIES
from tests.journal.building import NAKATOSA, SHIMANTO, command, event
from tests.journal.writing import EVENTS, JOURNALS, writer

if TYPE_CHECKING:
    from slm_journal.database import Pool

PATIENCE = 60  # seconds; nothing here takes more than a few
HOURS = 3600.0  # a poll time that no test waits for
Seen = list[tuple[int, UUID, int]]  # place, journal, position
ORDER = "SELECT global_position, journal_id, position FROM slm_journal.entry ORDER BY global_position"
OTHERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
KILL = "SELECT pg_terminate_backend($1)"
WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"


async def recorded(pool: "Pool") -> Seen:
    return [tuple(row) for row in await pool.fetch(ORDER)]


def seen(chunk: Chunk) -> Seen:
    return [(place, entry.journal_id, entry.position) for place, entry in enumerate(chunk.entries, chunk.after + 1)]


async def write(journal: Journal, first: int, last: int, journal_id: UUID = SHIMANTO) -> None:
    for version in range(first, last + 1):
        await journal.append(command(event(version=version), journal_id=journal_id, key=str(version)))


@pytest.fixture
async def crowded(dsn: str) -> AsyncIterator["Pool"]:
    """Connections enough for several followers."""
    async with database.connect(dsn, most=12) as pool:
        yield pool


async def test_a_follower_sees_all_journals_in_one_order(pool: "Pool", journal: Journal) -> None:
    await write(journal, 1, 3)
    await write(journal, 1, 2, NAKATOSA)
    await write(journal, 4, 4)
    async with journal.follow() as follower:
        chunk = await anext(follower)
    assert seen(chunk) == await recorded(pool)
    assert [position for _, _, position in seen(chunk)] == [1, 2, 3, 1, 2, 4]
    read = await journal.read(SHIMANTO) + await journal.read(NAKATOSA)
    assert sorted(chunk.entries, key=repr) == sorted(read, key=repr), "an entry is the same whichever way it is read"


async def test_chunks_are_no_larger_than_asked_for_and_meet(journal: Journal) -> None:
    await write(journal, 1, 7)
    async with journal.follow(after=1, most=3) as follower:
        chunks = [await anext(follower), await anext(follower)]
        assert await follower.outstanding() is None
    assert [(chunk.after, chunk.upto, len(chunk.entries)) for chunk in chunks] == [(1, 4, 3), (4, 7, 3)]


async def test_a_follower_is_woken_by_what_is_appended(journal: Journal) -> None:
    async with journal.follow(poll=HOURS) as follower, asyncio.timeout(PATIENCE):
        for version in (1, 2, 3):
            waiting = asyncio.create_task(anext(follower))
            await asyncio.sleep(0)
            await journal.append(command(event(version=version), key=str(version)))
            assert (await waiting).upto == version


async def test_what_nobody_told_of_is_found_by_looking(pool: "Pool", journal: Journal) -> None:
    async with journal.follow(poll=0.01) as follower, asyncio.timeout(PATIENCE):
        waiting = asyncio.create_task(anext(follower))
        listening = follower._bell._listening
        assert listening is not None
        await listening.execute("UNLISTEN *")
        await write(journal, 1, 1)
        assert (await waiting).upto == 1


async def test_an_erased_entry_keeps_its_place(journal: Journal) -> None:
    await write(journal, 1, 3)
    await journal.erase(SHIMANTO, 2)
    async with journal.follow() as follower:
        chunk = await anext(follower)
    assert [entry.payload is None for entry in chunk.entries] == [False, True, False]


async def test_an_append_that_is_refused_leaves_no_place_empty(journal: Journal) -> None:
    await write(journal, 1, 1)
    answers = await asyncio.gather(
        *(journal.append(command(event(version=2), key=f"try {n}")) for n in range(5)), return_exceptions=True
    )
    assert sum(isinstance(answer, Exception) for answer in answers) == 4
    async with journal.follow() as follower:
        assert (await anext(follower)).upto == 2


@pytest.mark.parametrize("_again", range(2))
async def test_overlapping_writers_in_several_processes_are_followed_without_gap_or_repetition(
    crowded: "Pool", dsn: str, capsys: pytest.CaptureFixture[str], _again: int
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    with capsys.disabled():
        sys.stdout.write(f" seed {seed} ")
    writers, commands = 3, 60
    total = writers * commands * EVENTS
    processes = [writer(dsn, number, commands) for number in range(1, writers + 1)]

    async def follow(chance: random.Random) -> tuple[Seen, int]:
        kept, upto, restarts = Seen(), 0, 0
        while upto < total:
            async with Journal(crowded).follow(after=upto, most=chance.randint(1, 40), poll=0.05) as follower:
                async for chunk in follower:
                    if chance.random() < 0.1:
                        restarts += 1
                        break  # as if it died before it had dealt with the chunk: it is not kept
                    kept += seen(chunk)
                    upto = chunk.upto
                    if upto == total or chance.random() < 0.2:
                        break
        return kept, restarts

    async with asyncio.timeout(PATIENCE):
        followers = await asyncio.gather(
            *(follow(random.Random(seed + number)) for number in range(4))  # noqa: S311 - no secret
        )
    assert [process.wait(PATIENCE) for process in processes] == [0] * writers
    in_order = await recorded(crowded)
    assert [place for place, _, _ in in_order] == list(range(1, total + 1))
    assert all(kept == in_order for kept, _ in followers)
    assert sum(restarts for _, restarts in followers) > 0
    for one in JOURNALS:
        positions = [position for _, journal_id, position in in_order if journal_id == one]
        assert positions == list(range(1, len(positions) + 1)), "the one order keeps the order of each journal"


async def test_followers_whose_connections_are_killed_go_on(crowded: "Pool", dsn: str) -> None:
    total = 200
    process = writer(dsn, 1, total // EVENTS)

    async def follow() -> Seen:
        kept = Seen()
        async with database.connect(dsn, most=3) as own, Journal(own).follow(most=7, poll=0.02) as follower:
            async for chunk in follower:
                kept += seen(chunk)
                if chunk.upto == total:
                    return kept
        raise AssertionError("following never ends by itself")

    async def kill(sessions: "Pool") -> int:
        """Sessions of followers are killed again and again; of writers, each would have to send its commands again."""
        killed = 0
        while not all(follower.done() for follower in followers):
            for (pid,) in await sessions.fetch(f"{OTHERS} AND (query LIKE '%following%' OR query LIKE 'LISTEN%')"):
                killed += await sessions.fetchval(KILL, pid)
            await asyncio.sleep(0.02)
        return killed

    async with asyncio.timeout(PATIENCE), database.connect(dsn) as sessions:
        followers = [asyncio.create_task(follow()) for _ in range(3)]
        killing = asyncio.create_task(kill(sessions))
        results = await asyncio.gather(*followers)
        assert await killing > 0
    assert process.wait(PATIENCE) == 0
    in_order = await recorded(crowded)
    assert all(kept == in_order for kept in results)


async def test_a_follower_that_has_seen_more_than_there_is_says_so(journal: Journal) -> None:
    await write(journal, 1, 3)
    async with journal.follow(after=5, poll=HOURS) as follower:
        with pytest.raises(FollowerAhead, match=r"seen 5, the last one here is 3"):
            await anext(follower)


@pytest.mark.parametrize("missing", [1, 3, 4, 5])
async def test_a_missing_entry_stops_the_follower_before_it(pool: "Pool", journal: Journal, missing: int) -> None:
    await write(journal, 1, 5)
    async with pool.acquire() as link, link.transaction():
        await link.execute(WITHOUT_TRIGGERS)
        await link.execute("DELETE FROM slm_journal.entry WHERE position = $1", missing)
    async with journal.follow(most=2, poll=HOURS) as follower:
        whole = [await anext(follower) for _ in range((missing - 1) // 2)]
        with pytest.raises(OrderBroken) as broken:
            await anext(follower)
    assert broken.value.place == missing
    assert [place for chunk in whole for place, _, _ in seen(chunk)] == list(range(1, len(whole) * 2 + 1))


@pytest.mark.parametrize(("after", "most"), [(-1, 10), (0, 0)])
async def test_following_nothing_is_a_mistake(journal: Journal, after: int, most: int) -> None:
    with pytest.raises(ValueError, match="nothing to follow"):
        async with journal.follow(after=after, most=most):
            pass


async def test_a_plan_made_for_an_empty_table_does_not_read_the_whole_table_later(
    pool: "Pool", journal: Journal
) -> None:
    async with pool.acquire() as link:
        following = await link.prepare(QUERIES["following"])
        for _ in range(10):  # the generic plan comes after five
            await following.fetch(0, 100)
        for number in range(10):
            aggregate = UUID(int=0xB00 + number)
            events = [event(aggregate, version) for version in range(1, 201)]
            await journal.append(command(*events, key=str(number)))
        scans = (
            "SELECT seq_scan, idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relid = 'slm_journal.entry'::regclass"
        )
        async with link.transaction():
            rows = await following.fetch(1990, 100)
            found = await link.fetchrow(scans)
    assert [row[1] for row in rows] == list(range(1991, 2001))
    assert found is not None
    assert tuple(found) == (0, 10)
