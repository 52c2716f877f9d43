"""GET the contracts of the database."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from projections.answers.contracts import ContractsAnswer, contracts
from slm_api.asking import as_of_or_cut
from slm_api.routes.answering import CutText, answered, problems
from slm_api.wiring import Wired


@get(
    "/contracts",
    operation_id="contracts",
    tags=["Contracts"],
    summary="All contracts (契約一覧)",
    responses=problems(400, 409, 503),
)
async def contracts_of(
    request: Request[Any, Any, Any], wired: NamedDependency[Wired], *, as_of: CutText = None
) -> Response[ContractsAnswer]:
    """Each contract by its code, with its parties, the SLA agreed last and the length of its journal, as known then.

    The answer names its cut, and can be asked for again with it.
    """
    asked, cut = as_of_or_cut(as_of)
    return answered(await contracts(wired.source, asked, cut=cut), request)


HANDLERS = (contracts_of,)
