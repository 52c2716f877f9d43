"""Checks of the order: heads against entries, places and positions without gaps, times, versions, commands.

All of it is asked of indexes and heads, a page of journals at a time; payloads are not read.
"""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING
from uuid import UUID

from slm_journal.diagnosis import Finding, found
from slm_journal.doctor_server import DOCTOR

if TYPE_CHECKING:
    from slm_journal.database import Connection

PAGE = 100  # journals


async def check_database_order(link: "Connection") -> AsyncIterator[Finding]:
    """The head row against what it sums up, and the database-wide order."""
    (head,) = await link.fetch(DOCTOR["head"])
    if head["global_position"] != head["last_place"] or head["global_position"] != head["sizes"]:
        yield found("head-differs", head=head["global_position"], last=head["last_place"], sizes=head["sizes"])
    if head["recorded_at"] < head["latest"]:
        yield found("clock-behind", head=head["recorded_at"], latest=head["latest"])
    async for row in link.cursor(DOCTOR["places"]):
        yield found("order-broken", place=row["place"], before=row["previous"])
    async for row in link.cursor(DOCTOR["without_journal"]):
        yield found(
            "journal-head-missing", journal=str(row["journal_id"]), entries=row["entries"], commands=row["commands"]
        )


async def check_journals(link: "Connection", advance: Callable[[int], None]) -> AsyncIterator[Finding]:
    """Each journal's head, positions, times, versions and commands; `advance` hears of journals that are done."""
    last: UUID | None = None
    while page := [row["id"] for row in await link.fetch(DOCTOR["page_of_journals"], last, PAGE)]:
        last = page[-1]
        for check in (_heads, _entries, _versions, _commands):
            async for finding in check(link, page):
                yield finding
        advance(len(page))


async def _heads(link: "Connection", page: list[UUID]) -> AsyncIterator[Finding]:
    for row in await link.fetch(DOCTOR["journal_heads"], page):
        yield found("journal-head-differs", journal=str(row["id"]), size=row["size"], last=row["last"])


async def _entries(link: "Connection", page: list[UUID]) -> AsyncIterator[Finding]:
    async for row in link.cursor(DOCTOR["entries_in_order"], page):
        where = {"journal": str(row["journal_id"]), "position": row["position"]}
        if row["position"] != row["position_before"] + 1:
            yield found("entry-missing", **where, before=row["position_before"])
        if row["earlier"]:
            yield found("recorded-backwards", **where)
        if row["crossed"]:
            yield found("order-crossed", **where)


async def _versions(link: "Connection", page: list[UUID]) -> AsyncIterator[Finding]:
    async for row in link.cursor(DOCTOR["versions_in_order"], page):
        yield found(
            "version-broken",
            journal=str(row["journal_id"]),
            position=row["position"],
            aggregate=str(row["originator_id"]),
            version=row["originator_version"],
        )


async def _commands(link: "Connection", page: list[UUID]) -> AsyncIterator[Finding]:
    async for row in link.cursor(DOCTOR["commands_in_order"], page):
        yield found(
            "command-missing",
            journal=str(row["journal_id"]),
            first=row["expected"],
            next=row["first_position"],
        )
