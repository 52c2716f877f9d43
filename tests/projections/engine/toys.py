"""Three small projections over three small events, with every kind of column and every way to touch sheets."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Literal
from uuid import UUID

import msgspec

from projections.projection import Placed, Row
from slm_domain.aggregate import Erased, Event
from slm_domain.metadata import Metadata
from slm_journal.entry import Entry


class Noted(Event[Any], frozen=True, kw_only=True):
    """Something with a subject happened."""

    NAME: ClassVar[str] = "toy.noted/1"

    subject: str
    amount: int


class Withdrawn(Event[Any], frozen=True, kw_only=True):
    """A subject is no more."""

    NAME: ClassVar[str] = "toy.withdrawn/1"

    subject: str


class Restated(Event[Any], frozen=True, kw_only=True):
    """All amounts so far change by this much: touches every sheet."""

    NAME: ClassVar[str] = "toy.restated/1"

    by: int


class Ignored(Event[Any], frozen=True, kw_only=True):
    """Nobody looks at this."""

    NAME: ClassVar[str] = "toy.ignored/1"


EVENTS: dict[str, type[Event[Any]]] = {one.NAME: one for one in (Noted, Withdrawn, Restated, Ignored)}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def decode(entry: Entry) -> Placed:
    """The entry with its event."""
    kind = EVENTS[entry.name]
    return Placed(
        journal_id=entry.journal_id,
        position=entry.position,
        originator_id=entry.originator_id,
        originator_version=entry.originator_version,
        name=entry.name,
        recorded_at=EPOCH + timedelta(microseconds=entry.recorded_at),
        event=Erased(name=entry.name) if entry.payload is None else msgspec.json.decode(entry.payload, type=kind),
        metadata=msgspec.json.decode(entry.metadata or b"", type=Metadata),
    )


class TallyRow(Row, frozen=True, kw_only=True):
    TABLE: ClassVar[str] = "tally"
    KEY: ClassVar[tuple[str, ...]] = ("subject",)

    subject: str
    count: int
    total: int
    large: bool
    first: datetime
    span: timedelta | None


Subjects = dict[str, list[tuple[datetime, int]]]


class Tally:
    """How often, and how much, per subject. A withdrawn subject has no sheet any more."""

    name = "tally"
    version = 1
    tables: tuple[type[Row], ...] = (TallyRow,)

    def __init__(self) -> None:
        self._on: dict[type[object], Callable[[Subjects, Any], Iterable[str]]] = {
            Noted: self._noted,
            Withdrawn: self._withdrawn,
            Restated: self._restated,
        }
        self.handles = frozenset({Noted.NAME, Withdrawn.NAME, Restated.NAME})

    def begin(self, _journal_id: UUID) -> Subjects:
        return {}

    def fold(self, state: Subjects, entry: Placed) -> Iterable[str]:
        return self._on[type(entry.event)](state, entry.event)

    def rows(self, state: Subjects, sheet: str) -> Iterator[Row]:
        if notes := state.get(sheet):
            total = sum(amount for _, amount in notes)
            span = max(at for at, _ in notes) - min(at for at, _ in notes)
            yield TallyRow(
                subject=sheet, count=len(notes), total=total, large=total > 10, first=notes[0][0], span=span or None
            )

    def _noted(self, state: Subjects, event: Noted) -> Iterable[str]:
        state.setdefault(event.subject, []).append((event.occurred_at, event.amount))
        return (event.subject,)

    def _withdrawn(self, state: Subjects, event: Withdrawn) -> Iterable[str]:
        return (event.subject,) if state.pop(event.subject, None) else ()

    def _restated(self, state: Subjects, event: Restated) -> Iterable[str]:
        for notes in state.values():
            notes[:] = [(at, amount + event.by) for at, amount in notes]
        return tuple(state)


class LineRow(Row, frozen=True, kw_only=True):
    TABLE: ClassVar[str] = "line"
    KEY: ClassVar[tuple[str, ...]] = ("position",)

    position: int
    day: date
    kind: Literal["noted", "withdrawn"]
    subject: str


class Share(msgspec.Struct, frozen=True, kw_only=True):
    subject: str
    lines: int


class MonthRow(Row, frozen=True, kw_only=True):
    TABLE: ClassVar[str] = "month"
    KEY: ClassVar[tuple[str, ...]] = ("month",)

    month: str
    shares: tuple[Share, ...]
    last_by: UUID


class Diary:
    """What happened month by month: two tables, one sheet per month."""

    name = "diary"
    version = 3
    tables: tuple[type[Row], ...] = (LineRow, MonthRow)
    handles = frozenset({Noted.NAME, Withdrawn.NAME})

    def begin(self, _journal_id: UUID) -> dict[str, list[tuple[LineRow, UUID]]]:
        return {}

    def fold(self, state: dict[str, list[tuple[LineRow, UUID]]], entry: Placed) -> Iterator[str]:
        event: Any = entry.event
        day = event.occurred_at.date()
        kind: Literal["noted", "withdrawn"] = "noted" if isinstance(event, Noted) else "withdrawn"
        line = LineRow(position=entry.position, day=day, kind=kind, subject=event.subject)
        sheet = day.isoformat()[:7]
        state.setdefault(sheet, []).append((line, entry.originator_id))
        yield sheet

    def rows(self, state: dict[str, list[tuple[LineRow, UUID]]], sheet: str) -> Iterator[Row]:
        lines = state[sheet]
        subjects = [line.subject for line, _ in lines]
        yield from (line for line, _ in lines)
        shares = tuple(Share(subject=one, lines=subjects.count(one)) for one in sorted(set(subjects)))
        yield MonthRow(month=sheet, shares=shares, last_by=lines[-1][1])


class NewestRow(Row, frozen=True, kw_only=True):
    TABLE: ClassVar[str] = "newest"
    KEY: ClassVar[tuple[str, ...]] = ()

    position: int
    event: str


class Newest:
    """One row a journal: the last entry seen."""

    name = "newest"
    version = 1
    tables: tuple[type[Row], ...] = (NewestRow,)
    handles = frozenset({Noted.NAME, Restated.NAME})

    def begin(self, _journal_id: UUID) -> list[NewestRow]:
        return []

    def fold(self, state: list[NewestRow], entry: Placed) -> Iterable[str]:
        event: Any = entry.event
        state[:] = [NewestRow(position=entry.position, event=event.NAME)]
        return ("",)

    def rows(self, state: list[NewestRow], _sheet: str) -> Iterable[Row]:
        return state


PROJECTIONS = (Tally(), Diary(), Newest())
