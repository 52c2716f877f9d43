"""Rows of whole journals on their way into generations by COPY: one batch is stored while the next comes together.

A journal's rows and its checkpoint go in by one transaction. A batch that cannot be stored leaves nothing behind, and
its journals are for ordinary posting.
"""

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

import asyncpg

from projections.engine.changing import ENTRY_FAULTS
from projections.engine.errors import Fault
from projections.engine.folding import Folding
from projections.engine.generations import Generation, Link
from projections.engine.tables import Record, Table

_log = logging.getLogger(__name__)

SHEETS = 50  # rendered at a time
LETTERS = 4_000_000  # stored at a time, about four megabytes of text
PARTS = 4  # so many times as much of one journal goes out before all of it is rendered


class Batch:
    """Rows and checkpoints of whole journals, by the numbers of the generations they go into.

    It has a transaction from when the first of it is copied.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        self.rows: dict[int, dict[Table, list[Record]]] = {number: {} for number in numbers}
        self.checkpoints: dict[int, dict[UUID, int]] = {number: {} for number in self.rows}
        self.weight = 0
        self.transaction: asyncpg.transaction.Transaction | None = None

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
    """Renders journals and stores them, over one connection."""

    def __init__(self, link: Link, generations: Sequence[Generation]) -> None:
        self._link = link
        self._generations = {generation.number: generation for generation in generations}
        self._batch = Batch(self._generations)
        self._storing: asyncio.Task[None] | None = None

    async def take(self, folding: Folding, numbers: Collection[int]) -> None:
        """All rows of a journal and its checkpoints, for the generations with these numbers.

        Those of a projection that cannot render them are set aside.
        """
        handled = {projection.name for projection in folding.projections}
        try:
            for generation in [self._generations[number] for number in numbers]:
                if generation.projection.name in handled:
                    await self._take(folding, generation)
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._give_back(self._batch, self._batch.journals | {folding.journal_id})
            self._batch = Batch(self._generations)
        if self._batch.weight >= LETTERS or self._batch.transaction is not None:  # a journal that went out in parts
            await self._hand_over()

    async def flush(self) -> None:
        """Store what has come together, and wait until all is committed."""
        await self._hand_over()
        await self._stored()

    async def give_up(self) -> None:
        """Let what is being stored end, and leave no transaction open: the connection is for others again."""
        if self._storing is not None:
            await asyncio.gather(self._storing, return_exceptions=True)  # whoever gives up has a reason of its own
        await self._roll_back(self._batch)

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
            if self._batch.weight >= PARTS * LETTERS:
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
            transaction = await self._copy(batch)
            for number, positions in batch.checkpoints.items():
                if positions:
                    await self._link.copy_records_to_table(
                        "checkpoint",
                        schema_name=self._generations[number].schema,
                        columns=("journal_id", "position"),
                        records=list(positions.items()),
                    )
            await transaction.commit()
        except ENTRY_FAULTS:
            if self._link.is_closed():
                raise
            await self._give_back(batch, batch.journals)
        except BaseException:
            await self._roll_back(batch)
            raise

    async def _copy(self, batch: Batch) -> asyncpg.transaction.Transaction:
        """Copy its rows, in the batch's transaction."""
        if batch.transaction is None:
            transaction = self._link.transaction()
            await transaction.start()
            batch.transaction = transaction
        for number, found in batch.rows.items():
            for table, rows in found.items():
                await self._link.copy_records_to_table(
                    table.name, schema_name=self._generations[number].schema, columns=table.columns, records=rows
                )
        batch.forget_rows()
        return batch.transaction

    async def _set_aside(self, generation: Generation, journal_id: UUID) -> None:
        """Nothing of the journal in one generation, whether it was copied already or not."""
        for rows in self._batch.rows[generation.number].values():
            rows[:] = [record for record in rows if record[0] != journal_id]
        if self._batch.transaction is not None:
            for table in generation.tables:
                await self._link.execute(generation.sql("set_aside", table), [journal_id])

    async def _give_back(self, batch: Batch, left: Collection[UUID]) -> None:
        """Nothing of the batch: its journals are left to ordinary posting, which finds the entry."""
        _log.warning("rows of %d journals cannot be stored together and are left to posting", len(left), exc_info=True)
        await self._roll_back(batch)

    async def _roll_back(self, batch: Batch) -> None:
        if batch.transaction is not None and not self._link.is_closed():
            await batch.transaction.rollback()
            batch.transaction = None
