-- name: absent
-- Which of these tables are not there.
SELECT name FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, n) WHERE to_regclass(name) IS NULL ORDER BY n;

-- name: astray
-- Checkpoints beyond their journal, and of journals that are not there (size null).
SELECT c.journal_id, c.position, j.size FROM {schema}.checkpoint c LEFT JOIN slm_journal.journal j ON j.id = c.journal_id
WHERE j.size IS NULL OR c.position > j.size ORDER BY 1;

-- name: not_live
-- Generations that readers do not go by, of any version, with what they take up (bytes; 0 when the schema is gone).
SELECT g.projection, g.version, g.number, g.complete,
       coalesce(sum(pg_total_relation_size(c.oid)) FILTER (WHERE c.relkind = 'r'), 0)::bigint AS bytes
FROM slm_projection.generation g
LEFT JOIN slm_projection.live l USING (projection, version, number)
LEFT JOIN pg_namespace n ON n.nspname = g.projection || '_v' || g.version || '_g' || g.number
LEFT JOIN pg_class c ON c.relnamespace = n.oid
WHERE l.number IS NULL
GROUP BY g.projection, g.version, g.number, g.complete
ORDER BY g.number;

-- name: live_otherwise
-- Live generations of versions or projections that this program does not know.
SELECT l.projection, l.version, l.number FROM slm_projection.live l
WHERE NOT EXISTS (
  SELECT FROM unnest($1::text[], $2::integer[]) AS known (projection, version)
  WHERE known.projection = l.projection AND known.version = l.version)
ORDER BY l.number;

-- name: unknown_schemas
-- Schemas that are named like generations and are none.
SELECT n.nspname AS schema FROM pg_namespace n
WHERE n.nspname ~ '^[a-z][a-z0-9_]*_v[0-9]+_g[0-9]+$' AND NOT EXISTS (
  SELECT FROM slm_projection.generation g WHERE n.nspname = g.projection || '_v' || g.version || '_g' || g.number)
ORDER BY 1;
