"""The kinds of problem there are. Kinds never change, since programs compare them.

A refused rule of the record has its own kind (`Refusal.KIND`); here stand its HTTP status, and all other kinds.
"""

from typing import Literal

import msgspec

from slm_domain.sla import Words

Status = Literal[400, 404, 409, 422, 503]


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of problem that is not a rule of the record: its HTTP status, its title, and what mends it."""

    status: Status
    title: Words
    mend: Words


def refusal_status(kind: str) -> int:
    """The HTTP status of a rule's refusal: 422 where the command must be written otherwise, 409 where the record is."""
    return 422 if kind in UNPROCESSABLE else 409


def _kind(status: Status, ja: str, en: str, mend_ja: str, mend_en: str) -> Kind:
    return Kind(status=status, title=Words(ja=ja, en=en), mend=Words(ja=mend_ja, en=mend_en))


# Refusals that no change of the record's state lifts: the command itself must be written otherwise.
UNPROCESSABLE = frozenset(
    {
        "before-its-beginning",
        "beyond-the-record",
        "bound-does-not-fit",
        "code-of-another-journal",
        "day-outside-the-year",
        "ends-before-it-starts",
        "ground-without-effect",
        "in-the-future",
        "kind-and-month-disagree",
        "lead-not-of-its-side",
        "not-at-a-boundary",
        "not-at-a-month-start",
        "not-measured-by-hand",
        "not-the-lead",
        "nothing-stated",
        "organisation-named-twice",
        "outside-the-term",
        "reason-needed",
        "revision-changes-the-measure",
        "revision-names-another-level",
        "sender-not-of-that-side",
        "planned-stops-count",
        "side-may-not",
        "sla-document-unreadable",
        "sla-of-another-contract",
        "stated-by-the-other-side",
        "system-of-another-organisation",
        "unknown-ground",
        "unknown-organisation",
        "unknown-site",
        "unknown-system",
        "unknown-time-zone",
        "unreadable-text",
        "wrong-kind-of-review",
        "wrong-shape-of-measurement",
    }
)

KINDS: dict[str, Kind] = {
    "malformed-json": _kind(
        400,
        "JSON として読めません",
        "This is not JSON",
        "JSON の書き方を確かめてください。",
        "Check how the JSON is written.",
    ),
    "invalid-command": _kind(
        422,
        "コマンドの形が正しくありません",
        "This is not a command as it must be written",
        "示された項目を直してください。項目の一覧は /docs にあります。",
        "Mend the field named; /docs lists the fields.",
    ),
    "document-refused": _kind(
        422,
        "SLA記述書を受け付けられません",
        "The SLA document is not accepted",
        "示された箇所をすべて直して、もう一度送ってください。",
        "Mend every place named and send it again.",
    ),
    "content-refused": _kind(
        422,
        "コマンドの内容を受け付けられません",
        "The content of the command is not acceptable",
        "示された箇所をすべて直して、もう一度送ってください。",
        "Mend every place named and send it again.",
    ),
    "cannot-be-folded": _kind(
        409,
        "集計できない記録があります",
        "The record holds an entry that cannot be reckoned with",
        "それより前の位置を指定して問い合わせ、管理者に知らせてください（slm status に理由があります）。",
        "Ask as of an earlier position, and tell the operator (slm status says why).",
    ),
    "invalid-question": _kind(
        400,
        "問い合わせの指定が正しくありません",
        "The question is not asked as it must be",
        "as_of には位置（整数）、時差付きの日時（2019-12-15T12:00:00+09:00）、または日付を指定してください。",
        "Give as_of as a position (an integer), an instant with its offset (2019-12-15T12:00:00+09:00), or a day.",
    ),
    "unknown-entry": _kind(
        404,
        "その名前のカタログ項目はありません",
        "There is no such entry in the catalogue",
        "名前を一覧（slm catalogue, GET /catalogue）で確かめてください。",
        "Look the name up in the list (slm catalogue, GET /catalogue).",
    ),
    "unknown-contract": _kind(
        404,
        "その契約はありません",
        "There is no such contract",
        "契約コードを一覧（slm contracts, GET /contracts）で確かめてください。",
        "Look the code up in the list (slm contracts, GET /contracts).",
    ),
    "unknown-projection": _kind(
        404,
        "その名前の投影はありません",
        "There is no such projection",
        "名前を slm status で確かめてください。",
        "Look the name up with slm status.",
    ),
    "not-in-the-record": _kind(
        404,
        "その時点の記録にはありません",
        "The record does not hold this as of then",
        "別の月や時点を指定してください。",
        "Ask for another month or another moment.",
    ),
    "too-many-rows": _kind(
        400,
        "一度に答えられる行数を超えています",
        "These are more rows than one answer gives",
        "期間（from、to）を狭めるか、より長い単位（by）で問い合わせてください。",
        "Narrow the range (from, to), or ask by a longer period (by).",
    ),
    "cut-moved": _kind(
        409,
        "この断面の時点までに、後から記録が加わりました",
        "Entries were recorded since, at or before the cut's instant",
        "日時で問い合わせ直すと、新しい断面で答えます。",
        "Ask as of the instant; the answer names its new cut.",
    ),
    "key-reused": _kind(
        422,
        "このキーは別の内容で使われています",
        "The key was used for something else",
        "新しいキーを付けて送ってください。",
        "Send it with a key of its own.",
    ),
    "at-refused": _kind(
        422,
        "記録時刻は指定できません",
        "The time of recording cannot be given",
        "at を外して送ってください。過去の事実の時刻は occurred_at などに書きます。",
        "Leave `at` out; when something was so goes into occurred_at and the like.",
    ),
    "at-missing": _kind(
        422,
        "記録時刻が必要です",
        "The time of recording is missing",
        "シミュレーションの時計のデータベースです。at に記録時刻を書いてください。",
        "This database has a simulated clock: give the time of recording as `at`.",
    ),
    "went-backwards": _kind(
        409,
        "記録時刻が前の記録より早い時刻です",
        "The time of recording is before the last entry",
        "最後の記録以後の時刻を at に書いてください。",
        "Give `at` no earlier than the last entry.",
    ),
    "moved-meanwhile": _kind(
        409,
        "同時に別の記録が行われました",
        "Others recorded at the same time",
        "もう一度送ってください。",
        "Send it again.",
    ),
    "not-taken-up": _kind(
        503,
        "コマンドを受け付けられませんでした",
        "The command was not taken up",
        "何も記録されていません。しばらくしてから、もう一度送ってください。",
        "Nothing was recorded. Send it again in a moment.",
    ),
    "outcome-unknown": _kind(
        503,
        "記録されたかどうか確認できません",
        "It is not known whether it was recorded",
        "同じキーで、もう一度送ってください。二重には記録されません。",
        "Send it again with the same key; it is never recorded twice.",
    ),
    "database-unfit": _kind(
        503,
        "データベースを利用できません",
        "The database cannot be used",
        "データベースの状態と設定（slm status、SLM_DATABASE_URL）を確かめてください。",
        "Check the database and its settings (slm status, SLM_DATABASE_URL).",
    ),
    "not-created": _kind(
        503,
        "データベースに記録がありません",
        "The database holds no record yet",
        "slm demo（見本）か、slm apply ファイル で始めてください。",
        "Begin with slm demo (an example) or slm apply FILE.",
    ),
    "not-posted-yet": _kind(
        503,
        "集計がまだ追いついていません",
        "The read models have not caught up yet",
        "しばらくしてから、もう一度問い合わせてください。",
        "Ask again in a moment.",
    ),
    "already-building": _kind(
        409,
        "この投影は、ほかで作り直しています",
        "This read model is being rebuilt already",
        "終わるのを待ってください。",
        "Wait for that to end.",
    ),
    "rebuild-differs": _kind(
        409,
        "作り直した内容が、記録から求めた内容と一致しません",
        "What was rebuilt differs from what the record says",
        "これまでの集計はそのまま使われます。管理者に知らせてください。",
        "The read models stay as they were; tell the operator.",
    ),
    "rebuild-stopped": _kind(
        409,
        "扱えない記録があり、作り直しを終えられません",
        "An entry cannot be posted, so the rebuild cannot end",
        "これまでの集計はそのまま使われます。管理者に知らせてください。",
        "The read models stay as they were; tell the operator.",
    ),
    "rebuild-interrupted": _kind(
        503,
        "作り直しのプロセスが途中で終わりました",
        "A process of the rebuild ended before its work was done",
        "もう一度 slm rebuild を実行すると、続きから作り直します。メモリーの不足なら --workers を減らしてください。",
        "Run slm rebuild again: it goes on where it stood. If memory ran out, with fewer --workers.",
    ),
    "nothing-to-roll-back-to": _kind(
        409,
        "戻せる世代がありません",
        "There is no such generation to go back to",
        "slm doctor が、残っている世代を示します。",
        "slm doctor names the generations that are kept.",
    ),
}
