"""What went wrong, said to a person: one explanation per kind of error, for HTTP and for the command line.

What is not explained here is unexpected.
"""

from functools import singledispatch
from http import HTTPStatus

import asyncpg
import msgspec

from projections.answers.cut import CutMoved
from projections.answers.ledger import NoSuchLevel
from projections.answers.periods import EndsLaterThanKnown, TooManyPeriods
from projections.answers.recovery import UnknownCorrelation
from projections.answers.roll_up import NothingToRollUp
from projections.answers.standpoint import CannotBeFolded, NoSuchPosition, UnknownContract
from projections.engine.errors import (
    AlreadyBuilding,
    NothingToRollBackTo,
    ProjectionError,
    RebuildStopped,
    UnknownProjection,
    VerificationFailed,
    WorkerLost,
)
from slm_api.asking import QuestionRefused
from slm_api.documents import DocumentRefused, Finding, PartRefused
from slm_api.documents.catalogue import UnknownEntry
from slm_api.explained import Explained, of_kind
from slm_api.journal_explanations import told_of_the_journal
from slm_api.problem_kinds import KINDS, refusal_status
from slm_domain.refusal import Refusal
from slm_domain.register import NothingAgreedYet
from slm_domain.sla import Words
from slm_journal.database import LOST
from slm_journal.errors import JournalError, ReadOnly, Unreachable

STANDS_OTHERWISE = Words(ja="記録の現在の状態では受け付けられません", en="The record as it stands does not allow this")
NOT_ACCEPTABLE = Words(ja="コマンドの内容を受け付けられません", en="The content of the command is not acceptable")


_AWAY = (
    *LOST,
    asyncpg.InvalidCatalogNameError,  # what a new connection is answered with when the database is gone,
    asyncpg.InvalidAuthorizationSpecificationError,  # when we are locked out,
    asyncpg.InsufficientResourcesError,  # when it has too many connections,
    asyncpg.ObjectNotInPrerequisiteStateError,  # or when it takes none
)
_LONGEST = 400  # characters of what a decoder says
_ROLLED = {"provider": ("受注者", "provider"), "organisation": ("団体", "organisation"), "contract": ("コード", "code")}
_PROJECTION_KINDS: dict[type[ProjectionError], str] = {
    UnknownProjection: "unknown-projection",
    AlreadyBuilding: "already-building",
    VerificationFailed: "rebuild-differs",
    RebuildStopped: "rebuild-stopped",
    WorkerLost: "rebuild-interrupted",
    NothingToRollBackTo: "nothing-to-roll-back-to",
}


@singledispatch
def explained(error: Exception) -> Explained | None:
    """The explanation of an error that is known; None for an unexpected one.

    A connection that is lost while rows are read is the database's being away, whichever way the driver says it.
    """
    if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        return told_of_the_journal(ReadOnly(str(error)))
    return told_of_the_journal(Unreachable(str(error))) if isinstance(error, _AWAY) else None


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
    explanation = of_kind("document-refused", ja=_at_places(refused).ja, en=_at_places(refused).en)
    return msgspec.structs.replace(explanation, errors=refused.findings, source="G1")


@explained.register
def _(refused: PartRefused) -> Explained:
    explanation = of_kind("content-refused", ja=_at_places(refused).ja, en=_at_places(refused).en)
    return msgspec.structs.replace(explanation, errors=refused.findings, source="G1")


def _at_places(refused: DocumentRefused) -> Words:
    number = len(refused.findings)
    places = "1 place is wrong." if number == 1 else f"{number} places are wrong."
    return Words(ja=f"{number} 箇所に誤りがあります。", en=places)


@explained.register
def _(error: msgspec.DecodeError) -> Explained:
    said = _cut(str(error))
    return of_kind("malformed-json", ja=f"JSON として読めません（{said}）。", en=f"This is not JSON: {said}.")


def _cut(said: str) -> str:
    """A decoder's sentence, which may quote a value as long as the text: its two ends, where what matters stands."""
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST // 2]}…{said[-_LONGEST // 2 :]}"


@explained.register
def _(error: msgspec.ValidationError) -> Explained:
    said, _, place = _cut(str(error)).partition(" - at ")
    path = place.strip("`").removeprefix("$").removeprefix(".").replace("[...]", "[]")
    explanation = of_kind(
        "invalid-command",
        ja=f"{path or 'コマンド'} が正しくありません（{said}）。",
        en=f"{path or 'The command'}: {said}.",
    )
    finding = Finding(path=path, line=None, reason=explanation.detail, mend=explanation.mend)
    return msgspec.structs.replace(explanation, errors=(finding,))


@explained.register
def _(error: QuestionRefused) -> Explained:
    explanation = of_kind(error.kind, ja=error.reason.ja, en=error.reason.en, facts=error.facts)
    return explanation if error.mend is None else msgspec.structs.replace(explanation, mend=error.mend)


@explained.register
def _(error: JournalError) -> Explained:
    return told_of_the_journal(error)


@explained.register
def _(error: ProjectionError) -> Explained:
    kind = next((kind for raised, kind in _PROJECTION_KINDS.items() if isinstance(error, raised)), "not-posted-yet")
    facts = ", ".join(str(fact) for fact in error.facts)
    title = KINDS[kind].title
    return of_kind(kind, ja=f"{title.ja}（{facts}）" if facts else title.ja, en=str(error))


@explained.register
def _(error: CannotBeFolded) -> Explained:
    at = error.position
    place = Words(ja="どこか", en="somewhere") if at is None else Words(ja=f"位置 {at}", en=f"at position {at}")
    return of_kind(
        "cannot-be-folded",
        ja=f"契約 {error.contract} の記録（{place.ja}）を、集計 {error.projection} は扱えません（{error.reason}）。",
        en=f"The read model {error.projection} cannot take an entry of {error.contract} ({place.en}): {error.reason}.",
        facts={"contract": error.contract, "projection": error.projection, "position": at, "reason": error.reason},
        mend=None
        if at is None
        else Words(
            ja=f"位置 {at - 1} 以前を指定して問い合わせてください（as_of）。管理者に知らせてください（slm status）。",
            en=f"Ask as of position {at - 1} or earlier (as_of), and tell the operator (slm status).",
        ),
    )


@explained.register
def _(error: UnknownContract) -> Explained:
    return of_kind(
        "unknown-contract",
        ja=f"契約 {error.contract} は（その時点では）記録にありません。",
        en=f"The contract {error.contract} is not in the record (as of then).",
        facts={"contract": error.contract},
    )


@explained.register
def _(error: UnknownEntry) -> Explained:
    near_ja = f"（近い名前: {'、'.join(error.near)}）" if error.near else ""
    near_en = f" (names like it: {', '.join(error.near)})" if error.near else ""
    return of_kind(
        "unknown-entry",
        ja=f"カタログに {error.name} はありません{near_ja}。",
        en=f"The catalogue has no {error.name}{near_en}.",
        facts={"name": error.name, "near": error.near},
    )


@explained.register
def _(error: NoSuchPosition) -> Explained:
    return of_kind(
        "not-in-the-record",
        ja=f"契約 {error.contract} の記録は位置 {error.size} までです（指定: {error.position}）。",
        en=f"The journal of {error.contract} ends at position {error.size} (asked: {error.position}).",
        facts={"contract": error.contract, "position": error.position, "size": error.size},
    )


@explained.register
def _(error: NoSuchLevel) -> Explained:
    return of_kind(
        "not-in-the-record",
        ja=f"{error.month or 'この契約'} にサービスレベル {error.level} はありません。",
        en=f"There is no service level {error.level} in {error.month or 'this contract'}.",
        facts={"contract": error.contract, "level": error.level, "month": error.month},
    )


@explained.register
def _(error: UnknownCorrelation) -> Explained:
    return of_kind(
        "not-in-the-record",
        ja=f"相関番号 {error.correlation} の障害は記録にありません。",
        en=f"No incident carries the correlation id {error.correlation}.",
        facts={"correlation": error.correlation},
    )


@explained.register
def _(error: NothingToRollUp) -> Explained:
    ja, en = _ROLLED[error.kind]
    return of_kind(
        "not-in-the-record",
        ja=f"{ja} {error.code} の契約は記録にありません。",
        en=f"The record holds no contract with the {en} {error.code}.",
        facts={error.kind: error.code},
        mend=Words(
            ja="コードを契約の一覧（slm contracts, GET /contracts）で確かめてください。",
            en="Look the codes up in the list of contracts (slm contracts, GET /contracts).",
        ),
    )


@explained.register
def _(error: TooManyPeriods) -> Explained:
    return of_kind(
        "too-many-rows",
        ja=f"{error.by} 単位では {error.most} 期間を超えます。",
        en=f"These are more than {error.most} periods by {error.by}.",
        facts={"by": error.by, "most": error.most},
    )


@explained.register
def _(error: EndsLaterThanKnown) -> Explained:
    return of_kind(
        "not-in-the-record",
        ja=f"期間の終わり {error.at.isoformat()} は、記録を見る時点 {error.until.isoformat()} より後です。",
        en=f"The window ends at {error.at.isoformat()}, after the record is looked at ({error.until.isoformat()}).",
        facts={"at": error.at, "until": error.until},
        mend=Words(ja="それより前の時点（at）を指定してください。", en="Give an earlier instant as at."),
    )


@explained.register
def _(error: CutMoved) -> Explained:
    return of_kind(
        "cut-moved",
        ja=f"断面 {error.asked} は現在 {error.found} です。",
        en=f"The cut {error.asked} is now {error.found}.",
        facts={"asked": error.asked, "found": error.found},
    )


@explained.register
def _(_error: NothingAgreedYet) -> Explained:
    return of_kind(
        "not-in-the-record",
        ja="その月・その時点に効力のあるSLAはありません（契約期間の外か、合意の前です）。",
        en="No SLA is in force in that month, or none was agreed as of then.",
    )
