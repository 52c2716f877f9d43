"""A rebuild: a new generation beside the live one, made live by one row. Readers see the one or the other.

Until that row is set nothing that is read has changed, whatever happens to the rebuild.
"""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import msgspec

from projections.engine import generations as control
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.errors import RebuildStopped, VerificationFailed
from projections.engine.feed import Reading
from projections.engine.folding import AnyProjection, States
from projections.engine.generations import Generation, Link
from projections.engine.loading import index, load
from projections.engine.posting import Poster, outstanding, targets_of
from projections.engine.standing import Run, Stopped, stopped

if TYPE_CHECKING:
    from slm_journal.database import Pool

Stage = Literal["reading", "indexing", "catching up", "verifying", "live"]


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a rebuild is: entries read of those there were when it began."""

    stage: Stage
    entries: int
    total: int


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild made live, and what came to light on the way.

    `changed` names tables (`schema.table`) whose rows differ from those that were live before; only a verifying rebuild
    compares. `stopped` are journals that wait for a person, in the new generations as before.
    """

    generations: tuple[str, ...]
    run: Run
    stopped: tuple[Stopped, ...]
    changed: tuple[str, ...] = ()


class Rebuild:
    """One rebuild of some projections; `others_posted` brings all live generations up to date under the posting lock.

    It needs one connection of the pool for each worker and one for the feed.
    """

    def __init__(
        self,
        pool: "Pool",
        reading: Reading,
        *,
        posting_lock: Callable[[Link], Awaitable[None]],
        others_posted: Callable[[Link], Awaitable[list[Generation]]],
        progress: Callable[[Progress], None],
    ) -> None:
        self._pool = pool
        self._reading = reading
        self._posting_lock = posting_lock
        self._others_posted = others_posted
        self._report = progress
        self._states = States(256)
        self._poster = Poster(reading, self._states)
        self._entries = 0
        self._total = 0

    async def run(self, projections: Sequence[AnyProjection], *, workers: int, verify: bool) -> Rebuilt:
        """Build and make live. Raises AlreadyBuilding, RebuildStopped, VerificationFailed."""
        async with self._pool.acquire() as link:
            building = await control.begin(link, projections)
            try:
                with collection_off():
                    return await self._build(link, building, workers=workers, verify=verify)
            except BaseException:
                await control.give_up(link, building)
                raise
            finally:
                await control.release(link, building)
                await control.unlock_posting(link)

    async def _build(self, link: Link, building: Sequence[Generation], *, workers: int, verify: bool) -> Rebuilt:
        began = time.perf_counter_ns()
        await self._load(link, building, workers)
        self._say("indexing")
        for generation in building:
            await index(link, generation)
        self._say("catching up")
        await self._catch_up(link, building, None)  # most of what came meanwhile, while the others still post
        await self._posting_lock(link)
        lived = await self._others_posted(link)
        await self._catch_up(link, building, lived)
        waiting = [one for generation in building for one in await stopped(link, generation)]
        await _refuse_to_fall_behind(link, waiting, lived)
        changed: list[str] = []
        if verify:
            self._say("verifying")
            changed = await self._verify(link, building, lived)
        for generation in building:
            for table in generation.tables:
                await link.execute(f"ANALYZE {table.within(generation.schema)}")
        took = (time.perf_counter_ns() - began) // 1000
        async with link.transaction():
            await link.execute("SET LOCAL synchronous_commit = on")  # carries everything before it to the disk
            for generation in building:
                await control.complete(link, generation, entries=self._entries, microseconds=took)
        self._say("live")
        return Rebuilt(
            generations=tuple(generation.schema for generation in building),
            run=Run(entries=self._entries, took=timedelta(microseconds=took)),
            stopped=tuple(waiting),
            changed=tuple(changed),
        )

    async def _load(self, link: Link, building: Sequence[Generation], workers: int) -> None:
        journals: asyncio.Queue[tuple[UUID, int]] = asyncio.Queue()
        found = await self._reading.feed.journals()
        for journal in sorted(found, key=lambda one: -one[1]):  # the longest first, so that the workers end together
            journals.put_nowait(journal)
        self._total = sum(size for _, size in found)
        self._say("reading")
        try:
            async with AsyncExitStack() as links, asyncio.TaskGroup() as tasks:
                for number in range(min(workers, max(len(found), 1))):
                    own = link if number == 0 else await links.enter_async_context(self._pool.acquire())
                    await own.execute("SET synchronous_commit = off")  # until the connection goes back to the pool
                    tasks.create_task(
                        load(own, self._reading, building, journals, states=self._states, advanced=self._advanced)
                    )
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from failures  # the others only followed

    async def _catch_up(self, link: Link, building: Sequence[Generation], lived: Sequence[Generation] | None) -> None:
        """Post what the load did not have: to the end, or, once nobody else posts, to where the live ones stand."""
        sizes: dict[UUID, int] = {}
        for generation in building:
            sizes.update(await outstanding(link, generation, retry=False))
        for journal_id, size in sizes.items():
            upto = size
            if lived:
                standing = await targets_of(link, lived, journal_id, retry=False)
                upto = max((one.position for one in standing if one.stopped_at is None), default=size)
            targets = await targets_of(link, building, journal_id, retry=False)
            await self._poster.post(link, journal_id, targets, upto)

    async def _verify(self, link: Link, building: Sequence[Generation], lived: Sequence[Generation]) -> list[str]:
        """Compare with the same fold in memory (must be equal) and with the live rows (which this may be to mend)."""
        changed = []
        former = {generation.projection.name: generation for generation in lived}
        for generation in building:
            rows = await link.fetch(generation.sql("positions"))
            positions = {row["journal_id"]: row["position"] for row in rows}
            built = await table_digests(link, generation)
            folded = await digests_in_memory(link, generation.projection, self._reading, positions)
            if wrong := [f"{generation.schema}.{name}" for name in built if built[name] != folded[name]]:
                raise VerificationFailed(*wrong)
            if before := former.get(generation.projection.name):
                were = await table_digests(link, before)
                changed += [f"{generation.schema}.{name}" for name in built if built[name] != were[name]]
        return changed

    def _advanced(self, entries: int) -> None:
        self._entries += entries
        self._say("reading")

    def _say(self, stage: Stage) -> None:
        self._report(Progress(stage=stage, entries=self._entries, total=self._total))


async def _refuse_to_fall_behind(link: Link, waiting: Sequence[Stopped], lived: Sequence[Generation]) -> None:
    former = {generation.projection.name: generation for generation in lived}
    for one in waiting:
        if one.projection in former:
            (target,) = await targets_of(link, [former[one.projection]], one.journal_id, retry=True)
            if target.position > one.position:
                raise RebuildStopped(one.projection, one.journal_id, one.stopped_at, one.name, one.reason)


@contextmanager
def collection_off() -> Iterator[None]:
    """No cyclic garbage collection meanwhile: states are large and long-lived, and each round would visit them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
