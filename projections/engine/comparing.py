"""Which rows of two generations differ, and in what: row by row, journal by journal, on the server.

Rows are compared as text under settings that fix how the server writes them, so that equal text means equal rows. What
is the same never leaves the server; of what differs the first rows are told with the columns in which they do.
"""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from projections.engine.digest import SETTINGS, TEMPORARY
from projections.engine.feed import Reading
from projections.engine.generations import Generation, Link
from projections.engine.memory import folded
from projections.engine.statements import statements
from projections.engine.tables import Record, Table, quoted

COMPARING = statements("comparing.sql")
TOLD = 20  # differing rows of a table that are told
ENTRIES = 20_000  # folded in memory at a time


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A row in which two generations differ: by its table, journal and key, and the columns in which it does.

    `columns` is empty for a row that only one of them has; `found` says which: "both", "only before", "only now".
    """

    table: str
    journal_id: UUID
    key: str
    found: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        what = ", ".join(self.columns) if self.columns else self.found
        return f"{self.table} {self.journal_id} {self.key}: {what}"


async def differences(link: Link, before: Generation, now: Generation) -> list[Difference]:
    """The rows in which two generations of one projection differ, the first of each table."""
    async with link.transaction():
        await link.execute(SETTINGS)
        return [
            difference
            for table in now.tables
            for difference in await _differences(link, table, before.schema, now.schema, None)
        ]


class Batch(msgspec.Struct, frozen=True):
    """Journals that are compared together: at which position the rows of each stand, by the generations' numbers."""

    reached: dict[UUID, dict[int, int]]

    @property
    def size(self) -> int:
        """How many entries are folded for it."""
        return sum(max(positions.values()) for positions in self.reached.values())


async def batches(link: Link, generations: Sequence[Generation]) -> list[Batch]:
    """All journals of which the generations have rows, some together: memory does not grow with the record."""
    positions: dict[UUID, dict[int, int]] = {}
    for generation in generations:
        for row in await link.fetch(generation.sql("positions")):
            positions.setdefault(row["journal_id"], {})[generation.number] = row["position"]
    found: list[Batch] = []
    left = 0
    for journal_id, reached in positions.items():
        size = max(reached.values())
        if not found or size > left:
            found.append(Batch({}))
            left = ENTRIES
        found[-1].reached[journal_id] = reached
        left -= size
    return found


async def differences_from_memory(
    link: Link, generations: Sequence[Generation], reading: Reading, batch: Batch
) -> list[Difference]:
    """The batch's rows, in generations that stay where they are, that differ from the fold in memory.

    Folded rows go through temporary tables, so that the same server writes them.
    """
    found: list[Difference] = []
    async with link.transaction():
        await link.execute(SETTINGS)
        for generation in generations:
            for table in generation.tables:
                await link.execute(table.create(TEMPORARY, name=_temporary(generation, table)))
        for name, (table, records) in (await _folded(generations, reading, batch)).items():
            await link.copy_records_to_table(name, schema_name=TEMPORARY, columns=table.columns, records=records)
        for generation in generations:
            for table in generation.tables:
                found += await _differences(
                    link, table, TEMPORARY, generation.schema, list(batch.reached), name=_temporary(generation, table)
                )
                await link.execute(f"DROP TABLE {quoted(TEMPORARY)}.{quoted(_temporary(generation, table))}")
    return found


async def _folded(
    generations: Sequence[Generation], reading: Reading, batch: Batch
) -> dict[str, tuple[Table, list[Record]]]:
    """The rows of all the batch's journals as they come from the record, by their temporary tables."""
    found: dict[str, tuple[Table, list[Record]]] = {}
    for journal_id, reached in batch.reached.items():
        for upto, together in _by_position(generations, reached).items():
            folding = await folded([g.projection for g in together], reading, journal_id, upto=upto)
            for generation in together:
                sheets = sorted(folding.touched[generation.projection.name])
                for table, records in folding.records(generation.projection, sheets).items():
                    found.setdefault(_temporary(generation, table), (table, []))[1].extend(records)
    return found


def _by_position(generations: Sequence[Generation], reached: dict[int, int]) -> dict[int, list[Generation]]:
    found: dict[int, list[Generation]] = {}
    for generation in generations:
        if position := reached.get(generation.number, 0):
            found.setdefault(position, []).append(generation)
    return found


def _temporary(generation: Generation, table: Table) -> str:
    return f"{generation.schema}_{table.name}"


async def _differences(
    link: Link, table: Table, before: str, now: str, journal_ids: Sequence[UUID] | None, *, name: str | None = None
) -> list[Difference]:
    columns = ", ".join(quoted(column) for column in table.columns)
    statement = COMPARING["differing"].format(
        columns=columns,
        key=table.ordered,
        before=f"{quoted(before)}.{quoted(name or table.name)}",
        now=table.within(now),
        chosen="true" if journal_ids is None else "journal_id = ANY($2::uuid[])",
    )
    arguments = [TOLD] if journal_ids is None else [TOLD, list(journal_ids)]
    return [
        Difference(
            table=f"{now}.{table.name}",
            journal_id=row["journal_id"],
            key=row["row_key"],
            found=row["found"],
            columns=_differing(row["was"], row["is"]),
        )
        for row in await link.fetch(statement, *arguments)
    ]


def _differing(was: str | None, now: str | None) -> tuple[str, ...]:
    if was is None or now is None:
        return ()
    cells = dict[str, msgspec.Raw]
    before, after = msgspec.json.decode(was, type=cells), msgspec.json.decode(now, type=cells)
    return tuple(name for name in before if bytes(before[name]) != bytes(after[name]))
