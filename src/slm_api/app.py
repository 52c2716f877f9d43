"""The application: the one place that wires everything; everyone else receives what they need."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException

from slm_api import docs_page, openapi
from slm_api.opening import pool
from slm_api.problems import answer_problem
from slm_api.routes import HANDLERS
from slm_api.settings import Settings
from slm_api.wiring import Wired, wired

if TYPE_CHECKING:
    from slm_journal.database import Pool

MOST_BYTES = 4 * 1024 * 1024  # of a request: an SLA document has some 30 kB

LAST_WORDS = 3  # seconds for connections to end in good order

_log = logging.getLogger(__name__)


def application(settings: Settings) -> Litestar:
    """The API over the record that the settings name; its engine posts while the application runs."""
    return application_over(lambda: pool(settings))


def application_over(connecting: "Callable[[], AbstractAsyncContextManager[Pool]]") -> Litestar:
    """The API over a pool that is opened when the application starts."""

    @asynccontextmanager
    async def opened(app: Litestar) -> AsyncIterator[None]:
        async with connecting() as connections:
            app.state.wired = await wired(connections)
            async with _posting(app):
                yield
                await app.state.wired.commanding.close()
            try:
                async with asyncio.timeout(LAST_WORDS):
                    await connections.close()
            except TimeoutError:  # a connection that nobody gives back must not keep the process from ending
                connections.terminate()

    def provided() -> Wired:
        found: Wired = app.state.wired
        return found

    app = Litestar(
        route_handlers=[*HANDLERS, docs_page.asset],
        dependencies={"wired": Provide(provided, sync_to_thread=False)},
        exception_handlers={HTTPException: answer_problem, Exception: answer_problem},
        lifespan=[opened],
        openapi_config=openapi.config(),
        logging_config=None,  # how a process logs is for who starts it to say
        request_max_body_size=MOST_BYTES,
    )
    return app


@asynccontextmanager
async def _posting(app: Litestar) -> AsyncIterator[None]:
    """Post what is recorded while the context is open. What ends the engine is logged; reading and recording go on."""
    running = app.state.posting = asyncio.create_task(app.state.wired.engine.run())
    running.add_done_callback(_told)
    try:
        yield
    finally:
        while not running.done():  # a cancellation can be lost in a driver that just got its answer
            running.cancel()
            await asyncio.wait([running], timeout=1)


def _told(running: "asyncio.Task[None]") -> None:
    if not running.cancelled() and (failure := running.exception()) is not None:
        _log.critical("posting has ended; the read models stand still until a restart", exc_info=failure)
