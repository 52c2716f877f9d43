"""Whatever goes wrong is told as a problem (RFC 9457): what, why, and how to mend it, in the reader's language."""

from urllib.parse import urlsplit

import asyncpg
import pytest

from slm_api.problems import preferred
from slm_domain.commands.envelope import Command
from slm_journal.errors import Closing, NotTaken, QueueFull
from slm_journal.group_commit import GroupCommit
from tests.api.requests import CONTRACT, agreed, draft, end, incident, propose, record_all
from tests.api.serving import serving
from tests.documents.paper import paper


async def test_a_refusal_tells_its_rule_its_facts_and_how_to_mend_it(dsn: str) -> None:
    async with serving(dsn) as api:
        await record_all(api, [*agreed(), incident(), end()])
        answer = await api.post("/commands", json=end(key="again"))
        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["type"] == "urn:slm:problem:outage-already-ended"
        assert problem["status"] == 409
        assert problem["facts"]["incident"] == "inc-1"
        assert problem["source"]
        assert "inc-1" in problem["detail"]
        assert problem["mend"]


async def test_japanese_is_told_unless_english_is_asked_for(dsn: str) -> None:
    async with serving(dsn) as api:
        japanese = await api.post("/commands", json=propose())
        english = await api.post("/commands", json=propose(), headers={"Accept-Language": "en-GB, ja;q=0.5"})
        assert (japanese.headers["content-language"], english.headers["content-language"]) == ("ja", "en")
        assert japanese.json()["type"] == english.json()["type"] == "urn:slm:problem:contract-not-drafted"
        assert "登録されていません" in japanese.json()["detail"]
        assert english.json()["detail"] == f"There is no contract {CONTRACT} yet."


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "ja"), ("en", "en"), ("ja, en", "ja"), ("en;q=0.9, ja;q=0.8", "en"), ("fr", "ja"), ("en;q=nonsense", "ja")],
)
def test_the_language_is_the_one_wanted_most(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


async def test_everything_wrong_with_a_document_is_told_at_once(dsn: str) -> None:
    document = paper()
    document["time_zone"] = "Asia/Edo"
    document["levels"][0]["guaranteed"] = "-1 minutes"
    document["unknown"] = 1
    async with serving(dsn) as api:
        await record_all(api, [draft()])
        answer = await api.post("/commands", json=propose(document))
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:slm:problem:document-refused")
        errors = answer.json()["errors"]
        assert {error["path"] for error in errors} >= {"time_zone", "unknown"}
        assert any(error["path"].startswith("levels[0].guaranteed") for error in errors)
        assert all(error["reason"] and error["mend"] for error in errors)


@pytest.mark.parametrize(
    ("body", "status", "kind", "path"),
    [
        (b"{", 400, "malformed-json", None),
        (b"[]", 422, "invalid-command", ""),
        (b'{"type": "Nonsense"}', 422, "invalid-command", "type"),
        (
            b'{"type": "SignSla", "contract": "x", "by": {"person": 1, "side": "provider"}, "number": 1}',
            422,
            "invalid-command",
            "by.person",
        ),
    ],
)
async def test_a_body_that_is_no_command_is_told_with_its_path(
    dsn: str, body: bytes, status: int, kind: str, path: str | None
) -> None:
    async with serving(dsn) as api:
        answer = await api.post("/commands", content=body)
        assert (answer.status_code, answer.json()["type"]) == (status, f"urn:slm:problem:{kind}")
        assert [error["path"] for error in answer.json().get("errors", [])] == ([] if path is None else [path])


async def test_an_address_where_nothing_is_answers_with_a_problem_too(dsn: str) -> None:
    async with serving(dsn) as api:
        for answer in (await api.get("/nothing"), await api.get("/commands")):
            assert answer.status_code in (404, 405)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == answer.status_code


async def test_what_is_unexpected_is_logged_whole_and_answered_briefly(
    dsn: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_command: Command, _desk: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    async with serving(dsn) as api:
        monkeypatch.setattr("slm_domain.commands.contract.DraftContract.decide", broken)
        answer = await api.post("/commands", json=draft())
        assert (answer.status_code, answer.json()["type"]) == (500, "urn:slm:problem:unexpected")
        assert "secret" not in answer.text
        assert "the secret of the house" in caplog.text


@pytest.mark.parametrize("refused", [QueueFull("3 commands wait"), Closing()], ids=["full", "closing"])
async def test_a_command_that_is_not_taken_up_may_be_sent_again(
    dsn: str, monkeypatch: pytest.MonkeyPatch, refused: NotTaken
) -> None:
    def no_room(_group: GroupCommit) -> None:
        raise refused

    async with serving(dsn) as api:
        with monkeypatch.context() as full:
            full.setattr(GroupCommit, "check_room", no_room)
            for language, said in (("ja", "受け付けられませんでした"), ("en", "nothing of")):
                answer = await api.post("/commands", json=draft(), headers={"Accept-Language": language})
                assert (answer.status_code, answer.json()["type"]) == (503, "urn:slm:problem:not-taken-up")
                assert answer.headers["retry-after"]
                assert said in answer.json()["detail"]
        assert (await api.post("/commands", json=draft())).status_code == 201


@pytest.mark.parametrize("address", ["/contracts", f"/contracts/{CONTRACT}/reports/2025-04", "/status"])
async def test_a_database_that_went_away_is_told_as_such(server: str, dsn: str, address: str) -> None:
    name = urlsplit(dsn).path.lstrip("/")
    async with serving(dsn) as api:
        await record_all(api, [*agreed(), incident()])
        other = await asyncpg.connect(server)
        try:
            await other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
            answer = await api.get(address)
            assert (answer.status_code, answer.json()["type"]) == (503, "urn:slm:problem:database-unfit")
            assert answer.headers["retry-after"]
            assert (await api.get("/health/ready")).status_code == 503
        finally:
            await other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
            await other.close()
        assert (await api.get("/contracts")).status_code == 200
