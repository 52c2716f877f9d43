"""Whatever is damaged by hand in a database is found, named with its place, and nothing else is."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from slm_journal import database, doctor_leaves, doctor_order, doctor_server
from slm_journal.diagnosis import ABOUT_THE_RECORD, ABOUT_THE_SERVER, Fact, Finding
from slm_journal.doctor import examine
from slm_journal.doctor_server import AMISS, KEEPING
from slm_journal.journal import Journal
from tests.journal.building import CONTRACT, INCIDENT, NAKATOSA, command, event
from tests.journal.damages import DAMAGES, Expected, damage

if TYPE_CHECKING:
    from slm_journal.database import Pool

ENTRIES = 6


@pytest.fixture
async def recorded(pool: "Pool", journal: Journal) -> "Pool":
    """Two journals: one of three commands with four entries of two aggregates, one of one command with two."""
    await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), key="one"))
    await journal.append(command(event(INCIDENT, 2), key="two"))
    await journal.append(command(event(version=1), event(version=2), journal_id=NAKATOSA, key="other"))
    await journal.append(command(event(INCIDENT, 3), key="three"))
    return pool


async def diagnosed(pool: "Pool", sample: int | None = None) -> list[Finding]:
    """What is found of schema and record. What the tests' server is set to is no concern here."""
    async with pool.acquire() as link, link.transaction(isolation="repeatable_read", readonly=True):
        return [one async for one in examine(link, sample=sample) if one.kind not in {kind for _, _, kind in AMISS}]


async def test_a_sound_database_has_no_findings(recorded: "Pool", journal: Journal) -> None:
    assert await diagnosed(recorded) == []
    await journal.erase(NAKATOSA, 2)
    assert await diagnosed(recorded) == [], "an erased entry is as sound as any"


async def test_an_empty_database_has_no_findings(pool: "Pool") -> None:
    assert await diagnosed(pool) == []


@pytest.mark.parametrize(("statement", "expected"), list(DAMAGES.values()), ids=list(DAMAGES))
async def test_what_was_damaged_is_found(recorded: "Pool", statement: str, expected: Expected) -> None:
    await damage(recorded, statement)
    findings = await diagnosed(recorded)
    assert [(one.kind, one.facts) for one in findings] == expected
    assert {one.severity for one in findings} == {"danger"}


def test_every_kind_about_the_record_is_found_somewhere_here() -> None:
    assert {kind for _, expected in DAMAGES.values() for kind, _ in expected} == ABOUT_THE_RECORD.keys()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("ALTER TABLE slm_journal.entry DISABLE TRIGGER only_erasure",
         [("trigger-off", {"table": "entry", "trigger": "only_erasure"})]),
        ("DROP TRIGGER append_only ON slm_journal.command",
         [("trigger-off", {"table": "command", "trigger": "append_only"})]),
        ("DELETE FROM slm_journal.migration WHERE number = 1", [("schema-outstanding", {"migration": 1})]),
        ("INSERT INTO slm_journal.migration VALUES (9999)", [("schema-too-new", {"migration": 9999})]),
        ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'slm_journal.entry_pkey'::regclass",
         [("index-unusable", {"index": "entry_pkey"})]),
        ("DROP SCHEMA slm_journal CASCADE", [("schema-missing", {})]),
    ],
)  # fmt: skip
async def test_a_schema_that_is_not_as_it_must_be_is_found(
    recorded: "Pool", statement: str, expected: Expected
) -> None:
    await recorded.execute(statement)
    assert [(one.kind, one.facts) for one in await diagnosed(recorded)] == expected


async def test_the_triggers_that_are_looked_for_are_all_there_are(pool: "Pool") -> None:
    rows = await pool.fetch(
        "SELECT relname, tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE relnamespace = 'slm_journal'::regnamespace AND NOT tgisinternal"
    )
    assert sorted(map(tuple, rows)) == sorted(KEEPING)


@pytest.fixture
async def alone(dsn: str) -> AsyncIterator["Pool"]:
    """One connection, whose settings a test may change."""
    async with database.connect(dsn, most=1) as pool:
        yield pool


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, kind) for name, value, kind in AMISS if (name, value) in {
        ("synchronous_commit", "off"), ("zero_damaged_pages", "on"), ("ignore_checksum_failure", "on"),
        ("track_counts", "off"),
    }],
)  # fmt: skip
async def test_a_setting_that_is_amiss_is_found(alone: "Pool", name: str, kind: str) -> None:
    """Those that a session can change; the others are the same question about another name."""
    (wrong,) = [value for known, value, _ in AMISS if known == name]
    for value, expected in ((wrong, [(kind, {"setting": name, "value": wrong})]), (_other(wrong), [])):
        async with alone.acquire() as link, link.transaction(isolation="repeatable_read", readonly=True):
            await link.execute("SELECT set_config($1, $2, true)", name, value)
            findings = [one async for one in examine(link, sample=0)]
        assert [(one.kind, one.facts) for one in findings if one.facts.get("setting") == name] == expected


def _other(value: str) -> str:
    return {"on": "off", "off": "on"}[value]


async def test_settings_of_the_tests_own_server_are_found(pool: "Pool") -> None:
    """It is set to be fast: nobody would miss its databases."""
    async with pool.acquire() as link, link.transaction(isolation="repeatable_read", readonly=True):
        findings = {(one.kind, one.facts.get("setting")) async for one in examine(link, sample=None)}
    assert {
        ("durability-off", "fsync"),
        ("durability-off", "full_page_writes"),
        ("no-archive", "archive_mode"),
    } <= findings
    assert all(kind in ABOUT_THE_SERVER for kind, _ in findings)


async def test_memory_left_as_postgresql_takes_it_is_told_once_the_record_is_larger(
    recorded: "Pool", monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(findings: list[Finding]) -> list[dict[str, Fact]]:
        return [one.facts for one in findings if one.kind == "buffers-small"]

    assert small(await diagnosed(recorded)) == []
    monkeypatch.setattr(doctor_server, "LARGE", 0)
    (facts,) = small(await diagnosed(recorded))
    assert facts == {"setting": "shared_buffers", "value": "128 MB", "record": facts["record"]}
    assert str(facts["record"]).endswith("kB")


async def test_every_setting_is_one_that_the_server_knows(pool: "Pool") -> None:
    names = [name for name, _, _ in AMISS]
    rows = await pool.fetch("SELECT name FROM pg_settings WHERE name = ANY($1)", names)
    assert {row["name"] for row in rows} == set(names)


async def test_pages_and_chunks_of_any_size_find_the_same(recorded: "Pool", monkeypatch: pytest.MonkeyPatch) -> None:
    await damage(recorded, "UPDATE slm_journal.entry SET payload = 'other', recorded_at = recorded_at + 1 - position")
    whole = await diagnosed(recorded)
    monkeypatch.setattr(doctor_order, "PAGE", 1)
    monkeypatch.setattr(doctor_leaves, "CHUNK", 2)
    assert sorted(await diagnosed(recorded), key=repr) == sorted(whole, key=repr)
    assert {one.kind for one in whole} > {"payload-changed", "recorded-backwards"}


async def test_a_sample_recomputes_so_many_and_all_when_there_are_fewer(recorded: "Pool") -> None:
    await damage(recorded, "UPDATE slm_journal.entry SET payload = 'other'")
    for sample, expected in ((0, 0), (1, 1), (4, 4), (ENTRIES, ENTRIES), (100, ENTRIES)):
        findings = await diagnosed(recorded, sample)
        assert [one.kind for one in findings] == ["payload-changed"] * expected
        assert len({tuple(one.facts.items()) for one in findings}) == expected


async def test_what_is_done_is_told(recorded: "Pool") -> None:
    for sample, entries in ((None, ENTRIES), (4, 4)):
        done: list[int] = []
        async with recorded.acquire() as link, link.transaction(isolation="repeatable_read", readonly=True):
            assert [one async for one in examine(link, sample=sample, advance=done.append) if one.severity != "note"]
        assert sum(done) == 2 + entries, "journals and entries"


async def test_what_is_recorded_meanwhile_does_not_look_amiss(recorded: "Pool", journal: Journal) -> None:
    async with recorded.acquire() as link, link.transaction(isolation="repeatable_read", readonly=True):
        findings = []
        version = 4
        async for one in examine(link, sample=None):
            findings.append(one)
            await journal.append(command(event(INCIDENT, version), key=str(version)))
            version += 1
    assert version > 5
    assert all(one.kind in ABOUT_THE_SERVER for one in findings)
