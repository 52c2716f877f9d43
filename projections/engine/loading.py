"""Filling a generation that nobody reads yet: whole journals by COPY, keys and indexes after the load.

A journal that cannot be loaded is set aside with nothing in the tables; ordinary posting takes it afterwards, up to
the entry at fault.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from uuid import UUID

import asyncpg

from projections.engine.errors import Fault
from projections.engine.feed import Reading
from projections.engine.folding import Folding, States
from projections.engine.generations import Generation, Link
from projections.engine.posting import ENTRY_FAULTS
from projections.engine.tables import Record, Table

SHEETS = 500  # rendered at a time
ROWS = 10_000  # copied at a time


class Loader:
    """Rows on their way into one generation. Not to be used by two tasks."""

    def __init__(self, link: Link, generation: Generation) -> None:
        self.generation = generation
        self._link = link
        self._rows: dict[Table, list[Record]] = {table: [] for table in generation.tables}
        self._begun: set[UUID] = set()  # journals with rows that are not copied yet
        self._checkpoints: dict[UUID, int] = {}

    async def take(self, folding: Folding) -> bool:
        """All rows of a journal and its checkpoint; False when it has been set aside."""
        sheets = sorted(folding.touched)
        for start in range(0, len(sheets), SHEETS):
            self._begun.add(folding.journal_id)  # again after each flush: rows of one journal may go out in several
            try:
                records = folding.records(sheets[start : start + SHEETS])
            except Fault:
                await self._set_aside([folding.journal_id])
                return False
            for table, rows in records.items():
                self._rows[table].extend(rows)
            if sum(map(len, self._rows.values())) >= ROWS and not await self.flush():
                return False
        self._checkpoints[folding.journal_id] = folding.position
        return True

    async def flush(self) -> bool:
        """Copy what has come together; False when it could not be stored and its journals have been set aside."""
        try:
            async with self._link.transaction():
                for table, rows in self._rows.items():
                    if rows:
                        await self._link.copy_records_to_table(
                            table.name, schema_name=self.generation.schema, columns=table.columns, records=rows
                        )
                if self._checkpoints:
                    await self._link.copy_records_to_table(
                        "checkpoint",
                        schema_name=self.generation.schema,
                        columns=("journal_id", "position"),
                        records=self._checkpoints.items(),
                    )
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._set_aside(self._begun)
            return False
        for rows in self._rows.values():
            rows.clear()
        self._begun.clear()
        self._checkpoints.clear()
        return True

    async def _set_aside(self, journal_ids: Iterable[UUID]) -> None:
        aside = set(journal_ids)
        for table, rows in self._rows.items():
            self._rows[table] = [record for record in rows if record[0] not in aside]
        for journal_id in aside:
            self._checkpoints.pop(journal_id, None)
        self._begun -= aside
        await set_aside(self._link, self.generation, aside)


async def load(
    link: Link,
    reading: Reading,
    generations: Sequence[Generation],
    journals: "asyncio.Queue[tuple[UUID, int]]",
    *,
    states: States,
    advanced: Callable[[int], None],
) -> None:
    """Take journals from the queue, and load each into all generations in one reading, until none is left."""
    loaders = [Loader(link, generation) for generation in generations]
    names = frozenset[str]().union(*(generation.projection.handles for generation in generations))
    while not journals.empty():
        journal_id, size = journals.get_nowait()
        under_way = [(loader, Folding(loader.generation.projection, journal_id)) for loader in loaders]
        async with aclosing(reading.pages(journal_id, names, after=0, upto=size)) as pages:
            async for page in pages:
                for one in list(under_way):
                    try:
                        one[1].take(page)
                    except Fault:
                        under_way.remove(one)  # nothing of it is loaded: posting will find the entry and stop there
                advanced(page.last - page.first + 1)
        for loader, folding in under_way:
            if await loader.take(folding):
                folding.touched.clear()
                states.keep(folding)
    for loader in loaders:
        await loader.flush()


async def index(link: Link, generation: Generation) -> None:
    """Make the keys and indexes. Journals in which two sheets claim one key are set aside."""
    for table in generation.tables:
        key, sheets = table.indexes(generation.schema)
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
