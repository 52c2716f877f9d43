"""What cannot be right is refused where it is written: the place, the reason and the mend, and nothing is stored."""

import json
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from slm_api.documents import canonical, read_document
from tests.api.requests import CONTRACT, Tree, agreed, command, draft, end, incident, propose, record_all
from tests.api.serving import serving
from tests.documents.paper import paper, words

AT = "2025-04-11T10:00:00+09:00"
GRADED = {
    "code": "backup",
    "name": words("Backup"),
    "grades": [{"grade": 0, "name": words("None")}, {"grade": 4, "name": words("Daily")}],
}
GRADE_MEASURE = {"kind": "grade_at_least", "source": "measurements", "period": "month", "scale": "backup"}


def bent(bend: Callable[[Tree], object]) -> Tree:
    """The command that proposes the document with one thing wrong."""
    document = paper()
    bend(document)
    return propose(document)


def level_of(document: Tree, key: str = "grade", **facts: Any) -> Tree:
    first = dict(document["levels"][0])
    return {**first, "key": key, **facts}


def graded(document: Tree) -> None:
    document["scales"] = [GRADED]
    document["levels"].append(level_of(document, measure=GRADE_MEASURE, guaranteed="grade 4", target=None))


def off_its_scale(document: Tree) -> None:
    graded(document)
    document["levels"][-1]["guaranteed"] = "grade 3"


def no_hours(document: Tree) -> None:
    document["calendars"]["opening"] = {"name": words("Never open")}


def bonus_without_a_cap(document: Tree) -> None:
    level = document["levels"][0]["key"]
    document["bonuses"] = [{"code": "b", "clause": "1", "name": words("Bonus"), "level": level, "percent": 2}]


IN_A_DOCUMENT: dict[str, tuple[Callable[[Tree], object], str, str]] = {
    "a shift that ends before it starts": (
        lambda document: document["calendars"]["opening"].update(mon=["17:15-08:30"]),
        "calendars.opening.mon[0]",
        "24:00",
    ),
    "an unknown zone": (lambda document: document.update(time_zone="Asia/Tokio"), "time_zone", "Asia/Tokyo"),
    "a deduction that names an unknown level": (
        lambda document: document["deductions"][0].update(level="no-such-level"),
        "deductions[0].level",
        "levels",
    ),
    "a percentage over 100": (
        lambda document: document["deductions"][0].update(first_percent="101 %"),
        "deductions[0].first_percent",
        "100",
    ),
    "a grade off its scale": (off_its_scale, "levels", "4"),
    "a calendar with no hours": (no_hours, "calendars.opening", "08:30-17:15"),
    "a bonus without a cap": (bonus_without_a_cap, "bonuses[0].cap_percent", "cap_percent"),
}


async def entries(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM slm_journal.entry"))
    finally:
        await connection.close()


@pytest.mark.parametrize(("bend", "path", "mend"), IN_A_DOCUMENT.values(), ids=IN_A_DOCUMENT)
async def test_a_document_is_refused_where_it_is_wrong(
    dsn: str, bend: Callable[[Tree], object], path: str, mend: str
) -> None:
    async with serving(dsn) as api:
        await api.post("/commands", json=draft())
        answer = await api.post("/commands", json=bent(bend))
    assert answer.status_code == 422, answer.text
    told = [one for one in answer.json()["errors"] if path in one["path"]]
    assert told, answer.text
    assert all(one["reason"] and one["mend"] for one in told)
    assert any(mend in one["mend"] for one in told)
    assert await entries(dsn) == 1


@pytest.mark.parametrize(
    ("wrong", "words_of_it"),
    [
        ({**end(), "ended_at": "2025-04-10T16:00:00+09:00"}, "ends-before-it-starts"),
        ({**end(), "ended_at": "2025-04-11T09:30:00"}, "ended_at"),
        (
            command("RecordMeasurement", side="provider", at=AT, level="grade", measurement="g-1", grade=3),
            "grade",
        ),
    ],
    ids=["an end before its start", "an instant without a zone", "a measured grade off its scale"],
)
async def test_a_command_is_refused_for_what_is_wrong_in_it(dsn: str, wrong: Tree, words_of_it: str) -> None:
    document = paper()
    graded(document)
    async with serving(dsn) as api:
        first, _, *signed = agreed()
        before = await record_all(api, [first, propose(document), *signed, incident()])
        answer = await api.post("/commands", json=wrong)
    assert answer.status_code in {409, 422}, answer.text
    assert answer.json()["detail"]
    assert words_of_it in answer.text
    assert await entries(dsn) == before


async def test_two_versions_of_a_level_from_one_day_on_are_refused(dsn: str) -> None:
    level = paper()["levels"][0]
    about = {"level": level["key"], "at": AT}

    def proposed(revision: str) -> Tree:
        facts = {"revision": revision, "effective_from": "2025-06-01", "reason": "x"}
        return command("ProposeRevision", definition=written_out(level), **facts, **about)

    async with serving(dsn) as api:
        approved = command("ApproveRevision", side="provider", revision="first", **about)
        before = await record_all(api, [*agreed(), proposed("first"), approved])
        answer = await api.post("/commands", json=proposed("second"))
    assert answer.status_code in {409, 422}, answer.text
    assert "2025-06-01" in answer.text
    assert await entries(dsn) == before


def written_out(level: Tree) -> Tree:
    """The level as its canonical form has it, as a revision carries it."""
    whole = json.loads(canonical(read_document(json.dumps(paper()).encode(), source="paper.json").document))
    return next(dict(one) for one in whole["levels"] if one["key"] == level["key"])


async def test_a_term_can_end_on_the_last_day_that_a_record_speaks_of(dsn: str) -> None:
    document = {**paper(), "term_to": "2099-12-31"}
    late = command("RetireLevel", at="2099-12-31T23:59:00+09:00", level="availability", effective_from="2099-12-01")
    async with serving(dsn) as api:
        first, _, *signed = agreed()
        last = await record_all(api, [first, propose(document), *signed, late])
        await api.get(f"/contracts/{CONTRACT}/ledger/2099-12", params={"wait_for": last})
        for question in (
            "reports/2099-12",
            "years/2099",
            "ledger/2099-12",
            "availability?last=30d",
            "months/2099-12/explanation",
        ):
            answer = await api.get(f"/contracts/{CONTRACT}/{question}")
            assert answer.status_code == 200, f"{question}: {answer.text}"
        told = (await api.get(f"/contracts/{CONTRACT}/reports/2099-12")).json()
    assert told["report_due"][:10] == "2100-01-08", "the 1st is a Friday, so that opening days begin on Monday the 4th"
