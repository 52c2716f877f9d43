"""What went wrong, said to a person: one explanation per kind of error, for HTTP and for the command line.

What is not explained here is unexpected.
"""

from functools import singledispatch
from http import HTTPStatus
from typing import Any

import msgspec

from projections.answers.cut import CutMoved
from projections.answers.ledger import NoSuchLevelInMonth
from projections.answers.recovery import UnknownCorrelation
from projections.answers.standpoint import NoSuchPosition, UnknownContract
from projections.engine.errors import ProjectionError, UnknownProjection
from slm_api.asking import QuestionRefused
from slm_api.documents import DocumentRefused, Finding
from slm_api.problem_kinds import KINDS, refusal_status
from slm_domain.refusal import Refusal
from slm_domain.register import NothingAgreedYet
from slm_domain.sla import Words
from slm_journal.errors import (
    AtMissing,
    AtRefused,
    JournalError,
    KeyReused,
    NoSuchEntry,
    NotCreated,
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


@singledispatch
def explained(error: Exception) -> Explained | None:
    """The explanation of an error that is known; None for an unexpected one."""
    return None


@explained.register
def _(refusal: Refusal) -> Explained:
    status = refusal_status(refusal.KIND)
    return Explained(
        kind=refusal.KIND,
        status=status,
        title=NOT_ACCEPTABLE if status == HTTPStatus.UNPROCESSABLE_ENTITY else STANDS_OTHERWISE,
        detail=Words(ja=refusal.reason("ja"), en=refusal.reason("en")),
        mend=Words(ja=refusal.mend("ja"), en=refusal.mend("en")),
        source=refusal.SOURCE,
        facts=refusal.facts,
    )


@explained.register
def _(refused: DocumentRefused) -> Explained:
    number = len(refused.findings)
    explanation = _of("document-refused", ja=f"{number} 箇所に誤りがあります。", en=f"{number} places are wrong.")
    return msgspec.structs.replace(explanation, errors=refused.findings, source="G1")


@explained.register
def _(error: msgspec.DecodeError) -> Explained:
    return _of("malformed-json", ja=str(error), en=str(error))


@explained.register
def _(error: msgspec.ValidationError) -> Explained:
    said, _, place = str(error).partition(" - at ")
    path = place.strip("`").removeprefix("$").removeprefix(".").replace("[...]", "[]")
    explanation = _of(
        "invalid-command",
        ja=f"{path or 'コマンド'} が正しくありません（{said}）。",
        en=f"{path or 'The command'}: {said}.",
    )
    finding = Finding(path=path, line=None, reason=explanation.detail, mend=explanation.mend)
    return msgspec.structs.replace(explanation, errors=(finding,))


@explained.register
def _(error: QuestionRefused) -> Explained:
    return _of(error.kind, ja=error.reason.ja, en=error.reason.en, facts=error.facts)


@explained.register
def _(error: JournalError) -> Explained:
    kinds: dict[type[JournalError], str] = {
        KeyReused: "key-reused",
        AtRefused: "at-refused",
        AtMissing: "at-missing",
        WentBackwards: "went-backwards",
        VersionMoved: "moved-meanwhile",
        OutcomeUnknown: "outcome-unknown",
        NoSuchEntry: "not-in-the-record",
    }
    kind = kinds.get(type(error), "database-unfit")
    return _of(kind, ja=f"{KINDS[kind].title.ja}（{error}）", en=str(error))


@explained.register
def _(error: NotCreated) -> Explained:
    return _of("not-created", ja="このデータベースには、まだ記録がありません。", en=str(error))


@explained.register
def _(error: ProjectionError) -> Explained:
    kind = "unknown-projection" if isinstance(error, UnknownProjection) else "not-posted-yet"
    return _of(kind, ja=f"{KINDS[kind].title.ja}（{error}）", en=str(error))


@explained.register
def _(error: UnknownContract) -> Explained:
    return _of(
        "unknown-contract",
        ja=f"契約 {error.contract} は（その時点では）記録にありません。",
        en=f"The contract {error.contract} is not in the record (as of then).",
        facts={"contract": error.contract},
    )


@explained.register
def _(error: NoSuchPosition) -> Explained:
    return _of(
        "not-in-the-record",
        ja=f"契約 {error.contract} の記録は位置 {error.size} までです（指定: {error.position}）。",
        en=f"The journal of {error.contract} ends at position {error.size} (asked: {error.position}).",
        facts={"contract": error.contract, "position": error.position, "size": error.size},
    )


@explained.register
def _(error: NoSuchLevelInMonth) -> Explained:
    return _of(
        "not-in-the-record",
        ja=f"{error.month} にサービスレベル {error.level} はありません。",
        en=f"There is no service level {error.level} in {error.month}.",
        facts={"contract": error.contract, "level": error.level, "month": error.month},
    )


@explained.register
def _(error: UnknownCorrelation) -> Explained:
    return _of(
        "not-in-the-record",
        ja=f"相関番号 {error.correlation} の障害は記録にありません。",
        en=f"No incident carries the correlation id {error.correlation}.",
        facts={"correlation": error.correlation},
    )


@explained.register
def _(error: CutMoved) -> Explained:
    return _of(
        "cut-moved",
        ja=f"断面 {error.asked} は現在 {error.found} です。",
        en=f"The cut {error.asked} is now {error.found}.",
        facts={"asked": error.asked, "found": error.found},
    )


@explained.register
def _(_error: NothingAgreedYet) -> Explained:
    return _of(
        "not-in-the-record", ja="その時期にはSLAがまだ合意されていません。", en="No SLA was in force at that time."
    )


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
