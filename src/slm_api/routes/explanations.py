"""GET why a figure is what it is."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from projections.answers.explanation import FIGURE_NAMES, ExplanationAnswer, explanation
from slm_api.asking import as_of_asked, figure_asked, month_asked
from slm_api.routes.answering import AsOfText, LevelText, WaitFor, answered, posted, problems
from slm_api.told import begun, told
from slm_api.wiring import Wired

FigureText = Annotated[
    str | None,
    QueryParameter(description=f"Which figure: {', '.join(FIGURE_NAMES)}. Without one: the first."),
]


@get(
    "/contracts/{code:str}/months/{month:str}/explanation",
    operation_id="explanation",
    tags=["Explanations"],
    summary="Why a figure is what it is (算定の内訳)",
    responses=problems(400, 404, 503),
)
async def explanation_of(
    code: FromPath[str],
    month: FromPath[str],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    level: LevelText = None,
    figure: FigureText = None,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[ExplanationAnswer]:
    """The availability of a month, a level's result, the deductions or the fee: lists whose lines add up to their
    totals, how the totals make the figure, and the entries that each line came from."""
    await posted(wired, code, wait_for)
    asked, which = month_asked(month), figure_asked(figure, level)
    answer = await told(wired, explanation(wired.source, code, asked, as_of_asked(as_of), of=which, level=level or ""))
    begun(asked, answer.standpoint, first=answer.first_day)
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (explanation_of,)
