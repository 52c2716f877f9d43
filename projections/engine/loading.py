"""Filling a generation that nobody reads yet: whole journals by COPY, keys and indexes after the load.

A journal's rows and its checkpoint go in by one transaction: what has a checkpoint is loaded, and a rebuild that was
killed goes on with the others. A journal that cannot be loaded is set aside with nothing in the tables; ordinary
posting takes it afterwards, up to the entry at fault.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing
from uuid import UUID

import asyncpg
import msgspec

from projections.engine.batches import Loader
from projections.engine.errors import Fault
from projections.engine.feed import Asked, Reading, given_up
from projections.engine.folding import Folding
from projections.engine.generations import Generation, Link

ENTRIES = 100  # folded at a time


class Job(msgspec.Struct, frozen=True):
    """A journal to be loaded up to its size, into the generations with these numbers."""

    journal_id: UUID
    size: int
    into: tuple[int, ...]


NextJob = Callable[[], Awaitable[Job | None]]


async def load(
    link: Link,
    reading: Reading,
    generations: Sequence[Generation],
    next_job: NextJob,
    *,
    advanced: Callable[[int], None],
) -> None:
    """Load one journal after the other, each read once for all generations, until there is no more."""
    loader = Loader(link, generations)
    try:
        async with aclosing(_begun(reading, next_job)) as jobs:
            async for job, first in jobs:
                into = [generation for generation in generations if generation.number in job.into]
                await loader.take(await _folded(reading, into, job, first, advanced), job.into)
        await loader.flush()
    finally:
        await loader.give_up()


async def _begun(reading: Reading, next_job: NextJob) -> AsyncGenerator[tuple[Job, Asked], None]:
    """The jobs, each with the first entries of its journal, for which it asks while the one before is worked on."""
    begun: deque[tuple[Job, Asked]] = deque()
    try:
        while (job := await next_job()) is not None:
            begun.append((job, reading.ask(job.journal_id, 0, job.size)))
            if len(begun) > 1:
                yield begun[0]
                begun.popleft()
        if begun:
            yield begun[0]
    finally:
        for _, asked in begun:
            await given_up(asked)


async def _folded(
    reading: Reading, generations: Sequence[Generation], job: Job, first: Asked, advanced: Callable[[int], None]
) -> Folding:
    """The whole journal folded. A projection that cannot take an entry is left out: posting will find it, and stop."""
    projections = [generation.projection for generation in generations]
    read = 0
    while True:
        try:
            folding = Folding(projections, job.journal_id)
            pages = reading.pages(job.journal_id, folding.handles, after=0, upto=job.size, first=first)
            async with aclosing(pages):
                async for page in pages:
                    for piece in page.pieces(ENTRIES):
                        folding.take(piece)
                        await asyncio.sleep(0)  # what is being stored and read goes on
                    if page.last > read:
                        advanced(page.last - read)
                        read = page.last
        except Fault as fault:
            projections = [projection for projection in projections if projection.name != fault.projection]
        else:
            return folding


async def loaded(link: Link, generations: Sequence[Generation]) -> dict[UUID, set[int]]:
    """The journals that have a checkpoint, each with the numbers of the generations in which it has one."""
    found: dict[UUID, set[int]] = {}
    for generation in generations:
        for row in await link.fetch(generation.sql("positions")):
            found.setdefault(row["journal_id"], set()).add(generation.number)
    return found


async def index(link: Link, generation: Generation) -> None:
    """Make the keys and indexes that are missing. Journals in which two sheets claim one key are set aside."""
    for table in generation.tables:
        key, sheets = table.indexes(generation.schema)
        if not await link.fetchval(generation.sql("has_key", table)):
            try:
                await link.execute(key)
            except asyncpg.UniqueViolationError:
                doubled = await link.fetch(generation.sql("doubled", table))
                await set_aside(link, generation, [row["journal_id"] for row in doubled])
                await link.execute(key)
        await link.execute(sheets)


async def set_aside(link: Link, generation: Generation, journal_ids: Iterable[UUID]) -> None:
    """Leave nothing of these journals in the tables."""
    aside = list(journal_ids)
    async with link.transaction():
        for table in generation.tables:
            await link.execute(generation.sql("set_aside", table), aside)
        await link.execute(generation.sql("forget_checkpoints"), aside)
