"""Histories for the engine's tests: written through the journal's own append."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID, uuid5

import msgspec

from slm_domain.aggregate import Event
from slm_domain.metadata import Metadata
from slm_journal.command import Append, NewEvent
from slm_journal.journal import Journal
from tests.projections.engine.toys import Ignored, Noted, Restated, Withdrawn

START = datetime(2025, 4, 1, tzinfo=UTC)
METADATA = msgspec.json.encode(Metadata(person="p1", side="provider", command="note"))


class Draft(msgspec.Struct, frozen=True):
    """An event to be appended, in its stored form; the aggregate's versions are counted when it is.

    Without `at` it is recorded a second after the one before.
    """

    originator_id: UUID
    name: str
    payload: bytes
    metadata: bytes = METADATA
    at: datetime | None = None


def draft(originator_id: UUID, event: Event[Any]) -> Draft:
    return Draft(originator_id, event.NAME, msgspec.json.encode(event))


def noted(subject: str, amount: int = 1, *, day: int = 0) -> Noted:
    return Noted(occurred_at=START + timedelta(days=day), subject=subject, amount=amount)


def withdrawn(subject: str, *, day: int = 0) -> Withdrawn:
    return Withdrawn(occurred_at=START + timedelta(days=day), subject=subject)


def restated(by: int) -> Restated:
    return Restated(occurred_at=START, by=by)


def ignored() -> Ignored:
    return Ignored(occurred_at=START)


class Writer:
    """Appends drafts to a journal, some at a time; knows the versions so far."""

    def __init__(self, journal: Journal, journal_id: UUID) -> None:
        self.journal_id = journal_id
        self.size = 0
        self._journal = journal
        self._versions: dict[UUID, int] = {}

    async def append(self, *events: Event[Any]) -> None:
        """Events of one aggregate."""
        await self.write([draft(uuid5(self.journal_id, "one"), event) for event in events])

    async def write(self, drafts: Sequence[Draft]) -> None:
        for at, together in groupby(drafts, key=lambda draft: draft.at):
            await self._write(list(together), at or START + timedelta(seconds=self.size))

    async def _write(self, drafts: Sequence[Draft], at: datetime) -> None:
        new = []
        for one in drafts:
            self._versions[one.originator_id] = version = self._versions.get(one.originator_id, 0) + 1
            new.append(
                NewEvent(
                    originator_id=one.originator_id,
                    originator_version=version,
                    name=one.name,
                    payload=one.payload,
                    metadata=one.metadata,
                )
            )
        key = f"{self.size}"
        appended = await self._journal.append(
            Append(
                journal_id=self.journal_id,
                key=key,
                digest=hashlib.sha256(key.encode()).digest(),
                at=at,
                events=tuple(new),
            )
        )
        self.size = appended.last_position
