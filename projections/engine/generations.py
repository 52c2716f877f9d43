"""Generations: each build of a projection version has a schema of its own; one row says which is live.

Nothing is ever renamed. A reader takes the live row at the start of its transaction and keeps it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from asyncpg import LockNotAvailableError

from projections.engine.errors import AlreadyBuilding, NothingToRollBackTo, WrongTable
from projections.engine.folding import AnyProjection
from projections.engine.statements import statements
from projections.engine.tables import Table, quoted, table_of

if TYPE_CHECKING:
    from slm_journal.database import Connection

Link: TypeAlias = "Connection"

CONTROL = statements("control.sql")
GENERATION = statements("generation.sql")

# Advisory locks: the first number names the kind. All are released when their connection ends, however it ends.
INSTALLING = (0x534C4D00, 0)
POSTING = (0x534C4D01, 0)
_BUILDING = 0x534C4D02
_LOADING = 0x534C4D03  # shared by the workers of a load

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Generation(msgspec.Struct, frozen=True):
    """One build of one projection version."""

    projection: AnyProjection
    number: int

    @property
    def schema(self) -> str:
        """For instance `quality_ledger_v3_g12`."""
        return f"{self.projection.name}_v{self.projection.version}_g{self.number}"

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table_of(row) for row in self.projection.tables)

    def sql(self, name: str, table: Table | None = None, **arguments: str) -> str:
        """A statement of `generation.sql` for this schema, and a table in it; `arguments` where several become one."""
        within = {"table": table.within(self.schema), "key": table.ordered} if table else {}
        return GENERATION[name].format(schema=quoted(self.schema), number=self.number, **within, **arguments)


def check(projections: Sequence[AnyProjection]) -> tuple[AnyProjection, ...]:
    """The projections, if their names and tables can stand side by side. Raises WrongTable."""
    for projection in projections:
        if not _NAME.fullmatch(projection.name):
            raise WrongTable(projection.name, "a name is lower case ASCII, at most 40 characters")
        names = [table_of(row).name for row in projection.tables]
        if len({*names, "checkpoint"}) != len(names) + 1:
            raise WrongTable(projection.name, "two tables of one name")
    if len({projection.name for projection in projections}) != len(projections):
        raise WrongTable("two projections of one name")
    return tuple(projections)


async def install(link: Link) -> None:
    """Create the control schema where it is missing."""
    if not await link.fetchval(CONTROL["installed"]):
        async with link.transaction():
            await link.execute(CONTROL["lock_installation"], *INSTALLING)
            await link.execute(CONTROL["install"])


async def live(link: Link, projections: Iterable[AnyProjection]) -> list[Generation]:
    """The live generation of each projection that has one, in the order asked."""
    asked = list(projections)
    rows = await link.fetch(CONTROL["live"], [p.name for p in asked], [p.version for p in asked])
    numbers = {row["projection"]: row["number"] for row in rows}
    return [Generation(p, numbers[p.name]) for p in asked if p.name in numbers]


class Begun(msgspec.Struct, frozen=True):
    """Generations under construction by one rebuild, and the stage at which an earlier one was left, if it goes on."""

    generations: list[Generation]
    stage: str | None = None

    @property
    def number(self) -> int:
        """The rebuild's number: that of its first generation."""
        return min(generation.number for generation in self.generations)


async def begin(link: Link, projections: Sequence[AnyProjection], *, anew: bool = False) -> Begun:
    """Generations under construction as long as `link` lives: those that a dead rebuild of these projections left
    behind, or (`anew`, or when there are none) new ones with bare tables.

    What else a dead rebuild left is dropped. Raises AlreadyBuilding, and then begins none.
    """
    held: list[Generation] = []
    try:
        async with link.transaction():
            await link.execute(CONTROL["lock_generations"])
            left = [one for projection in projections for one in await _left_behind(link, projection, held)]
            going_on = None if anew else await _going_on(link, projections, left)
            for generation, _, _ in left:
                if going_on is None or generation not in going_on.generations:
                    await _drop(link, generation)
            begun = going_on or Begun([await _create(link, projection, held) for projection in projections])
            for generation in begun.generations:
                await link.execute(CONTROL["belongs"], generation.number, begun.number)
        await release(link, [one for one in held if one not in begun.generations])
    except BaseException:
        await release(link, held)
        raise
    return begun


async def _left_behind(
    link: Link, projection: AnyProjection, held: list[Generation]
) -> list[tuple[Generation, int | None, str]]:
    """Incomplete generations that nobody builds any more, each with its rebuild and stage; from now on ours."""
    found = []
    for row in await link.fetch(CONTROL["incomplete"], projection.name, projection.version):
        generation = Generation(projection, row["number"])
        if not await link.fetchval(CONTROL["try_lock"], _BUILDING, generation.number):
            raise AlreadyBuilding(projection.name, generation.schema)
        held.append(generation)
        if not await link.fetchval(CONTROL["try_lock"], _LOADING, generation.number):  # a worker that lost its rebuild
            raise AlreadyBuilding(projection.name, generation.schema)
        await link.fetchval(CONTROL["unlock"], _LOADING, generation.number)
        found.append((generation, row["build"], row["stage"]))
    return found


async def _going_on(
    link: Link, projections: Sequence[AnyProjection], left: Sequence[tuple[Generation, int | None, str]]
) -> Begun | None:
    """The rebuild of just these projections that was left behind."""
    for build in {build for _, build, _ in left if build is not None}:
        of_build = [(generation, stage) for generation, its_build, stage in left if its_build == build]
        generations = [generation for generation, _ in of_build]
        whole = len(generations) == len(projections) == await link.fetchval(CONTROL["of_build"], build)
        if whole and {one.projection.name for one in generations} == {one.name for one in projections}:
            return Begun(generations, of_build[0][1])
    return None


async def _create(link: Link, projection: AnyProjection, held: list[Generation]) -> Generation:
    number = await link.fetchval(CONTROL["begin"], projection.name, projection.version)
    generation = Generation(projection, number)
    await link.fetchval(CONTROL["lock"], _BUILDING, number)
    held.append(generation)
    await link.execute(f"CREATE SCHEMA {quoted(generation.schema)}")
    await link.execute(generation.sql("checkpoint"))
    for table in generation.tables:
        await link.execute(table.create(generation.schema))
    return generation


async def reach(link: Link, begun: Begun, stage: str) -> None:
    """Remember how far the rebuild has got."""
    await link.execute(CONTROL["reach"], begun.number, stage)


async def join_loading(link: Link, generations: Iterable[Generation]) -> None:
    """Take part in a load over a connection of one's own: until it ends nobody takes the generations over."""
    for generation in generations:
        await link.fetchval(CONTROL["lock_shared"], _LOADING, generation.number)


async def release(link: Link, generations: Iterable[Generation]) -> None:
    """No longer under construction: complete, or given up."""
    for generation in generations:
        if not link.is_closed():
            await link.fetchval(CONTROL["unlock"], _BUILDING, generation.number)


async def give_up(link: Link, generations: Iterable[Generation]) -> None:
    """Drop what was under construction, unless it has become live or the connection is gone (then the next will)."""
    if link.is_closed():
        return
    async with link.transaction():
        await link.execute(CONTROL["lock_generations"])
        for generation in generations:
            if not await link.fetchval(CONTROL["is_complete"], generation.number):
                await _drop(link, generation)


async def lock_posting(link: Link, *, wait: bool) -> bool:
    """Take the lock under which rows are posted; False when somebody has it and we do not wait."""
    taken = await link.fetchval(CONTROL["lock" if wait else "try_lock"], *POSTING)
    return wait or bool(taken)


async def unlock_posting(link: Link) -> None:
    """Let others post."""
    if not link.is_closed():
        await link.execute(CONTROL["unlock_if_held"], *POSTING)


async def complete(link: Link, generation: Generation, *, entries: int, microseconds: int) -> None:
    """Mark it complete and make it the live one."""
    await link.execute(CONTROL["complete"], generation.number, entries, microseconds)
    await make_live(link, generation)


async def make_live(link: Link, generation: Generation) -> None:
    """Set the row that readers go by."""
    projection = generation.projection
    await link.execute(CONTROL["make_live"], projection.name, projection.version, generation.number)


async def roll_back(link: Link, projection: AnyProjection, number: int | None = None) -> Generation:
    """Make live the newest complete generation before the live one, or the one with this number.

    Raises NothingToRollBackTo. The caller holds the posting lock.
    """
    found = await link.fetchval(CONTROL["earlier"], projection.name, projection.version, number)
    if found is None:
        raise NothingToRollBackTo(projection.name, *([] if number is None else [number]))
    generation = Generation(projection, found)
    await make_live(link, generation)
    return generation


async def drop_unused(link: Link, projection: AnyProjection, *, other_versions: bool = False) -> list[str]:
    """Drop complete generations that are not live, and, if asked, all of the projection's other versions.

    One that a reader still holds is left for another time. Returns the schemas dropped.
    """
    dropped = []
    rows = await link.fetch(CONTROL["unused"], projection.name, projection.version, other_versions)
    for row in rows:
        schema = f"{row['projection']}_v{row['version']}_g{row['number']}"
        try:
            async with link.transaction():
                await link.execute(CONTROL["lock_generations"])
                await link.execute(f"LOCK TABLE {quoted(schema)}.checkpoint IN ACCESS EXCLUSIVE MODE NOWAIT")
                await link.execute(CONTROL["retire"], row["number"])
                await link.execute(CONTROL["forget"], row["number"])
                await link.execute(f"DROP SCHEMA {quoted(schema)} CASCADE")
        except LockNotAvailableError:
            continue
        dropped.append(schema)
    return dropped


async def _drop(link: Link, generation: Generation) -> None:
    await link.execute(CONTROL["forget"], generation.number)
    await link.execute(f"DROP SCHEMA IF EXISTS {quoted(generation.schema)} CASCADE")


async def being_built(link: Link) -> set[int]:
    """The numbers of the generations that somebody is building now; on a standby that cannot be seen."""
    return {row["number"] for row in await link.fetch(CONTROL["held"], _BUILDING)}
