"""The same fold without a database behind it: a journal as known at a position, for audits and past cuts."""

from collections.abc import Sequence
from contextlib import aclosing
from typing import TypeVar
from uuid import UUID

from projections.engine.feed import Reading
from projections.engine.folding import AnyProjection, Folding
from projections.projection import Projection, Row, SharingProjection

State = TypeVar("State")


async def fold_in_memory(
    projection: Projection[State] | SharingProjection[State], reading: Reading, journal_id: UUID, *, upto: int
) -> State:
    """The projection's state as known at a position, a page of entries at a time. Raises Fault, GapInJournal."""
    folding = await folded([projection], reading, journal_id, upto=upto)
    state: State = folding.state(projection)
    return state


async def rows_in_memory(
    projection: AnyProjection, reading: Reading, journal_id: UUID, *, upto: int
) -> dict[str, list[Row]]:
    """All rows as known at a position, by sheet; the same rows that posting up to there would leave."""
    folding = await folded([projection], reading, journal_id, upto=upto)
    state = folding.state(projection)
    return {sheet: list(projection.rows(state, sheet)) for sheet in sorted(folding.touched[projection.name])}


async def folded(projections: Sequence[AnyProjection], reading: Reading, journal_id: UUID, *, upto: int) -> Folding:
    """The whole folding, with every sheet ever touched."""
    folding = Folding(projections, journal_id)
    async with aclosing(reading.pages(journal_id, folding.handles, after=0, upto=upto)) as pages:
        async for page in pages:
            folding.take(page)
    return folding
