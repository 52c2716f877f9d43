"""Who did what, when and why, in which phase of the cycle? The acts in the order of the journal (G5, S10).

Texts are not copied: a row refers to the note by its version in the aggregate, and whoever shows it reads it there.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from projections.projection import Placed, Row
from slm_domain.aggregate import Event
from slm_domain.contract import ContractDrafted
from slm_domain.incident_events import IncidentReported
from slm_domain.phases import PHASES
from slm_domain.review import ImprovementPlanned, ReviewOpened
from slm_domain.service_level import LevelDefined

# History only grows: a sheet, and a row, is a block of positions, so that an entry renders few acts anew. A row of more
# than 2 kB, some eight acts, is compressed whenever it is written.
BLOCK = 10


class Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):  # by the million
    """One entry of the history.

    `kind` and `subject` name the aggregate ("incident", "2025-001"); `level`, `month`, `review`, `improvement` and
    `revision` join a breach to its review, the review to its improvements and to the level they led to.
    """

    position: int
    recorded_at: datetime
    occurred_at: datetime
    phase: str
    event: str
    kind: str
    subject: str
    side: str
    person: str
    organisation: str | None = None
    level: str | None = None
    month: str | None = None
    review: str | None = None
    improvement: str | None = None
    revision: str | None = None
    effective_from: date | None = None
    note: int | None = None


class Acts(Row, frozen=True):
    """The acts of a block of positions, in order; see `block_of`."""

    TABLE: ClassVar[str] = "acts"
    KEY: ClassVar[tuple[str, ...]] = ("block",)

    block: int
    acts: tuple[Act, ...]


def block_of(position: int) -> str:
    """The sheet on which the act of this position stands."""
    return str(position // BLOCK)


class HistoryState:
    """The acts so far by block, and what each originator is called."""

    def __init__(self) -> None:
        self.blocks: dict[str, list[Act]] = {}
        self.subjects: dict[UUID, tuple[str, str]] = {}
        self.improved: dict[tuple[UUID, str], ImprovementPlanned] = {}
        self.opened: dict[UUID, ReviewOpened] = {}


_REMEMBERED = frozenset({ContractDrafted, LevelDefined, IncidentReported, ReviewOpened, ImprovementPlanned})


class PdcaHistory:
    """The read model."""

    name = "pdca_history"
    version = 3
    tables: tuple[type[Row], ...] = (Acts,)
    handles = frozenset(kind.NAME for kind in PHASES)

    def begin(self, _journal_id: UUID) -> HistoryState:
        """An empty history."""
        return HistoryState()

    def fold(self, state: HistoryState, entry: Placed) -> Iterable[str]:
        """Add the act."""
        if not isinstance(entry.event, Event):  # erased: what can be erased is no act
            return ()
        if type(entry.event) in _REMEMBERED:
            self._remember(state, entry.originator_id, entry.event)
        sheet = block_of(entry.position)
        state.blocks.setdefault(sheet, []).append(_act(state, entry, entry.event))
        return (sheet,)

    def rows(self, state: HistoryState, sheet: str) -> Iterable[Row]:
        """The row of one block of positions."""
        return (Acts(block=int(sheet), acts=tuple(state.blocks[sheet])),)

    def _remember(self, state: HistoryState, originator: UUID, event: Event[Any]) -> None:
        match event:
            case ContractDrafted():
                state.subjects[originator] = ("contract", event.code)
            case LevelDefined():
                state.subjects[originator] = ("level", event.key)
            case IncidentReported():
                state.subjects[originator] = ("incident", event.incident)
            case ReviewOpened():
                state.subjects[originator] = ("review", event.review)
                state.opened[originator] = event
            case ImprovementPlanned():
                state.improved[originator, event.improvement] = event
            case _:
                pass  # says nothing that later acts refer to


# Events that repeat nothing of reviews, improvements or revisions, by far the most: asked for what they have not, each
# would cost as much as all the rest of its act.
_OF_CYCLE = frozenset({"improvement", "review", "revision", "effective_from", "month", "because_of_month"})
_PLAIN = frozenset(kind for kind in PHASES if not _OF_CYCLE & frozenset(kind.__struct_fields__))
_WITH_NOTE = frozenset(kind for kind in PHASES if "note" in kind.__struct_fields__)
_PHASE: dict[type[Event[Any]], str] = {kind: phase.value for kind, phase in PHASES.items()}


def _act(state: HistoryState, entry: Placed, event: Event[Any]) -> Act:
    kind, subject = state.subjects[entry.originator_id]
    by, class_of_event = entry.metadata, type(event)
    if class_of_event not in _PLAIN or kind not in {"level", "incident"}:
        return _full(state, entry, event)
    return Act(
        position=entry.position,
        recorded_at=entry.recorded_at,
        occurred_at=event.occurred_at,
        phase=_PHASE[class_of_event],
        event=event.NAME,
        kind=kind,
        subject=subject,
        side=by.side,
        person=by.person,
        organisation=by.organisation,
        level=subject if kind == "level" else None,
        note=event.note if class_of_event in _WITH_NOTE else None,  # type: ignore[attr-defined]  # those have one
    )


def _full(state: HistoryState, entry: Placed, event: Event[Any]) -> Act:
    kind, subject = state.subjects[entry.originator_id]
    opened = state.opened.get(entry.originator_id)
    improvement: str | None = getattr(event, "improvement", None)
    planned = state.improved.get((entry.originator_id, improvement or ""))
    level = subject if kind == "level" else (planned or opened or event)
    return Act(
        position=entry.position,
        recorded_at=entry.recorded_at,
        occurred_at=event.occurred_at,
        phase=_PHASE[type(event)],
        event=event.NAME,
        kind=kind,
        subject=subject,
        side=entry.metadata.side,
        person=entry.metadata.person,
        organisation=entry.metadata.organisation,
        level=level if isinstance(level, str) else _level_of(level),
        month=_month_of(event, planned, opened),
        review=subject if kind == "review" else getattr(event, "review", None),
        improvement=improvement,
        revision=getattr(event, "revision", None),
        effective_from=getattr(event, "effective_from", None),
        note=getattr(event, "note", None),
    )


def _level_of(event: Event[Any]) -> str | None:
    """The service level that a review or improvement is about; an incident's `level` is another idea (A, B, C)."""
    return event.level if isinstance(event, ReviewOpened | ImprovementPlanned) else None


def _month_of(event: Event[Any], planned: ImprovementPlanned | None, opened: ReviewOpened | None) -> str | None:
    own: str | None = getattr(event, "month", None)
    because: str | None = getattr(event, "because_of_month", None)
    if own or because:
        return own or because
    if planned is not None and planned.because_of_month:
        return planned.because_of_month
    return None if opened is None else opened.month or opened.because_of_month
