"""Folding a read model entry by entry, without an engine: what each entry touches, and every row after it."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec

from projections.engine.feed import Page
from projections.engine.folding import AnyProjection, Folding
from projections.projection import Placed, Row
from slm_domain import codec
from slm_domain.metadata import Metadata
from tests.projections.contract_histories import JOURNAL
from tests.projections.engine.histories import START, Draft


class Fold:
    """A read model's state over one journal, and all its rows as they would stand in the tables."""

    def __init__(self, model: AnyProjection) -> None:
        self.model = model
        self.folding = Folding([model], JOURNAL)
        self.stored: dict[str, list[Row]] = {}  # what taking the touched sheets after every entry has left

    @property
    def state(self) -> Any:
        """The read model's state."""
        return self.folding.state(self.model)

    def take(self, entry: Placed) -> set[str]:
        """Fold the entry and render the sheets it touched; their names."""
        self.folding.take(Page(journal_id=JOURNAL, first=entry.position, last=entry.position, entries=[entry]))
        touched = set(self.folding.touched[self.model.name])
        self.folding.touched[self.model.name].clear()
        for sheet in touched:
            self.stored[sheet] = self.rendered(sheet)
        return touched

    def rendered(self, sheet: str) -> list[Row]:
        """The sheet's rows as the state has them now, in the order of their keys."""
        return sorted(self.model.rows(self.state, sheet), key=lambda row: repr(key_of(row)))

    def rows(self, kind: type[Row]) -> list[Any]:
        """All stored rows of a kind."""
        return [row for rows in self.stored.values() for row in rows if isinstance(row, kind)]


def key_of(row: Row) -> tuple[object, ...]:
    """What identifies a row within its journal."""
    return (type(row).TABLE, *(getattr(row, name) for name in type(row).KEY))


def entries(drafts: Iterable[Draft]) -> Iterator[Placed]:
    """The drafts as they are placed in their journal."""
    versions: dict[UUID, int] = {}
    for position, draft in enumerate(drafts, start=1):
        versions[draft.originator_id] = versions.get(draft.originator_id, 0) + 1
        yield Placed(
            journal_id=JOURNAL,
            position=position,
            originator_id=draft.originator_id,
            originator_version=versions[draft.originator_id],
            name=draft.name,
            recorded_at=draft.at or START,
            event=codec.decode(draft.name, draft.payload),
            metadata=msgspec.json.decode(draft.metadata, type=Metadata),
        )


def folded(model: AnyProjection, drafts: Iterable[Draft]) -> Fold:
    """The read model after all drafts."""
    fold = Fold(model)
    for entry in entries(drafts):
        fold.take(entry)
    return fold
