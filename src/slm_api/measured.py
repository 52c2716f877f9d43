"""What is measured of the record when somebody asks: how it stands, its size, and who follows it."""

from typing import TYPE_CHECKING

import msgspec

from projections.engine import Run
from slm_api.standing import Status, status_of
from slm_journal.queries import QUERIES

if TYPE_CHECKING:
    from slm_api.wiring import Wired


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How the record stands at one moment. `posting`: whether this process posts; `last_run` is its last post's."""

    status: Status
    entry_bytes: int
    followers: int
    posting: bool
    last_run: Run | None


async def measured(wired: "Wired", *, posting: bool) -> Measured:
    """As of this moment. Raises what asking the database raises when it is away."""
    status = await status_of(wired)
    async with wired.source.pool.acquire() as link:
        entry_bytes: int = await link.fetchval(QUERIES["bytes"])
        followers: int = await link.fetchval(QUERIES["listening"])
    return Measured(
        status=status,
        entry_bytes=entry_bytes,
        followers=followers,
        posting=posting,
        last_run=next((one.last_run for one in status.projections), None),
    )
