"""How the whole stands: the database, its journals, its read models."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from projections.engine import Standing
from slm_api.version import VERSION
from slm_journal.database import Clock

if TYPE_CHECKING:
    from slm_api.wiring import Wired


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The database's id and clock, how much it holds, and its read models. `now` is by that clock (UTC)."""

    version: str
    database_id: UUID
    clock: Clock
    now: datetime
    journals: int
    entries: int
    projections: tuple[Standing, ...]


async def status_of(wired: "Wired") -> Status:
    """As of this moment."""
    journals = await wired.journal.journals()
    return Status(
        version=VERSION,
        database_id=wired.identity.database_id,
        clock=wired.identity.clock,
        now=await wired.journal.now(),
        journals=len(journals),
        entries=sum(size for _, size in journals),
        projections=tuple(await wired.engine.status()),
    )
