-- name: append
-- A batch of commands, one row answered for each; with the database-wide position as it was when the batch came.
SELECT command, outcome, first_position, count, recorded_at, moved_originator, actual_version,
       (SELECT global_position FROM slm_journal.head) AS head
FROM slm_journal.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: keep_others_waiting
-- Takes the head row, for which every append waits, until the transaction ends; within seconds where its process hangs.
SELECT set_config('idle_in_transaction_session_timeout', '5s', true) FROM slm_journal.head FOR UPDATE;

-- name: read
-- Entries of a journal in order, after one position and up to another.
SELECT position, originator_id, originator_version, name, recorded_at, metadata, payload
FROM slm_journal.entry
WHERE journal_id = $1 AND position > $2 AND position <= $3
ORDER BY position
LIMIT $4;

-- name: read_several
-- Entries of several journals in order, each after one position and up to another; the number says whose they are.
SELECT a.number, e.position, e.originator_id, e.originator_version, e.name, e.recorded_at, e.metadata, e.payload
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS a (journal_id, after, upto, number)
CROSS JOIN LATERAL (
  SELECT * FROM slm_journal.entry
  WHERE journal_id = a.journal_id AND position > a.after AND position <= a.upto
  ORDER BY position
) e
ORDER BY a.number, e.position;

-- name: read_aggregate
-- Entries of one aggregate in order, after one version, as the journal stood at a position.
SELECT position, originator_id, originator_version, name, recorded_at, metadata, payload
FROM slm_journal.entry
WHERE journal_id = $1 AND originator_id = $2 AND originator_version > $3 AND position <= $4
ORDER BY originator_version;

-- name: read_newer
-- Entries of some aggregates, each after a version, in the order of versions; one statement, so one snapshot.
SELECT e.position, e.originator_id, e.originator_version, e.name, e.recorded_at, e.metadata, e.payload
FROM unnest($2::uuid[], $3::bigint[]) AS known(originator_id, version)
JOIN slm_journal.entry e
  ON e.journal_id = $1 AND e.originator_id = known.originator_id AND e.originator_version > known.version
ORDER BY e.originator_version;

-- name: read_proof
-- All that an entry's leaf is made of, for whoever recomputes it.
SELECT position, originator_id, originator_version, name, recorded_at, metadata, metadata_salt, metadata_commitment,
       payload, payload_salt, payload_commitment, leaf
FROM slm_journal.entry
WHERE journal_id = $1 AND position > $2 AND position <= $3
ORDER BY position
LIMIT $4;

-- name: leaves
-- The leaves of a journal in order, for roots and proofs.
SELECT leaf FROM slm_journal.entry WHERE journal_id = $1 AND position <= $2 ORDER BY position;

-- name: journal_head
-- The size of a journal and the recorded-at of its last entry.
SELECT size, recorded_at FROM slm_journal.journal WHERE id = $1;

-- name: journals
-- All journals with their sizes.
SELECT id, size FROM slm_journal.journal ORDER BY id;

-- name: changed_journals
-- The database-wide position, and the journals with entries after an earlier one; one statement, so one snapshot.
-- The upper bound tells the planner that the range is short: it then reads the index, not every journal.
SELECT h.global_position, j.id, j.size
FROM slm_journal.head h
LEFT JOIN LATERAL (
  SELECT DISTINCT e.journal_id FROM slm_journal.entry e
  WHERE e.global_position > $1 AND e.global_position <= h.global_position
) c ON true
LEFT JOIN slm_journal.journal j ON j.id = c.journal_id
ORDER BY j.id;

-- name: position_at
-- The last position recorded at or before an instant; 0 when there is none.
SELECT slm_journal.position_at($1, $2);

-- name: recorded_at
-- When an entry was recorded.
SELECT recorded_at FROM slm_journal.entry WHERE journal_id = $1 AND position = $2;

-- name: outcome
-- What a command with this key recorded, if it is known.
SELECT k.digest, k.first_position, k.count, e.recorded_at
FROM slm_journal.command k
JOIN slm_journal.entry e ON e.journal_id = k.journal_id AND e.position = k.first_position
WHERE k.journal_id = $1 AND k.key = $2;

-- name: outcomes
-- What commands with these keys recorded, numbered from 1 as they are asked for; those that are known.
SELECT c.number, k.digest, k.first_position, k.count, e.recorded_at
FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS c(journal_id, key, number)
JOIN slm_journal.command k ON k.journal_id = c.journal_id AND k.key = c.key
JOIN slm_journal.entry e ON e.journal_id = k.journal_id AND e.position = k.first_position;

-- name: erase
-- Erases a payload with its salt; whether there is such an entry.
SELECT slm_journal.erase($1, $2);

-- name: identity
-- Which database this is, and by which clock it records.
SELECT database_id, clock, created_at FROM slm_journal.identity;

-- name: now
-- The database's time in microseconds: its server's clock, or, simulated, the latest recorded-at.
SELECT CASE i.clock WHEN 'real' THEN greatest(h.recorded_at, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
                    ELSE h.recorded_at END
FROM slm_journal.identity i CROSS JOIN slm_journal.head h;

-- name: is_standby
-- Whether this is a hot standby, which refuses LISTEN.
SELECT pg_is_in_recovery();

-- name: lock_migrations
-- Held until the transaction ends: concurrent starts migrate one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('slm_journal.migration', 0));

-- name: has_migrations
-- Whether the schema exists.
SELECT to_regclass('slm_journal.migration') IS NOT NULL;

-- name: applied_migrations
-- The numbers of the migrations applied so far.
SELECT number FROM slm_journal.migration ORDER BY number;

-- name: record_migration
-- Remembers that a migration was applied.
INSERT INTO slm_journal.migration (number) VALUES ($1);

-- name: create_identity
-- Chooses the clock, once and for ever.
INSERT INTO slm_journal.identity (clock) VALUES ($1) ON CONFLICT (one) DO NOTHING;

-- name: following
-- The place of the last entry in the database-wide order, and beside it the entries after a place, at most so many; one
-- statement, so one snapshot. One row without an entry when there is none.
SELECT h.global_position, f.global_position, f.journal_id, f.position, f.originator_id, f.originator_version, f.name,
       f.recorded_at, f.metadata, f.payload
FROM slm_journal.head h
LEFT JOIN LATERAL slm_journal.following($1, $2) f ON true
ORDER BY f.global_position;

-- name: last_position
-- The place of the last entry in the database-wide order; 0 before the first.
SELECT global_position FROM slm_journal.head;

-- name: listening
-- How many sessions wait for appends: their last statement says so, and they use their connection for nothing else.
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND state = 'idle' AND query ~* '^LISTEN +"?slm_journal"?;?$';

-- name: bytes
-- What the entries take up, with their indexes.
SELECT pg_total_relation_size('slm_journal.entry');

-- name: size
-- How many journals there are, and how many entries by the database's head.
SELECT (SELECT count(*) FROM slm_journal.journal) AS journals, h.global_position AS entries FROM slm_journal.head h;
