"""Opening the record: the database that the settings name, or the embedded one, with everything that works on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from slm_api.settings import Settings
from slm_journal import database
from slm_journal.embedded import default_data_directory, embedded

if TYPE_CHECKING:
    from slm_journal.database import Clock, Pool


@asynccontextmanager
async def dsn(settings: Settings) -> AsyncIterator[str]:
    """How to connect; the embedded PostgreSQL runs while the context is open. Raises `EmbeddedFailed`."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    async with embedded(settings.data_directory or default_data_directory()) as own:
        yield own


@asynccontextmanager
async def pool(settings: Settings, *, create: "Clock | None" = None) -> AsyncIterator["Pool"]:
    """Connections to the record, brought up to date. A missing one is created only when `create` names its clock.

    Raises:
        DatabaseUnfit: It cannot be reached or used, or is missing (`NotCreated`).
    """
    async with dsn(settings) as address, pool_at(address, create=create) as connections:
        yield connections


@asynccontextmanager
async def pool_at(address: str, *, create: "Clock | None" = None) -> AsyncIterator["Pool"]:
    """The same, for whoever knows how to connect."""
    async with database.connect(address) as connections:
        if create is not None:
            await database.create(connections, clock=create)
        else:
            await database.migrate(connections)
        yield connections
