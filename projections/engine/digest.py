"""What a table holds, as one number: SHA-256 over its rows, ordered by key and copied out as text.

Equal digests mean equal rows, however they came there. Copying out is by the server, under settings that fix how it
writes times; rows folded in memory pass through a temporary table, so that the same server writes them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from projections.engine.feed import Reading
from projections.engine.folding import AnyProjection
from projections.engine.generations import Generation, Link
from projections.engine.memory import folded
from projections.engine.tables import Table, quoted, table_of

SETTINGS = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';"
    "SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'"
)
TEMPORARY = "pg_temp"


async def table_digests(
    link: Link, generation: Generation, journal_ids: Sequence[UUID] | None = None
) -> dict[str, str]:
    """Of each table of a generation, for some journals or all."""
    async with link.transaction():
        await link.execute(SETTINGS)
        return {t.name: await _digest(link, t, generation.schema, journal_ids) for t in generation.tables}


async def digests_in_memory(
    link: Link, projection: AnyProjection, reading: Reading, positions: Mapping[UUID, int]
) -> dict[str, str]:
    """Of each table as it must be when these journals are folded up to these positions."""
    tables = [table_of(row) for row in projection.tables]
    async with link.transaction():
        await link.execute(SETTINGS)
        for table in tables:
            await link.execute(f"{table.create(TEMPORARY)} ON COMMIT DROP")
        for journal_id, position in positions.items():
            folding = await folded([projection], reading, journal_id, upto=position)
            for table, records in folding.records(projection, sorted(folding.touched[projection.name])).items():
                await link.copy_records_to_table(
                    table.name, schema_name=TEMPORARY, columns=table.columns, records=records
                )
        found = {table.name: await _digest(link, table, TEMPORARY, None) for table in tables}
        for table in tables:  # now, so that the digests can be asked again within a larger transaction
            await link.execute(f"DROP TABLE {table.within(TEMPORARY)}")
        return found


async def _digest(link: Link, table: Table, schema: str, journal_ids: Sequence[UUID] | None) -> str:
    hashing = hashlib.sha256()

    async def update(part: bytes) -> None:
        hashing.update(part)

    columns = ", ".join(quoted(column) for column in table.columns)
    query = f"SELECT {columns} FROM {table.within(schema)}"  # noqa: S608 - identifiers, quoted
    if journal_ids is None:
        await link.copy_from_query(f"{query} ORDER BY {table.ordered}", output=update)
    else:
        chosen = f"{query} WHERE journal_id = ANY($1::uuid[]) ORDER BY {table.ordered}"
        await link.copy_from_query(chosen, list(journal_ids), output=update)
    return hashing.hexdigest()
