"""Reading rows: one transaction, one moment, the generations that were live when it began."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast
from uuid import UUID

import asyncpg

from projections.engine.errors import NotBuilt, UnknownProjection
from projections.engine.folding import AnyProjection
from projections.engine.generations import Generation, Link, check, live
from projections.engine.standing import Standing, Stopped, standing, stopped
from projections.engine.tables import quoted, table_of
from projections.projection import Row

R = TypeVar("R", bound=Row)


class Snapshot:
    """The read models as they were at one moment. Rows come decoded, ordered by journal and key."""

    def __init__(self, link: Link, projections: Sequence[AnyProjection], generations: Sequence[Generation]) -> None:
        self._link = link
        self._projections = {projection.name: projection for projection in projections}
        self._homes = {row: projection.name for projection in projections for row in projection.tables}
        self._generations = {generation.projection.name: generation for generation in generations}

    async def position(self, name: str, journal_id: UUID) -> int:
        """Up to which position of the journal the rows of a projection speak; 0 when nothing is posted yet."""
        return (await self.positions(name, [journal_id])).get(journal_id, 0)

    async def positions(self, name: str, journal_ids: Sequence[UUID] | None = None) -> dict[UUID, int]:
        """The same for several journals (all that are posted when None): the cut of an answer over journals."""
        generation = self.generation(name)
        if journal_ids is None:
            rows = await self._link.fetch(generation.sql("positions"))
        else:
            rows = await self._link.fetch(generation.sql("checkpoints"), list(journal_ids))
        return {row["journal_id"]: row["position"] for row in rows}

    async def rows(
        self, row_type: type[R], journal_id: UUID, *, sheets: Sequence[str] | None = None, prefix: str | None = None
    ) -> list[R]:
        """Rows of one journal: all, those of some sheets, or those of the sheets that begin with a prefix."""
        conditions, values = ["journal_id = $1"], list[object]([journal_id])
        if sheets is not None:
            values.append(list(sheets))
            conditions.append(f"sheet = ANY(${len(values)})")
        if prefix is not None:
            values.append(prefix)
            conditions.append(f"sheet ^@ ${len(values)}")
        return [row for _, row in await self._select(row_type, conditions, values)]

    async def rows_across(
        self, row_type: type[R], *, where: Mapping[str, object], journal_ids: Sequence[UUID] | None = None
    ) -> list[tuple[UUID, R]]:
        """Rows of several journals (all when None), each with its journal, in which the fields have these values.

        None asks for rows in which the field is None. Fields stored as `json` cannot be asked for.
        """
        conditions, values = ["true"], list[object]()
        if journal_ids is not None:
            values.append(list(journal_ids))
            conditions.append("journal_id = ANY($1)")
        askable = {column.name for column in table_of(row_type).fields if column.type != "json"}
        for name, value in where.items():
            if name not in askable:
                message = f"rows of {row_type.__name__} cannot be asked for by {name}"
                raise AttributeError(message)
            if value is None:
                conditions.append(f"{quoted(name)} IS NULL")
            else:
                values.append(value)
                conditions.append(f"{quoted(name)} = ${len(values)}")
        return await self._select(row_type, conditions, values)

    async def status(self) -> list[Standing]:
        """How each projection stands at this moment."""
        return [
            await standing(self._link, self._generations[name])
            if name in self._generations
            else Standing(projection=name, version=projection.version, generation=None)
            for name, projection in self._projections.items()
        ]

    async def stopped(self) -> tuple[Stopped, ...]:
        """The journals in which a projection waits for a person, by projection."""
        found = [await stopped(self._link, self.generation(name)) for name in self._projections]
        return tuple(one for each in found for one in each)

    def generation(self, name: str) -> Generation:
        """The generation read from. Raises UnknownProjection, NotBuilt."""
        if name not in self._projections:
            raise UnknownProjection(name)
        if name not in self._generations:
            raise NotBuilt(name, self._projections[name].version)
        return self._generations[name]

    async def _select(
        self, row_type: type[R], conditions: Sequence[str], values: Sequence[object]
    ) -> list[tuple[UUID, R]]:
        if row_type not in self._homes:
            raise UnknownProjection(row_type.__name__)
        table, schema = table_of(row_type), self.generation(self._homes[row_type]).schema
        records = await self._link.fetch(
            f"SELECT {table.selected} FROM {table.within(schema)} "  # noqa: S608 - identifiers, quoted
            f"WHERE {' AND '.join(conditions)} ORDER BY {table.ordered}",
            *values,
        )
        return cast("list[tuple[UUID, R]]", [table.row(record) for record in records])


@asynccontextmanager
async def reader(pool: "asyncpg.Pool[Any]", projections: Sequence[AnyProjection]) -> AsyncIterator[Snapshot]:
    """One REPEATABLE READ, READ ONLY transaction over the read models. Works on a hot standby too.

    A rebuild that ends meanwhile changes nothing in it, and does not wait for it. Raises NotBuilt on a database where
    no engine has ever been started.
    """
    projections = check(projections)
    async with pool.acquire() as link:
        while True:
            transaction = link.transaction(isolation="repeatable_read", readonly=True)
            await transaction.start()
            try:
                generations = await _hold(link, projections)
            except asyncpg.UndefinedTableError:
                # A generation was replaced and dropped between the live row's reading and its lock: look again.
                await transaction.rollback()
                continue
            except BaseException:
                await transaction.rollback()
                raise
            break
        try:
            yield Snapshot(link, projections, generations)
        finally:
            if not link.is_closed():
                await transaction.rollback()  # it has only read


async def _hold(link: Link, projections: Sequence[AnyProjection]) -> list[Generation]:
    """The live generations, held so that none of them is dropped while they are read."""
    try:
        generations = await live(link, projections)
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError) as missing:
        raise NotBuilt(*(projection.name for projection in projections)) from missing
    if generations:
        held = ", ".join(f"{quoted(generation.schema)}.checkpoint" for generation in generations)
        await link.execute(f"LOCK TABLE {held} IN ACCESS SHARE MODE")
    return generations
