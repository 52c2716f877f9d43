"""GET the history of the PDCA cycle."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.history import HistoryAnswer, history
from slm_api.asking import as_of_asked, month_asked
from slm_api.routes.answering import AsOfText, LevelText, MonthText, WaitFor, answered, posted, problems
from slm_api.told import told
from slm_api.wiring import Wired


@get(
    "/contracts/{code:str}/history",
    operation_id="history",
    tags=["History"],
    summary="Who did what, when, why, and in which phase (PDCA)",
    responses=problems(400, 404, 503),
)
async def history_of(
    code: FromPath[str],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    level: LevelText = None,
    month: MonthText = None,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[HistoryAnswer]:
    """The whole history, that of a level or of a month; with both, the story of one breach and its sequel (S10)."""
    await posted(wired, code, wait_for)
    asked = None if month is None else month_asked(month)
    answer = await told(wired, history(wired.source, code, as_of_asked(as_of), level=level, month=asked))
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (history_of,)
