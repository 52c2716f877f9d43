-- name: checkpoint
-- How far each journal has been posted here, and where it stopped if an entry could not be taken.
CREATE TABLE {schema}.checkpoint (
  journal_id uuid PRIMARY KEY,
  position bigint NOT NULL,
  stopped_at bigint,
  stopped_name text,
  stopped_reason text);

-- name: checkpoints
-- Of the journals asked for.
SELECT journal_id, position, stopped_at FROM {schema}.checkpoint WHERE journal_id = ANY($1);

-- name: positions
-- Of all journals.
SELECT journal_id, position, stopped_at FROM {schema}.checkpoint;

-- name: standing_of
-- Where journals stand in this generation.
SELECT {number} AS number, journal_id, position, stopped_at FROM {schema}.checkpoint WHERE journal_id = ANY($1::uuid[])

-- name: advance
-- A part of the statement that moves the checkpoints of several generations. Whatever had stopped a journal is overcome.
INSERT INTO {schema}.checkpoint (journal_id, position) SELECT * FROM unnest({journals}::uuid[], {positions}::bigint[])
ON CONFLICT (journal_id) DO UPDATE SET position = excluded.position, stopped_at = NULL, stopped_name = NULL, stopped_reason = NULL

-- name: stop
-- The journal stays where it is, visibly.
INSERT INTO {schema}.checkpoint (journal_id, position, stopped_at, stopped_name, stopped_reason) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (journal_id) DO UPDATE
SET stopped_at = excluded.stopped_at, stopped_name = excluded.stopped_name, stopped_reason = excluded.stopped_reason;

-- name: clear
-- The sheets about to be written anew; a part of the same statement.
DELETE FROM {table} t USING unnest({of_journals}::uuid[], {sheets}::text[]) AS touched (journal_id, sheet)
WHERE t.journal_id = touched.journal_id AND t.sheet = touched.sheet

-- name: set_aside
-- Everything of these journals, when a load has to leave them to ordinary posting.
DELETE FROM {table} WHERE journal_id = ANY($1);

-- name: has_key
-- Whether the primary key has been made.
SELECT EXISTS (SELECT FROM pg_index WHERE indrelid = '{table}'::regclass AND indisprimary);

-- name: doubled
-- Journals in which two sheets claim one key; found when the keys are made after a load.
SELECT DISTINCT journal_id FROM {table} GROUP BY {key} HAVING count(*) > 1;

-- name: size
-- How long one journal is.
SELECT size FROM slm_journal.journal WHERE id = $1;

-- name: outstanding
-- Journals longer than what is posted of them.
SELECT j.id, j.size FROM slm_journal.journal j LEFT JOIN {schema}.checkpoint c ON c.journal_id = j.id
WHERE j.size > coalesce(c.position, 0) AND (c.stopped_at IS NULL OR $1);

-- name: standing
-- How many journals and entries are not posted, how many entries are, and when the oldest was recorded that is not (of
-- journals that have not stopped).
SELECT count(*) FILTER (WHERE behind) AS journals, coalesce(sum(size - posted), 0)::bigint AS entries,
       coalesce(sum(posted), 0)::bigint AS posted,
       min((SELECT e.recorded_at FROM slm_journal.entry e WHERE e.journal_id = id AND e.position = posted + 1))
         FILTER (WHERE behind AND stopped_at IS NULL) AS oldest
FROM (
  SELECT j.id, greatest(j.size, coalesce(c.position, 0)) AS size, coalesce(c.position, 0) AS posted, c.stopped_at,
         j.size > coalesce(c.position, 0) AS behind
  FROM slm_journal.journal j LEFT JOIN {schema}.checkpoint c ON c.journal_id = j.id
) one;

-- name: stopped
-- Journals that wait for a person.
SELECT journal_id, position, stopped_at, stopped_name, stopped_reason FROM {schema}.checkpoint
WHERE stopped_at IS NOT NULL ORDER BY journal_id;

-- name: build
-- What the build read and how long it took.
SELECT entries, microseconds FROM slm_projection.generation WHERE number = $1;

-- name: forget_checkpoints
-- These journals begin again.
DELETE FROM {schema}.checkpoint WHERE journal_id = ANY($1);
