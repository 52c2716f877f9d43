"""Small builders for commands: what a test does not name is fixed and boring."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from slm_journal.command import Append, NewEvent

AT = datetime(2025, 4, 10, 7, 30, tzinfo=UTC)  # 16:30 in Japan
SHIMANTO = UUID("00000000-0000-4000-8000-000000000001")
NAKATOSA = UUID("00000000-0000-4000-8000-000000000002")
CONTRACT = UUID("00000000-0000-4000-8000-0000000000c1")
INCIDENT = UUID("00000000-0000-4000-8000-0000000000a1")


def event(
    originator_id: UUID = INCIDENT,
    version: int = 1,
    *,
    name: str = "outage-started/1",
    payload: bytes = b'{"level":"A"}',
) -> NewEvent:
    return NewEvent(
        originator_id=originator_id,
        originator_version=version,
        name=name,
        payload=payload,
        metadata=b'{"person":"p1","side":"provider"}',
    )


def command(
    *events: NewEvent,
    journal_id: UUID = SHIMANTO,
    key: str = "first",
    request: str | None = None,
    at: datetime | None = AT,
    read: Sequence[tuple[UUID, int]] = (),
) -> Append:
    """A command; what it asks for is its key unless the request is named."""
    return Append(
        journal_id=journal_id,
        key=key,
        digest=sha256((request or key).encode()).digest(),
        at=at,
        read=tuple(read),
        events=events or (event(),),
    )
