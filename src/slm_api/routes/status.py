"""GET /status: which database this is, and how each read model stands."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from slm_api.routes.answering import answered
from slm_api.standing import Status, status_of
from slm_api.wiring import Wired


@get("/status", operation_id="status", tags=["Status"], summary="The database and its read models")
async def status(request: Request[Any, Any, Any], wired: NamedDependency[Wired]) -> Response[Status]:
    """The clock, the journals, and for each read model: its live generation, what is outstanding, what has stopped."""
    return answered(await status_of(wired), request)


HANDLERS = (status,)
