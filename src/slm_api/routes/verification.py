"""GET what comes out when issued reports are computed again."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.verification import VerificationAnswer, verify_issued
from slm_api.asking import as_of_asked, as_of_or_cut
from slm_api.routes.answering import AsOfText, CutText, answered, problems
from slm_api.told import told
from slm_api.wiring import Wired


@get(
    "/verification",
    operation_id="verify_issued",
    tags=["Reports"],
    summary="Compute all issued reports again",
    responses=problems(400, 409, 503),
)
async def verification(
    request: Request[Any, Any, Any], wired: NamedDependency[Wired], *, as_of: CutText = None
) -> Response[VerificationAnswer]:
    """Lists for each report issued by then the figures that come out otherwise; none is as it should be."""
    asked, cut = as_of_or_cut(as_of)
    return answered(await verify_issued(wired.source, None, asked, cut=cut), request)


@get(
    "/contracts/{code:str}/verification",
    operation_id="verify_issued_of_contract",
    tags=["Reports"],
    summary="Compute a contract's issued reports again",
    responses=problems(400, 404, 503),
)
async def verification_of(
    code: FromPath[str], request: Request[Any, Any, Any], wired: NamedDependency[Wired], *, as_of: AsOfText = None
) -> Response[VerificationAnswer]:
    """The same for one contract."""
    return answered(await told(wired, verify_issued(wired.source, code, as_of_asked(as_of))), request)


HANDLERS = (verification, verification_of)
