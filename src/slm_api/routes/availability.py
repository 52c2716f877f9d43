"""GET how available the system was."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from projections.answers.availability import AvailabilityAnswer, availability
from projections.answers.periods import MOST_PERIODS, PERIOD_NAMES
from slm_api.asking import as_of_asked
from slm_api.asking_periods import periods_asked
from slm_api.routes.answering import AsOfText, WaitFor, answered, posted, problems
from slm_api.told import told
from slm_api.wiring import Wired

ByText = Annotated[
    str | None,
    QueryParameter(description=f"The kind of periods: {', '.join(PERIOD_NAMES)}. At most {MOST_PERIODS} are answered."),
]
FromText = Annotated[str | None, QueryParameter(name="from", description="Periods from this day on (`2025-04-01`).")]
ToText = Annotated[str | None, QueryParameter(name="to", description="Periods up to this day.")]
LastText = Annotated[str | None, QueryParameter(description="A rolling window: `30d` (days) or `12m` (months).")]
AtText = Annotated[
    str | None,
    QueryParameter(description="The instant, or the day, at whose end rolling windows end. Without it: `as_of`."),
]


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
    by: ByText = None,
    first: FromText = None,
    to: ToText = None,
    last: LastText = None,
    at: AtText = None,
    as_of: AsOfText = None,
    wait_for: WaitFor = None,
) -> Response[AvailabilityAnswer]:
    """Period by period, and over windows that roll to an instant, each with the error budget of the contract's
    availability level and the change from the period before and from a year before (C2, C5, C7).

    Asked for nothing else: the months so far, the last 7, 30 and 90 days and 12 months, and the fiscal year to date.
    """
    await posted(wired, code, wait_for)
    asked = periods_asked(by, first, to, last, at)
    answer = await told(wired, availability(wired.source, code, as_of_asked(as_of), asked))
    return answered(answer, request, position=answer.standpoint.position)


HANDLERS = (availability_of,)
