"""Folds in progress over one journal, the cache of such folds, and the rows of the sheets that they touched.

The same folding serves posting, rebuilding and an audit in memory.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeGuard, cast
from uuid import UUID

from projections.engine.errors import Fault
from projections.engine.feed import Page, Undecodable
from projections.engine.tables import Record, Table, table_of
from projections.projection import Placed, Projection, Row, SharedFold, SharingProjection

AnyProjection: TypeAlias = Projection[Any] | SharingProjection[Any]
Records = dict[Table, list[Record]]

_Touch = Callable[[Iterable[str]], None]
_Plain = tuple[AnyProjection, Callable[[Any, Placed], Iterable[str]], Any, _Touch]
_Sharing = tuple[AnyProjection, Callable[[Any, Placed, Any], Iterable[str]], Any, _Touch]
# What one entry goes through: each shared fold and those who build on it, then the others.
_Steps = tuple[list[tuple[Callable[[Any, Placed], Any] | None, Any, list[_Sharing]]], list[_Plain]]


class Folding:
    """The states of some projections over one journal, all up to `position`, and the sheets touched by each.

    Shared folds take an entry once. After a Fault the states may be half changed: throw the folding away.
    """

    def __init__(self, projections: Sequence[AnyProjection], journal_id: UUID) -> None:
        self.projections = tuple(projections)
        self.journal_id = journal_id
        self.position = 0
        self.touched: dict[str, set[str]] = {projection.name: set() for projection in projections}
        self._shared: dict[SharedFold, Any] = {}
        self._states: dict[str, Any] = {}
        self._steps: dict[str, _Steps] = {}
        for projection in projections:
            try:
                self._states[projection.name] = self._begun(projection)
            except Exception as error:
                raise Fault(projection.name, journal_id, position=1) from error

    @property
    def handles(self) -> frozenset[str]:
        """The event names that any of the projections looks at."""
        return frozenset[str]().union(*(projection.handles for projection in self.projections))

    def state(self, projection: AnyProjection) -> Any:  # noqa: ANN401 -- each projection has its own kind
        """The state of one of the projections."""
        return self._states[projection.name]

    def take(self, page: Page) -> None:
        """Fold the page's entries that come after `position`. Raises Fault at the first that cannot be taken."""
        part = page.part(self.position, page.last)
        known = self._steps
        entry: Placed | Undecodable | None = None
        at_work: AnyProjection | None = None
        try:
            for entry in part.entries:
                steps = known.get(entry.name)
                if steps is None:
                    steps = known[entry.name] = self._steps_of(entry.name)
                sharing, plain = steps
                if isinstance(entry, Undecodable):
                    at_work = _first(steps)
                    if at_work is not None:
                        raise entry.error  # noqa: TRY301 - it arose while decoding; here is where it counts
                    continue
                for share, shared_state, group in sharing:
                    at_work = group[0][0]
                    told = None if share is None else share(shared_state, entry)
                    for at_work, fold_told, state, touch in group:  # noqa: B007 -- named when the fold fails
                        touch(fold_told(state, entry, told))
                for at_work, fold, state, touch in plain:  # noqa: B007 -- as above
                    touch(fold(state, entry))
        except Exception as error:
            at, name = (entry.position, entry.name) if entry else (page.first, "")
            culprit = (at_work or self.projections[0]).name
            raise Fault(culprit, self.journal_id, position=at, name=name) from error
        self.position = max(self.position, page.last)

    def clear(self) -> None:
        """Forget which sheets were touched: their rows stand already."""
        for touched in self.touched.values():
            touched.clear()

    def records(self, projection: AnyProjection, sheets: Iterable[str]) -> Records:
        """The rows of these sheets, by table, as COPY takes them. Raises Fault (without position)."""
        state = self._states[projection.name]
        try:
            by_type: dict[type[Row], tuple[Table, list[Record]]] = {
                row: (table_of(row), []) for row in projection.tables
            }
            for sheet in sheets:
                for row in projection.rows(state, sheet):
                    table, records = by_type[type(row)]
                    records.append(table.record(self.journal_id, sheet, row))
        except Exception as error:
            raise Fault(projection.name, self.journal_id) from error
        return {table: records for table, records in by_type.values() if records}

    def _begun(self, projection: AnyProjection) -> Any:  # noqa: ANN401 -- as above
        if not is_sharing(projection):
            return cast("Projection[Any]", projection).begin(self.journal_id)
        if projection.shared not in self._shared:
            self._shared[projection.shared] = projection.shared.begin(self.journal_id)
        return projection.begin(self.journal_id, self._shared[projection.shared])

    def _steps_of(self, name: str) -> _Steps:
        handling = [projection for projection in self.projections if name in projection.handles]
        groups: dict[SharedFold, list[_Sharing]] = {}
        plain: list[_Plain] = []
        for projection in handling:
            state, touch = self._states[projection.name], self.touched[projection.name].update
            if is_sharing(projection):
                groups.setdefault(projection.shared, []).append((projection, projection.fold, state, touch))
            else:
                plain.append((projection, cast("Projection[Any]", projection).fold, state, touch))
        sharing: list[tuple[Callable[[Any, Placed], Any] | None, Any, list[_Sharing]]] = [
            (shared.fold if name in shared.handles else None, self._shared[shared], group)
            for shared, group in groups.items()
        ]
        return sharing, plain


def is_sharing(projection: AnyProjection) -> TypeGuard[SharingProjection[Any]]:
    """Whether the projection builds on a shared fold."""
    return hasattr(projection, "shared")


def _first(steps: _Steps) -> AnyProjection | None:
    sharing, plain = steps
    return sharing[0][2][0][0] if sharing else plain[0][0] if plain else None


class States:
    """Foldings kept between posts, the least recently used thrown away first. One that is missing is folded again.

    `bound` is the number of entries folded in all of them together, by which their memory is measured.
    """

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._entries = 0
        self._kept: OrderedDict[_Key, tuple[Folding, int]] = OrderedDict()

    def get(self, projections: Sequence[AnyProjection], journal_id: UUID, *, upto: int) -> Folding:
        """The folding as kept, or from the beginning; never beyond `upto`."""
        kept = self._kept.get(_key(projections, journal_id))
        return kept[0] if kept is not None and kept[0].position <= upto else Folding(projections, journal_id)

    def position(self, projections: Sequence[AnyProjection], journal_id: UUID) -> int:
        """How far the folding that is kept has got; 0 without one."""
        kept = self._kept.get(_key(projections, journal_id))
        return 0 if kept is None else kept[0].position

    def keep(self, folding: Folding) -> None:
        """Keep it as the most recently used."""
        self.discard(folding.projections, folding.journal_id)
        self._kept[_key(folding.projections, folding.journal_id)] = folding, folding.position
        self._entries += folding.position
        while self._entries > self._bound:
            _, (_, entries) = self._kept.popitem(last=False)
            self._entries -= entries

    def discard(self, projections: Sequence[AnyProjection], journal_id: UUID) -> None:
        """Throw it away: it moved and its rows did not."""
        _, entries = self._kept.pop(_key(projections, journal_id), (None, 0))
        self._entries -= entries


_Key: TypeAlias = tuple[UUID, tuple[tuple[str, int], ...]]


def _key(projections: Sequence[AnyProjection], journal_id: UUID) -> _Key:
    return journal_id, _named(tuple(projections))


@lru_cache(maxsize=64)  # the few that stand together, for journal after journal
def _named(projections: tuple[AnyProjection, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((projection.name, projection.version) for projection in projections)
