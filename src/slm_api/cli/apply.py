"""Applying a command file: one JSON command per line, in order, safe to repeat.

Each command has its key (without one in the file, the digest of its line), so that a file that was interrupted is
finished by applying it again: what was recorded is answered as the first time.
"""

import hashlib
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from slm_api.explained import Explained
from slm_api.explanations import explained
from slm_api.receiving import received
from slm_api.wiring import Wired
from slm_domain.sla import Words

if TYPE_CHECKING:
    from slm_journal.database import Clock


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A command of the file: its line number (from 1) and its text."""

    number: int
    text: bytes


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A line that was refused, and why."""

    line: int
    explanation: Explained


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """What applying a file did. `repeated` were recorded before; `warnings` name their line."""

    recorded: int
    repeated: int
    refused: tuple[Refused, ...]
    warnings: tuple[tuple[int, Words], ...] = ()


def lines_of(file: Path) -> list[Line]:
    """The commands of a file; empty lines and those that begin with # are left out. Raises `OSError`."""
    return list(_lines(file))


def clock_of(lines: list[Line]) -> "Clock":
    """The clock that the file needs: simulated where its commands say when they are recorded."""
    for line in lines:
        try:
            first = msgspec.json.decode(line.text)
        except msgspec.DecodeError:
            break
        return "simulated" if isinstance(first, dict) and "at" in first else "real"
    return "real"


async def apply(
    wired: Wired, lines: list[Line], *, go_on: bool = False, advanced: Callable[[int], None] | None = None
) -> Applied:
    """Send every command, in order. Stops at the first that is refused unless told to go on.

    What is no refusal (the database is away, a mistake of the program) is raised as it is.
    """
    recorded = repeated = 0
    refused: list[Refused] = []
    warnings: list[tuple[int, Words]] = []
    for line in lines:
        try:
            read = received(line.text)
            if read.command.key is None:
                key = hashlib.sha256(line.text).hexdigest()
                read = msgspec.structs.replace(read, command=msgspec.structs.replace(read.command, key=key))
            answer = await wired.commanding.send(read)
        except Exception as error:
            explanation = explained(error)
            if explanation is None or explanation.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise  # not the line's fault (RFC 9110)
            refused.append(Refused(line=line.number, explanation=explanation))
            if not go_on:
                break
        else:
            recorded += not answer.repeated
            repeated += answer.repeated
            warnings += [(line.number, one.reason) for one in answer.warnings]
        if advanced is not None:
            advanced(line.number)
    return Applied(recorded=recorded, repeated=repeated, refused=tuple(refused), warnings=tuple(warnings))


def _lines(file: Path) -> Iterator[Line]:
    with file.open("rb") as text:
        for number, line in enumerate(text, 1):
            stripped = line.strip()
            if stripped and not stripped.startswith(b"#"):
                yield Line(number=number, text=stripped)
