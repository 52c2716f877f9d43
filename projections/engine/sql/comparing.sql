-- name: differing
-- The first rows that are not the same in two tables of one shape, by key; `json` has no equality, its text has.
SELECT journal_id, row_key, was, "is",
       CASE WHEN was IS NULL THEN 'only now' WHEN "is" IS NULL THEN 'only before' ELSE 'both' END AS found
FROM (
  SELECT journal_id, coalesce(b.row_key, n.row_key) AS row_key, b."row" AS was, n."row" AS "is"
  FROM (
    SELECT {key}, (SELECT row_to_json(k) FROM (SELECT {key}) k)::text AS row_key, row_to_json(r)::text AS "row"
    FROM (SELECT {columns} FROM {before} WHERE {chosen}) r
  ) b
  FULL JOIN (
    SELECT {key}, (SELECT row_to_json(k) FROM (SELECT {key}) k)::text AS row_key, row_to_json(r)::text AS "row"
    FROM (SELECT {columns} FROM {now} WHERE {chosen}) r
  ) n USING ({key})
) compared
WHERE was IS DISTINCT FROM "is"
ORDER BY row_key
LIMIT $1;
