"""From where a question looks at the record: which journal, up to which position, judged until which instant.

The current cut is read from rows; a past one is folded on demand, a page at a time. Both give the same rows, and so the
same answer.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from projections.answers.stopped import StoppedModel, stopped_models
from projections.catalogue import placed
from projections.engine import Reading, Snapshot, reader, rows_in_memory
from projections.engine.errors import Fault, ProjectionError
from projections.engine.folding import AnyProjection
from projections.projection import Row
from slm_domain.contract import ContractDrafted
from slm_domain.identity import journal_id
from slm_journal.journal import Journal

R = TypeVar("R", bound=Row)


class CannotBeFolded(ProjectionError):
    """A read model cannot take an entry before what was asked for; ask as of an earlier position."""

    def __init__(self, contract: str, projection: str, position: int | None, reason: str) -> None:
        super().__init__(contract, projection, position, reason)
        self.contract = contract
        self.projection = projection
        self.position = position
        self.reason = reason


class UnknownContract(LookupError):
    """No contract with this code has been drafted (as known at the asked position or instant)."""

    def __init__(self, contract: str) -> None:
        self.contract = contract
        super().__init__(contract)


class NoSuchPosition(LookupError):
    """The journal is not that long."""

    def __init__(self, contract: str, position: int, size: int) -> None:
        self.contract = contract
        self.position = position
        self.size = size
        super().__init__(f"{contract}: position {position} of {size}")


class AsOf(msgspec.Struct, frozen=True, kw_only=True):
    """As of when a question is asked: a position, an instant (aware), or, with neither, now."""

    position: int | None = None
    instant: datetime | None = None


NOW = AsOf()


class Standpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer is a function of. `until` is aware, UTC; `time_zone` is that of the contract's days and months.

    `simulated` says that the clock was given, not read. `stopped` are the read models that the answer rests on and that
    go no further: what was recorded from there on is not in it.
    """

    contract: str
    journal_id: UUID
    position: int
    until: datetime
    time_zone: str
    simulated: bool
    stopped: tuple[StoppedModel, ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where answers come from: the database's journals and read models."""

    pool: Any  # asyncpg.Pool
    journal: Journal

    @property
    def reading(self) -> Reading:
        """How past entries are read and decoded."""
        return Reading(feed=self.journal, decode=placed)


class View:
    """The rows of one contract as they stood at a standpoint."""

    def __init__(
        self, standpoint: Standpoint, *, snapshot: Snapshot | None, folded: dict[str, list[Row]] | None = None
    ) -> None:
        self.standpoint = standpoint
        self._snapshot = snapshot
        self._folded = folded or {}

    async def rows(self, row_type: type[R], *, sheets: Sequence[str] | None = None) -> list[R]:
        """All rows of a type, or those of some sheets, ordered by key."""
        if self._snapshot is not None:
            return await self._snapshot.rows(row_type, self.standpoint.journal_id, sheets=sheets)
        found = [
            row
            for sheet, rows in self._folded.items()
            if sheets is None or sheet in sheets
            for row in rows
            if isinstance(row, row_type)
        ]
        return sorted(found, key=lambda row: tuple(_ordered(getattr(row, name)) for name in row_type.KEY))


def _ordered(value: object) -> Any:  # noqa: ANN401 -- a key's value, compared with its like only
    return value.encode() if isinstance(value, str) else value  # the tables compare text byte by byte


async def standpoint_of(source: Source, contract: str, as_of: AsOf) -> Standpoint:
    """Where a question about a contract stands. Raises `UnknownContract`, `NoSuchPosition`."""
    journal = source.journal
    identity = await journal.identity()
    head = await journal.head(journal_id(contract))
    if head is None:
        raise UnknownContract(contract)
    simulated = identity.clock == "simulated"
    which = journal_id(contract)
    if as_of.position is not None:
        if not 1 <= as_of.position <= head.size:
            raise NoSuchPosition(contract, as_of.position, head.size)
        position, until = as_of.position, await journal.recorded_at(which, as_of.position)
    elif as_of.instant is not None:
        position, until = await journal.position_at(which, as_of.instant), as_of.instant
        if position == 0:
            raise UnknownContract(contract)
    else:
        position, until = head.size, await journal.now()
    return Standpoint(
        contract=contract,
        journal_id=which,
        position=position,
        until=until,
        time_zone=await _time_zone(journal, contract),
        simulated=simulated,
    )


async def _time_zone(journal: Journal, contract: str) -> str:
    """The zone the contract was drafted in: its first entry says so."""
    (first,) = await journal.read(journal_id(contract), limit=1)
    drafted = placed(first).event
    if not isinstance(drafted, ContractDrafted):
        raise UnknownContract(contract)
    return drafted.time_zone


@asynccontextmanager
async def view(
    source: Source, contract: str, as_of: AsOf, projections: Sequence[AnyProjection], *, as_far: bool = False
) -> AsyncIterator[View]:
    """The contract's rows at a standpoint. Raises `UnknownContract`, `NoSuchPosition`, `CannotBeFolded`.

    Asked for now, rows that stand a little behind the journal are answered from, and the standpoint says so; where the
    read models stand at different positions (one of them stopped), the journal is folded up to where all have come.
    With `as_far`, so is a question as of an instant: that over many contracts is not refused for one of them.
    """
    standpoint = await standpoint_of(source, contract, as_of)
    asked_now = as_of == NOW
    while True:
        async with reader(source.pool, projections) as snapshot:
            positions = [await snapshot.position(each.name, standpoint.journal_id) for each in projections]
            reached, furthest = min(positions), max(positions)
            if (asked_now or as_far) and reached < standpoint.position:
                standpoint = _held_up(standpoint, await stopped_models(snapshot, {standpoint.journal_id: contract}))
            if reached == furthest == standpoint.position:
                yield View(standpoint, snapshot=snapshot)
                return
            if asked_now and 0 < reached == furthest <= standpoint.position:
                yield View(msgspec.structs.replace(standpoint, position=reached), snapshot=snapshot)
                return
        if not asked_now or furthest <= standpoint.position or standpoint.stopped:
            break
        standpoint = await standpoint_of(source, contract, NOW)  # rows passed it meanwhile: `until` must not lie before
    if asked_now and 0 < reached < standpoint.position:
        standpoint = msgspec.structs.replace(standpoint, position=reached)
    yield View(standpoint, snapshot=None, folded=await _folded(source, standpoint, projections))


def _held_up(standpoint: Standpoint, stopped: Sequence[StoppedModel]) -> Standpoint:
    """The standpoint before the first entry that one of the read models cannot take; as it is where all take all."""
    before = tuple(one for one in stopped if 1 < one.position <= standpoint.position)
    if not before:
        return standpoint
    position = min(one.position for one in before) - 1
    return msgspec.structs.replace(standpoint, position=position, stopped=before)


async def _folded(source: Source, standpoint: Standpoint, projections: Sequence[AnyProjection]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for projection in projections:
        try:
            found = await rows_in_memory(projection, source.reading, standpoint.journal_id, upto=standpoint.position)
        except Fault as fault:
            raise CannotBeFolded(standpoint.contract, projection.name, fault.position, fault.reason) from fault
        for sheet, sheet_rows in found.items():
            rows.setdefault(sheet, []).extend(sheet_rows)
    return rows
