"""What one transaction changes in the generations posted into: touched sheets replaced, checkpoints moved.

Each question to the server costs as much as many rows, and somebody waits for the answer: so all sheets are cleared and
all checkpoints moved by one statement, and all rows stored by another, however many tables and generations there are.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from uuid import UUID

import asyncpg

from projections.engine.errors import Fault
from projections.engine.feed import Page
from projections.engine.folding import Folding
from projections.engine.generations import Generation, Link
from projections.engine.tables import Record, Table

# What PostgreSQL or the driver answers when a row cannot be stored: the fault of an entry, not of the connection.
ENTRY_FAULTS = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.ProgramLimitExceededError,
    TypeError,
    ValueError,
    OverflowError,
)

# A plan made while a table was empty would scan all of it for ever after, and one made for a few sheets would join all
# of it; and to plan each time anew takes longer than to clear a dozen sheets. Rows lost with a crash of the server are
# posted again, since the checkpoint is lost with them: no need to wait for the disk.
_BEGIN = (
    "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
    "SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = force_generic_plan"
)


class Change:
    """What one transaction changes in one generation."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.positions: dict[UUID, int] = {}
        self.cleared: list[tuple[UUID, str]] = []
        self.records: dict[Table, list[Record]] = {}

    def take(self, folding: Folding, page: Page) -> None:
        """The rows of the sheets that the page touched. Raises Fault."""
        projection = self.generation.projection
        sheets = sorted(folding.touched[projection.name])
        folding.touched[projection.name].clear()
        self.positions[page.journal_id] = page.last
        if not sheets:
            return
        self.cleared += [(page.journal_id, sheet) for sheet in sheets]
        for table, records in folding.records(projection, sheets).items():
            self.records.setdefault(table, []).extend(records)


async def store(link: Link, changes: Sequence[Change]) -> None:
    """Replace the touched sheets and move the checkpoints, all or nothing.

    Raises Fault when something cannot be stored: of the generation's projection, or of none in particular if there are
    several.
    """
    alike = all(change.positions == changes[0].positions for change in changes)  # nearly always: they stand together
    moved = [array for change in (changes[:1] if alike else changes) for array in _columns(change.positions.items())]
    cleared = [array for change in changes for array in _columns(change.cleared)]
    found = [(change.generation, table, rows) for change in changes for table, rows in change.records.items()]
    try:
        async with _transaction(link):
            await link.execute(_advanced(tuple(change.generation for change in changes), alike=alike), *moved, *cleared)
            if found:
                statement = _inserted(tuple((generation.schema, table) for generation, table, _ in found))
                await link.execute(statement, *(cells for _, _, rows in found for cells in zip(*rows, strict=True)))
    except ENTRY_FAULTS as error:
        if link.is_closed():  # no entry is to blame
            raise
        culprit = changes[0].generation.projection.name if len(changes) == 1 else ""
        raise Fault(culprit, next(iter(changes[0].positions))) from error


def _columns(pairs: Iterable[tuple[object, object]]) -> tuple[list[object], list[object]]:
    """Pairs as two arrays, which may be empty."""
    given = list(pairs)
    return [first for first, _ in given], [second for _, second in given]


@cache
def _advanced(generations: tuple[Generation, ...], *, alike: bool) -> str:
    """Move checkpoints and clear sheets, in all generations at once.

    The arguments are pairs of arrays: journals and where they stand now, for each generation or, `alike`, once; then
    for each generation sheets to be cleared, and whose they are.
    """
    standing = [1 if alike else 1 + 2 * number for number in range(len(generations))]
    first = 1 + 2 * (1 if alike else len(generations))
    parts: list[str] = []
    for number, (generation, moved) in enumerate(zip(generations, standing, strict=True)):
        touched = first + 2 * number
        sheets = {"of_journals": f"${touched}", "sheets": f"${touched + 1}"}
        parts += [generation.sql("clear", table, **sheets) for table in generation.tables]
        parts.append(generation.sql("advance", None, journals=f"${moved}", positions=f"${moved + 1}"))
    return _together(parts)


@cache
def _inserted(tables: tuple[tuple[str, Table], ...]) -> str:
    """Store rows in several tables, whose columns are the arguments, one array each."""
    parts, first = [], 1
    for schema, table in tables:
        parts.append(table.insert(schema, first))
        first += len(table.columns)
    return _together(parts)


def _together(parts: Sequence[str]) -> str:
    """Several statements that change something as one."""
    *others, last = parts
    named = ", ".join(f"part_{number} AS ({part})" for number, part in enumerate(others))
    return f"WITH {named} {last}" if named else last


@asynccontextmanager
async def _transaction(link: Link) -> AsyncIterator[None]:
    """As `link.transaction()`, begun and set up by one question."""
    try:
        await link.execute(_BEGIN)
        yield
        await link.execute("COMMIT")
    except BaseException:  # also when it is cancelled, at whichever of these: then nobody knows yet how far it got
        if not link.is_closed():
            await link.execute("ROLLBACK")
        raise
