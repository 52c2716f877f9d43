"""Words for findings about read models. Nothing there is lost for good: they are made of the entries."""

from typing import Final

from slm_api.finding_words import FindingWords
from slm_domain.sla import Words

_MADE_ANEW = Words(
    ja="slm rebuild 投影名 で作り直してください。照会は続けられます。",
    en="Build it anew with slm rebuild NAME; questions go on meanwhile.",
)
_SET_BACK = Words(
    ja="古い控えから復元したか、別のデータベースの投影です。記録を確かめてから、slm rebuild 投影名 "
    "で作り直してください。",
    en="The record was set back, or this is another database's: make sure of the record, then slm rebuild NAME.",
)
_SIZE = Words(ja="{schema}（{bytes} バイト）", en="{schema} ({bytes} bytes)")

READ_MODELS: Final[dict[str, FindingWords]] = {
    "read-models-missing": FindingWords(
        title=Words(ja="投影がまだありません", en="There are no read models yet"),
        place=Words(ja="", en=""),
        mend=Words(
            ja="slm status などのコマンドか slm serve が作ります。",
            en="Any other command, such as slm status, or slm serve makes them.",
        ),
    ),
    "not-built": FindingWords(
        title=Words(ja="この版の投影がまだ作られていません", en="This version of a read model has not been built"),
        place=Words(ja="{projection} 版 {version}", en="{projection}, version {version}"),
        mend=Words(
            ja="slm status などのコマンドか slm serve が作ります。",
            en="Any other command, such as slm status, or slm serve builds it.",
        ),
    ),
    "generation-missing": FindingWords(
        title=Words(ja="照会に使う表がありません", en="A table that questions read is not there"),
        place=Words(ja="{projection}: {table}", en="{projection}: {table}"),
        mend=_MADE_ANEW,
    ),
    "checkpoint-ahead": FindingWords(
        title=Words(
            ja="投影が、記録にないところまで集計しています", en="A read model has posted further than its journal goes"
        ),
        place=Words(
            ja="{projection} {journal}: 集計 {position}、記録 {size}",
            en="{projection} {journal}: posted {position}, recorded {size}",
        ),
        mend=_SET_BACK,
    ),
    "checkpoint-astray": FindingWords(
        title=Words(
            ja="投影に、記録にない契約の集計があります", en="A read model has posted a journal that is not there"
        ),
        place=Words(ja="{projection} {journal}: 集計 {position}", en="{projection} {journal}: posted {position}"),
        mend=_SET_BACK,
    ),
    "journal-stopped": FindingWords(
        title=Words(
            ja="扱えない記録があり、その契約の集計が止まっています",
            en="An entry cannot be posted, and its journal's posting has stopped",
        ),
        place=Words(
            ja="{projection} {journal} 位置 {position} {name}: {reason}",
            en="{projection} {journal} @{position} {name}: {reason}",
        ),
        mend=Words(
            ja="原因を直した版に替えて slm serve を始め直すと、止まったところから続けます。"
            "ほかの契約の集計は続いています。",
            en="Start slm serve again with a version that mends the cause: it goes on from there. Other "
            "journals are posted all the while.",
        ),
    ),
    "entries-outstanding": FindingWords(
        title=Words(ja="まだ集計していない記録があります", en="Entries are not posted yet"),
        place=Words(
            ja="{projection}: {entries} 件（契約 {journals} 件）",
            en="{projection}: {entries} entries of {journals} journals",
        ),
        mend=Words(
            ja="slm serve が動いていれば、すぐに追いつきます。動いていなければ、次のコマンドが集計します。",
            en="A running slm serve catches up in a moment; without one, the next command posts them.",
        ),
    ),
    "rebuild-running": FindingWords(
        title=Words(ja="投影を作り直しています", en="A read model is being rebuilt"),
        place=Words(ja="{schema}", en="{schema}"),
        mend=Words(ja="終わるのを待ってください。", en="Wait for that to end."),
    ),
    "rebuild-dead": FindingWords(
        title=Words(ja="中断した作り直しの残りがあります", en="A rebuild that died left something behind"),
        place=_SIZE,
        mend=Words(
            ja="次の slm rebuild 投影名 が片付けます。照会には使われていません。",
            en="The next slm rebuild NAME deals with it; no question reads it.",
        ),
    ),
    "generation-old": FindingWords(
        title=Words(ja="前の世代が残っています", en="An earlier generation is kept"),
        place=_SIZE,
        mend=Words(
            ja="戻す必要がなくなったら削除してください。照会には使われていません。",
            en="Drop it when nobody needs to go back to it; no question reads it.",
        ),
    ),
    "version-other": FindingWords(
        title=Words(ja="ほかの版の投影が残っています", en="A read model of another version is kept"),
        place=Words(ja="{projection} 版 {version}", en="{projection}, version {version}"),
        mend=Words(
            ja="その版の slm をもう使わないなら、削除できます。",
            en="It can be dropped once no program of that version runs.",
        ),
    ),
    "schema-astray": FindingWords(
        title=Words(
            ja="どの投影のものでもないスキーマがあります", en="A schema is named like a generation and is none"
        ),
        place=Words(ja="{schema}", en="{schema}"),
        mend=Words(
            ja="要らないことを確かめて、DROP SCHEMA … CASCADE で削除してください。",
            en="If nobody needs it, DROP SCHEMA … CASCADE.",
        ),
    ),
}
