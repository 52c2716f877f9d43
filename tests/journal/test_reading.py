"""Reading by position and by time, and following."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from slm_journal import database
from slm_journal.journal import Head, Journal
from slm_journal.wake import Wake
from tests.journal.building import AT, CONTRACT, INCIDENT, NAKATOSA, SHIMANTO, command, event


@pytest.fixture
async def written(journal: Journal) -> Journal:
    """Positions 1 to 6, two an hour, of the contract and an incident in turn."""
    for hour in range(3):
        await journal.append(
            command(
                event(CONTRACT, hour + 1), event(INCIDENT, hour + 1), key=str(hour), at=AT + timedelta(hours=hour)
            )
        )  # fmt: skip
    return journal


async def positions(journal: Journal, *, after: int = 0, upto: int | None = None, limit: int = 1000) -> list[int]:
    return [entry.position for entry in await journal.read(SHIMANTO, after=after, upto=upto, limit=limit)]


async def test_a_journal_is_read_after_one_position_and_up_to_another(written: Journal) -> None:
    assert await positions(written) == [1, 2, 3, 4, 5, 6]
    assert await positions(written, after=2, upto=4) == [3, 4]
    assert await positions(written, after=2, limit=2) == [3, 4]
    assert await positions(written, after=6) == []
    assert await written.read(NAKATOSA) == []


async def test_an_aggregate_is_read_as_it_stood_at_a_position(written: Journal) -> None:
    whole = await written.read_aggregate(SHIMANTO, INCIDENT)
    assert [entry.originator_version for entry in whole] == [1, 2, 3]
    earlier = await written.read_aggregate(SHIMANTO, INCIDENT, upto_position=4)
    assert [entry.originator_version for entry in earlier] == [1, 2]
    rest = await written.read_aggregate(SHIMANTO, INCIDENT, after_version=1, upto_position=4)
    assert [entry.position for entry in rest] == [4]


async def test_a_journal_ends_at_its_head(written: Journal) -> None:
    assert await written.head(SHIMANTO) == Head(size=6, recorded_at=AT + timedelta(hours=2))
    assert await written.head(NAKATOSA) is None


@pytest.mark.parametrize(
    ("minutes", "position"), [(-1, 0), (0, 2), (59, 2), (60, 4), (119, 4), (120, 6), (1_000_000, 6)]
)
async def test_an_instant_finds_the_last_entry_recorded_by_then(written: Journal, minutes: int, position: int) -> None:
    assert await written.position_at(SHIMANTO, AT + timedelta(minutes=minutes)) == position


async def test_an_instant_in_an_unknown_journal_finds_nothing(written: Journal) -> None:
    assert await written.position_at(NAKATOSA, AT) == 0


async def test_a_follower_learns_which_journals_have_something_new(written: Journal) -> None:
    assert await written.changed_journals(0) == (6, [(SHIMANTO, 6)])
    assert await written.changed_journals(5) == (6, [(SHIMANTO, 6)])
    assert await written.changed_journals(6) == (6, [])
    await written.append(command(journal_id=NAKATOSA))
    assert await written.changed_journals(6) == (7, [(NAKATOSA, 1)])


async def test_a_follower_of_an_empty_database_starts_at_nought(journal: Journal) -> None:
    assert await journal.changed_journals(0) == (0, [])


async def test_an_append_wakes_a_follower(journal: Journal) -> None:
    async with journal.wake(poll=60) as bell:
        await journal.append(command())
        assert await bell.wait()


async def test_an_append_wakes_the_followers_of_other_processes(dsn: str, journal: Journal) -> None:
    async with database.connect(dsn) as pool, Journal(pool).wake(poll=60) as bell:
        waiting = asyncio.create_task(bell.wait())
        await journal.append(command())
        assert await waiting


async def test_without_a_hint_a_follower_looks_anyway(journal: Journal) -> None:
    async with journal.wake(poll=0.01) as bell:
        assert not await bell.wait()


async def test_a_follower_that_lost_its_connection_looks_and_listens_again(dsn: str, journal: Journal) -> None:
    async with database.connect(dsn, most=1) as pool, Journal(pool).wake(poll=0.01) as bell:
        connection = await asyncpg.connect(dsn)
        ended = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        )
        await connection.close()
        assert ended == 1
        await _rung(bell)  # the loss itself is a reason to look
        await bell.wait()
        await journal.append(command())
        await _rung(bell)


async def _rung(bell: Wake) -> None:
    async with asyncio.timeout(30):
        while not await bell.wait():
            pass
