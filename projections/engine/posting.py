"""Posting journals: their next entries folded, touched sheets replaced and checkpoints moved, in one transaction.

Journals that grew a little are posted together; a long one is posted page by page. All targets of a journal move
together, so that its models stand at the same position. A target that cannot take an entry is narrowed down to it and
stops there; the others go on. Whoever calls holds the posting lock on the same connection that writes: who loses the
lock has lost the connection, and writes nothing any more.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from uuid import UUID

import msgspec

from projections.engine.changing import Change, store
from projections.engine.errors import Fault
from projections.engine.feed import Page, Reading
from projections.engine.folding import AnyProjection, Folding, States
from projections.engine.generations import Generation, Link

_log = logging.getLogger(__name__)

AT_A_STRETCH = 4  # journals folded before the server's answers are looked after: that takes a tenth of folding one
TOGETHER = 64  # journals of one transaction at most: more would keep the first waiting for the last


class Target:
    """A generation to post into, as far as one journal has got in it."""

    def __init__(self, generation: Generation, position: int, stopped_at: int | None = None) -> None:
        self.generation = generation
        self.position = position
        self.stopped_at = stopped_at  # set when an entry could not be taken; nothing is posted from then on

    def __repr__(self) -> str:
        return f"Target({self.generation.schema}, {self.position}, stopped_at={self.stopped_at})"


class Work(msgspec.Struct, frozen=True):
    """A journal to be posted: where it stands in each generation, and up to which position it goes."""

    journal_id: UUID
    targets: Sequence[Target]
    upto: int

    @property
    def behind(self) -> list[Target]:
        """The targets that are not there yet and have not stopped."""
        return [target for target in self.targets if target.stopped_at is None and target.position < self.upto]


async def targets_of(
    link: Link, generations: Sequence[Generation], journal_ids: Sequence[UUID], *, retry: bool
) -> dict[UUID, list[Target]]:
    """Where journals stand in each generation. Stopped ones are tried again only if `retry`."""
    rows = await link.fetch(" UNION ALL ".join(g.sql("standing_of") for g in generations), list(journal_ids))
    known = {(r["journal_id"], r["number"]): (r["position"], None if retry else r["stopped_at"]) for r in rows}
    return {
        journal_id: [Target(g, *known.get((journal_id, g.number), (0, None))) for g in generations]
        for journal_id in journal_ids
    }


async def outstanding(link: Link, generation: Generation, *, retry: bool) -> dict[UUID, int]:
    """The journals that are longer than what is posted of them, with their sizes; stopped ones only if `retry`."""
    return {row["id"]: row["size"] for row in await link.fetch(generation.sql("outstanding"), retry)}


class Poster:
    """Posts journals, keeping their foldings for the next time."""

    def __init__(self, reading: Reading, states: States) -> None:
        self._reading = reading
        self._states = states
        self._writing = asyncio.Lock()  # one transaction at a time; the next is folded meanwhile

    async def post_all(self, link: Link, works: Sequence[Work]) -> int:
        """Bring all targets of these journals to where they go, or to where they stop. Returns the entries read.

        What is short goes in groups, one transaction each, of about as many entries as a page has, those that must be
        folded again included; so that nobody waits long for the others of a group. While the server stores one group
        the next is folded: they have no journal in common.
        """
        entries = 0
        before: asyncio.Task[int] | None = None
        try:
            for group in self._groups(works):
                now = asyncio.create_task(self._post_group(link, group))
                try:
                    entries += 0 if before is None else await before
                finally:
                    before = now
            entries += 0 if before is None else await before
        finally:
            if before is not None:  # over, unless the one before it has failed, or nobody wants them any more
                before.cancel()
                await asyncio.wait([before])
                if not before.cancelled():
                    before.exception()  # that of the one before it is told
        return entries

    def _groups(self, works: Sequence[Work]) -> Iterator[list[Work]]:
        """Those that are behind, by what may share a transaction; a long one is alone."""
        group: list[Work] = []
        weight = 0
        for work in works:
            behind = work.behind
            if not behind:
                continue
            ahead = work.upto - min(target.position for target in behind)
            cost = ahead + self._to_fold(work.journal_id, behind)
            if group and (weight + cost > self._reading.chunk or len(group) == TOGETHER):
                yield group
                group, weight = [], 0
            group.append(work)
            weight += cost
        if group:
            yield group

    async def post(self, link: Link, work: Work) -> int:
        """Bring one journal's targets there, page by page. Returns how many entries were read for it."""
        behind = work.behind
        if not behind:
            return 0
        start = min(target.position for target in behind)
        async with aclosing(
            self._reading.pages(work.journal_id, _handled(behind), after=start, upto=work.upto)
        ) as pages:
            async for page in pages:
                await self._post_page(link, page, behind)
                if all(target.stopped_at is not None for target in behind):
                    return page.last - start
        return work.upto - start

    async def _post_group(self, link: Link, works: Sequence[Work]) -> int:
        """Post short pieces of several journals in one transaction; one by one when any of them cannot be taken."""
        if len(works) == 1:
            return await self.post(link, works[0])
        behind = [work.behind for work in works]
        asked = [
            (work.journal_id, min(target.position for target in targets), work.upto)
            for work, targets in zip(works, behind, strict=True)
        ]
        names = _handled([target for targets in behind for target in targets])
        pages = await self._reading.several(asked, names)
        try:
            await self._transact(link, list(zip(pages, behind, strict=True)))
        except Fault:
            return sum([await self.post(link, work) for work in works])
        return sum(upto - after for _, after, upto in asked)

    async def _post_page(self, link: Link, page: Page, targets: Sequence[Target]) -> None:
        together = [target for target in targets if target.stopped_at is None and target.position < page.last]
        apart: list[tuple[Target, Fault]] = []
        while together:
            try:
                await self._transact(link, [(page, together)])
                break
            except Fault as found:
                culprit = next((t for t in together if t.generation.projection.name == found.projection), None)
                if culprit is None:  # some row of all of them cannot be stored
                    apart += await self._post_apart(link, page, together)
                    break
                together.remove(culprit)
                apart.append((culprit, found))
        for target, fault in apart:
            await self._narrow(link, page.part(target.position, page.last), target, fault)

    async def _post_apart(self, link: Link, page: Page, targets: Sequence[Target]) -> list[tuple[Target, Fault]]:
        """Post the page for each target by itself; those are left whose rows cannot be stored."""
        left = []
        for target in targets:
            try:
                await self._transact(link, [(page, [target])])
            except Fault as found:
                left.append((target, found))
        return left

    async def _narrow(self, link: Link, page: Page, target: Target, fault: Fault) -> None:
        """Post what can be posted of the page and stop before the entry at fault."""
        if page.first == page.last or (fault.position is not None and fault.position <= page.first):
            await self._stop(link, page, target, fault)
            return
        cut = (page.first + page.last - 1) // 2 if fault.position is None else fault.position - 1
        for part in (page.part(page.first - 1, cut), page.part(cut, page.last)):
            try:
                await self._transact(link, [(part, [target])])
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
        async with self._writing:
            await link.execute(target.generation.sql("stop"), page.journal_id, target.position, at, name, reason)
        target.stopped_at = at

    async def _transact(self, link: Link, pages: Sequence[tuple[Page, Sequence[Target]]]) -> None:
        """Fold, render and store one page of each journal for all its targets, or change nothing."""
        moved: list[tuple[Folding, Page, list[Target]]] = []
        changes: dict[Generation, Change] = {}
        try:
            for number, (page, targets) in enumerate(pages):
                if number % AT_A_STRETCH == 0:
                    await asyncio.sleep(0)  # lets the group before go on being stored
                for folding, together in await self._foldings(page.journal_id, targets):
                    moved.append((folding, page, together))
                    folding.take(page)
                    for target in together:
                        change = changes.setdefault(target.generation, Change(target.generation))
                        change.take(folding, page)
            async with self._writing:
                await store(link, list(changes.values()))
        except BaseException:
            for page, targets in pages:
                self._forget(page.journal_id, targets)
            raise
        for folding, page, together in moved:
            for target in together:
                target.position = page.last
            self._states.keep(folding)

    async def _foldings(self, journal_id: UUID, targets: Sequence[Target]) -> list[tuple[Folding, list[Target]]]:
        """Foldings at the targets' positions, one for all that stand together: from the cache, or folded again."""
        found = []
        for together in _standing_together(targets):
            position = together[0].position
            folding = self._states.get(_projections(together), journal_id, upto=position)
            if folding.position < position:
                pages = self._reading.pages(journal_id, folding.handles, after=folding.position, upto=position)
                async with aclosing(pages):
                    async for page in pages:
                        folding.take(page)
                folding.clear()
            found.append((folding, together))
        return found

    def _to_fold(self, journal_id: UUID, targets: Sequence[Target]) -> int:
        """How many entries have to be folded again before these targets can go on."""
        return sum(
            max(together[0].position - self._states.position(_projections(together), journal_id), 0)
            for together in _standing_together(targets)
        )

    def _forget(self, journal_id: UUID, targets: Sequence[Target]) -> None:
        for together in _standing_together(targets):
            self._states.discard(_projections(together), journal_id)


def _projections(targets: Sequence[Target]) -> list[AnyProjection]:
    return [target.generation.projection for target in targets]


def _handled(targets: Sequence[Target]) -> frozenset[str]:
    """The event names that any of the targets looks at; they have few generations together."""
    of_each = {id(target.generation): target.generation.projection.handles for target in targets}
    return frozenset[str]().union(*of_each.values())


def _standing_together(targets: Sequence[Target]) -> list[list[Target]]:
    """The targets by their position: those that stand at the same one share a folding."""
    groups: dict[int, list[Target]] = {}
    for target in targets:
        groups.setdefault(target.position, []).append(target)
    return list(groups.values())
