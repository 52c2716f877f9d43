"""Filling a generation that nobody reads yet: whole journals by COPY, keys and indexes after the load.

A journal's rows and its checkpoint go in by one transaction: what has a checkpoint is loaded, and a rebuild that was
killed goes on with the others. A journal that cannot be loaded is set aside with nothing in the tables; ordinary
posting takes it afterwards, up to the entry at fault.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from uuid import UUID

import asyncpg
import msgspec

from projections.engine.changing import ENTRY_FAULTS
from projections.engine.errors import Fault
from projections.engine.feed import Reading
from projections.engine.folding import Folding
from projections.engine.generations import Generation, Link
from projections.engine.tables import Record, Table

_log = logging.getLogger(__name__)

SHEETS = 500  # rendered at a time
LETTERS = 1_000_000  # copied at a time, about a megabyte of text


class Job(msgspec.Struct, frozen=True):
    """A journal to be loaded up to its size, into the generations with these numbers."""

    journal_id: UUID
    size: int
    into: tuple[int, ...]


NextJob = Callable[[], Awaitable[Job | None]]


class Loader:
    """Rows on their way into generations, over one connection."""

    def __init__(self, link: Link, generations: Sequence[Generation]) -> None:
        self._link = link
        self._generations = {generation.number: generation for generation in generations}
        self._rows: dict[int, dict[Table, list[Record]]] = {number: {} for number in self._generations}
        self._weight = 0
        self._checkpoints: dict[int, dict[UUID, int]] = {number: {} for number in self._generations}
        self._transaction: asyncpg.transaction.Transaction | None = None

    async def take(self, folding: Folding, job: Job) -> None:
        """All rows of a journal and its checkpoints; those of a projection that cannot render them are set aside."""
        handled = {projection.name for projection in folding.projections}
        into = [self._generations[number] for number in job.into]
        try:
            for generation in into:
                if generation.projection.name in handled:
                    await self._take(folding, generation)
            if self._weight >= LETTERS or self._transaction is not None:  # parts of it are copied already
                await self.flush()
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._give_back()

    async def flush(self) -> None:
        """Copy and commit what has come together; nothing of it when something could not be stored."""
        try:
            await self._copy()
            await self._begun()
            for number, positions in self._checkpoints.items():
                if positions:
                    await self._link.copy_records_to_table(
                        "checkpoint",
                        schema_name=self._generations[number].schema,
                        columns=("journal_id", "position"),
                        records=list(positions.items()),
                    )
            if self._transaction is not None:
                await self._transaction.commit()
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._give_back()
        self._forget()

    async def _take(self, folding: Folding, generation: Generation) -> None:
        projection, rows = generation.projection, self._rows[generation.number]
        sheets = sorted(folding.touched[projection.name])
        for start in range(0, len(sheets), SHEETS):
            try:
                found = folding.records(projection, sheets[start : start + SHEETS])
            except Fault:
                await self._set_aside(generation, folding.journal_id)
                return
            for table, records in found.items():
                rows.setdefault(table, []).extend(records)
                self._weight += sum(table.weight(record) for record in records)
            if self._weight >= 4 * LETTERS:  # one journal by itself: it goes out in several parts, of one transaction
                await self._copy()
        self._checkpoints[generation.number][folding.journal_id] = folding.position

    async def _copy(self) -> None:
        await self._begun()
        for number, rows in self._rows.items():
            await _copy(self._link, self._generations[number], rows)
            rows.clear()
        self._weight = 0

    async def _begun(self) -> None:
        if self._transaction is None:
            self._transaction = self._link.transaction()
            await self._transaction.start()

    async def _set_aside(self, generation: Generation, journal_id: UUID) -> None:
        """Nothing of the journal in one generation, whether it was copied already or not."""
        for table, rows in self._rows[generation.number].items():
            self._rows[generation.number][table] = [record for record in rows if record[0] != journal_id]
        if self._transaction is not None:
            for table in generation.tables:
                await self._link.execute(generation.sql("set_aside", table), [journal_id])

    async def _give_back(self) -> None:
        """Nothing of all that is not committed: the journals are left to ordinary posting, which finds the entry."""
        left = {journal_id for positions in self._checkpoints.values() for journal_id in positions}
        _log.warning(
            "rows of %d journals cannot be stored together and are left to posting", len(left) + 1, exc_info=True
        )
        if self._transaction is not None:
            await self._transaction.rollback()
        self._forget()

    def _forget(self) -> None:
        self._transaction = None
        self._weight = 0
        for number in self._generations:
            self._rows[number].clear()
            self._checkpoints[number].clear()


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
    while (job := await next_job()) is not None:
        folding = await _folded(reading, [g for g in generations if g.number in job.into], job, advanced)
        await loader.take(folding, job)
    await loader.flush()


async def _folded(
    reading: Reading, generations: Sequence[Generation], job: Job, advanced: Callable[[int], None]
) -> Folding:
    """The whole journal folded. A projection that cannot take an entry is left out: posting will find it, and stop."""
    projections = [generation.projection for generation in generations]
    read = 0
    while True:
        try:
            folding = Folding(projections, job.journal_id)
            async with aclosing(reading.pages(job.journal_id, folding.handles, after=0, upto=job.size)) as pages:
                async for page in pages:
                    folding.take(page)
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
