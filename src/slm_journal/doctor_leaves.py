"""Checks of content: the commitments and leaves of entries, recomputed here from the stored bytes.

The database's own functions are not asked: what was changed by somebody who can change functions is found too.
"""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Final

from slm_journal.diagnosis import Finding, found
from slm_journal.doctor_server import DOCTOR
from slm_journal.queries import QUERIES
from slm_journal.verification import Wrong, leaf_of, wrong_content

if TYPE_CHECKING:
    import asyncpg

    from slm_journal.database import Connection

CHUNK = 1000  # entries
KIND_OF: Final = {
    Wrong.METADATA: "metadata-changed",
    Wrong.PAYLOAD: "payload-changed",
    Wrong.LEAF: "leaf-differs",
}


async def check_leaves(
    link: "Connection", sample: int | None, advance: Callable[[int], None]
) -> AsyncIterator[Finding]:
    """All entries when `sample` is None, else so many of them, by chance; `advance` hears of entries that are done."""
    last: int = await link.fetchval(QUERIES["last_position"]) or 0
    if sample is None or sample >= last:
        number = 0
        async for number, row in _counted(link):
            for finding in _wrong(row):
                yield finding
            if number % CHUNK == 0:
                advance(CHUNK)
        advance(number % CHUNK)
        return
    chosen = sorted(secrets.SystemRandom().sample(range(1, last + 1), sample))
    for begin in range(0, sample, CHUNK):
        places = chosen[begin : begin + CHUNK]
        for row in await link.fetch(DOCTOR["some_leaves"], places):
            for finding in _wrong(row):
                yield finding
        advance(len(places))


async def _counted(link: "Connection") -> "AsyncIterator[tuple[int, asyncpg.Record]]":
    number = 0
    async for row in link.cursor(DOCTOR["all_leaves"], prefetch=CHUNK):
        number += 1
        yield number, row


def _wrong(row: "asyncpg.Record") -> Iterator[Finding]:
    journal_id = row["journal_id"]
    for what in wrong_content(row, leaf_of(journal_id, row)):
        yield found(KIND_OF[what], journal=str(journal_id), position=row["position"])
