"""Feeding a command file to the domain alone: a journal kept in memory, nothing of the database."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import read_command
from slm_domain.desk import Desk, FiguresNeeded, NotOnTheDesk, Quoted
from slm_domain.identity import journal_id

UNREAD: Any = None  # a decision hands the figures of a month through without reading them
EXAMPLES = Path(__file__).parents[2] / "examples"


def commands(name: str) -> list[Command]:
    """The commands of an example's file, line by line."""
    return [read_command(line) for line in (EXAMPLES / name).read_bytes().splitlines()]


class MemoryJournals:
    """The events of every journal, aggregate by aggregate, in the order in which they were decided."""

    def __init__(self) -> None:
        self.events: dict[UUID, list[Recorded]] = defaultdict(list)
        self.decided = 0

    def send_all(self, lines: Iterable[Command]) -> None:
        """Send every command; the first `Refusal` ends it."""
        for command in lines:
            self.send(command)

    def send(self, command: Command) -> list[Recorded]:
        """Let one command decide at a desk, and keep its events."""
        if command.at is None:
            raise ValueError("a command of an example states when it was recorded")
        wanted: dict[UUID, None] = {}
        quoted: dict[str, Quoted] = {}
        while True:
            desk = Desk(
                journal=journal_id(command.contract),
                contract_code=command.contract,
                now=command.at,
                loaded={originator: self.aggregate(originator) for originator in wanted},
                quoted=quoted,
            )
            try:
                command.decide(desk)
            except NotOnTheDesk as request:
                wanted[request.originator_id] = None
            except FiguresNeeded as request:
                quoted[request.month] = Quoted(figures=UNREAD, position=1, until=command.at, rules_version="none")
            else:
                break
        new = desk.decided()
        for recorded in new:
            self.events[recorded.originator_id].append(recorded)
        self.decided += len(new)
        return new

    def aggregate(self, originator: UUID) -> Aggregate | None:
        """A fresh copy of an aggregate, from its events."""
        found: Aggregate | None = None
        for recorded in self.events.get(originator, []):
            found = recorded.mutate(found)
        return found
