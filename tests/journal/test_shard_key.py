"""Every key that matters contains the journal id, so that a journal could live on one node of many (docs/adr/0018)."""

from typing import TYPE_CHECKING

import pytest

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from projections.engine.generations import live
from slm_journal.journal import Journal

if TYPE_CHECKING:
    from slm_journal.database import Pool

# One row for a whole database, and one for each migration: a distributed database would hold a copy on each node, or
# give the heads up for one in each of its parts.
OF_THE_DATABASE = {"head", "identity", "migration"}
UNIQUE = """
SELECT c.relname AS of_table, x.relname AS key, array_agg(a.attname::text ORDER BY a.attnum) AS columns
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_attribute a ON a.attrelid = i.indexrelid
WHERE c.relnamespace = $1::regnamespace AND i.indisunique
GROUP BY 1, 2 ORDER BY 1, 2
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p')"
DISTRIBUTED_BY = {"journal": "id"}  # the others call it journal_id
FOREIGN = """
SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND connamespace = $1::regnamespace
"""


async def test_every_unique_key_of_the_journals_contains_the_journal(pool: "Pool") -> None:
    keys = await pool.fetch(UNIQUE, "slm_journal")
    without = {
        row["of_table"] for row in keys if DISTRIBUTED_BY.get(row["of_table"], "journal_id") not in row["columns"]
    }
    assert without == OF_THE_DATABASE
    assert {row["of_table"] for row in keys} == {row["relname"] for row in await pool.fetch(TABLES, "slm_journal")}


async def test_no_foreign_key_reaches_from_one_journal_to_another(pool: "Pool") -> None:
    assert await pool.fetch(FOREIGN, "slm_journal") == []


async def test_every_unique_key_of_every_read_model_contains_the_journal(pool: "Pool", journal: Journal) -> None:
    await Engine(pool, journal, PROJECTIONS, placed).start()
    async with pool.acquire() as link:
        generations = await live(link, PROJECTIONS)
        assert len(generations) == len(PROJECTIONS)
        for generation in generations:
            keys = await link.fetch(UNIQUE, generation.schema)
            assert all("journal_id" in row["columns"] for row in keys), generation.schema
            assert {row["of_table"] for row in keys} == {table.name for table in generation.tables} | {"checkpoint"}
            assert await link.fetch(FOREIGN, generation.schema) == []


@pytest.mark.parametrize("column", ["id", "journal_id"])
async def test_the_distribution_column_is_never_empty(pool: "Pool", column: str) -> None:
    nullable = await pool.fetch(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'slm_journal' AND column_name = $1 AND is_nullable = 'YES'"
        " AND table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r')",
        column,
    )
    assert nullable == []
