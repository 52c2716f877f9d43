-- What slm doctor asks. Every statement only reads, answers differences alone, and runs in bounded memory: what it
-- sorts or groups is one page of journals, or comes in the order of an index.

-- name: settings
-- How the session is set.
SELECT name, setting FROM pg_settings WHERE name = ANY($1);

-- name: small_buffers
-- The memory for pages and the room of the entries, where the one is still what PostgreSQL takes by itself and the other
-- so many times as large.
SELECT pg_size_pretty(setting::bigint * 8192) AS buffers, pg_size_pretty(room) AS record
FROM pg_settings, pg_total_relation_size(to_regclass('slm_journal.entry')) AS room
WHERE name = 'shared_buffers' AND setting = boot_val AND room > $1 * setting::bigint * 8192;

-- name: triggers_off
-- Triggers that keep what was written and are not there, or are not on.
SELECT kept.of_table, kept.trigger
FROM unnest($1::text[], $2::text[]) AS kept (of_table, trigger)
LEFT JOIN pg_trigger t
  ON t.tgrelid = to_regclass('slm_journal.' || kept.of_table) AND t.tgname = kept.trigger AND t.tgenabled = 'O'
WHERE t.oid IS NULL
ORDER BY 1, 2;

-- name: unusable_indexes
-- Indexes that a failed build or reindex left behind.
SELECT x.relname AS index FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
WHERE x.relnamespace = 'slm_journal'::regnamespace AND NOT (i.indisvalid AND i.indisready)
ORDER BY 1;

-- name: head
-- The head row beside what it sums up.
SELECT h.global_position, h.recorded_at,
       coalesce((SELECT max(e.global_position) FROM slm_journal.entry e), 0) AS last_place,
       coalesce((SELECT sum(j.size) FROM slm_journal.journal j), 0)::bigint AS sizes,
       coalesce((SELECT max(j.recorded_at) FROM slm_journal.journal j), 0) AS latest
FROM slm_journal.head h;

-- name: places
-- Places of the database-wide order that do not follow the one before: a gap, or two entries at one place.
SELECT place, previous FROM (
  SELECT e.global_position AS place, coalesce(lag(e.global_position) OVER (ORDER BY e.global_position), 0) AS previous
  FROM slm_journal.entry e
) one
WHERE place <> previous + 1;

-- name: page_of_journals
-- The next journals by id; the first when there is no last one.
SELECT id FROM slm_journal.journal WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2;

-- name: journal_heads
-- Journals whose head does not say what their entries are.
SELECT j.id, j.size, j.recorded_at, e.last, e.count, e.latest
FROM slm_journal.journal j
CROSS JOIN LATERAL (
  SELECT coalesce(max(e.position), 0) AS last, count(*) AS count, max(e.recorded_at) AS latest
  FROM slm_journal.entry e WHERE e.journal_id = j.id
) e
WHERE j.id = ANY($1) AND (j.size <> e.last OR j.recorded_at IS DISTINCT FROM e.latest)
ORDER BY j.id;

-- name: entries_in_order
-- Entries that do not follow the one before in their journal: by position, by time, or in the database-wide order.
SELECT journal_id, position, position_before, recorded_at < recorded_before AS earlier, place < place_before AS crossed
FROM (
  SELECT e.journal_id, e.position, e.recorded_at, e.global_position AS place,
         coalesce(lag(e.position) OVER w, 0) AS position_before, coalesce(lag(e.recorded_at) OVER w, 0) AS recorded_before,
         coalesce(lag(e.global_position) OVER w, 0) AS place_before
  FROM slm_journal.entry e WHERE e.journal_id = ANY($1)
  WINDOW w AS (PARTITION BY e.journal_id ORDER BY e.position)
) one
WHERE position <> position_before + 1 OR recorded_at < recorded_before OR place < place_before
ORDER BY journal_id, position;

-- name: versions_in_order
-- Entries whose version does not follow their aggregate's last one.
SELECT journal_id, position, originator_id, originator_version FROM (
  SELECT e.journal_id, e.position, e.originator_id, e.originator_version,
         row_number() OVER (PARTITION BY e.journal_id, e.originator_id ORDER BY e.position) AS expected
  FROM slm_journal.entry e WHERE e.journal_id = ANY($1)
) one
WHERE originator_version <> expected
ORDER BY journal_id, position;

-- name: commands_in_order
-- Commands that do not begin where the one before ended, and journals that do not end where their last one does.
SELECT journal_id, key, first_position, expected FROM (
  SELECT c.journal_id, c.key, c.first_position,
         coalesce(lag(c.first_position + c.count) OVER w, 1) AS expected
  FROM (
    SELECT k.journal_id, k.key, k.first_position, k.count FROM slm_journal.command k WHERE k.journal_id = ANY($1)
    UNION ALL
    SELECT e.journal_id, NULL, max(e.position) + 1, 0 FROM slm_journal.entry e WHERE e.journal_id = ANY($1) GROUP BY 1
  ) c
  WINDOW w AS (PARTITION BY c.journal_id ORDER BY c.first_position, c.key NULLS LAST)
) one
WHERE first_position <> expected
ORDER BY journal_id, first_position;

-- name: without_journal
-- Entries and commands of journals that have no head.
SELECT journal_id, sum(entries)::bigint AS entries, sum(commands)::bigint AS commands FROM (
  SELECT e.journal_id, count(*) AS entries, 0 AS commands FROM slm_journal.entry e
  WHERE NOT EXISTS (SELECT FROM slm_journal.journal j WHERE j.id = e.journal_id) GROUP BY 1
  UNION ALL
  SELECT c.journal_id, 0, count(*) FROM slm_journal.command c
  WHERE NOT EXISTS (SELECT FROM slm_journal.journal j WHERE j.id = c.journal_id) GROUP BY 1
) one
GROUP BY 1 ORDER BY 1;

-- name: all_leaves
-- All that every leaf is made of, in the database-wide order.
SELECT journal_id, position, originator_id, originator_version, name, recorded_at, metadata, metadata_salt,
       metadata_commitment, payload, payload_salt, payload_commitment, leaf
FROM slm_journal.entry ORDER BY global_position;

-- name: some_leaves
-- The same of the entries at these places.
SELECT journal_id, position, originator_id, originator_version, name, recorded_at, metadata, metadata_salt,
       metadata_commitment, payload, payload_salt, payload_commitment, leaf
FROM slm_journal.entry WHERE global_position = ANY($1) ORDER BY global_position;
