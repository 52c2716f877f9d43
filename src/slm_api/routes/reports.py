"""GET a month's report, or a fiscal year month by month."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.reports import ReportAnswer, YearAnswer, monthly_report, year
from slm_api.asking import as_of_asked, fiscal_year_asked, month_asked
from slm_api.routes.answering import AsOfText, WaitFor, answered, posted, problems
from slm_api.told import begun, told
from slm_api.wiring import Wired

REFUSED = problems(400, 404, 503)


@get(
    "/contracts/{code:str}/reports/{month:str}",
    operation_id="monthly_report",
    tags=["Reports"],
    summary="A month's report (月次運用報告書)",
    responses=REFUSED,
)
async def report(
    code: FromPath[str],
    month: FromPath[str],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[ReportAnswer]:
    """The month's figures, breaches, shortfalls, deductions with their working, tax, improvements; what was issued, and
    what changed since, entry by entry (S2, S11, C18, C20)."""
    await posted(wired, code, wait_for)
    asked = month_asked(month)
    answer = await told(wired, monthly_report(wired.source, code, asked, as_of_asked(as_of)))
    begun(asked, answer.standpoint, first=answer.first_day)
    return answered(answer, request, position=answer.standpoint.position)


@get(
    "/contracts/{code:str}/years/{fiscal_year:int}",
    operation_id="year",
    tags=["Reports"],
    summary="A fiscal year month by month",
    responses=REFUSED,
)
async def fiscal_year_of(
    code: FromPath[str],
    fiscal_year: FromPath[int],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[YearAnswer]:
    """The figures of the months of a fiscal year (2025: April 2025 to March 2026) that have begun."""
    await posted(wired, code, wait_for)
    answer = await told(wired, year(wired.source, code, fiscal_year_asked(fiscal_year), as_of_asked(as_of)))
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (report, fiscal_year_of)
