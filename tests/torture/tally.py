"""What is left after the torture, counted: all that was acknowledged, once, whole, and as the read models say."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.generations import live
from slm_journal import database
from slm_journal.journal import Journal
from tests.torture.diaries import Seen, all_acknowledgements, linked

if TYPE_CHECKING:
    from slm_journal.database import Pool

KNOWN = "SELECT journal_id, key, first_position, first_position + count - 1 AS last_position FROM slm_journal.command"
EVERYTHING = "SELECT journal_id, position, name, payload FROM slm_journal.entry ORDER BY global_position"
# An entry belongs to the one command whose positions hold it; whatever belongs to none, or to two, was doubled or torn.
OWNERS = """
SELECT count(*) FROM (
  SELECT e.journal_id, e.position, count(c.key) AS owners
  FROM slm_journal.entry e
  LEFT JOIN slm_journal.command c ON c.journal_id = e.journal_id
    AND e.position BETWEEN c.first_position AND c.first_position + c.count - 1
  GROUP BY e.journal_id, e.position) owned WHERE owners <> 1"""
# A place missing in a journal, a journal's size or the head that say otherwise than the entries.
GAPS = """
SELECT coalesce(sum(abs(j.size - e.entries) + abs(j.size - e.last)), 0)::bigint
     + abs((SELECT global_position FROM slm_journal.head) - (SELECT count(*) FROM slm_journal.entry))
     + abs((SELECT global_position FROM slm_journal.head)
           - coalesce((SELECT max(global_position) FROM slm_journal.entry), 0))
FROM slm_journal.journal j
JOIN (SELECT journal_id, count(*) AS entries, max(position) AS last FROM slm_journal.entry GROUP BY 1) e
  ON e.journal_id = j.id"""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted. All but the first two are to be 0, and these two the same."""

    acknowledged: int
    found: int
    doubled: int
    gaps: int
    leaves_invalid: int
    projection_differences: int
    follower_faults: int
    died_by_themselves: int
    entries: int

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, doubled or spoilt."""
        faults = (
            self.doubled, self.gaps, self.leaves_invalid, self.projection_differences,
            self.follower_faults, self.died_by_themselves,
        )  # fmt: skip
        return self.acknowledged == self.found and self.acknowledged > 0 and not any(faults)


async def tally(folder: Path, dsn: str, *, died: int) -> Tally:
    """Count, once nobody writes any more. What the read models have not posted yet is posted first."""
    async with database.connect(dsn, most=6) as pool:
        acknowledged, found = await _acknowledged(folder, pool)
        journal = Journal(pool)
        leaves = 0
        for journal_id, _ in await journal.journals():
            leaves += len((await journal.verify(journal_id)).faults)
        entries: int = await pool.fetchval("SELECT count(*) FROM slm_journal.entry")
        doubled = await pool.fetchval(OWNERS) + await _told_twice(pool)
        return Tally(
            acknowledged=acknowledged,
            found=found,
            doubled=doubled,
            gaps=await pool.fetchval(GAPS),
            leaves_invalid=leaves,
            projection_differences=await _differences(pool, journal),
            follower_faults=await _follower_faults(folder, pool, entries),
            died_by_themselves=died,
            entries=entries,
        )


async def _acknowledged(folder: Path, pool: "Pool") -> tuple[int, int]:
    """How many answers were given, and how many of them say what stands in the journal."""
    stored = {(r["journal_id"], r["key"]): (r["first_position"], r["last_position"]) for r in await pool.fetch(KNOWN)}
    answers = all_acknowledgements(folder)
    found = sum(stored.get((one.journal_id, one.key)) == (one.first, one.last) for one in answers)
    return len(answers), found


async def _told_twice(pool: "Pool") -> int:
    """Measurements and incidents that were recorded more often than once under one name."""
    told: Counter[tuple[UUID, str, str]] = Counter()
    async with pool.acquire() as link, link.transaction():
        async for row in link.cursor(EVERYTHING):
            if row["name"].startswith(("MeasurementRecorded.", "IncidentReported.")):
                event = msgspec.json.decode(row["payload"])
                told[row["journal_id"], row["name"], event.get("measurement") or event["incident"]] += 1
    return sum(times - 1 for times in told.values())


async def _differences(pool: "Pool", journal: Journal) -> int:
    """Tables of the live read models that are not what the entries fold to, and journals that have stopped."""
    engine = Engine(pool, journal, PROJECTIONS, placed)
    await engine.start()
    await engine.post_outstanding()
    sizes = dict(await journal.journals())
    wrong = sum(len(one.stopped) + one.entries_outstanding for one in await engine.status())
    async with pool.acquire() as link:
        for generation in await live(link, PROJECTIONS):
            stored = await table_digests(link, generation)
            folded = await digests_in_memory(link, generation.projection, engine.reading, sizes)
            wrong += sum(stored[name] != folded[name] for name in stored)
    return wrong


async def _follower_faults(folder: Path, pool: "Pool", entries: int) -> int:
    """What the followers found wrong, and those that have not seen exactly what there is."""
    chain = ""
    async with pool.acquire() as link, link.transaction():
        async for row in link.cursor(EVERYTHING):
            chain = linked(chain, row["journal_id"], row["position"], row["name"], row["payload"])
    wrong = 0
    for seen in Seen.all_of(folder):
        wrong += len(seen.faults) + ((seen.upto, seen.chain) != (entries, chain))
    return wrong
