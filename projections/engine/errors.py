"""What can go wrong between a journal and its read models.

ProjectionError
├── WrongTable            a Row type that no table can hold
├── NotBuilt              a projection version without a live generation
├── UnknownProjection     a name that no projection bears
├── AlreadyBuilding       a second rebuild of a projection while one runs
├── NothingToRollBackTo   no complete generation of that projection besides the live one
├── WorkerLost            a process of a rebuild that ended before its work was done
├── RebuildStopped        the rebuilt rows would end earlier than the live ones
├── VerificationFailed    rows as built differ from the same fold in memory
└── GapInJournal          the feed left out an entry

The docstring of each class is its message; what differs is in the arguments.
"""

from uuid import UUID


class ProjectionError(Exception):
    """Something is wrong with a read model."""

    def __init__(self, *facts: object) -> None:
        super().__init__(*facts)
        self.facts = facts

    def __str__(self) -> str:
        sentence = (type(self).__doc__ or "").strip()
        return f"{sentence} ({', '.join(str(fact) for fact in self.facts)})" if self.facts else sentence


class WrongTable(ProjectionError):
    """A row type cannot become a table."""


class NotBuilt(ProjectionError):
    """This version of the projection has not been built yet; start the engine or rebuild it."""


class UnknownProjection(ProjectionError):
    """No projection bears this name."""


class AlreadyBuilding(ProjectionError):
    """A rebuild of this projection is running; wait for it to end."""


class NothingToRollBackTo(ProjectionError):
    """There is no such complete generation to make live."""


class WorkerLost(ProjectionError):
    """A process of the rebuild ended before its work was done; rebuild again, and it goes on where it stood."""


class RebuildStopped(ProjectionError):
    """The rebuild met an entry it cannot take, earlier than where the live rows stand; the live rows stay."""


class VerificationFailed(ProjectionError):
    """Rows as built differ from the same fold in memory; the live rows stay."""


class GapInJournal(ProjectionError):
    """The journal left out an entry; positions have no gaps."""


class Fault(Exception):
    """An entry that a projection cannot take: the reason why one journal of one projection stops.

    `position` is the entry's where it is known; None when rendering or storing the rows of several entries failed.
    """

    def __init__(self, projection: str, journal_id: UUID, *, position: int | None = None, name: str = "") -> None:
        super().__init__(projection, journal_id, position, name)
        self.projection = projection
        self.journal_id = journal_id
        self.position = position
        self.name = name

    @property
    def reason(self) -> str:
        """The exception behind, by type and message: what a person needs to find the mistake."""
        return f"{type(self.__cause__).__name__}: {self.__cause__}"
