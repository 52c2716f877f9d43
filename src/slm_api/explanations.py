"""What went wrong, said to a person: one explanation per kind of error, for HTTP and for the command line.

What is not explained here is unexpected.
"""

import re
from typing import Any

import msgspec

from projections.engine.errors import ProjectionError, UnknownProjection
from slm_api.asking import QuestionRefused
from slm_api.documents import DocumentRefused, Finding
from slm_api.problem_kinds import KINDS, refusal_status
from slm_domain.refusal import Refusal
from slm_domain.sla import Words
from slm_journal.errors import (
    AtMissing,
    AtRefused,
    DatabaseUnfit,
    JournalError,
    KeyReused,
    NoSuchEntry,
    OutcomeUnknown,
    VersionMoved,
    WentBackwards,
)

STANDS_OTHERWISE = Words(ja="記録の現在の状態では受け付けられません", en="The record as it stands does not allow this")
NOT_ACCEPTABLE = Words(ja="コマンドの内容を受け付けられません", en="The content of the command is not acceptable")


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """An error as a person is told it, in both languages. `source` is the clause or convention behind it."""

    kind: str
    status: int
    title: Words
    detail: Words
    mend: Words
    source: str | None = None
    facts: dict[str, Any] = {}
    errors: tuple[Finding, ...] = ()


def explained(error: Exception) -> Explained | None:
    """The explanation of an error that is known; None for an unexpected one."""
    explanation: Explained | None = None
    match error:
        case Refusal():
            explanation = _refusal(error)
        case DocumentRefused():
            explanation = _document(error)
        case msgspec.ValidationError():
            explanation = _validation(error)
        case msgspec.DecodeError():
            explanation = _of("malformed-json", ja=str(error), en=str(error))
        case QuestionRefused():
            explanation = _of(error.kind, ja=error.reason.ja, en=error.reason.en, facts=error.facts)
        case JournalError():
            explanation = _journal(error)
        case ProjectionError():
            explanation = _projection(error)
        case _:
            pass
    return explanation


def _refusal(refusal: Refusal) -> Explained:
    status = refusal_status(refusal.KIND)
    return Explained(
        kind=refusal.KIND,
        status=status,
        title=NOT_ACCEPTABLE if status == 422 else STANDS_OTHERWISE,  # noqa: PLR2004 - an HTTP status (RFC 9110)
        detail=Words(ja=refusal.reason("ja"), en=refusal.reason("en")),
        mend=Words(ja=refusal.mend("ja"), en=refusal.mend("en")),
        source=refusal.SOURCE,
        facts=refusal.facts,
    )


def _document(refused: DocumentRefused) -> Explained:
    number = len(refused.findings)
    return msgspec.structs.replace(
        _of("document-refused", ja=f"{number} 箇所に誤りがあります。", en=f"{number} places are wrong."),
        errors=refused.findings,
        source="G1",
    )


def _validation(error: msgspec.ValidationError) -> Explained:
    said, _, place = str(error).partition(" - at ")
    path = place.strip("`").removeprefix("$").removeprefix(".")
    where = re.sub(r"\[\.\.\.\]", "[]", path)
    explanation = _of(
        "invalid-command",
        ja=f"{where or 'コマンド'} が正しくありません（{said}）。",
        en=f"{where or 'the command'}: {said}.",
    )
    mend = explanation.mend
    finding = Finding(path=where, line=None, reason=explanation.detail, mend=mend)
    return msgspec.structs.replace(explanation, errors=(finding,))


def _journal(error: JournalError) -> Explained:
    kinds: dict[type[JournalError], str] = {
        KeyReused: "key-reused",
        AtRefused: "at-refused",
        AtMissing: "at-missing",
        WentBackwards: "went-backwards",
        VersionMoved: "moved-meanwhile",
        OutcomeUnknown: "outcome-unknown",
        NoSuchEntry: "not-in-the-record",
    }
    kind = kinds.get(type(error), "database-unfit" if isinstance(error, DatabaseUnfit) else "not-in-the-record")
    title = KINDS[kind].title
    return _of(kind, ja=f"{title.ja}（{error}）", en=str(error))


def _projection(error: ProjectionError) -> Explained:
    kind = "unknown-projection" if isinstance(error, UnknownProjection) else "not-posted-yet"
    return _of(kind, ja=f"{KINDS[kind].title.ja}（{error}）", en=str(error))


def _of(kind: str, *, ja: str, en: str, facts: dict[str, Any] | None = None) -> Explained:
    known = KINDS[kind]
    return Explained(
        kind=kind,
        status=known.status,
        title=known.title,
        detail=Words(ja=ja, en=en),
        mend=known.mend,
        facts=facts or {},
    )
