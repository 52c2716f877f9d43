"""The journal in plain Python: what the append must answer, said once more without a database."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from slm_journal.command import Append

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Model:
    """All journals of a simulated database, as lists."""

    entries: dict[UUID, list[tuple[UUID, int, bytes, datetime]]] = field(default_factory=dict)
    commands: dict[tuple[UUID, str], tuple[bytes, int, int]] = field(default_factory=dict)

    def version(self, journal_id: UUID, originator_id: UUID) -> int:
        return sum(entry[0] == originator_id for entry in self.entries.get(journal_id, []))

    def append(self, command: Append) -> tuple[object, ...]:
        """("Appended", first, last, repeated), or the name of the refusal."""
        known = self.commands.get((command.journal_id, command.key))
        if known is not None:
            digest, first, last = known
            return ("Appended", first, last, True) if digest == command.digest else ("KeyReused",)
        journal = self.entries.get(command.journal_id, [])
        if command.at is None:
            return ("AtMissing",)
        if command.at < (journal[-1][3] if journal else EPOCH):
            return ("WentBackwards",)
        expected = list(command.read)
        seen: set[UUID] = set()
        for event in command.events:
            if event.originator_id not in seen:
                expected.append((event.originator_id, event.originator_version - 1))
                seen.add(event.originator_id)
        if any(self.version(command.journal_id, originator_id) != version for originator_id, version in expected):
            return ("VersionMoved",)
        first = len(journal) + 1
        journal += [(it.originator_id, it.originator_version, it.payload, command.at) for it in command.events]
        self.entries[command.journal_id] = journal
        self.commands[command.journal_id, command.key] = (command.digest, first, len(journal))
        return ("Appended", first, len(journal), False)

    def position_at(self, journal_id: UUID, instant: datetime) -> int:
        return sum(entry[3] <= instant for entry in self.entries.get(journal_id, []))
