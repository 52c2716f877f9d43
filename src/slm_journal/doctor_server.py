"""Checks of the server: its role, whether its settings keep what was acknowledged, and whether the schema is ours."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

from slm_journal.database import known_migrations
from slm_journal.diagnosis import Finding, found
from slm_journal.queries import QUERIES, statements

if TYPE_CHECKING:
    from slm_journal.database import Connection

DOCTOR: Final = statements("doctor.sql")
# A setting, a value that is amiss, and what that is.
AMISS: Final = (
    ("fsync", "off", "durability-off"),
    ("synchronous_commit", "off", "durability-off"),
    ("full_page_writes", "off", "durability-off"),
    ("zero_damaged_pages", "on", "damage-hidden"),
    ("ignore_checksum_failure", "on", "damage-hidden"),
    ("ignore_system_indexes", "on", "damage-hidden"),
    ("data_checksums", "off", "checksums-off"),
    ("autovacuum", "off", "autovacuum-off"),
    ("track_counts", "off", "autovacuum-off"),
    ("wal_level", "minimal", "no-standby-possible"),
    ("archive_mode", "off", "no-archive"),
)
LARGE: Final = 1  # times the server's memory for pages: from then on reading a journal reads from the disk or its cache
# What keeps entries as they were written; docs/adr/0004 rests on proofs, these are against accidents.
KEEPING: Final = (
    ("entry", "only_erasure"),
    ("entry", "append_only"),
    ("entry", "append_only_whole"),
    ("command", "append_only"),
    ("command", "append_only_whole"),
    ("journal", "stays"),
    ("journal", "stays_whole"),
    ("head", "stays"),
    ("head", "stays_whole"),
    ("identity", "stays"),
    ("identity", "stays_whole"),
)


async def check_server(link: "Connection") -> AsyncIterator[Finding]:
    """The server's role, settings by which something acknowledged could be lost, and those that make it slow."""
    standby: bool = await link.fetchval(QUERIES["is_standby"])
    if standby:
        yield found("standby")
    rows = await link.fetch(DOCTOR["settings"], [name for name, _, _ in AMISS])
    values: dict[str, str] = {row["name"]: row["setting"] for row in rows}
    for name, value, kind in AMISS:
        if values.get(name) == value:
            yield found(kind, setting=name, value=value)
    for row in await link.fetch(DOCTOR["small_buffers"], LARGE):
        yield found("buffers-small", setting="shared_buffers", value=row["buffers"], record=row["record"])


async def check_schema(link: "Connection") -> AsyncIterator[Finding]:
    """Whether the schema is there, of this version, with its triggers on and its indexes in use."""
    if not await link.fetchval(QUERIES["has_migrations"]):
        yield found("schema-missing")
        return
    applied = {row["number"] for row in await link.fetch(QUERIES["applied_migrations"])}
    ours = known_migrations().keys()
    for number in sorted(applied - ours):
        yield found("schema-too-new", migration=number)
    for number in sorted(ours - applied):
        yield found("schema-outstanding", migration=number)
    for row in await link.fetch(DOCTOR["triggers_off"], *map(list, zip(*KEEPING, strict=True))):
        yield found("trigger-off", table=row["of_table"], trigger=row["trigger"])
    for row in await link.fetch(DOCTOR["unusable_indexes"]):
        yield found("index-unusable", index=row["index"])
