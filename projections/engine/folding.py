"""A fold in progress, the cache of such folds, and the rows of the sheets that one touched.

The same folding serves posting, rebuilding and an audit in memory.
"""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from projections.engine.errors import Fault
from projections.engine.feed import Page, Undecodable
from projections.engine.tables import Record, Table, table_of
from projections.projection import Projection, Row

AnyProjection = Projection[Any]
Records = dict[Table, list[Record]]


class Folding:
    """A projection's state over one journal, up to `position`, and the sheets touched since they were last taken.

    After a Fault the state may be half changed: throw the folding away.
    """

    def __init__(self, projection: AnyProjection, journal_id: UUID) -> None:
        self.projection = projection
        self.journal_id = journal_id
        self.position = 0
        self.touched: set[str] = set()
        try:
            self.state = projection.begin(journal_id)
        except Exception as error:
            raise Fault(projection.name, journal_id, position=1) from error

    def take(self, page: Page) -> None:
        """Fold the page's entries that come after `position`. Raises Fault at the first that cannot be taken."""
        part = page.part(self.position, page.last)
        handles, fold, state, touch = self.projection.handles, self.projection.fold, self.state, self.touched.update
        taken = None
        try:
            for taken in part.entries:
                if taken.name in handles:
                    placed = taken.placed
                    if isinstance(placed, Undecodable):
                        raise placed.error  # noqa: TRY301 - it arose while decoding; here is where it counts
                    touch(fold(state, placed))
        except Exception as error:
            at, name = (taken.position, taken.name) if taken else (page.first, "")
            raise Fault(self.projection.name, self.journal_id, position=at, name=name) from error
        self.position = max(self.position, page.last)

    def records(self, sheets: Iterable[str]) -> Records:
        """The rows of these sheets, by table, as COPY takes them. Raises Fault (without position)."""
        try:
            by_type: dict[type[Row], tuple[Table, list[Record]]] = {
                row: (table_of(row), []) for row in self.projection.tables
            }
            for sheet in sheets:
                for row in self.projection.rows(self.state, sheet):
                    table, records = by_type[type(row)]
                    records.append(table.record(self.journal_id, sheet, row))
        except Exception as error:
            raise Fault(self.projection.name, self.journal_id) from error
        return {table: records for table, records in by_type.values() if records}


class States:
    """Foldings kept between posts, the least recently used thrown away first. One that is missing is folded again."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._kept: OrderedDict[tuple[str, int, UUID], Folding] = OrderedDict()

    def get(self, projection: AnyProjection, journal_id: UUID, *, upto: int) -> Folding:
        """The folding as kept, or from the beginning; never beyond `upto`."""
        kept = self._kept.get((projection.name, projection.version, journal_id))
        return kept if kept is not None and kept.position <= upto else Folding(projection, journal_id)

    def keep(self, folding: Folding) -> None:
        """Keep it as the most recently used."""
        key = (folding.projection.name, folding.projection.version, folding.journal_id)
        self._kept[key] = folding
        self._kept.move_to_end(key)
        while len(self._kept) > self._bound:
            self._kept.popitem(last=False)

    def discard(self, projection: AnyProjection, journal_id: UUID) -> None:
        """Throw it away: it moved and its rows did not."""
        self._kept.pop((projection.name, projection.version, journal_id), None)

    def clear(self) -> None:
        """Throw all away."""
        self._kept.clear()
