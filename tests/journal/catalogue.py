"""Everything that the journals' schema consists of, as PostgreSQL itself describes it: for comparing schemas."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slm_journal.database import Connection

DESCRIBED = """
SELECT 'table' AS kind, c.relname::text AS name, concat_ws(' ', c.relkind, c.reloptions) AS definition
FROM pg_class c WHERE c.relnamespace = 'slm_journal'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'S')
UNION ALL
SELECT 'column', c.relname || '.' || a.attname,
       concat_ws(' ', a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attstorage,
                 pg_get_expr(d.adbin, d.adrelid))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'slm_journal'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
UNION ALL
SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'slm_journal'
UNION ALL
SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'slm_journal'::regnamespace
UNION ALL
SELECT 'trigger', tgrelid::regclass || '.' || tgname, concat_ws(' ', tgenabled, pg_get_triggerdef(t.oid))
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'slm_journal'::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT 'view', viewname, definition FROM pg_views WHERE schemaname = 'slm_journal'
UNION ALL
SELECT 'function', p.oid::regprocedure::text, pg_get_functiondef(p.oid)
FROM pg_proc p WHERE p.pronamespace = 'slm_journal'::regnamespace
"""


async def catalogue(link: "Connection") -> dict[tuple[str, str], str]:
    """What there is, by kind and name, with its definition."""
    return {(row["kind"], row["name"]): row["definition"] for row in await link.fetch(DESCRIBED)}
