"""GET the contracts of the database."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from projections.answers.contracts import ContractsAnswer, contracts
from slm_api.routes.answering import answered, problems
from slm_api.wiring import Wired


@get(
    "/contracts",
    operation_id="contracts",
    tags=["Contracts"],
    summary="All contracts (契約一覧)",
    responses=problems(503),
)
async def contracts_of(request: Request[Any, Any, Any], wired: NamedDependency[Wired]) -> Response[ContractsAnswer]:
    """Each contract by its code, with its parties, the SLA in force and the length of its journal."""
    return answered(await contracts(wired.source), request)


HANDLERS = (contracts_of,)
