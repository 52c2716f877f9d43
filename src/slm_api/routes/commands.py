"""POST a command: what was recorded, and at which positions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from slm_api.asking import QuestionRefused
from slm_api.commanding import Answer
from slm_api.explanations import explained
from slm_api.receiving import Received, received
from slm_api.routes.answering import Answered, problems
from slm_api.wiring import Wired
from slm_domain.commands.envelope import LONGEST_KEY
from slm_domain.sla import Words

REFUSED = problems(400, 409, 422, 503)


@post(
    "/commands",
    operation_id="send_command",
    tags=["Commands"],
    summary="Record what follows from a command",
    status_code=201,
    responses=REFUSED,
)
async def send(request: Request[Any, Any, Any], wired: NamedDependency[Wired]) -> Response[Answer]:
    """Decide a command and record what follows, all of it or nothing.

    The same command with the same key (in the body or as `Idempotency-Key`) has the effect of once and is answered as
    the first time (status 200). A database with a simulated clock needs `at`; a real one refuses it.
    """
    with _counted(wired):
        return await _recorded(wired, await _read(request))


@post(
    "/contracts/{code:str}/commands",
    operation_id="send_command_to_contract",
    tags=["Commands"],
    summary="Record what follows from a command on one contract",
    status_code=201,
    responses=REFUSED,
)
async def send_to(
    code: FromPath[str], request: Request[Any, Any, Any], wired: NamedDependency[Wired]
) -> Response[Answer]:
    """The same, with the contract named by the address. The command's own `contract` must be that one."""
    with _counted(wired):
        read = await _read(request)
        if read.command.contract != code:
            raise QuestionRefused(
                Words(
                    ja=f"コマンドの契約 {read.command.contract} がアドレスの契約 {code} と違います。",
                    en=f"The command is for the contract {read.command.contract}, the address for {code}.",
                ),
                kind="invalid-command",
            )
        return await _recorded(wired, read)


HANDLERS = (send, send_to)


@contextmanager
def _counted(wired: Wired) -> Iterator[None]:
    """Count a command that is not recorded by the kind of problem that it is answered with."""
    try:
        yield
    except Exception as error:
        explanation = explained(error)
        wired.metrics.refused("unexpected" if explanation is None else explanation.kind)
        raise


async def _read(request: Request[Any, Any, Any]) -> Received:
    read = received(await request.body())
    key = request.headers.get("idempotency-key")
    if key is None:
        return read
    key = key.strip().strip('"')  # the header is a quoted string by its draft, and rarely written so
    if not 1 <= len(key) <= LONGEST_KEY:
        raise QuestionRefused(
            Words(
                ja=f"Idempotency-Key は 1 文字以上 {LONGEST_KEY} 文字以内です。",
                en=f"The header Idempotency-Key has 1 to {LONGEST_KEY} characters.",
            ),
            kind="invalid-command",
        )
    if read.command.key not in (None, key):
        raise QuestionRefused(
            Words(
                ja="Idempotency-Key とコマンドの key が違います。",
                en="The header Idempotency-Key and the command's key differ.",
            ),
            kind="invalid-command",
        )
    command = msgspec.structs.replace(read.command, key=key)
    return msgspec.structs.replace(read, command=command)


async def _recorded(wired: Wired, read: Received) -> Response[Answer]:
    answer = await wired.commanding.send(read)
    wired.metrics.recorded(repeated=answer.repeated)
    return Answered(answer, status_code=200 if answer.repeated else 201, media_type="application/json")
