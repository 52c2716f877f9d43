"""GET the recovery from one cause over many contracts."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.recovery import RecoveryAnswer, recovery
from slm_api.asking import as_of_or_cut
from slm_api.routes.answering import CutText, answered, problems
from slm_api.wiring import Wired


@get(
    "/recoveries/{correlation:uuid}",
    operation_id="recovery",
    tags=["Recovery"],
    summary="Which systems run again, contract by contract (復旧状況)",
    responses=problems(400, 404, 409, 503),
)
async def recovery_of(
    correlation: FromPath[UUID],
    request: Request[Any, Any, Any],
    wired: NamedDependency[Wired],
    *,
    as_of: CutText = None,
) -> Response[RecoveryAnswer]:
    """As known at an instant, over the contracts whose incidents carry this correlation id (J1).

    The answer names its cut: the instant, and the digest of the positions it resolved to. Asked with that, it is the
    same answer, or none.
    """
    asked, cut = as_of_or_cut(as_of)
    return answered(await recovery(wired.source, correlation, asked, cut=cut), request)


HANDLERS = (recovery_of,)
