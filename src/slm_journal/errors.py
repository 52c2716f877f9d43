"""Everything that the journal can answer instead of what was asked. The docstring of each is its message.

Names say what is so (a command was refused, an outcome is unknown), not that it is an error.

```
JournalError
├── CommandRefused            nothing was recorded; the journal is as it was
│   ├── VersionMoved          load again, decide again
│   ├── PremiseGone           the same, known without asking the database
│   ├── KeyReused             the key belongs to another command
│   └── ClockRefused
│       ├── AtRefused         a real database takes its own clock
│       ├── AtMissing         a simulated database needs the command's time
│       └── WentBackwards     earlier than the journal's last entry
├── NotTaken                  nothing was sent; the queue of commands takes none
│   ├── QueueFull             send it again in a moment
│   └── Closing               the process is ending
├── OutcomeUnknown            send it again with the same key
├── NoSuchEntry
├── FollowingStopped          a follower and the database disagree about what was recorded
│   ├── FollowerAhead         it has seen what is not there
│   └── OrderBroken           an entry is missing
└── DatabaseUnfit
    ├── Unreachable           nothing was sent
    ├── ServerTooOld
    ├── NotCreated
    ├── SchemaTooNew
    ├── ClockFixed
    ├── ReadOnly              a standby takes no commands
    └── EmbeddedFailed        the PostgreSQL that we run ourselves
```
"""

from datetime import datetime
from uuid import UUID


class JournalError(Exception):
    """The journal cannot answer."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        said = " ".join((type(self).__doc__ or "").split())
        super().__init__(f"{said} ({detail})" if detail else said)


class CommandRefused(JournalError):
    """The command was refused and nothing of it was recorded."""


class VersionMoved(CommandRefused):
    """An aggregate that the command read has changed since it was read: load it again and decide again."""

    def __init__(self, journal_id: UUID, originator_id: UUID, actual_version: int) -> None:
        super().__init__(f"aggregate {originator_id} in journal {journal_id} is at version {actual_version}")
        self.journal_id = journal_id
        self.originator_id = originator_id
        self.actual_version = actual_version


class PremiseGone(CommandRefused):
    """What the command was decided on was not recorded after all: load it again and decide again."""


class KeyReused(CommandRefused):
    """The key was used before in this journal, for a command with other content."""

    def __init__(self, journal_id: UUID, key: str) -> None:
        super().__init__(f"key {key!r} in journal {journal_id}")
        self.journal_id = journal_id
        self.key = key


class ClockRefused(CommandRefused):
    """The command's time does not suit the database's clock."""


class AtRefused(ClockRefused):
    """The database records by its server's clock: a command may not say when it is recorded."""


class AtMissing(ClockRefused):
    """The database's clock is simulated: a command must say at what time it is recorded."""


class WentBackwards(ClockRefused):
    """The command's time is before the journal's last entry (or before 1970): recorded-at never goes backwards."""

    def __init__(self, journal_id: UUID, at: datetime | None) -> None:
        super().__init__(f"{at.isoformat() if at else 'no time'} in journal {journal_id}")
        self.journal_id = journal_id
        self.at = at


class NotTaken(JournalError):
    """The command was not taken up; nothing of it was recorded."""


class QueueFull(NotTaken):
    """Too many commands wait to be recorded; nothing of this one was: send it again in a moment."""


class Closing(NotTaken):
    """The process is ending and takes no more commands; nothing of this one was recorded: send it again elsewhere."""


class OutcomeUnknown(JournalError):
    """The connection was lost and the command is not recorded yet: send it again with the same key to learn or mend."""

    def __init__(self, journal_id: UUID, key: str) -> None:
        super().__init__(f"key {key!r} in journal {journal_id}")
        self.journal_id = journal_id
        self.key = key


class NoSuchEntry(JournalError):
    """The journal has no entry at this position."""

    def __init__(self, journal_id: UUID, position: int) -> None:
        super().__init__(f"position {position} in journal {journal_id}")
        self.journal_id = journal_id
        self.position = position


class FollowingStopped(JournalError):
    """The follower cannot go on from its place."""


class FollowerAhead(FollowingStopped):
    """The follower has seen entries that are not in the database: it was set back, or is another one."""

    def __init__(self, after: int, last: int) -> None:
        super().__init__(f"it has seen {after}, the last one here is {last}")
        self.after = after
        self.last = last


class OrderBroken(FollowingStopped):
    """An entry is missing from the database-wide order: the database was changed by hand; see slm doctor."""

    def __init__(self, place: int) -> None:
        super().__init__(f"place {place}")
        self.place = place


class DatabaseUnfit(JournalError):
    """The database cannot be used."""


class Unreachable(DatabaseUnfit):
    """The database cannot be reached; nothing was sent to it."""


class ServerTooOld(DatabaseUnfit):
    """The database server is too old: PostgreSQL 15 or later is needed."""


class NotCreated(DatabaseUnfit):
    """The database holds no journal yet: create it first."""


class SchemaTooNew(DatabaseUnfit):
    """The database was migrated by a later version of this software: use that version or a later one."""


class ClockFixed(DatabaseUnfit):
    """The database's clock was chosen when it was created: simulated never becomes real, nor real simulated."""


class ReadOnly(DatabaseUnfit):
    """The database takes no commands: it is a standby, or read only. Questions are answered; nothing was recorded."""


class EmbeddedFailed(DatabaseUnfit):
    """The embedded PostgreSQL cannot be used."""
