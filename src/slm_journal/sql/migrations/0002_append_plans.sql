-- The append keeps the plans of its statements, and they are the ones that suit any size of the tables.
--
-- Without this the planner compares each batch's arrays with what it would guess for unknown ones, finds the short ones
-- cheaper, and plans all statements anew in every call: two thirds of what an append of one command cost. A plan made
-- while the tables are small or were not analysed would read them whole: entries are found through their keys, always.
ALTER FUNCTION slm_journal.append(
  uuid[], text[], bytea[], bigint[], int[], uuid[], bigint[],
  int[], uuid[], bigint[], text[], bytea[], bytea[], bytea[], bytea[]
)
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  SET enable_hashjoin = off
  SET enable_mergejoin = off;
