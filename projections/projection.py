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


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A decoded entry: an event at its place in its journal. `recorded_at` is aware, UTC."""

    journal_id: UUID
    position: int
    originator_id: UUID
    originator_version: int
    recorded_at: datetime
    event: Event[Any] | Erased
    metadata: Metadata


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a read model's table; the engine puts `journal_id` and `sheet` before the fields.

    The table's columns are the fields in order; `KEY` names the fields that, after `journal_id`, identify a row.
    Column types follow the annotations: str, int (bigint), bool, UUID, date, datetime (aware), timedelta (interval),
    each also `| None`; any other type (nested Structs, tuples, Fraction-free) is stored as canonical `json`.
    """

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]


State = TypeVar("State")


class Projection(Protocol[State]):
    """A read model, named after the question it answers. `version` rises when rows for the same entries change."""

    name: str
    version: int
    tables: tuple[type[Row], ...]
    handles: frozenset[str]  # stored event names (with version) that the fold looks at; others are not decoded

    def begin(self, journal_id: UUID) -> State:
        """The state before the first entry."""
        ...

    def fold(self, state: State, entry: Placed) -> Iterable[str]:
        """Take the entry into the state, in place, and name the sheets it touched."""
        ...

    def rows(self, state: State, sheet: str) -> Iterable[Row]:
        """All rows of one sheet, as the state has them now; none when the sheet no longer exists."""
        ...
