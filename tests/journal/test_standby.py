"""On a hot standby journals are read and followed, by looking alone: it refuses LISTEN and every write."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from slm_journal import database
from slm_journal.errors import ReadOnly
from slm_journal.journal import Journal
from tests.journal.building import AT, SHIMANTO, command, event
from tests.standing_by import standby_of

PATIENCE = 60  # seconds; what is waited for takes a moment


@pytest.fixture
async def written(journal: Journal) -> None:
    """Two entries, recorded before the standby is made."""
    await journal.append(command(event(version=1), event(version=2)))


@pytest.fixture
def standby_dsn(written: None, dsn: str, short_directory: Path, programs: Path | None) -> Iterator[str]:
    """The same database on a hot standby of the session's server."""
    with standby_of(dsn, short_directory / "standby", programs) as standby:
        yield standby


async def test_a_standby_is_read_and_followed_and_takes_no_commands(standby_dsn: str, journal: Journal) -> None:
    async with database.connect(standby_dsn) as pool:
        there = Journal(pool)
        await reading(there)
        await following(there, journal)
        await refusing(there)


async def reading(there: Journal) -> None:
    """Every question that a journal answers."""
    assert [entry.position for entry in await there.read(SHIMANTO)] == [1, 2]
    assert len(await there.read_aggregate(SHIMANTO, event().originator_id)) == 2
    assert await there.position_at(SHIMANTO, AT) == 2
    assert await there.recorded_at(SHIMANTO, 1) == AT
    assert await there.changed_journals(0) == (2, [(SHIMANTO, 2)])
    assert (await there.verify(SHIMANTO)).faults == ()
    assert (await there.identity()).clock == "simulated"
    assert await there.now() == AT
    assert await there.outcome(SHIMANTO, "first") is not None
    async with there.wake(poll=0.01) as bell:
        assert bell._listening is None
        assert not await bell.wait()


async def following(there: Journal, journal: Journal) -> None:
    """What is recorded on the primary arrives, once each and in order; nobody is listened to."""
    async with there.follow(most=2, poll=0.01) as follower, asyncio.timeout(PATIENCE):
        assert follower._bell._listening is None
        assert (await anext(follower)).upto == 2
        for version in range(3, 8):
            waiting = asyncio.create_task(anext(follower))
            await journal.append(command(event(version=version), key=str(version)))
            chunk = await waiting
            assert (chunk.after, chunk.upto) == (version - 1, version)


async def refusing(there: Journal) -> None:
    """What changes something is refused as a whole, in a sentence of its own."""
    with pytest.raises(ReadOnly):
        await there.append(command(event(version=8), key="8"))
    with pytest.raises(ReadOnly):  # also what its key would have answered: asking for that is `outcome`
        await there.append(command(event(version=1), event(version=2)))
    with pytest.raises(ReadOnly):
        await there.erase(SHIMANTO, 1)
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await there._pool.execute("LISTEN slm_journal")
    assert await database.migrate(there._pool) == [], "nothing is outstanding, so nothing is written"
