"""Where a read model has stopped, every answer that rests on it says so: on the screen, in both languages, in JSON."""

import asyncio
from typing import TYPE_CHECKING

import pytest

from slm_domain.review import ImprovementPlanned
from tests.api.serving import serving
from tests.api.test_command_line import slm
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.engine.histories import Draft
from tests.projections.examples import recorded, shimanto_year

if TYPE_CHECKING:
    from slm_journal.database import Pool

POISON = 201
STOPPED = {
    "contract": CODE,
    "projection": "monthly_report",
    "position": POISON,
    "event": ImprovementPlanned.NAME,
}
SAID = {
    "ja": f"{CODE} の集計 monthly_report は位置 {POISON}（改善の計画）の手前で停止中",
    "en": f"the read model monthly_report of {CODE} has stopped before position {POISON}",
}


@pytest.fixture
async def stopped(pool: "Pool", dsn: str) -> str:
    """A database in which an entry of May is recorded that none can decode, and some after it."""
    drafts = shimanto_year()
    before = drafts[POISON - 2]
    poison = Draft(before.originator_id, ImprovementPlanned.NAME, b"{}", before.metadata, before.at)
    await recorded(pool, {JOURNAL: [*drafts[: POISON - 1], poison, *drafts[POISON - 1 : POISON + 30]]})
    return dsn


QUESTIONS = (
    ["report", "monthly", CODE, "2025-04"],
    ["roll-up", "--month", "2025-04"],
    ["report", "yearly", CODE, "2025"],
    ["ledger", CODE, "2025-04"],
    ["availability", CODE],
    ["explain", CODE, "2025-04"],
    ["history", CODE],
    ["replay", CODE],
    ["verify-issued"],
)


@pytest.mark.parametrize(("language", "questions"), [("ja", QUESTIONS), ("en", QUESTIONS[:2])], ids=["ja", "en"])
async def test_what_people_read_says_it_above_the_figures(
    stopped: str, language: str, questions: tuple[list[str], ...]
) -> None:
    for question in questions:
        asked = await asyncio.to_thread(slm, stopped, *question, "--lang", language)
        assert asked.returncode == 0, asked.stderr
        assert SAID[language] in asked.stdout.replace("\n", " " if language == "en" else ""), question
        assert asked.stdout.index(SAID[language][:20]) < len(asked.stdout) // 2


async def test_json_says_it_with_the_standpoint(stopped: str) -> None:
    async with serving(stopped) as api:
        for question in ("reports/2025-04", "years/2025", "ledger/2025-04", "availability", "history", "replay"):
            answer = (await api.get(f"/contracts/{CODE}/{question}")).json()
            assert STOPPED in answer["standpoint"]["stopped"], question
        assert (await api.get("/roll-ups?month=2025-04")).json()["stopped"] == [STOPPED]
        assert (await api.get("/verification")).json()["stopped"] == [STOPPED]
        before = (await api.get(f"/contracts/{CODE}/reports/2025-04?as_of={POISON - 1}")).json()
        assert before["standpoint"]["stopped"] == []


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_what_cannot_be_answered_for_it_is_a_kind_of_problem_of_its_own(stopped: str, language: str) -> None:
    async with serving(stopped) as api:
        answer = await api.get(
            f"/contracts/{CODE}/reports/2025-04?as_of={POISON + 10}", headers={"Accept-Language": language}
        )
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:slm:problem:cannot-be-folded")
    assert answer.json()["facts"]["position"] == POISON
    assert answer.json()["facts"]["projection"] == "monthly_report"
    assert str(POISON - 1) in answer.json()["mend"]
    asked = await asyncio.to_thread(
        slm, stopped, "report", "monthly", CODE, "2025-04", "--as-of", str(POISON + 10), "--lang", language
    )
    assert asked.returncode == 1
    assert answer.json()["mend"] in asked.stderr.replace("\n", " " if language == "en" else "")
