"""What a projection is: a fold over one journal's entries, and the rows of the sheets that the fold touched.

A projection reads no tables and no clock. Everything else (which entries are outstanding, transactions, generations,
checkpoints, caches) belongs to the engine.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

import msgspec

from slm_domain.aggregate import Erased, Event
from slm_domain.metadata import Metadata


class Placed(msgspec.Struct, frozen=True):
    """A decoded entry: an event at its place in its journal, by its stored name. `recorded_at` is aware, UTC."""

    journal_id: UUID
    position: int
    originator_id: UUID
    originator_version: int
    name: str
    recorded_at: datetime
    event: Event[Any] | Erased
    metadata: Metadata


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a read model's table; the engine puts `journal_id` and `sheet` before the fields.

    The table's columns are the fields in order; `KEY` names the fields that, after `journal_id`, identify a row.
    Column types follow the annotations: str (also a Literal of texts, or a StrEnum), int (bigint), bool, UUID, date,
    datetime (aware), timedelta (interval), bytes, each also `| None`; any other type (nested Structs, tuples; an exact
    ratio is two ints) is stored as canonical `json`, which cannot be asked for by value. Floats are refused.

    A key belongs to one sheet for ever: two sheets must not hold rows of one key. Text that can be erased is not copied
    into rows: a row names the entry by its position, and whoever shows it reads it there.
    """

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]


State = TypeVar("State")


class ReadModel(Protocol):
    """What every projection says of itself. `version` rises when rows for the same entries change."""

    @property
    def name(self) -> str:
        """Lower case ASCII, digits and underscores: part of a schema's name."""
        ...

    @property
    def version(self) -> int: ...

    @property
    def tables(self) -> tuple[type[Row], ...]: ...

    @property
    def handles(self) -> frozenset[str]:
        """The stored event names (with version) that the fold looks at; others are not decoded."""
        ...


class Projection(ReadModel, Protocol[State]):
    """A read model, named after the question it answers.

    The state, and so the rows, depend on the entries alone: not on how many are folded at a time, nor on which sheets
    were rendered before. An entry that changes a sheet's rows names that sheet. Exceptions from these functions stop
    the journal before the entry they arose from.
    """

    def begin(self, journal_id: UUID) -> State:
        """The state before the first entry."""
        ...

    def fold(self, state: State, entry: Placed) -> Iterable[str]:
        """Take the entry into the state, in place, and name the sheets it touched."""
        ...

    def rows(self, state: State, sheet: str) -> Iterable[Row]:
        """All rows of one sheet, as the state has them now; none when the sheet no longer exists."""
        ...


class SharedFold(Protocol):
    """A fold that several projections build on, such as the register of a contract: each entry is taken once for all.

    Projections that share it read its state and change nothing in it.
    """

    @property
    def handles(self) -> frozenset[str]:
        """The stored event names it takes: those who share it handle at least these."""
        ...

    def begin(self, journal_id: UUID) -> Any:  # noqa: ANN401 -- a state of any kind, read by those who share it
        """The state before the first entry."""
        ...

    def fold(self, state: Any, entry: Placed) -> Any:  # noqa: ANN401 -- as above, and what the entry changed in it
        """Take the entry into the state, in place, and tell those who share it what it changed."""
        ...


class SharingProjection(ReadModel, Protocol[State]):
    """A read model that builds on a shared fold; as `Projection` in all else."""

    @property
    def shared(self) -> SharedFold: ...

    def begin(self, journal_id: UUID, shared: Any, /) -> State:  # noqa: ANN401 -- the shared fold's state
        """The state before the first entry, over the shared state, which goes on growing."""
        ...

    def fold(self, state: State, entry: Placed, told: Any, /) -> Iterable[str]:  # noqa: ANN401 -- the shared fold's word
        """Take the entry, which the shared state has already; `told` is None where the shared fold leaves it out."""
        ...

    def rows(self, state: State, sheet: str) -> Iterable[Row]:
        """As for any projection."""
        ...
