"""Errors over HTTP: `application/problem+json` (RFC 9457), made in this one place.

What is known is explained in the reader's language (Accept-Language; Japanese unless English is preferred). What is
unexpected is logged whole and answered briefly.
"""

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException

from slm_api.explained import Explained
from slm_api.explanations import explained
from slm_api.settings import Language
from slm_domain.sla import Words

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "1"  # seconds

_OF_HTTP = {
    400: Words(ja="リクエストの形が正しくありません", en="The request is not written as it must be"),
    404: Words(ja="そのアドレスには何もありません", en="There is nothing at this address"),
    405: Words(ja="このアドレスではその操作はできません", en="This cannot be done at this address"),
    413: Words(ja="リクエストが大きすぎます", en="The request is too large"),
}

_log = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder(enc_hook=str)  # facts of a refusal may hold any value


class Wrong(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong: where, why, and what to write instead."""

    path: str
    reason: str
    mend: str
    line: int | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem as RFC 9457 has it. `type` is `urn:slm:problem:` and its kind; programs compare that alone.

    `mend` says what to do instead, `source` is the clause or convention of the rule, `facts` what the sentence is made
    from, `errors` everything that is wrong with a command or a document.
    """

    type: str
    title: str
    status: int
    detail: str
    mend: str | None = None
    source: str | None = None
    facts: dict[str, Any] = {}
    errors: tuple[Wrong, ...] = ()


def problem(explanation: Explained, language: Language) -> Problem:
    """The explanation in one language."""

    def said(words: Words) -> str:
        return words.ja if language == "ja" else words.en

    return Problem(
        type=f"urn:slm:problem:{explanation.kind}",
        title=said(explanation.title),
        status=explanation.status,
        detail=said(explanation.detail),
        mend=said(explanation.mend),
        source=explanation.source,
        facts=explanation.facts,
        errors=tuple(
            Wrong(path=one.path, reason=said(one.reason), mend=said(one.mend), line=one.line)
            for one in explanation.errors
        ),
    )


def answer_problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to any error."""
    language = preferred(request.headers.get("accept-language", ""))
    explanation = explained(error)
    headers = {"content-language": language, "vary": "accept-language"}
    if explanation is not None:
        if explanation.status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers["retry-after"] = RETRY_AFTER
        return _response(problem(explanation, language), headers)
    if isinstance(error, HTTPException):
        return _response(_of_http(error, language), headers | (error.headers or {}))
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _response(_unexpected(language), headers)


def preferred(accept_language: str) -> Language:
    """The language of an answer: Japanese, unless English is wanted more (RFC 9110, 12.5.4)."""
    wanted = {"ja": 0.0, "en": 0.0}
    for part in accept_language.split(","):
        tag, _, weight = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in wanted:
            wanted[language] = max(wanted[language], _weight(weight))
    return "en" if wanted["en"] > wanted["ja"] else "ja"


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _of_http(error: HTTPException, language: Language) -> Problem:
    phrase = HTTPStatus(error.status_code).phrase
    said = _OF_HTTP.get(error.status_code, Words(ja=phrase, en=error.detail))
    errors = error.extra if isinstance(error.extra, list) else []
    return Problem(
        type="about:blank",
        title=said.ja if language == "ja" else phrase,
        status=error.status_code,
        detail=said.ja if language == "ja" else said.en,
        mend="使い方は /docs にあります。" if language == "ja" else "/docs says how it is used.",
        errors=tuple(
            Wrong(path=str(one.get("key", "")), reason=str(one.get("message", "")), mend="")
            for one in errors
            if isinstance(one, dict)
        ),
    )


def _unexpected(language: Language) -> Problem:
    ja = language == "ja"
    return Problem(
        type="urn:slm:problem:unexpected",
        title="システムの誤りです" if ja else "A fault of the system",
        status=500,
        detail="処理できませんでした。詳細は記録しました。" if ja else "It could not be done; the details are logged.",
        mend="同じことが続くときは管理者に知らせてください。" if ja else "If it happens again, tell the operator.",
    )


def _response(answer: Problem, headers: dict[str, str]) -> Response[bytes]:
    return Response(_encoder.encode(answer), status_code=answer.status, media_type=MEDIA_TYPE, headers=headers)
