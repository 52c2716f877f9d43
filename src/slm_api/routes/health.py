"""Is the process alive, and can it answer?"""

from typing import Any, Literal

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from slm_api.routes.answering import Answered
from slm_api.wiring import Wired
from slm_journal.database import LOST
from slm_journal.errors import JournalError


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """The process answers."""

    live: Literal[True] = True


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Whether questions can be answered from what was recorded, and how far the read models are behind.

    `posting` says whether what is recorded is being posted; `stopped` counts the journals that a read model cannot go
    on with (see GET /status).
    """

    ready: bool
    journal_reachable: bool
    posting: bool = False
    stopped: int = 0
    journals_behind: int = 0
    entries_outstanding: int = 0


@get("/health/live", operation_id="live", tags=["Health"], summary="The process is alive")
async def live() -> Response[Live]:
    """Says nothing of the database."""
    return Answered(Live(), media_type="application/json")


@get("/health/ready", operation_id="ready", tags=["Health"], summary="Questions can be answered")
async def ready(request: Request[Any, Any, Any], wired: NamedDependency[Wired]) -> Response[Ready]:
    """Ready when the journal is reachable, posting goes on and no read model has stopped; 503 otherwise."""
    try:
        standings = await wired.engine.status()
    except (JournalError, *LOST):
        return Answered(Ready(ready=False, journal_reachable=False), status_code=503, media_type="application/json")
    posting = not request.app.state.posting.done()
    stopped = sum(len(one.stopped) for one in standings)
    state = Ready(
        ready=posting and stopped == 0 and all(one.generation is not None for one in standings),
        journal_reachable=True,
        posting=posting,
        stopped=stopped,
        journals_behind=max(one.journals_behind for one in standings),
        entries_outstanding=max(one.entries_outstanding for one in standings),
    )
    return Answered(state, status_code=200 if state.ready else 503, media_type="application/json")


HANDLERS = (live, ready)
