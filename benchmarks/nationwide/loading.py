"""Appending what was generated, in large batches, through the journal's own append: it places, links and hashes.

A batch may hold no two commands on one aggregate. A command that must wait keeps all later ones of its journal waiting
too, and goes into the next batch: so journals keep their order, and a command overtakes those of other journals only
within the hour, as it does where many people write.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from slm_journal.command import Append, Appended
from slm_journal.journal import Journal

if TYPE_CHECKING:
    from slm_journal.database import Pool

BATCH = 400  # commands
_OVERTAKES = timedelta(hours=1)
# The planner knows nothing of tables that were empty a moment ago: what it needs is counted at these sizes.
_ANALYSE_AT = (1_000, 10_000, 100_000, 1_000_000)


class _Batch:
    """Commands that may go together: see `slm_journal.command.require_disjoint`."""

    def __init__(self) -> None:
        self.commands: list[Append] = []
        self._read: set[UUID] = set()
        self._written: set[UUID] = set()

    def takes(self, append: Append) -> bool:
        """Add the command if it touches nothing that another of the batch touches."""
        written = {event.originator_id for event in append.events}
        read = {originator for originator, _ in append.read} - written
        if not (
            self._written.isdisjoint(read) and self._read.isdisjoint(written) and self._written.isdisjoint(written)
        ):
            return False
        self._written |= written
        self._read |= read
        self.commands.append(append)
        return True


def batches(weeks: Iterable[Iterable[Append]], size: int = BATCH) -> Iterator[list[Append]]:
    """All appends in batches that the journal takes: each journal's own order holds, and all others within the hour."""
    coming = deque[Append]()
    for week in weeks:
        coming.extend(week)
        while len(coming) >= size:
            yield _next(coming, size)
    while coming:
        yield _next(coming, size)


def _next(coming: deque[Append], size: int) -> list[Append]:
    batch, held, blocked = _Batch(), list[Append](), set[UUID]()
    while coming and len(batch.commands) < size and not (held and _time(coming[0]) - _time(held[0]) > _OVERTAKES):
        append = coming.popleft()
        if append.journal_id in blocked or not batch.takes(append):
            blocked.add(append.journal_id)
            held.append(append)
    coming.extendleft(reversed(held))
    return batch.commands


def _time(append: Append) -> datetime:
    if append.at is None:
        raise ValueError("a generated append says when it is recorded")
    return append.at


async def load(pool: "Pool", weeks: Iterable[list[Append]], *, seed: int) -> AsyncIterator[int]:
    """Append everything; gives the entries of each batch. Salts follow from the seed, so that leaves do, too.

    Raises whatever the journal refuses: a mistake of the generator.
    """
    journal = Journal(pool, salt=Random(seed).randbytes)  # noqa: S311 -- made anew byte for byte, and secret to nobody
    entries, analyse_at, coming = 0, list(_ANALYSE_AT), batches(weeks)
    batch = next(coming, None)
    while batch is not None:
        async with asyncio.TaskGroup() as at_once:
            ahead = at_once.create_task(asyncio.to_thread(next, coming, None))  # sorted while the server works
            answers = await journal.append_batch(batch)
        for answer in answers:
            if not isinstance(answer, Appended):
                raise answer
            if answer.repeated:
                raise AssertionError("the database already holds a year with this seed")
        count = sum(len(append.events) for append in batch)
        entries += count
        if analyse_at and entries >= analyse_at[0]:
            analyse_at.pop(0)
            await pool.execute("ANALYZE slm_journal.entry, slm_journal.command, slm_journal.journal")
        yield count
        batch = ahead.result()
