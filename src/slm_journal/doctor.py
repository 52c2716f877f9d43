"""A check of a whole database: the server, the schema, the order of what was recorded, and its content.

It only reads, in one transaction that sees one moment, so that nothing recorded meanwhile looks amiss. Findings are
handed out as they are found; memory does not grow with the record.
"""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Final

from slm_journal.diagnosis import Finding
from slm_journal.doctor_leaves import check_leaves
from slm_journal.doctor_order import check_database_order, check_journals
from slm_journal.doctor_server import check_schema, check_server

if TYPE_CHECKING:
    from slm_journal.database import Connection

# Without these nothing else can be asked, or not in the way this version asks.
UNREADABLE: Final = {"schema-missing", "schema-outstanding", "schema-too-new"}


async def examine(
    link: "Connection", *, sample: int | None, advance: Callable[[int], None] = lambda _: None
) -> AsyncIterator[Finding]:
    """Everything that is amiss or worth knowing, as the transaction of `link` sees it (REPEATABLE READ, or stricter).

    `sample` entries are recomputed, all when None; `advance` hears how many journals and entries are done. A schema of
    another version ends it after that finding.
    """
    readable = True
    async for finding in check_server(link):
        yield finding
    async for finding in check_schema(link):
        readable &= finding.kind not in UNREADABLE
        yield finding
    if not readable:
        return
    async for finding in check_database_order(link):
        yield finding
    async for finding in check_journals(link, advance):
        yield finding
    async for finding in check_leaves(link, sample, advance):
        yield finding
