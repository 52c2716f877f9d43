"""The shape of every aggregate: plain events that carry their effect, and one envelope that gives an event its place.

The envelope goes through `eventsourcing`'s `trigger_event`, so that the library checks versions, mutates, and keeps the
pending events; the stored payload is the event alone.
"""

from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar, cast
from uuid import UUID

import msgspec
from eventsourcing.domain import BaseAggregate, CanInitAggregate, CanMutateAggregate

A_contra = TypeVar("A_contra", bound="Aggregate", contravariant=True)  # an event of any aggregate suits each kind


class Event(msgspec.Struct, Generic[A_contra], frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened, in the past tense.

    `occurred_at` is when it was so in the world, as a party states it (aware). When it was written down belongs to the
    journal and is not here.
    """

    NAME: ClassVar[str]  # as stored, with its version; never changes, whatever the class is called
    ERASABLE: ClassVar[bool] = False  # free text and contact details; no figure, state or refusal depends on them

    occurred_at: datetime

    def apply(self, aggregate: A_contra, /) -> None:
        """Change the aggregate's state. An event that no later decision asks about changes nothing."""


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an event whose payload was erased: its name. It changes nothing."""

    name: str

    def apply(self, _aggregate: object, /) -> None:
        """An erased event has no effect: only events without effect can be erased."""


class Recorded(msgspec.Struct, CanMutateAggregate[UUID], frozen=True):
    """An event at its place in its aggregate. `eventsourcing` checks id and version when it mutates."""

    originator_id: UUID
    originator_version: int
    timestamp: datetime
    event: Any  # Event[Aggregate] | Erased

    def apply(self, aggregate: object) -> None:
        self.event.apply(aggregate)


class First(Recorded, CanInitAggregate[UUID], frozen=True):
    """The event that begins an aggregate."""

    originator_topic: str

    def _as_dict(self) -> dict[str, Any]:  # eventsourcing would ask vars(), which a Struct has not
        return msgspec.structs.asdict(self)


class Aggregate(BaseAggregate[UUID]):
    """The consistency boundary of one decision inside a journal."""

    KIND = ""  # part of the names from which ids are derived; annotated, it would make aggregates dataclasses

    @classmethod
    def begin(cls, aggregate_id: UUID, event: Event[Self]) -> Self:
        """Begin the aggregate with its first event."""
        return cls._create(First, id=aggregate_id, timestamp=event.occurred_at, event=event)

    def record(self, event: Event[Self]) -> None:
        """Take a new event into the state and keep it for the append."""
        self.trigger_event(Recorded, timestamp=event.occurred_at, event=event)

    def take_back(self) -> bool:
        """Forget new events that have not been collected, if the state is as without them; whether it was.

        Only events without an effect can be taken back: what another changed, nothing changes back.
        """
        new = cast("list[Recorded]", self.pending_events)
        if any(type(pending.event).apply is not Event.apply for pending in new):
            return False
        self.version -= len(self.pending_events)
        self.pending_events.clear()
        return True

    def write(self, text: str | None, *, at: datetime) -> int | None:
        """Record free text as an erasable note and give its reference: the version it has in this aggregate."""
        if text is None:
            return None
        self.record(NoteWritten(occurred_at=at, text=text))
        return self.version


class NoteWritten(Event[Aggregate], frozen=True):
    """Free text. Other events refer to it by its version within the same aggregate, so that it can be erased alone."""

    NAME = "NoteWritten.1"
    ERASABLE = True

    text: str
