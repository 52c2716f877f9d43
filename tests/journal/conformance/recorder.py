"""Our journal as recorders of eventsourcing: nothing but translation.

- An event's topic is the entry's name, its state the payload; the metadata is empty.
- Versions here begin at 1 and have no gaps. The suites begin an aggregate at 0 or at 1, as they are told by their own
  `INITIAL_VERSION`; told 0, all of them begin at 0, and a recorder's version is one less than ours.
- A notification's id is the entry's place in the database-wide order.
- Which journal an event goes to is for who makes the recorder to say. One `insert_events` is one append to one journal:
  what must be recorded together belongs under one contract.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import AsyncExitStack
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    Notification,
    NotSupportedError,
    StoredEvent,
    Subscription,
)

from slm_journal.command import Append, Appended, NewEvent
from slm_journal.entry import Entry
from slm_journal.errors import VersionMoved
from slm_journal.follow import Chunk, Follower
from slm_journal.journal import Journal
from tests.journal.conformance.thread_loop import ThreadLoop

JournalOf = Callable[[UUID], UUID]


class JournalAggregateRecorder(AggregateRecorder):
    """Inserts and selects events of aggregates; see `journal_of` in the module's words."""

    def __init__(self, loop: ThreadLoop, journal: Journal, journal_of: JournalOf) -> None:
        self._loop = loop
        self._journal = journal
        self._journal_of = journal_of

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        if stored_events:
            self._append(stored_events)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        aggregate = _uuid(originator_id)
        after = 0 if gt is None else gt + 1
        read = self._journal.read_aggregate(self._journal_of(aggregate), aggregate, after_version=after)
        events = [_stored(entry) for entry in self._loop.call(read)]
        chosen = [event for event in events if lte is None or event.originator_version <= lte]
        return (chosen[::-1] if desc else chosen)[:limit]

    def _append(self, stored_events: Sequence[StoredEvent]) -> tuple[UUID, Appended]:
        journals = {self._journal_of(_uuid(event.originator_id)) for event in stored_events}
        if len(journals) != 1:
            raise NotSupportedError("events of several journals are never recorded together")
        (journal_id,) = journals
        try:
            command = Append(
                journal_id=journal_id,
                key=str(uuid4()),
                digest=sha256(b"".join(event.state for event in stored_events)).digest(),
                events=tuple(_new(event) for event in stored_events),
            )
        except ValueError as gap:  # versions that do not follow one another never reach the database
            raise IntegrityError(str(gap)) from gap
        try:
            return journal_id, self._loop.call(self._journal.append(command))
        except VersionMoved as moved:
            raise IntegrityError(str(moved)) from moved


class JournalApplicationRecorder(JournalAggregateRecorder, ApplicationRecorder):
    """The same with the database-wide order: notifications and subscriptions are what a follower reads."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        return self._loop.call(self._places(*self._append(stored_events))) if stored_events else []

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = 0 if start is None else start - inclusive_of_start
        return self._loop.call(self._notifications(after, limit, stop, topics))

    def max_notification_id(self) -> int | None:
        position, _ = self._loop.call(self._journal.changed_journals(2**62))
        return position or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        return FollowingSubscription(self, self._loop, self._journal, gt=gt, topics=topics)

    async def _places(self, journal_id: UUID, appended: Appended) -> list[int]:
        rows = await self._journal._pool.fetch(
            "SELECT global_position FROM slm_journal.entry WHERE journal_id = $1 AND position BETWEEN $2 AND $3"
            " ORDER BY position",
            journal_id, appended.first_position, appended.last_position,
        )  # fmt: skip
        return [row["global_position"] for row in rows]

    async def _notifications(
        self, after: int, limit: int, stop: int | None, topics: Sequence[str]
    ) -> list[Notification]:
        found: list[Notification] = []
        async with self._journal.follow(after=after, most=max(limit, 1)) as follower:
            while len(found) < limit and (chunk := await follower.outstanding()) is not None:
                found += [one for one in _notified(chunk, topics) if stop is None or one.id <= stop]
                if stop is not None and chunk.upto >= stop:
                    break
        return found[:limit]


class FollowingSubscription(Subscription[ApplicationRecorder]):
    """A follower that is asked for its next chunk when the last one is used up."""

    def __init__(
        self,
        recorder: ApplicationRecorder,
        loop: ThreadLoop,
        journal: Journal,
        *,
        gt: int | None,
        topics: Sequence[str],
    ) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._loop = loop
        self._open = AsyncExitStack()
        entering = self._open.enter_async_context(journal.follow(after=gt or 0))
        self._follower: Follower = loop.call(entering)
        self._waiting: Future[Chunk] | None = None
        self._received: list[Notification] = []

    def __next__(self) -> Notification:
        while not self._has_been_stopped and not self._received:
            self._waiting = self._loop.begin(anext(self._follower))
            try:
                self._received = list(_notified(self._waiting.result(), self._topics))
            except CancelledError:
                break
        if self._has_been_stopped:
            raise StopIteration
        return self._received.pop(0)

    def stop(self) -> None:
        if not self._has_been_stopped:
            super().stop()
            if self._waiting is not None:
                self._waiting.cancel()
            self._loop.call(self._open.aclose())


def _notified(chunk: Chunk, topics: Sequence[str]) -> list[Notification]:
    return [
        Notification(
            id=place,
            originator_id=entry.originator_id,
            originator_version=entry.originator_version - 1,
            topic=entry.name,
            state=entry.payload or b"",
        )
        for place, entry in enumerate(chunk.entries, chunk.after + 1)
        if not topics or entry.name in topics
    ]


def _stored(entry: Entry) -> StoredEvent:
    return StoredEvent(
        originator_id=entry.originator_id,
        originator_version=entry.originator_version - 1,
        topic=entry.name,
        state=entry.payload or b"",
    )


def _new(event: StoredEvent) -> NewEvent:
    return NewEvent(
        originator_id=_uuid(event.originator_id),
        originator_version=event.originator_version + 1,
        name=event.topic,
        payload=event.state,
        metadata=b"",
    )


def _uuid(originator_id: UUID | str) -> UUID:
    return originator_id if isinstance(originator_id, UUID) else UUID(originator_id)
