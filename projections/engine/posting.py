"""Posting a journal: its next entries folded, the touched sheets replaced and the checkpoint moved, in one transaction.

All targets of a page move together, so that the models of a journal stand at the same position. A target that cannot
take an entry is narrowed down to it and stops there; the others go on. Whoever calls holds the posting lock on the
same connection that writes: who loses the lock has lost the connection, and writes nothing any more.
"""

import logging
from collections.abc import Sequence
from contextlib import aclosing
from uuid import UUID

import asyncpg

from projections.engine.errors import Fault
from projections.engine.feed import Page, Reading
from projections.engine.folding import Folding, Records, States
from projections.engine.generations import Generation, Link

_log = logging.getLogger(__name__)

# What PostgreSQL or the driver answers when a row cannot be stored: the fault of an entry, not of the connection.
ENTRY_FAULTS = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
    TypeError,
    ValueError,
    OverflowError,
)

# A plan made while a table was empty would scan all of it for ever after. Rows lost with a crash of the server are
# posted again, since the checkpoint is lost with them: no need to wait for the disk.
SETTINGS = "SET LOCAL enable_seqscan = off; SET LOCAL synchronous_commit = off"


class Target:
    """A generation to post into, as far as one journal has got in it."""

    def __init__(self, generation: Generation, position: int, stopped_at: int | None = None) -> None:
        self.generation = generation
        self.position = position
        self.stopped_at = stopped_at  # set when an entry could not be taken; nothing is posted from then on

    def __repr__(self) -> str:
        return f"Target({self.generation.schema}, {self.position}, stopped_at={self.stopped_at})"


async def targets_of(link: Link, generations: Sequence[Generation], journal_id: UUID, *, retry: bool) -> list[Target]:
    """Where a journal stands in each generation. Stopped ones are tried again only if `retry`."""
    rows = await link.fetch(" UNION ALL ".join(g.sql("standing_of") for g in generations), journal_id)
    known = {row["number"]: (row["position"], None if retry else row["stopped_at"]) for row in rows}
    return [Target(generation, *known.get(generation.number, (0, None))) for generation in generations]


async def outstanding(link: Link, generation: Generation, *, retry: bool) -> dict[UUID, int]:
    """The journals that are longer than what is posted of them, with their sizes; stopped ones only if `retry`."""
    return {row["id"]: row["size"] for row in await link.fetch(generation.sql("outstanding"), retry)}


class Poster:
    """Posts journals, keeping their foldings for the next time."""

    def __init__(self, reading: Reading, states: States) -> None:
        self._reading = reading
        self._states = states

    async def post(self, link: Link, journal_id: UUID, targets: Sequence[Target], upto: int) -> int:
        """Bring the targets to `upto`, or to where they stop. Returns how many entries were read for it."""
        behind = [target for target in targets if target.stopped_at is None and target.position < upto]
        if not behind:
            return 0
        start = min(target.position for target in behind)
        names = frozenset[str]().union(*(target.generation.projection.handles for target in behind))
        async with aclosing(self._reading.pages(journal_id, names, after=start, upto=upto)) as pages:
            async for page in pages:
                await self._post_page(link, page, behind)
                if all(target.stopped_at is not None for target in behind):
                    return page.last - start
        return upto - start

    async def _post_page(self, link: Link, page: Page, targets: Sequence[Target]) -> None:
        together = [target for target in targets if target.stopped_at is None and target.position < page.last]
        apart: list[tuple[Target, Fault]] = []
        while together:
            try:
                await self._transact(link, page, together)
                break
            except Fault as found:
                culprit = next(t for t in together if t.generation.projection.name == found.projection)
                together.remove(culprit)
                apart.append((culprit, found))
        for target, fault in apart:
            await self._narrow(link, page.part(target.position, page.last), target, fault)

    async def _narrow(self, link: Link, page: Page, target: Target, fault: Fault) -> None:
        """Post what can be posted of the page and stop before the entry at fault."""
        if page.first == page.last or (fault.position is not None and fault.position <= page.first):
            await self._stop(link, page, target, fault)
            return
        cut = (page.first + page.last - 1) // 2 if fault.position is None else fault.position - 1
        for part in (page.part(page.first - 1, cut), page.part(cut, page.last)):
            try:
                await self._transact(link, part, [target])
            except Fault as found:
                await self._narrow(link, part, target, found)
            if target.stopped_at is not None:
                return

    async def _stop(self, link: Link, page: Page, target: Target, fault: Fault) -> None:
        at = page.first if fault.position is None else fault.position
        name = fault.name or next((taken.name for taken in page.entries if taken.position == at), "")
        _log.error(
            "%s stops in journal %s before entry %d (%s): %s",
            target.generation.schema, page.journal_id, at, name, fault.reason, exc_info=fault,
        )  # fmt: skip
        reason = fault.reason.replace("\0", "\\0")  # PostgreSQL text holds no NUL, and the reason may quote one
        await link.execute(target.generation.sql("stop"), page.journal_id, target.position, at, name, reason)
        target.stopped_at = at

    async def _transact(self, link: Link, page: Page, targets: Sequence[Target]) -> None:
        """Fold, render and store one page for all targets, or change nothing."""
        try:
            foldings = await self._foldings(page.journal_id, targets)
            changes = []
            for target, folding in zip(targets, foldings, strict=True):
                folding.take(page)
                sheets = sorted(folding.touched)
                folding.touched.clear()
                changes.append((target, sheets, folding.records(sheets)))
            async with link.transaction():
                await link.execute(SETTINGS)
                for target, sheets, records in changes:
                    await _replace(link, page, target.generation, sheets, records)
        except BaseException:
            for target in targets:
                self._states.discard(target.generation.projection, page.journal_id)
            raise
        for target, folding in zip(targets, foldings, strict=True):
            target.position = page.last
            self._states.keep(folding)

    async def _foldings(self, journal_id: UUID, targets: Sequence[Target]) -> list[Folding]:
        """The folding of each target at its position: from the cache, or folded again in one pass for all."""
        foldings = [self._states.get(t.generation.projection, journal_id, upto=t.position) for t in targets]
        behind = [(f, t.position) for f, t in zip(foldings, targets, strict=True) if f.position < t.position]
        if behind:
            start, end = min(f.position for f, _ in behind), max(position for _, position in behind)
            names = frozenset[str]().union(*(f.projection.handles for f, _ in behind))
            async with aclosing(self._reading.pages(journal_id, names, after=start, upto=end)) as pages:
                async for page in pages:
                    for folding, position in behind:
                        if page.last > folding.position and page.first <= position:
                            folding.take(page.part(folding.position, position))
            for folding, _ in behind:
                folding.touched.clear()
        return foldings


async def _replace(link: Link, page: Page, generation: Generation, sheets: list[str], records: Records) -> None:
    """Delete and COPY the touched sheets, and move the checkpoint."""
    cleared = [f"cleared_{n} AS ({generation.sql('clear', t)})" for n, t in enumerate(generation.tables) if sheets]
    try:
        if cleared:
            advance = f"WITH {', '.join(cleared)} {generation.sql('advance')}"
            await link.execute(advance, page.journal_id, page.last, sheets)
        else:
            await link.execute(generation.sql("advance"), page.journal_id, page.last)
        for table, rows in records.items():
            await link.copy_records_to_table(
                table.name, schema_name=generation.schema, columns=table.columns, records=rows
            )
    except ENTRY_FAULTS as error:
        if link.is_closed():  # no entry is to blame
            raise
        raise Fault(generation.projection.name, page.journal_id) from error
