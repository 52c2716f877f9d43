"""A check of the read models against their journals and against what readers go by, for `slm doctor`.

Only what can be told from checkpoints and generations: whether the rows are what the entries say is for a rebuild with
`verify` to find out.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from projections.engine.folding import AnyProjection
from projections.engine.generations import CONTROL, Generation, Link, being_built, live
from projections.engine.standing import standing
from projections.engine.statements import statements
from projections.engine.tables import quoted
from slm_journal.diagnosis import Fact, Finding, Severity

CHECKUP = statements("checkup.sql")
KINDS: Final = {
    "read-models-missing": Severity.WRONG,
    "not-built": Severity.WRONG,
    "generation-missing": Severity.WRONG,
    "checkpoint-ahead": Severity.WRONG,
    "checkpoint-astray": Severity.WRONG,
    "journal-stopped": Severity.WRONG,
    "entries-outstanding": Severity.NOTE,
    "rebuild-running": Severity.NOTE,
    "rebuild-dead": Severity.NOTE,
    "generation-old": Severity.NOTE,
    "version-other": Severity.NOTE,
    "schema-astray": Severity.NOTE,
}


async def check_read_models(
    link: Link, projections: Sequence[AnyProjection], *, standby: bool = False
) -> AsyncIterator[Finding]:
    """Everything that is amiss with the read models, as the transaction of `link` sees it. It only reads.

    On a standby a rebuild that is running cannot be told from one that died: neither is reported.
    """
    if not await link.fetchval(CONTROL["installed"]):
        yield _found("read-models-missing")
        return
    generations = await live(link, projections)
    built = {generation.projection.name for generation in generations}
    for projection in projections:
        if projection.name not in built:
            yield _found("not-built", projection=projection.name, version=projection.version)
    for generation in generations:
        async for finding in _generation(link, generation):
            yield finding
    async for finding in _not_live(link, standby=standby):
        yield finding
    known = [p.name for p in projections], [p.version for p in projections]
    for row in await link.fetch(CHECKUP["live_otherwise"], *known):
        yield _found("version-other", projection=row["projection"], version=row["version"])
    for row in await link.fetch(CHECKUP["unknown_schemas"]):
        yield _found("schema-astray", schema=row["schema"])


async def _generation(link: Link, generation: Generation) -> AsyncIterator[Finding]:
    """Whether a live generation has its tables, and where its checkpoints stand."""
    schema = quoted(generation.schema)
    tables = [f"{schema}.checkpoint", *(table.within(generation.schema) for table in generation.tables)]
    absent = await link.fetch(CHECKUP["absent"], tables)
    for row in absent:
        yield _found("generation-missing", projection=generation.projection.name, table=row["name"].replace('"', ""))
    if absent:
        return
    async for row in link.cursor(CHECKUP["astray"].format(schema=schema)):
        where: dict[str, Fact] = {"projection": generation.projection.name, "journal": str(row["journal_id"])}
        if row["size"] is None:
            yield _found("checkpoint-astray", **where, position=row["position"])
        else:
            yield _found("checkpoint-ahead", **where, position=row["position"], size=row["size"])
    stands = await standing(link, generation)
    for stop in stands.stopped:
        yield _found(
            "journal-stopped",
            projection=stop.projection,
            journal=str(stop.journal_id),
            position=stop.stopped_at,
            name=stop.name,
            reason=stop.reason,
        )
    if stands.entries_outstanding:
        yield _found(
            "entries-outstanding",
            projection=stands.projection,
            entries=stands.entries_outstanding,
            journals=stands.journals_behind,
        )


async def _not_live(link: Link, *, standby: bool) -> AsyncIterator[Finding]:
    """Generations beside the live ones: being built, left behind by a rebuild that died, or kept."""
    building = set[int]() if standby else await being_built(link)
    for row in await link.fetch(CHECKUP["not_live"]):
        schema = f"{row['projection']}_v{row['version']}_g{row['number']}"
        if row["complete"]:
            yield _found("generation-old", schema=schema, bytes=row["bytes"])
        elif row["number"] in building:
            yield _found("rebuild-running", schema=schema)
        elif not standby:
            yield _found("rebuild-dead", schema=schema, bytes=row["bytes"])


def _found(kind: str, **facts: Fact) -> Finding:
    return Finding(kind=kind, severity=KINDS[kind], facts=facts)
