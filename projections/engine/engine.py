"""The engine: finds journals that have grown, posts them, and follows them for as long as it runs."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from projections.engine import generations as control
from projections.engine.errors import AlreadyBuilding, UnknownProjection
from projections.engine.feed import Bell, Decode, Feed, Reading
from projections.engine.folding import AnyProjection, States
from projections.engine.generations import Generation, Link
from projections.engine.passing import PASSING
from projections.engine.posting import Poster, Work, outstanding, targets_of
from projections.engine.reader import reader
from projections.engine.rebuild import Progress, Rebuild, Rebuilt, Wanted, collect, collection_off
from projections.engine.standing import Run, Standing

if TYPE_CHECKING:
    from slm_journal.database import Pool

_log = logging.getLogger(__name__)

NO_ENTRY_AFTER = 2**63 - 1
AT_A_TIME = 500  # journals whose standing is looked up at a time
WORTH_COLLECTING = 10_000  # entries, when there is nothing to do
TOO_MUCH = 1_000_000  # entries, even when there is
IN_ONE_GO = 0.1  # seconds that others who post may have to wait for
CACHED = 200_000  # entries whose foldings are kept: some hundred megabytes


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """What one post did. `stopped`: (projection, journal, position of the entry at fault), found by this post.

    `somebody_else`: another engine posts at this moment, so this one did nothing; on a hot standby it is the primary's.
    """

    run: Run
    journals: int = 0
    stopped: tuple[tuple[str, UUID, int], ...] = ()
    somebody_else: bool = False

    def and_then(self, other: "Posted") -> "Posted":
        """The two posts as one; a journal that both posted counts twice."""
        return Posted(
            run=Run(entries=self.run.entries + other.run.entries, took=self.run.took + other.run.took),
            journals=self.journals + other.journals,
            stopped=self.stopped + other.stopped,
        )


_SOMEBODY_ELSE = Posted(run=Run(entries=0, took=timedelta()), somebody_else=True)


class Engine:
    """Posts journals into the live generation of each projection. One engine of a database posts at a time.

    `pool` needs three connections at least. About `chunk` entries make one transaction; foldings of `cached` entries
    altogether are kept between posts. `decode` raises what it likes: the entry then counts as one that cannot be taken.
    """

    def __init__(
        self,
        pool: "Pool",
        journal: Feed,
        projections: Sequence[AnyProjection],
        decode: Decode,
        *,
        chunk: int = 2000,
        cached: int = CACHED,
    ) -> None:
        self.projections = control.check(projections)
        self.reading = Reading(feed=journal, decode=decode, chunk=chunk)
        self._pool = pool
        self._feed = journal
        self._poster = Poster(self.reading, States(cached))
        self._alone = asyncio.Lock()  # before a connection is taken: those who wait must not use up the pool
        self._started = False
        self._seen: tuple[tuple[int, ...], int] | None = None  # generations, and the database-wide position they have
        self._last_run: Run | None = None
        self._uncollected = 0

    async def start(self, *, progress: Callable[[Progress], None] | None = None) -> None:
        """Create what is missing: the control schema, and a generation of each projection version without one.

        The others post on meanwhile; a version that somebody else is building is waited for. `progress` is told how
        far a build is, if there is one.
        """
        while not self._started:
            async with self._pool.acquire() as link:
                await control.install(link)
                built = {generation.projection.name for generation in await control.live(link, self.projections)}
            missing = [projection.name for projection in self.projections if projection.name not in built]
            try:
                if missing:
                    await self._rebuild(missing, progress or _unheard, Wanted())
                self._started = True
            except AlreadyBuilding:
                await asyncio.sleep(0.2)

    async def post_outstanding(
        self, journal_id: UUID | None = None, *, wait: bool = True, retry_stopped: bool = False
    ) -> Posted:
        """Post what is outstanding, of one journal or all.

        While another engine posts, this waits for it, or (`wait=False`) returns with `somebody_else` set, as it does on
        a hot standby. Journals that have stopped are tried again only if `retry_stopped`.
        """
        await self.start()
        if not wait and self._alone.locked():
            return _SOMEBODY_ELSE
        async with self._turn(wait=wait) as link:
            return _SOMEBODY_ELSE if link is None else await self._post(link, journal_id, retry=retry_stopped)

    async def resume(self, journal_id: UUID | None = None) -> Posted:
        """Try journals that have stopped once more, and post whatever else is outstanding."""
        return await self.post_outstanding(journal_id, retry_stopped=True)

    async def run(self, *, poll: float = 1.0) -> None:
        """Follow the journals until cancelled. Tries stopped journals once, at the beginning.

        While the database is away it goes on asking; any other failure ends it, with nothing half posted.
        """
        retry = True
        async with self._feed.wake(poll=poll) as bell:
            while True:
                try:
                    posted = await self._in_one_go(bell, retry=retry)
                    retry = False
                    rung = await bell.wait()
                except PASSING as failure:
                    _log.warning("posting is interrupted and will be tried again: %s", failure)
                    await asyncio.sleep(poll)
                    continue
                is_idle = not rung and not posted.run.entries
                if self._uncollected >= (WORTH_COLLECTING if is_idle else TOO_MUCH):
                    collect()
                    self._uncollected = 0

    async def rebuild(
        self,
        names: Sequence[str] | None = None,
        *,
        progress: Callable[[Progress], None] | None = None,
        workers: int = 1,
        dsn: str | None = None,
        verify: bool = False,
        anew: bool = False,
    ) -> Rebuilt:
        """Build a new generation of the projections named (all when None) and make it live; see `rebuild`.

        With several `workers` each is a process with a connection of its own to `dsn`. A rebuild of the same
        projections that was killed is gone on with, unless `anew`. Raises UnknownProjection, AlreadyBuilding,
        RebuildStopped, VerificationFailed, WorkerLost; the live rows then stay.
        """
        if workers > 1 and dsn is None:
            message = "workers are processes of their own: they need the dsn of the database"
            raise ValueError(message)
        async with self._pool.acquire() as link:
            await control.install(link)
        wanted = Wanted(workers=workers, dsn=dsn, verify=verify, anew=anew)
        return await self._rebuild(names, progress or _unheard, wanted)

    async def roll_back(self, name: str, number: int | None = None) -> str:
        """Make an earlier generation live (the newest before the live one, or by number), and tell its schema.

        Its rows stand where they stood; the next post brings them up to date. Raises NothingToRollBackTo.
        """
        projection = self._named([name])[0]
        async with self._posting_alone() as link:
            return (await control.roll_back(link, projection, number)).schema

    async def drop_old(self, name: str | None = None, *, other_versions: bool = False) -> list[str]:
        """Drop complete generations that are not live, and tell their schemas. One still being read is left.

        `other_versions` drops the projection's other versions too: no older program reads them any more.
        """
        dropped: list[str] = []
        for projection in self._named(None if name is None else [name]):
            async with self._posting_alone() as link:
                dropped += await control.drop_unused(link, projection, other_versions=other_versions)
        return dropped

    async def status(self) -> list[Standing]:
        """How each projection stands, at one moment."""
        async with reader(self._pool, self.projections) as snapshot:
            standings = await snapshot.status()
        return [msgspec.structs.replace(standing, last_run=self._last_run) for standing in standings]

    async def _in_one_go(self, bell: Bell, *, retry: bool) -> Posted:
        """Post all that is outstanding, and what comes meanwhile, until nothing has or others have waited long enough.

        Nothing but posting can change which generations are live, so they are looked up once.
        """
        await self.start()
        ends = time.monotonic() + IN_ONE_GO
        async with self._turn(wait=True) as link:
            if link is None:
                return _SOMEBODY_ELSE
            generations = await control.live(link, self.projections)
            posted = await self._post(link, None, retry=retry, generations=generations)
            while bell.rung() and time.monotonic() < ends:
                posted = posted.and_then(await self._post(link, None, retry=False, generations=generations))
            return posted

    @asynccontextmanager
    async def _turn(self, *, wait: bool) -> AsyncIterator["Link | None"]:
        """The connection to post over, nobody else posting meanwhile; None where somebody does, or on a hot standby."""
        async with self._alone, self._pool.acquire() as link:
            if on_standby(link) or not await control.lock_posting(link, wait=wait):
                yield None
                return
            try:
                with collection_off():
                    yield link
            finally:
                await control.unlock_posting(link)

    async def _post(
        self, link: Link, journal_id: UUID | None, *, retry: bool, generations: Sequence[Generation] | None = None
    ) -> Posted:
        began = time.perf_counter_ns()
        if generations is None:
            generations = await control.live(link, self.projections)
        reached: tuple[tuple[int, ...], int] | None = None
        if journal_id is None:
            reached, sizes = await self._grown(link, generations, retry=retry)
        else:
            size = await link.fetchval(control.GENERATION["size"], journal_id)
            sizes = {} if size is None else {journal_id: size}
        entries, stopped = 0, list[tuple[str, UUID, int]]()
        grown = list(sizes)
        for start in range(0, len(grown), AT_A_TIME):
            journal_ids = grown[start : start + AT_A_TIME]
            standing = await targets_of(link, generations, journal_ids, retry=retry) if generations else {}
            works = [Work(one, standing.get(one, []), sizes[one]) for one in journal_ids]
            waiting = {target for work in works for target in work.targets if target.stopped_at is not None}
            entries += await self._poster.post_all(link, works)
            stopped += [
                (target.generation.projection.name, work.journal_id, target.stopped_at)
                for work in works
                for target in work.targets
                if target.stopped_at is not None and target not in waiting
            ]
        self._seen = reached or self._seen
        run = Run(entries=entries, took=timedelta(microseconds=(time.perf_counter_ns() - began) // 1000))
        if entries:
            self._last_run = run
            self._uncollected += entries
        return Posted(run=run, journals=len(sizes), stopped=tuple(stopped))

    async def _grown(
        self, link: Link, generations: Sequence[Generation], *, retry: bool
    ) -> tuple[tuple[tuple[int, ...], int], dict[UUID, int]]:
        """Journals that have grown since the last post; compared one by one with the checkpoints if that is unknown."""
        numbers = tuple(generation.number for generation in generations)
        if self._seen is not None and self._seen[0] == numbers and not retry:
            reached, grown = await self._feed.changed_journals(self._seen[1])
            return (numbers, reached), dict(grown)
        reached, _ = await self._feed.changed_journals(NO_ENTRY_AFTER)
        sizes: dict[UUID, int] = {}
        for generation in generations:
            sizes.update(await outstanding(link, generation, retry=retry))
        return (numbers, reached), sizes

    async def _rebuild(
        self, names: Sequence[str] | None, progress: Callable[[Progress], None], wanted: Wanted
    ) -> Rebuilt:
        async def others_posted(link: Link) -> list[Generation]:
            await self._post(link, None, retry=False)
            return await control.live(link, self.projections)

        async def alone(link: Link) -> None:
            await control.lock_posting(link, wait=True)

        rebuild = Rebuild(self._pool, self.reading, posting_lock=alone, others_posted=others_posted, progress=progress)
        return await rebuild.run(self._named(names), wanted)

    @asynccontextmanager
    async def _posting_alone(self) -> AsyncIterator[Link]:
        async with self._alone, self._pool.acquire() as link:
            await control.install(link)
            await control.lock_posting(link, wait=True)
            try:
                yield link
            finally:
                await control.unlock_posting(link)

    def _named(self, names: Sequence[str] | None) -> list[AnyProjection]:
        known = {projection.name: projection for projection in self.projections}
        for name in names or ():
            if name not in known:
                raise UnknownProjection(name)
        return list(self.projections) if names is None else [known[name] for name in dict.fromkeys(names)]


def on_standby(link: Link) -> bool:
    """Whether the server is a hot standby; it says so when a session begins, and again when it takes over."""
    return bool(link.get_settings().in_hot_standby == "on")


def _unheard(_progress: Progress) -> None:
    """Nobody asked for progress."""
