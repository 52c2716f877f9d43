"""How each read model stands: what is live, what is outstanding, what waits for a person."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from projections.engine.generations import Generation, Link
from slm_journal.instants import instant_of


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """A journal that a projection cannot go on with. `position` is posted; the entry at `stopped_at` is not."""

    projection: str
    journal_id: UUID
    position: int
    stopped_at: int
    name: str
    reason: str


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Work done in one go."""

    entries: int
    took: timedelta

    @property
    def per_second(self) -> int:
        """Entries a second, rounded down."""
        return self.entries * 1_000_000 // max(self.took // timedelta(microseconds=1), 1)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One projection. `generation` is None when this version has not been built; then all is outstanding.

    `entries_posted` are in its rows. `oldest_outstanding` is when the oldest entry was recorded that is not, in
    journals that have not stopped. `last_run` is the engine's last post that found something, if this process has
    one; `build` is how the live generation was made.
    """

    projection: str
    version: int
    generation: str | None
    journals_behind: int = 0
    entries_outstanding: int = 0
    entries_posted: int = 0
    oldest_outstanding: datetime | None = None
    stopped: tuple[Stopped, ...] = ()
    build: Run | None = None
    last_run: Run | None = None


async def standing(link: Link, generation: Generation, last_run: Run | None = None) -> Standing:
    """How a live generation stands, as the transaction of `link` sees it."""
    (behind,) = await link.fetch(generation.sql("standing"))
    (built,) = await link.fetch(generation.sql("build"), generation.number)
    return Standing(
        projection=generation.projection.name,
        version=generation.projection.version,
        generation=generation.schema,
        journals_behind=behind["journals"],
        entries_outstanding=behind["entries"],
        entries_posted=behind["posted"],
        oldest_outstanding=None if behind["oldest"] is None else instant_of(behind["oldest"]),
        stopped=await stopped(link, generation),
        build=Run(entries=built["entries"], took=timedelta(microseconds=built["microseconds"])),
        last_run=last_run,
    )


async def stopped(link: Link, generation: Generation) -> tuple[Stopped, ...]:
    """The journals that wait for a person."""
    return tuple(
        Stopped(
            projection=generation.projection.name,
            journal_id=row["journal_id"],
            position=row["position"],
            stopped_at=row["stopped_at"],
            name=row["stopped_name"],
            reason=row["stopped_reason"],
        )
        for row in await link.fetch(generation.sql("stopped"))
    )
