"""What the journal answers instead, and a database that cannot be used, said to a person."""

import msgspec

from slm_api.explained import Explained, of_kind
from slm_domain.sla import Words
from slm_journal.errors import (
    AtMissing,
    AtRefused,
    ClockFixed,
    Closing,
    EmbeddedFailed,
    JournalError,
    KeyReused,
    NoSuchEntry,
    NotCreated,
    OutcomeUnknown,
    PremiseGone,
    QueueFull,
    ReadOnly,
    SchemaTooNew,
    ServerTooOld,
    Unreachable,
    VersionMoved,
    WentBackwards,
)


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """The kind of problem that an error is, what is so in Japanese (its docstring says it in English), and the mend."""

    kind: str
    ja: str
    mend: Words | None = None


def told_of_the_journal(error: JournalError) -> Explained:
    """The explanation of what the journal, or its database, answered instead."""
    said = _SAID.get(type(error), _UNFIT)
    detail = _detail(error)
    return of_kind(
        said.kind, ja=f"{said.ja}（{detail}）。" if detail else f"{said.ja}。", en=str(error), mend=said.mend
    )


def _detail(error: JournalError) -> str:
    """What differs from one such error to the next: the part of the message that its docstring does not say."""
    sentence = " ".join((type(error).__doc__ or "").split())
    return str(error).removeprefix(sentence).strip().removeprefix("(").removesuffix(")")


_UNFIT = _Said(kind="database-unfit", ja="データベースを利用できません")
_SAID: dict[type[JournalError], _Said] = {
    KeyReused: _Said(kind="key-reused", ja="このキーは、別の内容のコマンドに使われています"),
    AtRefused: _Said(
        kind="at-refused", ja="このデータベースはサーバーの時計で記録します。記録時刻（at）は指定できません"
    ),
    AtMissing: _Said(
        kind="at-missing", ja="このデータベースはシミュレーションの時計です。記録時刻（at）の指定が必要です"
    ),
    WentBackwards: _Said(kind="went-backwards", ja="記録時刻が、最後の記録より前の時刻です"),
    VersionMoved: _Said(kind="moved-meanwhile", ja="同時に別の記録が行われました"),
    PremiseGone: _Said(kind="moved-meanwhile", ja="判断の前提となった記録が、記録されませんでした"),
    QueueFull: _Said(kind="not-taken-up", ja="記録を待つコマンドが多すぎるため、受け付けられませんでした"),
    Closing: _Said(kind="not-taken-up", ja="終了の処理中のため、受け付けられませんでした"),
    OutcomeUnknown: _Said(kind="outcome-unknown", ja="接続が切れ、記録されたかどうかを確認できません"),
    NoSuchEntry: _Said(kind="not-in-the-record", ja="その位置の記録はありません"),
    NotCreated: _Said(kind="not-created", ja="このデータベースには、まだ記録がありません"),
    Unreachable: _Said(
        kind="database-unfit",
        ja="データベースに接続できません",
        mend=Words(
            ja="データベースの稼働と、SLM_DATABASE_URL（アドレス・名前・利用者・パスワード）を確かめてください。",
            en="Check that the database runs, and the address, name, user and password in SLM_DATABASE_URL.",
        ),
    ),
    ServerTooOld: _Said(
        kind="database-unfit",
        ja="データベースサーバーが古すぎます。PostgreSQL 15 以降が必要です",
        mend=Words(
            ja="PostgreSQL 15 以降を使うか、SLM_DATABASE_URL を外して組み込みのものを使ってください。",
            en="Use PostgreSQL 15 or later, or unset SLM_DATABASE_URL to use the embedded one.",
        ),
    ),
    SchemaTooNew: _Said(
        kind="database-unfit",
        ja="このデータベースは、より新しい版の slm で使われています",
        mend=Words(ja="その版以降の slm を使ってください。", en="Use that version of slm, or a later one."),
    ),
    ClockFixed: _Said(
        kind="database-unfit",
        ja="データベースの時計は作成時に決まり、後から変えられません",
        mend=Words(
            ja="--clock を外すか、別のデータベースを使ってください。", en="Leave --clock out, or use another database."
        ),
    ),
    ReadOnly: _Said(
        kind="database-unfit",
        ja="このデータベースは待機系（読み取り専用）です。照会はできますが、記録はできません",
        mend=Words(
            ja="SLM_DATABASE_URL に主系のアドレスを指定してください。",
            en="Name the primary server in SLM_DATABASE_URL.",
        ),
    ),
    EmbeddedFailed: _Said(
        kind="database-unfit",
        ja="組み込みのデータベースを利用できません",
        mend=Words(
            ja="かっこ内の原因を除くか、SLM_DATA_DIRECTORY（別のフォルダー）か SLM_DATABASE_URL を指定してください。",
            en="Mend what is named, or set SLM_DATA_DIRECTORY (another folder) or SLM_DATABASE_URL.",
        ),
    ),
}
