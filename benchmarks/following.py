"""From commit to visible: appends at a steady pace while an engine in a process of its own follows.

`python -m benchmarks.following DSN` is that process: it says "ready" when it has nothing left to post, and follows with
an empty cache of folds until it is ended.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter_ns
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from benchmarks.nationwide.country import Contracted
from benchmarks.nationwide.loading import load
from benchmarks.nationwide.year import year
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine, reader
from projections.engine.generations import live
from slm_journal import database
from slm_journal.command import Append
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal

if TYPE_CHECKING:
    from slm_journal.database import Pool

_TICK = 0.005  # seconds
_SECOND = 1_000_000_000
_PATIENCE_NS = 60 * _SECOND


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """So many appends took so long, and what the watched ones waited from commit to visible, sorted. Nanoseconds."""

    appends: int
    took_ns: int
    waits_ns: list[int]

    @property
    def a_second(self) -> int:
        """Appends a second, as they came about."""
        return self.appends * _SECOND // self.took_ns

    @property
    def p99_ns(self) -> int:
        """What 99 of 100 waited at most."""
        return self.waits_ns[len(self.waits_ns) * 99 // 100]


async def prepare(dsn: str, contracts: Sequence[Contracted], *, begun: int, coming: int) -> list[list[Append]]:
    """Append the first `begun` commands of each contract's year; gives the `coming` ones after them, round by round."""
    first: list[Append] = []
    later: list[list[Append]] = []
    for who in contracts:
        appends = list(islice(year(who, 1), begun + coming))
        first += appends[:begun]
        later.append(appends[begun:])
    async with database.connect(dsn) as pool:
        await database.create(pool, clock="simulated")
        async for _ in load(pool, [first], seed=1):
            pass
        await pool.execute("VACUUM (ANALYZE)")
    return [[appends[number] for appends in later if number < len(appends)] for number in range(coming)]


@contextmanager
def engine(dsn: str) -> Iterator[None]:
    """An engine in a process of its own, which has posted what there is and kept nothing of it."""
    words = [sys.executable, "-m", "benchmarks.following", dsn]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - Popen opens the pipe it was asked for
            process.stdout.readline()
            yield
        finally:
            process.terminate()


async def followed(dsn: str, appends: Sequence[Append], *, a_second: int) -> Followed:
    """Append these in order, so many a second; one after another is watched until every read model has it."""
    async with database.connect(dsn, most=6) as pool:
        group = GroupCommit(Journal(pool))
        watcher = await _Watcher.of(pool)
        begun = perf_counter_ns()
        async with asyncio.TaskGroup() as tasks:
            for number, append in enumerate(appends):
                early = number * _SECOND // a_second - (perf_counter_ns() - begun)
                if early > 0:
                    await asyncio.sleep(early / _SECOND + _TICK)
                tasks.create_task(_append(group, append, watcher))
        took = perf_counter_ns() - begun
        await group.close()
    return Followed(appends=len(appends), took_ns=took, waits_ns=sorted(watcher.waits_ns))


async def _append(group: GroupCommit, append: Append, watcher: "_Watcher") -> None:
    appended = await group.append(append)
    await watcher.watch(append.journal_id, appended.last_position)


async def caught_up(dsn: str) -> None:
    """Wait until every read model has what was appended."""
    async with database.connect(dsn) as pool:
        while True:
            async with reader(pool, PROJECTIONS) as snapshot:
                standings = await snapshot.status()
            if not any(standing.journals_behind for standing in standings):
                return
            await asyncio.sleep(0.05)


class _Watcher:
    """Looks at the checkpoints of one append at a time; those that come meanwhile are not watched."""

    def __init__(self, pool: "Pool", asked: str) -> None:
        self._pool = pool
        self._asked = asked
        self._busy = False
        self.waits_ns: list[int] = []

    @classmethod
    async def of(cls, pool: "Pool") -> "_Watcher":
        """Over the generations that are live now."""
        async with pool.acquire() as link:
            schemas = [generation.schema for generation in await live(link, PROJECTIONS)]
        asked = " UNION ALL ".join(f'SELECT position FROM "{one}".checkpoint WHERE journal_id = $1' for one in schemas)  # noqa: S608 -- names of our own
        return cls(pool, f"SELECT count(*) FILTER (WHERE position >= $2) = {len(schemas)} FROM ({asked}) every")  # noqa: S608 -- as above

    async def watch(self, journal_id: UUID, position: int) -> None:
        """Wait until it is visible."""
        if self._busy:
            return
        self._busy, begun = True, perf_counter_ns()
        while not await self._pool.fetchval(self._asked, journal_id, position):
            if perf_counter_ns() - begun > _PATIENCE_NS:
                raise AssertionError("an append has not become visible for a minute")
            await asyncio.sleep(0.001)
        self.waits_ns.append(perf_counter_ns() - begun)
        self._busy = False


async def _follow(dsn: str) -> None:
    async with database.connect(dsn) as pool:
        await Engine(pool, Journal(pool), PROJECTIONS, placed).post_outstanding()
        following = Engine(pool, Journal(pool), PROJECTIONS, placed)
        print("ready", flush=True)
        await following.run()


if __name__ == "__main__":
    asyncio.run(_follow(sys.argv[1]))
