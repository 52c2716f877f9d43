"""Who did what, when and why, in which phase of the cycle? One row per act, in the order of the journal (G5, S10).

Texts are not copied: a row refers to the note by its version in the aggregate, and whoever shows it reads it there.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from projections.projection import Placed, Row
from slm_domain.aggregate import Event
from slm_domain.contract import ContractDrafted
from slm_domain.incident_events import IncidentReported
from slm_domain.phases import PHASES
from slm_domain.review import ImprovementPlanned, ReviewOpened
from slm_domain.service_level import LevelDefined

BLOCK = 100  # history only grows: a sheet is a block of positions, so that an entry renders few rows anew


class Act(Row, frozen=True):
    """One entry of the history.

    `kind` and `subject` name the aggregate ("incident", "2025-001"); `level`, `month`, `review`, `improvement` and
    `revision` join a breach to its review, the review to its improvements and to the level they led to.
    """

    TABLE: ClassVar[str] = "act"
    KEY: ClassVar[tuple[str, ...]] = ("position",)

    position: int
    recorded_at: datetime
    occurred_at: datetime
    phase: str
    event: str
    kind: str
    subject: str
    side: str
    person: str
    organisation: str | None
    level: str | None
    month: str | None
    review: str | None
    improvement: str | None
    revision: str | None
    effective_from: date | None
    note: int | None


class HistoryState:
    """The acts so far by block, and what each originator is called."""

    def __init__(self) -> None:
        self.blocks: dict[str, list[Act]] = {}
        self.subjects: dict[UUID, tuple[str, str]] = {}
        self.improved: dict[tuple[UUID, str], ImprovementPlanned] = {}
        self.opened: dict[UUID, ReviewOpened] = {}


class PdcaHistory:
    """The read model."""

    name = "pdca_history"
    version = 1
    tables: tuple[type[Row], ...] = (Act,)
    handles = frozenset(kind.NAME for kind in PHASES)

    def begin(self, _journal_id: UUID) -> HistoryState:
        """An empty history."""
        return HistoryState()

    def fold(self, state: HistoryState, entry: Placed) -> Iterable[str]:
        """Add the act."""
        if not isinstance(entry.event, Event):  # erased: what can be erased is no act
            return ()
        self._remember(state, entry.originator_id, entry.event)
        sheet = str(entry.position // BLOCK)
        state.blocks.setdefault(sheet, []).append(_act(state, entry, entry.event))
        return (sheet,)

    def rows(self, state: HistoryState, sheet: str) -> Iterable[Row]:
        """The acts of one block of positions."""
        return state.blocks[sheet]

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


def _act(state: HistoryState, entry: Placed, event: Event[Any]) -> Act:
    kind, subject = state.subjects[entry.originator_id]
    opened = state.opened.get(entry.originator_id)
    improvement: str | None = getattr(event, "improvement", None)
    planned = state.improved.get((entry.originator_id, improvement or ""))
    level = subject if kind == "level" else (planned or opened or event)
    return Act(
        position=entry.position,
        recorded_at=entry.recorded_at,
        occurred_at=event.occurred_at,
        phase=PHASES[type(event)].value,
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
