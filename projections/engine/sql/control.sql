-- name: install
-- The schema that says which generations exist and which one is live. Safe to run again.
CREATE SCHEMA IF NOT EXISTS slm_projection;
CREATE TABLE IF NOT EXISTS slm_projection.generation (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- never used twice, also after a generation was dropped
  projection text NOT NULL,
  version integer NOT NULL,
  complete boolean NOT NULL DEFAULT false,  -- false: under construction, or left behind by a rebuild that died
  entries bigint NOT NULL DEFAULT 0,        -- what its build read ...
  microseconds bigint NOT NULL DEFAULT 0,   -- ... and how long that took
  UNIQUE (projection, version, number));
ALTER TABLE slm_projection.generation
  ADD COLUMN IF NOT EXISTS build integer,                          -- generations of one rebuild, by the first's number
  ADD COLUMN IF NOT EXISTS stage text NOT NULL DEFAULT 'reading';  -- how far the rebuild had got when it was last heard of
CREATE TABLE IF NOT EXISTS slm_projection.live (
  projection text NOT NULL,
  version integer NOT NULL,
  number integer NOT NULL,
  PRIMARY KEY (projection, version),
  FOREIGN KEY (projection, version, number) REFERENCES slm_projection.generation (projection, version, number));

-- name: installed
-- Whether the control schema is there (asked first, so that an ordinary start needs no right to create).
SELECT EXISTS (
  SELECT FROM pg_attribute WHERE attrelid = to_regclass('slm_projection.generation') AND attname = 'stage'
) AND to_regclass('slm_projection.live') IS NOT NULL;

-- name: lock_installation
-- CREATE ... IF NOT EXISTS alone is not safe against another start at the same moment.
SELECT pg_advisory_xact_lock($1, $2);

-- name: live
-- The live generation of each projection version asked for.
SELECT l.projection, l.version, l.number
FROM slm_projection.live l JOIN unnest($1::text[], $2::integer[]) AS asked (projection, version) USING (projection, version);

-- name: lock_generations
-- One decision about generations at a time; readers are not held up.
LOCK TABLE slm_projection.generation IN SHARE ROW EXCLUSIVE MODE;

-- name: incomplete
-- Generations under construction or left behind.
SELECT number, build, stage FROM slm_projection.generation
WHERE projection = $1 AND version = $2 AND NOT complete ORDER BY number;

-- name: of_build
-- How many generations one rebuild began.
SELECT count(*) FROM slm_projection.generation WHERE build = $1;

-- name: belongs
-- The rebuild that a generation is part of.
UPDATE slm_projection.generation SET build = $2 WHERE number = $1;

-- name: reach
-- The rebuild has got so far.
UPDATE slm_projection.generation SET stage = $2 WHERE build = $1;

-- name: unused
-- Complete generations that are not live; of other versions too when $3.
SELECT g.projection, g.version, g.number
FROM slm_projection.generation g LEFT JOIN slm_projection.live l USING (projection, version, number)
WHERE g.complete AND g.projection = $1 AND (g.version = $2 AND l.number IS NULL OR g.version <> $2 AND $3)
ORDER BY g.number;

-- name: begin
-- A new generation, not complete.
INSERT INTO slm_projection.generation (projection, version) VALUES ($1, $2) RETURNING number;

-- name: complete
-- The generation holds all rows and indexes.
UPDATE slm_projection.generation SET complete = true, entries = $2, microseconds = $3 WHERE number = $1;

-- name: make_live
-- The one row that a reader goes by.
INSERT INTO slm_projection.live (projection, version, number) VALUES ($1, $2, $3)
ON CONFLICT (projection, version) DO UPDATE SET number = excluded.number;

-- name: earlier
-- The newest complete generation before the live one, or the one asked for.
SELECT g.number FROM slm_projection.generation g JOIN slm_projection.live l USING (projection, version)
WHERE g.complete AND g.projection = $1 AND g.version = $2
  AND CASE WHEN $3::integer IS NULL THEN g.number < l.number ELSE g.number = $3 END
ORDER BY g.number DESC LIMIT 1;

-- name: retire
-- Takes the live row away from a generation about to be dropped.
DELETE FROM slm_projection.live WHERE number = $1;

-- name: forget
-- The generation is dropped.
DELETE FROM slm_projection.generation WHERE number = $1;

-- name: try_lock
SELECT pg_try_advisory_lock($1, $2);

-- name: lock
SELECT pg_advisory_lock($1, $2);

-- name: lock_shared
-- Held by each of several: who wants it alone has to wait for all of them.
SELECT pg_advisory_lock_shared($1, $2);

-- name: unlock
SELECT pg_advisory_unlock($1, $2);

-- name: unlock_if_held
-- Nothing when this connection does not hold it (pg_advisory_unlock would warn).
SELECT pg_advisory_unlock($1::int, $2::int) FROM pg_locks
WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND classid = $1::int::oid AND objid = $2::int::oid AND granted;

-- name: is_complete
-- Whether a generation stands.
SELECT EXISTS (SELECT FROM slm_projection.generation WHERE number = $1 AND complete);

-- name: held
-- The second numbers of the locks of one kind that somebody holds.
SELECT objid::bigint AS number FROM pg_locks
WHERE locktype = 'advisory' AND granted AND classid = $1::int::oid
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
