"""What the engine needs of a journal, and entries in decoded pages."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeAlias
from uuid import UUID

import msgspec

from projections.engine.errors import GapInJournal
from projections.projection import Placed
from slm_journal.entry import Entry

Decode = Callable[[Entry], Placed]


class Bell(Protocol):
    """Rings when something may have been appended."""

    async def wait(self) -> bool:
        """True when it rang, False when the poll time is over."""
        ...

    def rung(self) -> bool:
        """Whether it has rung since; not to be waited for again."""
        ...


class Feed(Protocol):
    """The part of the journal that is followed: entries in order, and which journals grew."""

    def wake(self, *, poll: float = 1.0) -> AbstractAsyncContextManager[Bell]: ...

    async def journals(self) -> list[tuple[UUID, int]]: ...

    async def read(
        self, journal_id: UUID, *, after: int = 0, upto: int | None = None, limit: int = 1000
    ) -> list[Entry]: ...

    async def read_several(self, asked: Sequence[tuple[UUID, int, int]]) -> list[list[Entry]]: ...

    async def changed_journals(self, after_global_position: int) -> tuple[int, list[tuple[UUID, int]]]: ...


class Undecodable(msgspec.Struct, frozen=True):
    """Stands where an entry could not be decoded; a fold that handles the event stops there."""

    name: str
    position: int
    error: Exception


Taken = Placed | Undecodable  # an entry that somebody handles


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of a journal from position `first` to `last` that somebody handles; the others are left out."""

    journal_id: UUID
    first: int
    last: int
    entries: list[Taken]

    def part(self, after: int, upto: int) -> "Page":
        """The entries after one position and up to another."""
        if after < self.first and upto >= self.last:
            return self
        kept = [taken for taken in self.entries if after < taken.position <= upto]
        return Page(
            journal_id=self.journal_id, first=max(after + 1, self.first), last=min(upto, self.last), entries=kept
        )

    def pieces(self, most: int) -> "Iterator[Page]":
        """The page as pieces of at most so many entries that somebody handles."""
        first = self.first
        for start in range(0, max(len(self.entries), 1), most):
            kept = self.entries[start : start + most]
            last = self.last if start + most >= len(self.entries) else kept[-1].position
            yield Page(journal_id=self.journal_id, first=first, last=last, entries=kept)
            first = last + 1


def decoded(entries: Sequence[Entry], names: frozenset[str], decode: Decode) -> Page:
    """Entries that follow one another as a page. Each is decoded once, for all who handle it."""
    taken: list[Taken] = []
    for entry in entries:
        if entry.name in names:
            try:
                taken.append(decode(entry))
            except Exception as error:  # noqa: BLE001 - kept, and raised in every fold that handles the event
                taken.append(Undecodable(entry.name, entry.position, error))
    return Page(journal_id=entries[0].journal_id, first=entries[0].position, last=entries[-1].position, entries=taken)


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How pages are read: from which feed, how decoded, how many entries at a time."""

    feed: Feed
    decode: Decode
    chunk: int = 2000

    async def pages(
        self, journal_id: UUID, names: frozenset[str], *, after: int, upto: int, first: "Asked | None" = None
    ) -> AsyncGenerator[Page, None]:
        """The journal page by page; while one is in use the next is on its way. Close it (`aclosing`) when done.

        Whoever asked for the `first` entries already hands them over. Raises GapInJournal when an entry is missing.
        """
        ahead = first or self.ask(journal_id, after, upto)
        try:
            while after < upto:
                entries = await ahead
                if not entries or entries[0].position != after + 1 or entries[-1].position != after + len(entries):
                    raise GapInJournal(journal_id, after + 1)
                after = entries[-1].position
                if after < upto:
                    ahead = self.ask(journal_id, after, upto)
                    await asyncio.sleep(0)  # lets the question reach the server before the fold takes the processor
                yield decoded(entries, names, self.decode)
        finally:
            await given_up(ahead)

    async def several(self, asked: Sequence[tuple[UUID, int, int]], names: frozenset[str]) -> list[Page]:
        """Short pieces of several journals at once, each (journal, after, up to), as one page each.

        Raises GapInJournal when an entry is missing.
        """
        found = await self.feed.read_several(asked)
        for (journal_id, after, upto), entries in zip(asked, found, strict=True):
            if [entry.position for entry in entries] != list(range(after + 1, upto + 1)):
                raise GapInJournal(journal_id, after + 1)
        return [decoded(entries, names, self.decode) for entries in found]

    def ask(self, journal_id: UUID, after: int, upto: int) -> "Asked":
        """Ask for a chunk of entries that come after a position; `given_up` if nobody wants it any more."""
        return asyncio.create_task(self.feed.read(journal_id, after=after, upto=upto, limit=self.chunk))


Asked: TypeAlias = asyncio.Task[list[Entry]]


async def given_up(asked: Asked) -> None:
    """Nobody waits for this any more, if it was not answered yet."""
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)  # it may have failed already
