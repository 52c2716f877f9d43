"""The catalogue over HTTP and on the command line: a list, one entry written out, and names that are unknown."""

import pytest

from slm_api.cli.catalogue import as_yaml
from slm_api.documents.catalogue import entries, entry
from slm_api.documents.text import written
from tests.api.serving import serving
from tests.api.test_command_line import slm


async def test_the_list_has_every_entry_and_what_can_be_no_level_with_its_reason(dsn: str) -> None:
    async with serving(dsn) as api:
        rows = {row["name"]: row for row in (await api.get("/catalogue")).json()["entries"]}
    assert list(rows) == list(entries())
    assert rows["g4/39-abandoned@basic"]["guaranteed"] == "5 % 未満"
    assert rows["s5/job-schedule"]["target"] == "2 days"
    assert rows["s5/job-report"]["target"] == "1 time"
    assert rows["s5/job-execution"]["target"] == "0 minutes"
    assert rows["t2/customisability"]["kind"] == "not_a_level"
    assert "property of the service" in rows["t2/customisability"]["note"]["en"]


async def test_one_entry_is_answered_as_it_would_be_written_out(dsn: str) -> None:
    async with serving(dsn) as api:
        answer = (await api.get("/catalogue/s5/fault-notification")).json()
    assert answer["item"] == entry("s5/fault-notification").item


async def test_an_unknown_entry_is_not_found_and_names_like_it_are_told(dsn: str) -> None:
    async with serving(dsn) as api:
        answer = await api.get("/catalogue/s5/fault-notifcation", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:slm:problem:unknown-entry"
    assert "s5/fault-notification" in answer.json()["detail"]


@pytest.mark.parametrize("name", [each.name for each in entries().values() if each.item])
def test_an_entry_is_printed_as_a_part_of_a_document_that_can_be_pasted(name: str) -> None:
    found = entry(name)
    part = "scales" if found.kind == "scale" else "levels"
    assert written(as_yaml({part: [found.item]}), source="printed").tree == {part: [found.item]}


def test_the_command_lists_the_catalogue_and_prints_an_entry_with_its_note() -> None:
    listed = slm("", "catalogue", "--lang", "en").stdout
    assert "g4/39-answered-within-30s@low_availability" in listed
    printed = slm("", "catalogue", "g4/39-completed-in-standard-time@basic", "--lang", "ja").stdout
    assert printed.startswith("# 名称は「完了率」ですが")
    assert written(printed, source="printed").tree["levels"][0]["guaranteed"] == "5 % 未満"


def test_an_unknown_name_ends_with_a_sentence_and_names_like_it() -> None:
    ended = slm("", "catalogue", "j6/C.1.2.4", "--lang", "en")
    assert ended.returncode == 1
    assert "The catalogue has no j6/C.1.2.4 (names like it: j6/C.1.2.5" in ended.stderr
    assert "Traceback" not in ended.stderr
