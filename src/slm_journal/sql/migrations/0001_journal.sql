-- The journal: entries in order, the commands that brought them, and the one function that appends.
--
-- Instants are bigint microseconds since 1970-01-01 UTC: what the leaf holds, computed by immutable functions only.
-- Nothing here is ever changed after it was written, but for the erasure of a payload with its salt.

CREATE SCHEMA slm_journal;

CREATE TABLE slm_journal.migration (
  number int PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE slm_journal.identity (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  database_id uuid NOT NULL DEFAULT gen_random_uuid(),
  clock text NOT NULL CHECK (clock IN ('real', 'simulated')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Locked by every append until it commits: positions have no gaps, and commits come in the order of positions.
CREATE TABLE slm_journal.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  global_position bigint NOT NULL,
  recorded_at bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO slm_journal.head (global_position, recorded_at) VALUES (0, 0);

CREATE TABLE slm_journal.journal (
  id uuid PRIMARY KEY,
  size bigint NOT NULL CHECK (size > 0),
  recorded_at bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE slm_journal.entry (
  journal_id uuid NOT NULL,
  position bigint NOT NULL,
  global_position bigint NOT NULL,
  originator_id uuid NOT NULL,
  originator_version bigint NOT NULL,
  name text NOT NULL,
  recorded_at bigint NOT NULL CHECK (recorded_at >= 0),
  metadata bytea,
  metadata_salt bytea,
  metadata_commitment bytea NOT NULL,
  payload bytea,
  payload_salt bytea,
  payload_commitment bytea NOT NULL,
  leaf bytea NOT NULL,
  PRIMARY KEY (journal_id, position),
  UNIQUE (journal_id, originator_id, originator_version),
  UNIQUE (global_position, journal_id),
  -- ASCII without backslash, so that decode(name, 'escape') is the name's bytes (convert_to is not immutable).
  CONSTRAINT name_is_plain_ascii CHECK (
    octet_length(name) BETWEEN 1 AND 200 AND octet_length(name) = length(name) AND strpos(name, '\') = 0
  ),
  CONSTRAINT metadata_has_its_salt CHECK ((metadata IS NULL) = (metadata_salt IS NULL)),
  CONSTRAINT payload_has_its_salt CHECK ((payload IS NULL) = (payload_salt IS NULL)),
  CONSTRAINT salts_are_16_bytes CHECK (octet_length(metadata_salt) = 16 AND octet_length(payload_salt) = 16)
);

CREATE TABLE slm_journal.command (
  journal_id uuid NOT NULL,
  key text NOT NULL,
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  first_position bigint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (journal_id, key)
);


-- What was written stays.

CREATE FUNCTION slm_journal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'slm_journal.% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- The only change an entry knows: payload and payload salt become null together, all else stays as it was.
CREATE FUNCTION slm_journal.allow_only_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  erased slm_journal.entry := OLD;
BEGIN
  erased.payload := NULL;
  erased.payload_salt := NULL;
  IF NEW IS DISTINCT FROM erased THEN
    RAISE EXCEPTION 'slm_journal.entry is append-only: only an erasure may change an entry'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER only_erasure BEFORE UPDATE ON slm_journal.entry
  FOR EACH ROW EXECUTE FUNCTION slm_journal.allow_only_erasure();
CREATE TRIGGER append_only BEFORE DELETE ON slm_journal.entry
  FOR EACH ROW EXECUTE FUNCTION slm_journal.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON slm_journal.entry
  FOR EACH STATEMENT EXECUTE FUNCTION slm_journal.refuse_change();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON slm_journal.command
  FOR EACH ROW EXECUTE FUNCTION slm_journal.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON slm_journal.command
  FOR EACH STATEMENT EXECUTE FUNCTION slm_journal.refuse_change();

CREATE TRIGGER stays BEFORE DELETE ON slm_journal.journal
  FOR EACH ROW EXECUTE FUNCTION slm_journal.refuse_change();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON slm_journal.journal
  FOR EACH STATEMENT EXECUTE FUNCTION slm_journal.refuse_change();

CREATE TRIGGER stays BEFORE DELETE ON slm_journal.head
  FOR EACH ROW EXECUTE FUNCTION slm_journal.refuse_change();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON slm_journal.head
  FOR EACH STATEMENT EXECUTE FUNCTION slm_journal.refuse_change();

-- A simulated database never becomes real.
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON slm_journal.identity
  FOR EACH ROW EXECUTE FUNCTION slm_journal.refuse_change();
CREATE TRIGGER stays_whole BEFORE TRUNCATE ON slm_journal.identity
  FOR EACH STATEMENT EXECUTE FUNCTION slm_journal.refuse_change();


-- The leaf of an entry, version 1 (docs/proof.md): RFC 9162, 2.1.1: SHA-256(0x00 || leaf input). Never changes.
CREATE FUNCTION slm_journal.leaf(
  journal_id uuid, "position" bigint, originator_id uuid, originator_version bigint, name text, recorded_at bigint,
  metadata_commitment bytea, payload_commitment bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(
    '\x00736c6d31'::bytea  -- 0x00, "slm1"
    || uuid_send($1) || int8send($2) || uuid_send($3) || int8send($4)
    || int2send(octet_length($5)::int2) || decode($5, 'escape')
    || int8send($6) || $7 || $8)
$$;


-- Appends a batch of commands: one call, one round trip, one transaction; each command is answered on its own.
--
-- c_*: the commands, numbered from 1 in the order of the arrays; c_at is null on a real database.
-- r_*: the aggregates that command number r_command read, with their versions (0: it did not exist).
-- e_*: the events of command number e_command, in the order they are to be recorded.
--
-- The caller never puts two commands on one aggregate (written by one, read or written by the other), or one key twice,
-- into one batch, nor, on a simulated database, two commands of one journal whose times run backwards: the later waits.
--
-- It must stay volatile and its statements apart: only a statement that begins after the head row is locked sees what
-- was committed while it waited. CTEs are never joined to one another (ten times slower once the generic plan starts).
CREATE FUNCTION slm_journal.append(
  c_journal uuid[], c_key text[], c_digest bytea[], c_at bigint[],
  r_command int[], r_originator uuid[], r_version bigint[],
  e_command int[], e_originator uuid[], e_version bigint[], e_name text[],
  e_metadata bytea[], e_metadata_salt bytea[], e_payload bytea[], e_payload_salt bytea[]
) RETURNS TABLE (
  command int, outcome text, first_position bigint, count bigint, recorded_at bigint,
  moved_originator uuid, actual_version bigint
) LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, slm_journal, pg_temp AS $$
#variable_conflict use_column
DECLARE
  clock text;
  start bigint;      -- the database-wide position of the last entry
  latest bigint;     -- the latest recorded-at in the database
  moment bigint;     -- recorded-at of this batch, on a real database
  moved int[];
  movers uuid[];
  actuals bigint[];
  outcomes text[];
  written bigint;
BEGIN
  SELECT h.global_position, h.recorded_at INTO STRICT start, latest FROM head h FOR UPDATE;
  SELECT i.clock INTO STRICT clock FROM identity i;
  IF clock = 'real' THEN
    moment := greatest(latest, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint);
  END IF;

  -- What each command expects of each aggregate: the version it read, and, of the k-th event it writes there, k less
  -- than that event's version. All must be the version now: so versions are contiguous, and nothing read has moved.
  SELECT array_agg(m.command), array_agg(m.originator), array_agg(m.actual) INTO moved, movers, actuals
  FROM (
    SELECT DISTINCT ON (x.command) x.command, x.originator, x.actual
    FROM (
      SELECT expected.command, expected.originator, expected.version, coalesce((
        SELECT max(y.originator_version) FROM entry y
        WHERE y.journal_id = c_journal[expected.command] AND y.originator_id = expected.originator), 0) AS actual
      FROM (
        SELECT e.command, e.originator,
               e.version - row_number() OVER (PARTITION BY e.command, e.originator ORDER BY e.n) AS version
        FROM unnest(e_command, e_originator, e_version) WITH ORDINALITY AS e(command, originator, version, n)
        UNION
        SELECT r.command, r.originator, r.version
        FROM unnest(r_command, r_originator, r_version) AS r(command, originator, version)
      ) expected
    ) x
    WHERE x.version <> x.actual
    ORDER BY x.command, x.originator
  ) m;

  SELECT array_agg(
    CASE
      WHEN k.digest = c.digest THEN 'repeated'
      WHEN k.digest IS NOT NULL THEN 'key_reused'
      WHEN clock = 'real' AND c.at IS NOT NULL THEN 'at_refused'
      WHEN clock = 'simulated' AND c.at IS NULL THEN 'at_missing'
      WHEN clock = 'simulated' AND c.at < coalesce(j.recorded_at, 0) THEN 'went_backwards'
      WHEN c.n = ANY (moved) THEN 'version_moved'
      ELSE 'appended'
    END ORDER BY c.n) INTO outcomes
  FROM unnest(c_journal, c_key, c_digest, c_at) WITH ORDINALITY AS c(journal, key, digest, at, n)
  LEFT JOIN command k ON k.journal_id = c.journal AND k.key = c.key
  LEFT JOIN journal j ON j.id = c.journal;

  IF clock = 'simulated' AND cardinality(c_journal) > 1 AND EXISTS (
    SELECT FROM (
      SELECT c.at, lag(c.at) OVER (PARTITION BY c.journal ORDER BY c.n) AS before
      FROM unnest(c_journal, c_at) WITH ORDINALITY AS c(journal, at, n)
      WHERE outcomes[c.n] = 'appended'
    ) paired WHERE paired.at < paired.before
  ) THEN
    RAISE EXCEPTION 'a batch holds two commands of one journal whose times run backwards';
  END IF;

  IF 'appended' = ANY (outcomes) THEN
    INSERT INTO journal AS j (id, size, recorded_at)
    SELECT c_journal[e.command], count(*), max(coalesce(moment, c_at[e.command]))
    FROM unnest(e_command) AS e(command)
    WHERE outcomes[e.command] = 'appended'
    GROUP BY 1 ORDER BY 1
    ON CONFLICT (id) DO UPDATE SET size = j.size + excluded.size, recorded_at = excluded.recorded_at;

    RETURN QUERY
    WITH placed AS MATERIALIZED (
      SELECT e.*, j.id AS journal, coalesce(moment, c_at[e.command]) AS recorded_at,
             j.size - count(*) OVER (PARTITION BY j.id) + row_number() OVER (PARTITION BY j.id ORDER BY e.n) AS position,
             start + row_number() OVER (ORDER BY e.n) AS global_position,
             sha256(e.metadata_salt || e.metadata) AS metadata_commitment,
             sha256(e.payload_salt || e.payload) AS payload_commitment
      FROM unnest(e_command, e_originator, e_version, e_name, e_metadata, e_metadata_salt, e_payload, e_payload_salt)
        WITH ORDINALITY
        AS e(command, originator, version, name, metadata, metadata_salt, payload, payload_salt, n)
      JOIN journal j ON j.id = c_journal[e.command]
      WHERE outcomes[e.command] = 'appended'
    ), put AS (
      INSERT INTO entry (
        journal_id, position, global_position, originator_id, originator_version, name, recorded_at,
        metadata, metadata_salt, metadata_commitment, payload, payload_salt, payload_commitment, leaf)
      SELECT p.journal, p.position, p.global_position, p.originator, p.version, p.name, p.recorded_at,
             p.metadata, p.metadata_salt, p.metadata_commitment, p.payload, p.payload_salt, p.payload_commitment,
             leaf(p.journal, p.position, p.originator, p.version, p.name, p.recorded_at,
                  p.metadata_commitment, p.payload_commitment)
      FROM placed p
    ), kept AS (
      INSERT INTO command (journal_id, key, digest, first_position, count)
      SELECT p.journal, c_key[p.command], c_digest[p.command], min(p.position), count(*)
      FROM placed p GROUP BY p.journal, p.command
    )
    SELECT p.command, 'appended', min(p.position), count(*), min(p.recorded_at), NULL::uuid, NULL::bigint
    FROM placed p GROUP BY p.command;

    SELECT count(*), greatest(latest, max(coalesce(moment, c_at[e.command]))) INTO written, latest
    FROM unnest(e_command) AS e(command) WHERE outcomes[e.command] = 'appended';
    UPDATE head SET global_position = start + written, recorded_at = latest;
    PERFORM pg_notify('slm_journal', (start + written)::text);
  END IF;

  RETURN QUERY
  SELECT c.n::int, outcomes[c.n], k.first_position, k.count, x.recorded_at,
         CASE WHEN outcomes[c.n] = 'version_moved' THEN movers[array_position(moved, c.n::int)] END,
         CASE WHEN outcomes[c.n] = 'version_moved' THEN actuals[array_position(moved, c.n::int)] END
  FROM unnest(c_journal, c_key) WITH ORDINALITY AS c(journal, key, n)
  LEFT JOIN command k ON k.journal_id = c.journal AND k.key = c.key AND outcomes[c.n] = 'repeated'
  LEFT JOIN entry x ON x.journal_id = k.journal_id AND x.position = k.first_position
  WHERE outcomes[c.n] <> 'appended';
END $$;


-- The position of the last entry recorded at or before an instant; 0 when there is none.
-- recorded_at never goes backwards within a journal and positions have no gaps: the primary key is index enough.
CREATE FUNCTION slm_journal.position_at(journal uuid, instant bigint) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, slm_journal, pg_temp AS $$
DECLARE
  low bigint := 0;
  high bigint := coalesce((SELECT j.size FROM journal j WHERE j.id = journal), 0);
  middle bigint;
BEGIN
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF (SELECT e.recorded_at FROM entry e WHERE e.journal_id = journal AND e.position = middle) <= instant THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;


-- Erases the payload and its salt; the commitment, and so the leaf and every proof, stay. Which entries may be erased
-- is for the caller to know. Tells whether there is such an entry; erasing twice is erasing once.
CREATE FUNCTION slm_journal.erase(journal uuid, at_position bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, slm_journal, pg_temp AS $$
BEGIN
  UPDATE entry SET payload = NULL, payload_salt = NULL WHERE journal_id = journal AND position = at_position;
  RETURN FOUND;
END $$;
