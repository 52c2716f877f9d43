"""`slm doctor`: every finding said in both languages, with what to do; exit code 4 when something is amiss."""

import asyncio
import json
import string
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from projections.engine import checkup
from slm_api.cli.doctor_view import print_diagnosis
from slm_api.cli.screen import Screen
from slm_api.diagnosis import MOST_OF_A_KIND, Diagnosis, diagnose
from slm_api.diagnosis_words import SEVERITIES, WORDS, told_finding
from slm_api.settings import Settings
from slm_journal import database, diagnosis
from slm_journal.diagnosis import Severity
from slm_journal.embedded import running
from slm_journal.journal import Journal
from tests.api.requests import agreed, end, incident, lines
from tests.api.test_command_line import slm, written
from tests.journal.building import CONTRACT, SHIMANTO, command, event
from tests.journal.damages import damage

if TYPE_CHECKING:
    from slm_journal.database import Pool

KINDS = diagnosis.KINDS | checkup.KINDS


def test_every_kind_of_finding_has_its_words_and_no_other() -> None:
    assert WORDS.keys() == KINDS.keys()
    assert SEVERITIES.keys() == set(Severity)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_finding_is_said_in_both_languages_with_the_same_facts_and_what_to_do(kind: str) -> None:
    words = WORDS[kind]
    assert all((words.title.ja, words.title.en, words.mend.ja, words.mend.en))
    assert names(words.place.ja) == names(words.place.en)
    assert not names(words.title.ja + words.title.en + words.mend.ja + words.mend.en)


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def kinds(found: Diagnosis) -> list[str]:
    """What was found but for the settings of the tests' server, which nobody would miss."""
    return [one.finding.kind for one in found.findings if "setting" not in one.finding.facts]


async def test_a_record_in_use_has_no_findings(dsn: str, tmp_path: Path) -> None:
    applied = await asyncio.to_thread(slm, dsn, "apply", written(tmp_path, lines([*agreed(), incident(), end()])))
    assert applied.returncode == 0, applied.stderr
    found = await diagnose(Settings(database_url=dsn), sample=None)
    assert kinds(found) == []
    assert (found.journals, found.entries, found.recomputed) == (1, found.entries, found.entries)
    assert found.entries > 5


async def test_nothing_is_changed_or_posted_by_looking(pool: "Pool", journal: Journal, dsn: str) -> None:
    await journal.append(command())
    assert kinds(await diagnose(Settings(database_url=dsn))) == ["read-models-missing"]
    assert await pool.fetchval("SELECT to_regclass('slm_projection.live')") is None


async def test_a_database_that_holds_nothing_is_told_of(empty_dsn: str) -> None:
    found = await diagnose(Settings(database_url=empty_dsn))
    assert kinds(found) == ["schema-missing"]
    assert found.differs


async def test_of_many_findings_of_a_kind_some_are_listed_and_the_rest_counted(
    pool: "Pool", journal: Journal, dsn: str
) -> None:
    await journal.append(command(*(event(CONTRACT, version) for version in range(1, MOST_OF_A_KIND + 8))))
    await damage(pool, "UPDATE slm_journal.entry SET payload = 'other'")
    found = await diagnose(Settings(database_url=dsn), sample=None)
    assert kinds(found).count("payload-changed") == MOST_OF_A_KIND
    assert found.more == {"payload-changed": 7}


async def test_progress_ends_where_it_was_to_end(pool: "Pool", journal: Journal, dsn: str) -> None:
    await journal.append(command(*(event(CONTRACT, version) for version in range(1, 8))))
    done: list[int] = []

    @contextmanager
    def watched(total: int) -> Iterator[Callable[[int], None]]:
        yield done.append
        assert sum(done) == total

    for sample in (None, 0, 3, 100):
        done.clear()
        await diagnose(Settings(database_url=dsn), sample=sample, progress=watched)
        assert done or sample == 0


async def test_the_command_says_what_is_amiss_and_ends_with_4(pool: "Pool", journal: Journal, dsn: str) -> None:
    await journal.append(command(event(CONTRACT, 1), event(CONTRACT, 2)))
    await damage(pool, "UPDATE slm_journal.entry SET payload = 'other' WHERE position = 2")
    for words in (("--all",), ("--sample", "2")):
        told = await asyncio.to_thread(slm, dsn, "doctor", *words, "--lang", "en")
        assert told.returncode == 4, told.stderr
        assert "[danger] A payload is not what was recorded" in told.stdout
        assert f"{SHIMANTO} @2" in told.stdout
        assert "Do not write into the tables." in told.stdout
        assert "needs mending" in told.stdout
    assert "内容が、記録したときのものではありません" in (await asyncio.to_thread(slm, dsn, "doctor")).stdout
    as_json = json.loads((await asyncio.to_thread(slm, dsn, "doctor", "--json")).stdout)
    (found,) = [one for one in as_json["findings"] if one["finding"]["kind"] == "payload-changed"]
    assert found["finding"] == {
        "kind": "payload-changed", "severity": "danger", "facts": {"journal": str(SHIMANTO), "position": 2},
    }  # fmt: skip
    assert found["place"]["en"] == f"{SHIMANTO} @2"


async def test_both_ways_to_choose_at_once_are_a_mistake(dsn: str) -> None:
    told = await asyncio.to_thread(slm, dsn, "doctor", "--all", "--sample", "5")
    assert (told.returncode, told.stdout) == (2, "")


def test_a_database_that_cannot_be_reached_ends_with_3(tmp_path: Path) -> None:
    told = slm(f"postgresql://slm@/none?host={tmp_path}", "doctor", "--lang", "en")
    assert (told.returncode, told.stdout) == (3, "")
    assert "cannot be reached" in told.stderr


@asynccontextmanager
async def durable(folder: Path, programs: Path | None) -> AsyncIterator[str]:
    """A server with the settings that the product gives its own."""
    with running(folder, programs=programs) as server:
        async with database.connect(server) as pool:
            await database.create(pool, clock="simulated")
        yield server


async def test_the_embedded_server_is_sound_as_it_is_set(short_directory: Path, programs: Path | None) -> None:
    async with durable(short_directory / "durable", programs) as server:
        sound = await diagnose(Settings(database_url=server))
        assert [(one.finding.kind, one.finding.severity) for one in sound.findings] == [
            ("no-archive", "note"),
            ("read-models-missing", "wrong"),
        ]
        built = await asyncio.to_thread(slm, server, "status")
        assert built.returncode == 0, built.stderr
        told = await asyncio.to_thread(slm, server, "doctor", "--lang", "en")
        assert told.returncode == 0, told.stdout
        assert "Nothing is amiss." in told.stdout


def test_what_is_worst_is_said_first(capsys: pytest.CaptureFixture[str]) -> None:
    facts: dict[str, diagnosis.Fact] = {"setting": "archive_mode", "value": "off", "place": 2, "before": 0}
    findings = tuple(
        told_finding(diagnosis.Finding(kind=kind, severity=KINDS[kind], facts=facts))
        for kind in ("no-archive", "schema-missing", "order-broken")
    )
    print_diagnosis(
        Screen("en"),
        Diagnosis(server="18.4", journals=1, entries=2, recomputed=2, findings=findings, more={"order-broken": 3}),
    )
    printed = capsys.readouterr().out
    places = [printed.index(f"[{word}]") for word in ("danger", "wrong", "note")]
    assert places == sorted(places)
    assert "and 3 more" in printed
