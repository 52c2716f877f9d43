"""GET the record as it stood."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.replay import ReplayAnswer, replay
from slm_api.asking import as_of_asked
from slm_api.routes.answering import AsOfText, WaitFor, answered, posted, problems
from slm_api.told import told
from slm_api.wiring import Wired


@get(
    "/contracts/{code:str}/replay",
    operation_id="replay",
    tags=["Replay"],
    summary="State and figures as they stood",
    responses=problems(400, 404, 503),
)
async def replay_of(
    code: FromPath[str],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[ReplayAnswer]:
    """What was in force, what was open, the figures, and the root of the Merkle tree that proves it (RFC 9162)."""
    await posted(wired, code, wait_for)
    answer = await told(wired, replay(wired.source, code, as_of_asked(as_of)))
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (replay_of,)
