"""Posting = rebuild = replay, as one function for any projections: SHA-256 of every table, three ways.

One example truncates the journals of its database instead of asking for a new one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec
from hypothesis import strategies as st

from projections.engine import Engine
from projections.engine.digest import digests_in_memory, table_digests
from projections.engine.feed import Decode
from projections.engine.folding import AnyProjection
from projections.engine.generations import live
from projections.projection import Placed
from slm_journal.entry import Entry
from slm_journal.journal import Journal
from tests.projections.engine.histories import Draft, Writer

if TYPE_CHECKING:
    from slm_journal.database import Connection, Pool

POISONED = UUID("99999999-0000-4000-8000-000000000000")


class Step(msgspec.Struct, frozen=True):
    """One thing that happens: a journal grows by some events, is posted, or the engine starts anew."""

    journal: int | None = None  # which grows; None: none
    events: int = 0
    post: bool = False
    only_that: bool = False  # posts that journal alone
    restart: bool = False


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How a history is posted: entries a transaction, foldings kept, and the steps in order."""

    chunk: int
    cached: int
    poison: int  # the position of the poison entry in its journal, which gets the first history
    steps: tuple[Step, ...]


def plans(*, events: int, chunk: int, cached: int, poison: int) -> st.SearchStrategy[Plan]:
    """Any plan for three journals: up to so many events a step, entries a chunk, foldings kept, poisoned position."""
    steps = st.builds(
        Step,
        journal=st.none() | st.integers(0, 2),
        events=st.integers(1, events),
        post=st.booleans(),
        only_that=st.booleans(),
        restart=st.booleans(),
    )
    return st.builds(
        Plan,
        chunk=st.integers(1, chunk),
        cached=st.integers(1, cached),
        poison=st.integers(1, poison),
        steps=st.lists(steps, max_size=8).map(tuple),
    )


class UnreadableError(Exception):
    """The poison."""


async def require_sameness(
    pool: "Pool",
    projections: Sequence[AnyProjection],
    decode: Decode,
    histories: Sequence[Sequence[Draft]],
    plan: Plan,
) -> None:
    """Post these histories by the plan beside a poisoned journal, and compare with a rebuild and a fold in memory."""
    poisoned = True

    def poisonous(entry: Entry) -> Placed:
        if poisoned and entry.journal_id == POISONED and entry.position >= plan.poison:
            raise UnreadableError
        return decode(entry)

    def started() -> Engine:
        return Engine(pool, journal, projections, poisonous, chunk=plan.chunk, cached=plan.cached)

    journal = Journal(pool)
    await empty(pool)
    engine = started()
    await engine.start()
    writers = [Writer(journal, UUID(int=number + 1)) for number in range(len(histories))]
    poison = Writer(journal, POISONED)
    await poison.write(histories[0])
    left = [list(history) for history in histories]
    for step in plan.steps:
        if step.restart:
            engine = started()
        if step.journal is not None:
            growing = left[step.journal]
            await writers[step.journal].write(growing[: step.events])
            del growing[: step.events]
        if step.post:
            alone = writers[step.journal].journal_id if step.only_that and step.journal is not None else None
            await engine.post_outstanding(alone)
    for writer, rest in zip(writers, left, strict=True):
        await writer.write(rest)
    await engine.post_outstanding()

    sizes = {writer.journal_id: writer.size for writer in writers if writer.size}
    async with pool.acquire() as link:
        posted = await live(link, projections)
        for generation in posted:
            handles = generation.projection.handles
            stop = next((n for n, one in enumerate(histories[0], 1) if n >= plan.poison and one.name in handles), None)
            upto = len(histories[0]) if stop is None else stop - 1
            await _compare(link, engine, generation.projection, sizes | {POISONED: upto})
        poisoned = False  # mended: a rebuild can take it, and so can whoever resumes
        await engine.rebuild()
        whole = sizes | {POISONED: len(histories[0])}
        for generation in posted:
            await _compare(link, engine, generation.projection, whole)
        for generation in await live(link, projections):
            assert generation not in posted, "the rebuild is another generation"
            await engine.roll_back(generation.projection.name)
        await engine.resume()
        for generation in posted:
            await _compare(link, engine, generation.projection, whole)
        await engine.drop_old()


async def empty(pool: "Pool") -> None:
    """Journals and rows away, as no program could: the triggers that forbid it are for programs."""
    async with pool.acquire() as link, link.transaction():
        await link.execute("SET LOCAL session_replication_role = replica")
        await link.execute("TRUNCATE slm_journal.entry, slm_journal.command, slm_journal.journal")
        await link.execute("UPDATE slm_journal.head SET global_position = 0, recorded_at = 0")
        schemas = await link.fetch(
            "SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname ~ '_v[0-9]+_g[0-9]+$'"
        )
        for schema in schemas:
            tables = await link.fetch(
                "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = $1", schema["name"]
            )
            for table in tables:
                await link.execute(f"DELETE FROM {schema['name']}.{table['name']}")  # noqa: S608 - the catalogue's own names


async def _compare(link: "Connection", engine: Engine, projection: AnyProjection, positions: dict[UUID, int]) -> None:
    (generation,) = await live(link, [projection])
    stands = {row["journal_id"]: row["position"] for row in await link.fetch(generation.sql("positions"))}
    assert stands == {
        journal_id: position for journal_id, position in positions.items() if position or journal_id in stands
    }
    stored = await table_digests(link, generation)
    assert stored == await digests_in_memory(link, projection, engine.reading, positions), generation.schema
