"""The API over a database: asked in the same event loop, without a port."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

import httpx

from slm_api.app import application_over
from slm_journal import database

logging.getLogger("httpx").setLevel(logging.WARNING)


@asynccontextmanager
async def serving(dsn: str) -> AsyncIterator[httpx.AsyncClient]:
    """An application of its own, started and stopped within the test: its task group must end where it began."""
    app = application_over(partial(database.connect, dsn))
    transport = httpx.ASGITransport(cast(Any, app), raise_app_exceptions=False)
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://slm") as client:
        yield client
