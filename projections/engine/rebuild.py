"""A rebuild: a new generation beside the live one, made live by one row. Readers see the one or the other.

Until that row is set nothing that is read has changed, whatever happens to the rebuild. One that was killed is taken up
by the next, at the stage where it stood: what was loaded stays loaded.
"""

import gc
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args
from uuid import UUID

import msgspec

from projections.engine import generations as control
from projections.engine.comparing import Difference, batches, differences, differences_from_memory
from projections.engine.errors import RebuildStopped, VerificationFailed, WorkerLost
from projections.engine.feed import Reading
from projections.engine.folding import AnyProjection, States
from projections.engine.generations import Begun, Generation, Link
from projections.engine.jobs import Jobs, JournalsToLoad
from projections.engine.loading import Job, index, load, loaded
from projections.engine.passing import PASSING
from projections.engine.posting import Poster, Work, outstanding, targets_of
from projections.engine.standing import Run, Stopped, stopped
from projections.engine.working import Assignment, compare_by_processes, load_by_processes

if TYPE_CHECKING:
    from slm_journal.database import Pool

Stage = Literal["reading", "indexing", "catching up", "verifying", "comparing", "live"]
_STAGES: tuple[str, ...] = get_args(Stage)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a rebuild is: entries loaded of those there were when it began; `kept` of them by one that was killed.

    While it is verifying, `entries` of `total` have been folded once more.
    """

    stage: Stage
    entries: int
    total: int
    kept: int = 0


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild made live, and what came to light on the way.

    `run` is what this rebuild read itself; `kept` entries had been loaded by one that was killed. `changed` are rows
    that differ from those that were live before; only a verifying rebuild compares. `stopped` are journals that wait
    for a person, in the new generations as before.
    """

    generations: tuple[str, ...]
    run: Run
    stopped: tuple[Stopped, ...]
    kept: int = 0
    changed: tuple[Difference, ...] = ()


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How a rebuild is to be done.

    With several `workers` each is a process of its own, and needs the database's `dsn`. `anew` drops what a killed
    rebuild left instead of going on with it.
    """

    workers: int = 1
    dsn: str | None = None
    verify: bool = False
    anew: bool = False


class Rebuild:
    """One rebuild of some projections; `others_posted` brings all live generations up to date under the posting lock.

    It needs two connections of the pool.
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
        self._poster = Poster(reading, States(0))
        self._entries = 0
        self._kept = 0
        self._total = 0

    async def run(self, projections: Sequence[AnyProjection], wanted: Wanted) -> Rebuilt:
        """Build and make live. Raises AlreadyBuilding, RebuildStopped, VerificationFailed, WorkerLost."""
        async with self._pool.acquire() as link:
            begun = await control.begin(link, projections, anew=wanted.anew)
            try:
                with collection_off():
                    return await self._build(link, begun, wanted)
            except (WorkerLost, *PASSING):
                raise  # what is loaded is good: the next rebuild goes on with it
            except BaseException:
                await control.give_up(link, begun.generations)
                raise
            finally:
                await control.release(link, begun.generations)
                await control.unlock_posting(link)

    async def _build(self, link: Link, begun: Begun, wanted: Wanted) -> Rebuilt:
        began = time.perf_counter_ns()
        building = begun.generations
        await link.execute("SET synchronous_commit = off")  # until the connection goes back to the pool
        await self._load(link, building, wanted, only_count=_has_passed(begun.stage, "reading"))
        if not _has_passed(begun.stage, "indexing"):
            await control.reach(link, begun, "indexing")
            self._say("indexing")
            for generation in building:
                await index(link, generation)
        await control.reach(link, begun, "catching up")
        self._say("catching up")
        await self._catch_up(link, building, None)  # most of what came meanwhile, while the others still post
        await self._posting_lock(link)
        lived = await self._others_posted(link)
        await self._catch_up(link, building, lived)
        waiting = [one for generation in building for one in await stopped(link, generation)]
        await _refuse_to_fall_behind(link, waiting, lived)
        changed: list[Difference] = []
        if wanted.verify:
            changed = await self._verify(link, building, lived, wanted)
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
            kept=self._kept,
            changed=tuple(changed),
        )

    async def _load(self, link: Link, building: Sequence[Generation], wanted: Wanted, *, only_count: bool) -> None:
        jobs = JournalsToLoad(await self._reading.feed.journals(), building, await loaded(link, building))
        self._total, self._kept = jobs.total, jobs.kept
        self._say("reading")
        if only_count:  # what is not loaded by now is for ordinary posting: the keys are made
            return
        shared = self._shared(building, wanted)
        if shared is not None:
            workers = min(wanted.workers, max(jobs.left, 1))
            await load_by_processes(shared, jobs, workers=workers, advanced=self._advanced)
        else:

            async def next_job() -> Job | None:
                return jobs.next()

            await load(link, self._reading, building, next_job, advanced=self._advanced)

    async def _catch_up(self, link: Link, building: Sequence[Generation], lived: Sequence[Generation] | None) -> None:
        """Post what the load did not have: to the end, or, once nobody else posts, to where the live ones stand."""
        sizes: dict[UUID, int] = {}
        for generation in building:
            sizes.update(await outstanding(link, generation, retry=False))
        journal_ids = list(sizes)
        targets = await targets_of(link, building, journal_ids, retry=False)
        standing = await targets_of(link, lived, journal_ids, retry=False) if lived else {}
        works = []
        for journal_id, size in sizes.items():
            upto = [one.position for one in standing.get(journal_id, ()) if one.stopped_at is None]
            works.append(Work(journal_id, targets[journal_id], max(upto, default=size)))
        await self._poster.post_all(link, works)

    def _shared(self, building: Sequence[Generation], wanted: Wanted) -> Assignment | None:
        """What each of several processes is told; None where this one does all itself."""
        if wanted.workers <= 1 or wanted.dsn is None:
            return None
        return Assignment(
            wanted.dsn,
            [generation.projection for generation in building],
            [generation.number for generation in building],
            self._reading.decode,
            self._reading.chunk,
        )

    async def _verify(
        self, link: Link, building: Sequence[Generation], lived: Sequence[Generation], wanted: Wanted
    ) -> list[Difference]:
        """Compare with the same fold in memory (must be equal) and with the live rows (which this may be to mend)."""
        verified = 0

        def advanced(entries: int) -> None:
            nonlocal verified
            verified += entries
            self._report(Progress(stage="verifying", entries=min(verified, self._total), total=self._total))

        advanced(0)
        parts, wrong = Jobs(await batches(link, building)), list[Difference]()
        shared = self._shared(building, wanted)
        if shared is not None:
            workers = min(wanted.workers, max(parts.left, 1))
            wrong += await compare_by_processes(shared, parts, workers=workers, advanced=advanced)
        else:
            while (batch := parts.next()) is not None:
                wrong += await differences_from_memory(link, building, self._reading, batch)
                advanced(batch.size)
        if wrong:
            raise VerificationFailed(*sorted(wrong, key=str))
        self._say("comparing")
        changed = []
        former = {generation.projection.name: generation for generation in lived}
        for generation in building:
            if before := former.get(generation.projection.name):
                changed += await differences(link, before, generation)
        return changed

    def _advanced(self, entries: int) -> None:
        self._entries += entries
        self._say("reading")

    def _say(self, stage: Stage) -> None:
        self._report(Progress(stage=stage, entries=self._kept + self._entries, total=self._total, kept=self._kept))


def _has_passed(reached: str | None, stage: Stage) -> bool:
    """Whether a rebuild that was left behind had ended this stage."""
    return reached is not None and _STAGES.index(reached) > _STAGES.index(stage)


async def _refuse_to_fall_behind(link: Link, waiting: Sequence[Stopped], lived: Sequence[Generation]) -> None:
    former = {generation.projection.name: generation for generation in lived}
    for one in waiting:
        if one.projection in former:
            found = await targets_of(link, [former[one.projection]], [one.journal_id], retry=True)
            if found[one.journal_id][0].position > one.position:
                raise RebuildStopped(one.projection, one.journal_id, one.stopped_at, one.name, one.reason)


@contextmanager
def collection_off() -> Iterator[None]:
    """No cyclic garbage collection meanwhile, nor later of what was made meanwhile, until `collect`.

    States are large and long-lived, and none of them goes round: each collection would visit them all for nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()


def collect() -> None:
    """Collect what garbage there is, also in what was left alone."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
