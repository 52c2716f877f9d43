"""Words for findings about what was recorded."""

from typing import Final

from slm_api.finding_words import FindingWords
from slm_domain.sla import Words

_ENTRY = Words(ja="{journal} 位置 {position}", en="{journal} @{position}")
# Nothing of this is mended by writing into the tables: the record is what both sides rely on.
_RESTORE = Words(
    ja="データベースを直接書き換えないでください。直近の控え（バックアップ）か待機系と比べ、"
    "違う時点を突き止めて、正しい方から復元してください。チェックポイント（位置とルート）"
    "を控えていれば、どちらが正しいかを証明できます。",
    en="Do not write into the tables. Compare with the last backup or a standby, find when they "
    "part, and restore from the right one; a root that was noted before, with its position, "
    "proves which one that is.",
)

RECORD: Final[dict[str, FindingWords]] = {
    "head-differs": FindingWords(
        title=Words(ja="全体の末尾が、記録と一致しません", en="The database's head does not agree with the entries"),
        place=Words(
            ja="末尾 {head}、最後の記録 {last}、記録簿の件数の合計 {sizes}",
            en="head {head}, last entry {last}, journals' sizes add up to {sizes}",
        ),
        mend=_RESTORE,
    ),
    "clock-behind": FindingWords(
        title=Words(
            ja="全体の末尾の時刻が、記録より前です。次の記録の時刻が逆戻りしえます",
            en="The head's time is before an entry's; the next entry could be recorded before it",
        ),
        place=Words(
            ja="末尾 {head}、最も新しい記録 {latest}（1970年からのマイクロ秒）",
            en="head {head}, latest entry {latest} (microseconds since 1970)",
        ),
        mend=_RESTORE,
    ),
    "order-broken": FindingWords(
        title=Words(
            ja="全体の順序に、抜けか重複があります", en="The database-wide order has a gap, or two entries at one place"
        ),
        place=Words(ja="{before} の次が {place}", en="{place} comes after {before}"),
        mend=_RESTORE,
    ),
    "order-crossed": FindingWords(
        title=Words(
            ja="全体の順序が、記録簿の順序と食い違っています", en="The database-wide order crosses the journal's own"
        ),
        place=_ENTRY,
        mend=_RESTORE,
    ),
    "journal-head-differs": FindingWords(
        title=Words(ja="記録簿の末尾が、その記録と一致しません", en="A journal's head does not agree with its entries"),
        place=Words(
            ja="{journal}: 件数 {size}、最後の位置 {last}（または時刻）",
            en="{journal}: size {size}, last position {last} (or the time)",
        ),
        mend=_RESTORE,
    ),
    "journal-head-missing": FindingWords(
        title=Words(ja="末尾の行がない記録簿に、記録があります", en="A journal has entries or commands but no head"),
        place=Words(
            ja="{journal}: 記録 {entries} 件、コマンド {commands} 件",
            en="{journal}: {entries} entries, {commands} commands",
        ),
        mend=_RESTORE,
    ),
    "entry-missing": FindingWords(
        title=Words(ja="記録が抜けています", en="An entry is missing"),
        place=Words(ja="{journal} 位置 {before} の次が {position}", en="{journal}: {position} comes after {before}"),
        mend=_RESTORE,
    ),
    "recorded-backwards": FindingWords(
        title=Words(ja="記録時刻が、前の記録より前です", en="An entry was recorded before the one that precedes it"),
        place=_ENTRY,
        mend=_RESTORE,
    ),
    "version-broken": FindingWords(
        title=Words(ja="集約の版が連続していません", en="An aggregate's versions do not follow one another"),
        place=Words(
            ja="{journal} 位置 {position}: {aggregate} の版 {version}",
            en="{journal} @{position}: version {version} of {aggregate}",
        ),
        mend=_RESTORE,
    ),
    "command-missing": FindingWords(
        title=Words(
            ja="記録とコマンドの控えが一致しません。同じキーの再送が二重に記録されえます",
            en="Entries and commands do not agree: a command sent again with its key could be recorded twice",
        ),
        place=Words(ja="{journal} 位置 {first} から {next} の前まで", en="{journal}: from {first}, before {next}"),
        mend=_RESTORE,
    ),
    "metadata-changed": FindingWords(
        title=Words(ja="付帯情報が、記録したときのものではありません", en="Metadata is not what was recorded"),
        place=_ENTRY,
        mend=_RESTORE,
    ),
    "payload-changed": FindingWords(
        title=Words(ja="内容が、記録したときのものではありません", en="A payload is not what was recorded"),
        place=_ENTRY,
        mend=_RESTORE,
    ),
    "leaf-differs": FindingWords(
        title=Words(ja="証明の葉が、記録と一致しません", en="A leaf of the proof is not that of its entry"),
        place=_ENTRY,
        mend=_RESTORE,
    ),
}
