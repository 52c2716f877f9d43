"""Dumped and restored into another server, a database goes on: followers, checkpoints, keys and proofs with it."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from projections.engine import Engine
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.generations import live
from slm_journal import database
from slm_journal.embedded import running
from slm_journal.entry import Entry
from slm_journal.journal import Journal
from tests.journal.building import SHIMANTO, command
from tests.projections.engine.histories import START, Writer, noted
from tests.projections.engine.toys import PROJECTIONS, decode
from tests.standing_by import at_path, dump_and_restore

if TYPE_CHECKING:
    from slm_journal.database import Pool

Copy = Callable[[], str]
TOWN, CITY = UUID(int=1), UUID(int=2)


_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def other_server(short_directory: Path, programs: Path | None) -> Iterator[str]:
    """A second server."""
    with running(short_directory / "elsewhere", programs=programs, durable=False) as server:
        yield server


@pytest.fixture
async def elsewhere(other_server: str) -> str:
    """An empty database of the second server."""
    name = f"moved_{next(_numbers)}"
    connection = await asyncpg.connect(other_server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return at_path(other_server, f"/{name}")


@pytest.fixture
def copied(dsn: str, elsewhere: str, tmp_path: Path, programs: Path | None) -> Copy:
    """Moves the database there when called, and says where it is."""

    def copy() -> str:
        dump_and_restore(dsn, elsewhere, tmp_path / "dumped", programs)
        return elsewhere

    return copy


async def test_followers_and_read_models_go_on_from_their_checkpoints(
    pool: "Pool", journal: Journal, copied: Copy
) -> None:
    town, city = Writer(journal, TOWN), Writer(journal, CITY)
    engine = Engine(pool, journal, PROJECTIONS, decode)
    await engine.start()
    for amount in range(1, 11):
        await town.append(noted("water", amount))
        await city.append(noted("roads", amount))
    await engine.post_outstanding(TOWN)
    async with journal.follow(most=7) as follower:
        first = await anext(follower)
    kept = list(first.entries)
    verified = await journal.verify(TOWN)

    async with database.connect(copied()) as moved:
        there = Journal(moved)
        assert await there.identity() == await journal.identity()
        assert await there.verify(TOWN) == verified
        town._journal = there
        await town.append(noted("water", 11))
        kept += await rest(there, first.upto)
        assert kept == await all_of(there)
        assert len(kept) == 21

        engine = Engine(moved, there, PROJECTIONS, decode)
        posted = await engine.post_outstanding()
        assert posted.run.entries == 1 + 10, "what was posted before is not posted again"
        sizes = dict(await there.journals())
        async with moved.acquire() as link:
            for generation in await live(link, PROJECTIONS):
                folded = await digests_in_memory(link, generation.projection, engine.reading, sizes)
                assert await table_digests(link, generation) == folded


async def test_a_command_that_was_recorded_before_is_answered_as_the_first_time(journal: Journal, copied: Copy) -> None:
    recorded = await journal.append(command(at=START))
    async with database.connect(copied()) as moved:
        again = await Journal(moved).append(command(at=START))
        assert (again.first_position, again.recorded_at, again.repeated) == (1, recorded.recorded_at, True)
        assert await Journal(moved).journals() == [(SHIMANTO, 1)]
        assert await database.migrate(moved) == []


async def rest(journal: Journal, after: int) -> list[Entry]:
    """What a follower has still to come."""
    entries: list[Entry] = []
    async with journal.follow(after=after, most=7) as follower:
        while (chunk := await follower.outstanding()) is not None:
            entries += chunk.entries
    return entries


async def all_of(journal: Journal) -> list[Entry]:
    """All entries in the database-wide order, read in one go."""
    async with journal.follow() as follower:
        return (await anext(follower)).entries
