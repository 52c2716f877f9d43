"""What the tortured processes write down so that they can go on, and be held to it afterwards."""

import hashlib
import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self
from uuid import UUID

import msgspec

from slm_api.commanding import Answer
from slm_journal.entry import Entry
from tests.torture.files import ACKNOWLEDGED, SEEN
from tests.torture.stories import story


class Acknowledgement(msgspec.Struct, frozen=True):
    """What an appender was told of a command."""

    chapter: int
    key: str
    journal_id: UUID
    first: int
    last: int


class Acknowledged:
    """The answers that one appender was given, in a file that only grows; a line cut short by a kill is no answer."""

    def __init__(self, folder: Path, appender: int) -> None:
        path = folder / f"{ACKNOWLEDGED}-{appender}"
        self._noted = {one.key: one for one in acknowledgements(path)}
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        os.ftruncate(self._file, path.read_bytes().rfind(b"\n") + 1)

    def __contains__(self, key: str) -> bool:
        return key in self._noted

    def note(self, chapter: int, answer: Answer) -> None:
        """Write the answer down: from now on it is acknowledged, whatever happens to this process."""
        one = Acknowledgement(chapter, answer.key, answer.journal_id, answer.first_position, answer.last_position)
        os.write(self._file, msgspec.json.encode(one) + b"\n")
        self._noted[one.key] = one

    def unfinished(self, appender: int) -> Iterator[int]:
        """The stories that are not told to their end, and then for ever new ones."""
        told = Counter(one.chapter for one in self._noted.values())
        begun = max(told, default=-1) + 1
        yield from (chapter for chapter in range(begun) if told[chapter] < len(story(appender, chapter)))
        yield from itertools.count(begun)


def acknowledgements(path: Path) -> list[Acknowledgement]:
    """What the file of an appender says, without a last line that was cut short."""
    if not path.exists():
        return []
    lines = path.read_bytes().splitlines(keepends=True)
    return [msgspec.json.decode(line, type=Acknowledgement) for line in lines if line.endswith(b"\n")]


def all_acknowledgements(folder: Path) -> list[Acknowledgement]:
    """What all appenders were told."""
    return [one for path in sorted(folder.glob(f"{ACKNOWLEDGED}-*")) for one in acknowledgements(path)]


class Seen(msgspec.Struct):
    """What a follower has seen: up to which place, how far in each journal, everything in one digest, and faults."""

    upto: int = 0
    sizes: dict[str, int] = {}
    chain: str = ""
    faults: list[str] = []

    @classmethod
    def load(cls, folder: Path, number: int) -> Self:
        """As it was saved last; nothing seen when it never was."""
        path = folder / f"{SEEN}-{number}"
        return msgspec.json.decode(path.read_bytes(), type=cls) if path.exists() else cls()

    @classmethod
    def all_of(cls, folder: Path) -> list[Self]:
        """What each follower has seen."""
        return [cls.load(folder, int(path.name.rpartition("-")[2])) for path in folder.glob(f"{SEEN}-*[0-9]")]

    def take(self, upto: int, entries: Iterable[Entry]) -> None:
        """See the next entries. What is missing, repeated or out of order in a journal is a fault."""
        for entry in entries:
            journal = str(entry.journal_id)
            expected = self.sizes.get(journal, 0) + 1
            if entry.position != expected:
                self.faults.append(f"{journal}: position {entry.position} where {expected} was due")
            self.sizes[journal] = entry.position
            self.chain = linked(self.chain, entry.journal_id, entry.position, entry.name, entry.payload)
        self.upto = upto

    def save(self, folder: Path, number: int) -> None:
        """Replace the file as a whole."""
        path = folder / f"{SEEN}-{number}"
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(self))
        fresh.replace(path)


def linked(chain: str, journal_id: UUID, position: int, name: str, payload: bytes | None) -> str:
    """The digest of everything seen before and of one entry more."""
    told = f"{chain}|{journal_id}|{position}|{name}|".encode()
    return hashlib.sha256(told + (payload or b"")).hexdigest()
