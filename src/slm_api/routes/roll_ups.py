"""GET a month over many contracts."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from projections.answers.roll_up import Over, RollUpAnswer, roll_up
from projections.answers.rolled import ROLLED_BY
from slm_api.asking import as_of_or_cut, month_asked, rolled_by_asked
from slm_api.routes.answering import CutText, answered, problems
from slm_api.wiring import Wired

RolledMonth = Annotated[str, QueryParameter(description="A month, `YYYY-MM`.")]
Provider = Annotated[str | None, QueryParameter(description="The code of a provider: its contracts.")]
Organisations = Annotated[
    list[str] | None,
    QueryParameter(
        name="organisation", description="The code of a municipality, once for each: their part of every contract."
    ),
]
Contracts = Annotated[
    list[str] | None, QueryParameter(name="contract", description="The code of a contract, once for each.")
]
RolledBy = Annotated[str, QueryParameter(name="by", description=f"What the rows are: {', '.join(ROLLED_BY)}.")]


@get(
    "/roll-ups",
    operation_id="roll_up",
    tags=["Roll-ups"],
    summary="A month over many contracts (集計)",
    responses=problems(400, 404, 409, 503),
)
async def roll_up_of(
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    month: RolledMonth,
    provider: Provider = None,
    organisations: Organisations = None,
    contracts: Contracts = None,
    rolled_by: RolledBy = "contract",
    as_of: CutText = None,
) -> Response[RollUpAnswer]:
    """Rows and a total that adds seconds, never percentages (C7, K1). What has no figure is named and left out.

    As known at an instant; the answer names its cut, and asked with that it is the same answer, or none.
    """
    asked, cut = as_of_or_cut(as_of)
    over = Over(provider=provider, organisations=tuple(organisations or ()), contracts=tuple(contracts or ()))
    by = rolled_by_asked(rolled_by)
    return answered(await roll_up(wired.source, month_asked(month), over, by=by, as_of=asked, cut=cut), request)


HANDLERS = (roll_up_of,)
