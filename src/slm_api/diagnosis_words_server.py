"""Words for findings about the server, its settings and the schema."""

from typing import Final

from slm_api.finding_words import FindingWords
from slm_domain.sla import Words

_SETTING = Words(ja="{setting} = {value}", en="{setting} = {value}")
_NOWHERE = Words(ja="", en="")

SERVER: Final[dict[str, FindingWords]] = {
    "standby": FindingWords(
        title=Words(ja="待機系（読み取り専用）のサーバーです", en="The server is a hot standby"),
        place=_NOWHERE,
        mend=Words(
            ja="照会はできます。記録と集計は主系で行います。",
            en="Questions are answered here; recording and posting are the primary's.",
        ),
    ),
    "durability-off": FindingWords(
        title=Words(
            ja="停電や障害のとき、受け付けた記録が失われうる設定です",
            en="By this setting a power cut or crash can lose what was acknowledged",
        ),
        place=_SETTING,
        mend=Words(
            ja="on に戻してください（ALTER SYSTEM SET … = on; SELECT pg_reload_conf();）。"
            "データベースや利用者ごとの設定も確かめてください。",
            en="Set it to on (ALTER SYSTEM SET … = on; SELECT pg_reload_conf();), also where it is set for "
            "the database or the user.",
        ),
    ),
    "damage-hidden": FindingWords(
        title=Words(
            ja="壊れたデータを黙って見過ごす設定です", en="By this setting damaged data is passed over in silence"
        ),
        place=_SETTING,
        mend=Words(
            ja="off に戻し、壊れた部分は控え（バックアップ）から復元してください。",
            en="Set it to off, and restore what is damaged from a backup.",
        ),
    ),
    "checksums-off": FindingWords(
        title=Words(
            ja="ディスク上の破損を検出するチェックサムがありません",
            en="There are no checksums that would notice damage on disk",
        ),
        place=_SETTING,
        mend=Words(
            ja="サーバーを止めて pg_checksums --enable を実行してください。",
            en="Stop the server and run pg_checksums --enable.",
        ),
    ),
    "autovacuum-off": FindingWords(
        title=Words(
            ja="統計と掃除が止まり、次第に遅くなります", en="Statistics and cleaning have stopped; it will become slow"
        ),
        place=_SETTING,
        mend=Words(ja="on に戻してください。", en="Set it to on."),
    ),
    "no-standby-possible": FindingWords(
        title=Words(
            ja="待機系も連続した控えも作れない設定です",
            en="With this setting there can be no standby and no continuous backup",
        ),
        place=_SETTING,
        mend=Words(ja="replica にして、サーバーを再起動してください。", en="Set it to replica and restart the server."),
    ),
    "no-archive": FindingWords(
        title=Words(
            ja="ログ（WAL）を保管していません。ディスクを失うと、最後の控え以後の記録を失います（待機系がなければ）",
            en="The write-ahead log is not archived: losing the disk loses what came after the last backup, "
            "unless there is a standby",
        ),
        place=_SETTING,
        mend=Words(
            ja="待機系を置くか、archive_mode と archive_command（または pg_receivewal）で保管してください。",
            en="Run a standby, or archive it with archive_mode and archive_command, or pg_receivewal.",
        ),
    ),
    "buffers-small": FindingWords(
        title=Words(
            ja="記録がサーバーのページ用メモリーより大きくなり、契約の記録を通して読むのに二倍ほどかかります",
            en="The record is larger than the server's memory for pages: "
            "reading a whole journal takes about twice as long",
        ),
        place=Words(ja="{setting} = {value}、記録 {record}", en="{setting} = {value}, the record has {record}"),
        mend=Words(
            ja="サーバーのメモリーの四分の一までを目安に増やし（ALTER SYSTEM SET shared_buffers = …;）、"
            "再起動してください。",
            en="Give it up to a quarter of the server's memory, and restart (ALTER SYSTEM SET shared_buffers = …;).",
        ),
    ),
    "schema-missing": FindingWords(
        title=Words(ja="このデータベースには、まだ記録がありません", en="The database holds no record yet"),
        place=_NOWHERE,
        mend=Words(
            ja="slm demo（見本）か slm apply ファイル で始めるか、SLM_DATABASE_URL を確かめてください。",
            en="Begin with slm demo (an example) or slm apply FILE, or check SLM_DATABASE_URL.",
        ),
    ),
    "schema-outstanding": FindingWords(
        title=Words(
            ja="データベースの構造が、この版の slm より古いままです", en="The schema is older than this version of slm"
        ),
        place=Words(ja="移行 {migration} が未適用", en="migration {migration} is not applied"),
        mend=Words(
            ja="控えを取ってから、slm status など、いずれかのコマンドを実行してください。移行が行われます。",
            en="After a backup, run any other command, such as slm status: it brings the schema up to date.",
        ),
    ),
    "schema-too-new": FindingWords(
        title=Words(
            ja="データベースの構造が、この版の slm より新しいものです",
            en="The schema was migrated by a later version of slm",
        ),
        place=Words(ja="移行 {migration}", en="migration {migration}"),
        mend=Words(ja="その版以降の slm を使ってください。", en="Use that version of slm, or a later one."),
    ),
    "trigger-off": FindingWords(
        title=Words(
            ja="記録の書き換えを防ぐ仕組み（トリガー）が外されています",
            en="A trigger that keeps what was written is off",
        ),
        place=Words(ja="{table} の {trigger}", en="{trigger} on {table}"),
        mend=Words(
            ja="誰が何のために外したかを調べ、slm doctor --all で記録を確かめてから、ALTER TABLE … ENABLE "
            "TRIGGER で戻してください（なければ移行ファイルから作り直します）。",
            en="Find out who took it off and why, check the record with slm doctor --all, then ALTER TABLE "
            "… ENABLE TRIGGER (or make it again from the migration file).",
        ),
    ),
    "index-unusable": FindingWords(
        title=Words(ja="使えない索引があります", en="An index cannot be used"),
        place=Words(ja="{index}", en="{index}"),
        mend=Words(ja="REINDEX INDEX で作り直してください。", en="Make it again with REINDEX INDEX."),
    ),
}
