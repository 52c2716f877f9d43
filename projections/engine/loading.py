"""Filling a generation that nobody reads yet: whole journals by COPY, keys and indexes after the load.

A journal's rows and its checkpoint go in by one transaction: what has a checkpoint is loaded, and a rebuild that was
killed goes on with the others. A journal that cannot be loaded is set aside with nothing in the tables; ordinary
posting takes it afterwards, up to the entry at fault.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import aclosing
from uuid import UUID

import asyncpg
import msgspec

from projections.engine.changing import ENTRY_FAULTS
from projections.engine.errors import Fault
from projections.engine.feed import Asked, Reading, given_up
from projections.engine.folding import Folding
from projections.engine.generations import Generation, Link
from projections.engine.tables import Record, Table

_log = logging.getLogger(__name__)

ENTRIES = 100  # folded at a time
SHEETS = 50  # rendered at a time
LETTERS = 4_000_000  # stored at a time, about four megabytes of text
PART = 4 * LETTERS  # of one journal that has more


class Job(msgspec.Struct, frozen=True):
    """A journal to be loaded up to its size, into the generations with these numbers."""

    journal_id: UUID
    size: int
    into: tuple[int, ...]


NextJob = Callable[[], Awaitable[Job | None]]


class Batch:
    """Rows of whole journals and their checkpoints, by the numbers of the generations they go into."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.rows: dict[int, dict[Table, list[Record]]] = {number: {} for number in numbers}
        self.checkpoints: dict[int, dict[UUID, int]] = {number: {} for number in self.rows}
        self.weight = 0

    def add(self, number: int, found: Mapping[Table, list[Record]]) -> None:
        """Take rows for a generation."""
        rows = self.rows[number]
        for table, records in found.items():
            rows.setdefault(table, []).extend(records)
            self.weight += table.weight(records)

    def forget_rows(self) -> None:
        """They are copied."""
        for rows in self.rows.values():
            rows.clear()
        self.weight = 0

    @property
    def journals(self) -> set[UUID]:
        """Those of which anything is complete in it."""
        return {journal_id for positions in self.checkpoints.values() for journal_id in positions}


class Loader:
    """Rows on their way into generations, over one connection: one batch is stored while the next comes together."""

    def __init__(self, link: Link, generations: Sequence[Generation]) -> None:
        self._link = link
        self._generations = {generation.number: generation for generation in generations}
        self._batch = Batch(self._generations)
        self._storing: asyncio.Task[None] | None = None
        self._transaction: asyncpg.transaction.Transaction | None = None

    async def take(self, folding: Folding, job: Job) -> None:
        """All rows of a journal and its checkpoints; those of a projection that cannot render them are set aside."""
        handled = {projection.name for projection in folding.projections}
        into = [self._generations[number] for number in job.into]
        try:
            for generation in into:
                if generation.projection.name in handled:
                    await self._take(folding, generation)
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._give_back(self._batch.journals | {folding.journal_id})
            self._batch = Batch(self._generations)
        if self._batch.weight >= LETTERS or self._transaction is not None:  # parts of it are copied already
            await self._hand_over()

    async def flush(self) -> None:
        """Store what has come together, and wait until all is committed."""
        await self._hand_over()
        await self._stored()

    async def give_up(self) -> None:
        """Let what is being stored end, and leave no transaction open: the connection is for others again."""
        if self._storing is not None:
            await asyncio.wait([self._storing])
            if not self._storing.cancelled():
                self._storing.exception()  # whoever gives up knows why, or has a reason of its own
        if self._transaction is not None and not self._link.is_closed():
            await self._transaction.rollback()
            self._transaction = None

    async def _take(self, folding: Folding, generation: Generation) -> None:
        projection = generation.projection
        sheets = sorted(folding.touched[projection.name])
        for start in range(0, len(sheets), SHEETS):
            await asyncio.sleep(0)  # what is being stored goes on
            try:
                found = folding.records(projection, sheets[start : start + SHEETS])
            except Fault:
                await self._set_aside(generation, folding.journal_id)
                return
            self._batch.add(generation.number, found)
            if self._batch.weight >= PART:  # one journal by itself: it goes out in several parts, of one transaction
                await self._stored()
                await self._copy(self._batch)
        self._batch.checkpoints[generation.number][folding.journal_id] = folding.position

    async def _hand_over(self) -> None:
        """Have the batch stored while the next comes together, once the one before it is."""
        await self._stored()
        batch, self._batch = self._batch, Batch(self._generations)
        self._storing = asyncio.create_task(self._store(batch))

    async def _stored(self) -> None:
        """Wait until nothing is being stored."""
        if self._storing is not None:
            await self._storing
            self._storing = None

    async def _store(self, batch: Batch) -> None:
        """Copy and commit; nothing of it when something could not be stored."""
        try:
            await self._copy(batch)
            for number, positions in batch.checkpoints.items():
                if positions:
                    await self._link.copy_records_to_table(
                        "checkpoint",
                        schema_name=self._generations[number].schema,
                        columns=("journal_id", "position"),
                        records=list(positions.items()),
                    )
            if self._transaction is not None:
                await self._transaction.commit()
                self._transaction = None
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._give_back(batch.journals)

    async def _copy(self, batch: Batch) -> None:
        if self._transaction is None:
            self._transaction = self._link.transaction()
            await self._transaction.start()
        for number, rows in batch.rows.items():
            await _copy(self._link, self._generations[number], rows)
        batch.forget_rows()

    async def _set_aside(self, generation: Generation, journal_id: UUID) -> None:
        """Nothing of the journal in one generation, whether it was copied already or not."""
        await self._stored()
        for rows in self._batch.rows[generation.number].values():
            rows[:] = [record for record in rows if record[0] != journal_id]
        if self._transaction is not None:
            for table in generation.tables:
                await self._link.execute(generation.sql("set_aside", table), [journal_id])

    async def _give_back(self, left: Collection[UUID]) -> None:
        """Nothing of all that is not committed: the journals are left to ordinary posting, which finds the entry."""
        _log.warning("rows of %d journals cannot be stored together and are left to posting", len(left), exc_info=True)
        if self._transaction is not None:
            await self._transaction.rollback()
            self._transaction = None


async def _copy(link: Link, generation: Generation, records: Mapping[Table, Iterable[Record]]) -> None:
    """COPY rows into the tables of a generation."""
    for table, rows in records.items():
        await link.copy_records_to_table(table.name, schema_name=generation.schema, columns=table.columns, records=rows)


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
                await loader.take(await _folded(reading, into, job, first, advanced), job)
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
