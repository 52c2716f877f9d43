"""GET how available the system was."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.availability import AvailabilityAnswer, availability
from slm_api.asking import as_of_asked
from slm_api.routes.answering import AsOfText, WaitFor, answered, posted, problems
from slm_api.told import told
from slm_api.wiring import Wired


@get(
    "/contracts/{code:str}/availability",
    operation_id="availability",
    tags=["Availability"],
    summary="Availability (稼働率)",
    responses=problems(400, 404, 503),
)
async def availability_of(
    code: FromPath[str],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[AvailabilityAnswer]:
    """By month, over the last 7, 30 and 90 days and 12 months, and of the fiscal year to date (C2, C7)."""
    await posted(wired, code, wait_for)
    answer = await told(wired, availability(wired.source, code, as_of_asked(as_of)))
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (availability_of,)
