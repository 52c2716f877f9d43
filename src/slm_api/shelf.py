"""Aggregates kept ready for the next decision, up to a number of them and of their events.

A decision works on the kept aggregate itself, so that what it costs does not grow with the aggregate's history. Its
events are in the state before they are recorded: later decisions build on them at once, and say so to the append
(`GroupCommit.take_up`). When they are not recorded after all, the aggregate is thrown away and read anew. What others
have recorded is noticed by the append, which checks versions, or when a refusal is looked into; then newer events are
read, through `eventsourcing`'s own checks of id and version.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import cast
from uuid import UUID

from eventsourcing.utils import get_topic

from slm_domain.aggregate import Aggregate, First, Recorded
from slm_domain.codec import decode
from slm_journal.entry import Entry
from slm_journal.group_commit import Ticket
from slm_journal.instants import instant_of
from slm_journal.journal import Journal

MOST_AGGREGATES = 10_000
MOST_EVENTS = 2_000_000
AT_A_TIME = 1000  # events replayed before others have their turn


class Kept:
    """An aggregate as this process knows it, None where there is none, and the last append of ours that changes it."""

    __slots__ = ("aggregate", "kind", "needed", "ticket", "weight")

    def __init__(self, kind: type[Aggregate], aggregate: Aggregate | None) -> None:
        self.kind = kind
        self.aggregate = aggregate
        self.ticket: Ticket | None = None
        self.weight = 0
        self.needed = 0  # by so many decisions that were begun

    @property
    def is_void(self) -> bool:
        """Whether it holds events that were not recorded."""
        return self.ticket is not None and self.ticket.answer is not None and not self.ticket.is_recorded

    @property
    def awaited(self) -> Ticket | None:
        """The append that its last events wait for."""
        return self.ticket if self.ticket is not None and self.ticket.answer is None else None


class Shelf:
    """The aggregates looked at last, of all journals."""

    def __init__(
        self, journal: Journal, *, most_aggregates: int = MOST_AGGREGATES, most_events: int = MOST_EVENTS
    ) -> None:
        self._journal = journal
        self._most_aggregates = most_aggregates
        self._most_events = most_events
        self._events = 0
        self._kept: OrderedDict[tuple[UUID, UUID], Kept] = OrderedDict()
        self._loading: dict[tuple[UUID, UUID], asyncio.Task[Kept]] = {}

    @contextmanager
    def at_hand(self, journal_id: UUID) -> "Iterator[AtHand]":
        """The kept aggregates of a journal for one decision; what is brought for it stays until it is made."""
        hand = AtHand(self, journal_id)
        try:
            yield hand
        finally:
            for kept in hand.brought:
                kept.needed -= 1
            self._make_room()

    def find(self, journal_id: UUID, originator_id: UUID) -> Kept | None:
        """What is kept of an aggregate, unless it holds events that were not recorded."""
        kept = self._kept.get((journal_id, originator_id))
        if kept is None:
            return None
        if kept.is_void:
            self._drop((journal_id, originator_id))
            return None
        if kept.awaited is None:
            kept.ticket = None  # it is recorded; what it carried can go
        self._kept.move_to_end((journal_id, originator_id))
        return kept

    def awaited(self, journal_id: UUID, originators: Iterable[UUID]) -> dict[UUID, Ticket]:
        """Of these aggregates those whose last events are not recorded yet, with the append that is to record them."""
        found = ((one, self._kept.get((journal_id, one))) for one in originators)
        return {one: ticket for one, kept in found if kept is not None and (ticket := kept.awaited) is not None}

    def changed(self, journal_id: UUID, aggregate: Aggregate, ticket: Ticket) -> None:
        """Keep an aggregate whose newest events the append is to record."""
        kept = self._kept.get((journal_id, aggregate.id))
        if kept is None or kept.aggregate is not aggregate:
            kept = self._keep((journal_id, aggregate.id), Kept(type(aggregate), aggregate))
        kept.ticket = ticket
        self._weigh(kept)

    def throw_away(self, journal_id: UUID, aggregate: Aggregate) -> None:
        """Forget an aggregate whose state is not that of the record."""
        kept = self._kept.get((journal_id, aggregate.id))
        if kept is not None and kept.aggregate is aggregate:
            self._drop((journal_id, aggregate.id))

    async def bring(self, journal_id: UUID, originator_id: UUID, kind: type[Aggregate]) -> Kept:
        """Read an aggregate and keep it. Whoever wants the same meanwhile waits for the same reading."""
        key = journal_id, originator_id
        loading = self._loading.get(key)
        if loading is None:
            loading = self._loading[key] = asyncio.create_task(self._load(key, kind))
            loading.add_done_callback(lambda _: self._loading.pop(key))
        return await asyncio.shield(loading)

    def catch_up(self, journal_id: UUID, newer: Sequence[Entry]) -> None:
        """Take what others recorded into the kept aggregates."""
        for entry in newer:
            kept = self._kept.get((journal_id, entry.originator_id))
            version = 0 if kept is None or kept.aggregate is None else kept.aggregate.version
            if kept is not None and entry.originator_version == version + 1:
                kept.aggregate = _next(kept.aggregate, entry, kept.kind)
                self._weigh(kept)

    async def _load(self, key: tuple[UUID, UUID], kind: type[Aggregate]) -> Kept:
        aggregate: Aggregate | None = None
        for number, entry in enumerate(await self._journal.read_aggregate(*key), 1):
            aggregate = _next(aggregate, entry, kind)
            if number % AT_A_TIME == 0:
                await asyncio.sleep(0)
        kept = self.find(*key) or self._keep(key, Kept(kind, aggregate))  # it may have been begun here meanwhile
        self._weigh(kept)
        return kept

    def _keep(self, key: tuple[UUID, UUID], kept: Kept) -> Kept:
        self._drop(key)
        self._kept[key] = kept
        return kept

    def _drop(self, key: tuple[UUID, UUID]) -> None:
        dropped = self._kept.pop(key, None)
        if dropped is not None:
            self._events -= dropped.weight

    def _weigh(self, kept: Kept) -> None:
        weight = 0 if kept.aggregate is None else kept.aggregate.version
        self._events += weight - kept.weight
        kept.weight = weight
        self._make_room()

    def _make_room(self) -> None:
        """Let go of what was looked at least lately, except what a decision needs, and the last."""
        spared = 0
        while self._is_over_full and spared < len(self._kept) - 1:
            key, kept = next(islice(self._kept.items(), spared, None))
            if kept.needed:
                spared += 1
            else:
                self._drop(key)

    @property
    def _is_over_full(self) -> bool:
        return len(self._kept) > self._most_aggregates or self._events > self._most_events


class AtHand(Mapping[UUID, Aggregate | None]):
    """What a decision finds at hand in one journal, as it is when it is asked for."""

    def __init__(self, shelf: Shelf, journal_id: UUID) -> None:
        self._shelf = shelf
        self._journal_id = journal_id
        self.brought: list[Kept] = []

    async def bring(self, originator_id: UUID, kind: type[Aggregate]) -> None:
        """Read an aggregate that the decision needs. Raises `Unreachable`."""
        kept = await self._shelf.bring(self._journal_id, originator_id, kind)
        kept.needed += 1
        self.brought.append(kept)

    def __getitem__(self, originator_id: UUID) -> Aggregate | None:
        kept = self._shelf.find(self._journal_id, originator_id)
        if kept is None:
            raise KeyError(originator_id)
        return kept.aggregate

    def __iter__(self) -> Iterator[UUID]:
        return (one for journal, one in list(self._shelf._kept) if journal == self._journal_id)  # noqa: SLF001 - its own window

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _next(aggregate: Aggregate | None, entry: Entry, kind: type[Aggregate]) -> Aggregate | None:
    """The aggregate with one more event, through `eventsourcing`'s own checks of id and version."""
    envelope = partial(First, originator_topic=get_topic(kind)) if entry.originator_version == 1 else Recorded
    event = envelope(
        originator_id=entry.originator_id,
        originator_version=entry.originator_version,
        timestamp=instant_of(entry.recorded_at),
        event=decode(entry.name, entry.payload),
    )
    return cast("Aggregate | None", event.mutate(aggregate))
