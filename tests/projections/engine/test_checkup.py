"""Whatever is amiss with read models is found by name, and nothing else is."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from projections.engine import AnyProjection, Engine
from projections.engine import generations as control
from projections.engine.checkup import KINDS, check_read_models
from slm_journal.diagnosis import Finding
from slm_journal.journal import Journal
from tests.projections.engine.histories import Writer, noted
from tests.projections.engine.toys import PROJECTIONS, Tally, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

TOWN, CITY = UUID(int=1), UUID(int=2)
UNKNOWN = UUID(int=3)
STOP = """
UPDATE {schema}.checkpoint
SET (position, stopped_at, stopped_name, stopped_reason) = (0, 1, 'toy.noted/1', 'KeyError: x')
WHERE journal_id = '{town}'
"""
Expected = list[tuple[str, dict[str, Any]]]


@pytest.fixture
async def engine(pool: "Pool", journal: Journal) -> Engine:
    """Everything posted: one entry of one journal, two of another."""
    engine = Engine(pool, journal, PROJECTIONS, decode)
    await engine.start()
    await Writer(journal, TOWN).append(noted("water"))
    await Writer(journal, CITY).append(noted("roads"), noted("roads"))
    await engine.post_outstanding()
    return engine


async def checked(pool: "Pool", projections: tuple[AnyProjection, ...] = PROJECTIONS) -> list[Finding]:
    """What is found, as one moment sees it."""
    async with pool.acquire() as link, link.transaction(isolation="repeatable_read", readonly=True):
        findings = [one async for one in check_read_models(link, projections)]
    assert all(one.severity == KINDS[one.kind] for one in findings)
    return findings


def told(findings: list[Finding]) -> Expected:
    """Kinds and facts; how large something is is left out."""
    return [(one.kind, {name: fact for name, fact in one.facts.items() if name != "bytes"}) for one in findings]


async def test_read_models_that_are_up_to_date_have_no_findings(pool: "Pool", engine: Engine) -> None:
    assert await checked(pool) == []


async def test_a_database_where_no_engine_ever_ran_has_none(pool: "Pool") -> None:
    assert told(await checked(pool)) == [("read-models-missing", {})]


async def test_a_version_that_was_never_built_is_named_and_what_older_programs_read_is_noted(
    pool: "Pool", engine: Engine
) -> None:
    class Newer(Tally):
        version = 2

    assert told(await checked(pool, (Newer(), *PROJECTIONS[1:]))) == [
        ("not-built", {"projection": "tally", "version": 2}),
        ("version-other", {"projection": "tally", "version": 1}),
    ]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE {schema}.checkpoint SET position = 99 WHERE journal_id = '{town}'",
         [("checkpoint-ahead", {"projection": "tally", "journal": str(TOWN), "position": 99, "size": 1})]),
        ("INSERT INTO {schema}.checkpoint (journal_id, position) VALUES ('{unknown}', 7)",
         [("checkpoint-astray", {"projection": "tally", "journal": str(UNKNOWN), "position": 7})]),
        ("UPDATE {schema}.checkpoint SET position = 1 WHERE journal_id = '{city}'",
         [("entries-outstanding", {"projection": "tally", "entries": 1, "journals": 1})]),
        (STOP,
         [("journal-stopped", {"projection": "tally", "journal": str(TOWN), "position": 1, "name": "toy.noted/1",
                               "reason": "KeyError: x"}),
          ("entries-outstanding", {"projection": "tally", "entries": 1, "journals": 1})]),
        ("DROP TABLE {schema}.tally",
         [("generation-missing", {"projection": "tally", "table": "tally_v1_g{number}.tally"})]),
        ("DROP SCHEMA {schema} CASCADE",
         [("generation-missing", {"projection": "tally", "table": "tally_v1_g{number}.checkpoint"}),
          ("generation-missing", {"projection": "tally", "table": "tally_v1_g{number}.tally"})]),
        ("CREATE SCHEMA tally_v1_g999", [("schema-astray", {"schema": "tally_v1_g999"})]),
    ],
)  # fmt: skip
async def test_what_was_damaged_is_found(pool: "Pool", engine: Engine, statement: str, expected: Expected) -> None:
    async with pool.acquire() as link:
        tally = next(one for one in await control.live(link, PROJECTIONS) if one.projection.name == "tally")
        await link.execute(statement.format(schema=tally.schema, town=TOWN, city=CITY, unknown=UNKNOWN))
    named = [
        (kind, {name: fact.format(number=tally.number) if name == "table" else fact for name, fact in facts.items()})
        for kind, facts in expected
    ]
    assert told(await checked(pool)) == named


async def test_a_generation_that_was_replaced_is_noted_with_its_size(pool: "Pool", engine: Engine) -> None:
    async with pool.acquire() as link:
        before = [one.schema for one in await control.live(link, PROJECTIONS) if one.projection.name == "tally"]
    await engine.rebuild(["tally"])
    (finding,) = await checked(pool)
    assert (finding.kind, finding.facts["schema"]) == ("generation-old", before[0])
    assert int(finding.facts["bytes"]) > 0


async def test_a_rebuild_that_runs_is_noted_and_one_that_died_is_too(pool: "Pool", engine: Engine) -> None:
    async with pool.acquire() as link:
        await control.begin(link, [PROJECTIONS[0]])
        running = told(await checked(pool))
        link.terminate()
    schema = f"{PROJECTIONS[0].name}_v{PROJECTIONS[0].version}_g{len(PROJECTIONS) + 1}"
    assert running == [("rebuild-running", {"schema": schema})]
    async with pool.acquire() as link:  # its server process ends, and its locks with it, in its own time
        while await control.being_built(link):
            pass
    assert told(await checked(pool)) == [("rebuild-dead", {"schema": schema})]


async def test_on_a_standby_nobody_can_tell_whether_a_rebuild_runs(pool: "Pool", engine: Engine) -> None:
    async with pool.acquire() as link:
        begun = await control.begin(link, [PROJECTIONS[0]])
        assert begun.generations
        async with pool.acquire() as other, other.transaction(isolation="repeatable_read", readonly=True):
            assert [one async for one in check_read_models(other, PROJECTIONS, standby=True)] == []
