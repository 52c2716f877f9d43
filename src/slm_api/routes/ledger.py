"""GET the quality monitoring ledger of a month."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.ledger import LedgerAnswer, ledger
from slm_api.asking import as_of_asked, day_asked, day_of_month, month_asked
from slm_api.routes.answering import AsOfText, DayText, LevelText, WaitFor, answered, posted, problems
from slm_api.told import begun, told
from slm_api.wiring import Wired


@get(
    "/contracts/{code:str}/ledger/{month:str}",
    operation_id="ledger",
    tags=["Ledger"],
    summary="A month of the quality monitoring ledger (品質モニタリング台帳)",
    responses=problems(400, 404, 503),
)
async def ledger_of(
    code: FromPath[str],
    month: FromPath[str],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    level: LevelText = None,
    day: DayText = None,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[LedgerAnswer]:
    """Every level of the month with its lines: measured, guaranteed, target, verdict, and the entries behind them."""
    await posted(wired, code, wait_for)
    asked = month_asked(month)
    question = ledger(wired.source, code, asked, as_of_asked(as_of), level=level, day=day_asked(day, asked))
    answer = await told(wired, question)
    begun(asked, answer.standpoint, first=answer.first_day)
    day_of_month(day, answer.month, first=answer.first_day, last=answer.last_day)
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (ledger_of,)
