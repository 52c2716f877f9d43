-- The database-wide order as followers read it: ours by a function, stock eventsourcing recorders by a view.
--
-- Positions of this order are given under the head row's lock, so they have no gap and become visible in their order:
-- whoever has seen one has seen all before it, and its number is all that a follower needs to keep.

-- Entries after a place in the database-wide order, at most so many.
-- The settings keep every plan on the index: one made while the table is empty or not analysed yet would read it all,
-- and stay with that. The upper bound does not depend on statistics, because the order is dense.
CREATE FUNCTION slm_journal.following(after bigint, most bigint) RETURNS TABLE (
  global_position bigint, journal_id uuid, "position" bigint, originator_id uuid, originator_version bigint, name text,
  recorded_at bigint, metadata bytea, payload bytea
) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, slm_journal, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT e.global_position, e.journal_id, e.position, e.originator_id, e.originator_version, e.name, e.recorded_at,
         e.metadata, e.payload
  FROM entry e
  WHERE e.global_position > after AND e.global_position <= after + most
  ORDER BY e.global_position;
END $$;

-- What a recorder of eventsourcing selects: its table, over all journals. It is for reading: an insert lacks what an
-- entry needs, and the entries' triggers refuse the rest. An erased payload is shown as empty, since the recorder takes
-- no null. Without the journal an aggregate has no index (ids are looked for over all entries): for tools, not to serve.
CREATE VIEW slm_journal.stored_events AS
SELECT originator_id, originator_version, name AS topic, coalesce(payload, '') AS state,
       global_position AS notification_id
FROM slm_journal.entry;
