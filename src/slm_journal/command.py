"""What is handed to the journal to append, and what it answers.

A command carries the aggregates it *read*, with their versions, besides the events it writes: all of them must be
unmoved, so that no decision rests on something that has changed since (no write skew within a journal).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec

from slm_journal.instants import microseconds

# None of these Structs can refer to itself: the garbage collector need not look at them (`gc=False`).

DIGEST_BYTES = 32
LONGEST_NAME = 200
LAST_VERSION = 2**63 - 1


class NewEvent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An event to record. Versions of one aggregate follow one another without gaps, from the one read.

    `name` is the stored name with its version: printable ASCII without spaces or backslashes.
    """

    originator_id: UUID
    originator_version: int
    name: str
    payload: bytes
    metadata: bytes


class Append(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A command's events, to be recorded in one journal all together or not at all.

    The same `key` and `digest` (SHA-256 of the request) again is answered as the first time. `at` is for databases with
    a simulated clock: the recorded-at, aware. `read` has (aggregate, version) of all that was loaded; version 0 says
    that it did not exist. An aggregate that is written need not be named: its first new version says what was read.

    Raises:
        ValueError: A mistake of the program, not of its user; nothing of this kind is sent to the database.
    """

    journal_id: UUID
    key: str
    digest: bytes
    at: datetime | None = None
    read: tuple[tuple[UUID, int], ...] = ()
    events: tuple[NewEvent, ...]

    def __post_init__(self) -> None:
        if not self.key or "\x00" in self.key:
            raise ValueError("a command needs a key, without NUL")
        if len(self.digest) != DIGEST_BYTES:
            raise ValueError("the digest of a request is its SHA-256: 32 bytes")
        if not self.events:
            raise ValueError("an append without events records nothing")
        if self.at is not None:
            microseconds(self.at)
        versions = dict(self.read)
        if len(versions) != len(self.read):
            raise ValueError("an aggregate is read once, at one version")
        for event in self.events:
            if not _is_name(event.name):
                raise ValueError(f"an event's name is printable ASCII without spaces or backslashes: {event.name!r}")
            before = versions.get(event.originator_id, event.originator_version - 1)
            if event.originator_version != before + 1 or not 0 <= before < LAST_VERSION:
                raise ValueError(f"version {event.originator_version} of {event.originator_id} cannot follow {before}")
            versions[event.originator_id] = event.originator_version


class Appended(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a command's events are. `repeated`: they were recorded before, by the same command with the same key.

    `recorded_at` is aware, UTC.
    """

    first_position: int
    last_position: int
    recorded_at: datetime
    repeated: bool


class Known(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A command that was recorded, as found by its key."""

    digest: bytes
    appended: Appended


def require_disjoint(commands: Sequence[Append]) -> None:
    """See that the commands can go in one batch: the append does not look for conflicts within it.

    Raises:
        ValueError: One key twice; an aggregate that one writes and another reads or writes; times of one journal that
            run backwards.
    """
    keys: set[tuple[UUID, str]] = set()
    reading: dict[tuple[UUID, UUID], int] = {}
    writing: dict[tuple[UUID, UUID], int] = {}
    times: dict[UUID, datetime] = {}
    for number, command in enumerate(commands):
        if (command.journal_id, command.key) in keys:
            raise ValueError(f"key {command.key!r} twice in one batch")
        keys.add((command.journal_id, command.key))
        written = {(command.journal_id, event.originator_id) for event in command.events}
        touched = written | {(command.journal_id, originator_id) for originator_id, _ in command.read}
        if any(writing.get(it, number) != number for it in touched) or any(it in reading for it in written):
            raise ValueError("two commands on one aggregate in one batch")
        writing.update(dict.fromkeys(written, number))
        reading.update(dict.fromkeys(touched, number))
        if command.at is not None:
            if command.at < times.get(command.journal_id, command.at):
                raise ValueError("times of one journal run backwards in one batch")
            times[command.journal_id] = command.at


@lru_cache(maxsize=1024)  # there are some hundred names, and one with every event
def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and all("!" <= letter <= "~" and letter != "\\" for letter in name)
