"""GET what comes out when issued reports are computed again."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections.answers.reports import VerifiedAnswer, verify_issued
from slm_api.routes.answering import answered, problems
from slm_api.told import told
from slm_api.wiring import Wired


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """Every issued report, computed again from the entries and until the instant that it names."""

    reports: tuple[VerifiedAnswer, ...]


@get(
    "/verification",
    operation_id="verify_issued",
    tags=["Reports"],
    summary="Compute all issued reports again",
    responses=problems(503),
)
async def verification(request: Request[Any, Any, Any], wired: NamedDependency[Wired]) -> Response[Verification]:
    """Lists for each issued report the figures that come out otherwise; none is as it should be."""
    return answered(Verification(reports=tuple(await verify_issued(wired.source))), request)


@get(
    "/contracts/{code:str}/verification",
    operation_id="verify_issued_of_contract",
    tags=["Reports"],
    summary="Compute a contract's issued reports again",
    responses=problems(404, 503),
)
async def verification_of(
    code: FromPath[str], request: Request[Any, Any, Any], wired: NamedDependency[Wired]
) -> Response[Verification]:
    """The same for one contract."""
    return answered(Verification(reports=tuple(await told(wired, verify_issued(wired.source, code)))), request)


HANDLERS = (verification, verification_of)
