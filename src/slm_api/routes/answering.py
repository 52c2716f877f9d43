"""What all questions share: as of when they are asked, what they wait for, and how they are answered."""

import hashlib
from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromHeader, FromPath, QueryParameter
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from projections.answers.standpoint import NoSuchPosition, UnknownContract
from projections.engine import reader
from slm_api.asking import QuestionRefused
from slm_api.encoding import MEDIA_TYPE, encoded
from slm_api.problems import Problem
from slm_api.wiring import Wired
from slm_domain.identity import journal_id
from slm_domain.sla import Words

AsOfText = Annotated[
    str | None,
    QueryParameter(
        description="As of when: a position in the journal (`120`), an instant with its offset "
        "(`2019-12-15T12:00:00+09:00`) or a day, meaning its end in Japan (`2019-12-15`). Without it: now."
    ),
]
CutText = Annotated[
    str | None,
    QueryParameter(
        description="As of when: an instant with its offset, a day, or the cut that an earlier answer named."
    ),
]
LevelText = Annotated[str | None, QueryParameter(description="The key of a service level.")]
DayText = Annotated[date | None, QueryParameter(description="A day of the month.")]
WaitFor = Annotated[
    int | None,
    QueryParameter(description="Answer when this position is in the read models: the one a command was answered with."),
]
MonthText = Annotated[str | None, QueryParameter(description="A month, `YYYY-MM`.")]
IfNoneMatch = FromHeader[str | None]
ContractCode = FromPath[str]

T = TypeVar("T", bound=msgspec.Struct)


class Answered(Response[T], Generic[T]):
    """An answer as JSON, written by the same function as `--json`. Its ETag changes when any byte does."""

    def render(self, content: Any, media_type: str, enc_hook: Any = None) -> bytes:  # noqa: ANN401 - Litestar's signature
        return encoded(content)


def answered(answer: T, request: Request[Any, Any, Any], *, position: int | None = None) -> Response[T]:
    """The answer, or 304 when the asker has it already. The ETag begins with the journal's position."""
    digest = hashlib.sha256(encoded(answer)).hexdigest()[:16]
    tag = f'"{digest}"' if position is None else f'"{position}-{digest}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in [known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")]:
        return Response(None, status_code=HTTP_304_NOT_MODIFIED, headers=headers)  # type: ignore[arg-type]  # no content
    return Answered(answer, media_type=MEDIA_TYPE, headers=headers)


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """For the documentation: the statuses answered with a problem."""
    return {
        status: ResponseSpec(
            data_container=Problem,
            generate_examples=False,
            description="A problem (RFC 9457)",
            media_type="application/problem+json",
        )
        for status in statuses
    }


async def posted(wired: Wired, contract: str, wait_for: int | None) -> None:
    """See that the read models hold a position of the contract's journal: post it, or wait for who posts it.

    Raises:
        UnknownContract: There is no such journal.
        NoSuchPosition: The journal is not that long.
        QuestionRefused: A read model has stopped before it.
    """
    if wait_for is None:
        return
    journal = journal_id(contract)
    head = await wired.journal.head(journal)
    if head is None:
        raise UnknownContract(contract)
    if head.size < wait_for:
        raise NoSuchPosition(contract, wait_for, head.size)
    if await _reached(wired, journal) < wait_for:
        await wired.engine.post_outstanding(journal)
        if (reached := await _reached(wired, journal)) < wait_for:
            raise QuestionRefused(
                Words(
                    ja=f"集計は位置 {reached} で止まっています（待つ位置: {wait_for}）。",
                    en=f"A read model has stopped at position {reached} (waited for: {wait_for}).",
                ),
                kind="not-posted-yet",
            )


async def _reached(wired: Wired, journal: UUID) -> int:
    projections = wired.engine.projections
    async with reader(wired.source.pool, projections) as snapshot:
        return min([await snapshot.position(one.name, journal) for one in projections])
