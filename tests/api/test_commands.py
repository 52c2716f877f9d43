"""Commands over HTTP: recorded once, all of it or nothing, by the database's clock."""

import asyncio

import asyncpg

from slm_journal import database
from slm_journal.journal import Journal
from tests.api.requests import CONTRACT, agreed, command, draft, end, incident, propose, record_all
from tests.api.serving import serving
from tests.documents.paper import paper


async def test_a_command_is_answered_with_what_was_recorded_and_where(dsn: str) -> None:
    async with serving(dsn) as api:
        answer = await api.post("/commands", json=draft())
        assert answer.status_code == 201
        body = answer.json()
        assert (body["contract"], body["first_position"], body["last_position"]) == (CONTRACT, 1, 1)
        assert body["events"] == ["ContractDrafted.1"]
        assert body["recorded_at"] == "2025-03-01T00:00:00Z"
        assert body["repeated"] is False


async def test_the_same_command_with_the_same_key_has_the_effect_of_once(dsn: str) -> None:
    async with serving(dsn) as api:
        first = await api.post("/commands", json=draft())
        again = await api.post("/commands", json=draft())
        assert again.status_code == 200
        assert again.json() == first.json() | {"repeated": True}


async def test_a_key_that_was_used_for_something_else_is_refused(dsn: str) -> None:
    async with serving(dsn) as api:
        await api.post("/commands", json=draft())
        answer = await api.post("/commands", json=draft(time_zone="UTC"))
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:slm:problem:key-reused")


async def test_the_header_idempotency_key_is_the_commands_key(dsn: str) -> None:
    keyless = draft()
    del keyless["key"]
    async with serving(dsn) as api:
        first = await api.post("/commands", json=keyless, headers={"Idempotency-Key": '"k-1"'})
        again = await api.post("/commands", json=keyless | {"key": "k-1"})
        other = await api.post("/commands", json=draft(), headers={"Idempotency-Key": "k-1"})
        assert first.json()["key"] == "k-1"
        assert again.json()["repeated"] is True
        assert (other.status_code, other.json()["type"]) == (422, "urn:slm:problem:invalid-command")


async def test_without_a_key_the_server_makes_one(dsn: str) -> None:
    keyless = draft()
    del keyless["key"]
    async with serving(dsn) as api:
        key = (await api.post("/commands", json=keyless)).json()["key"]
        assert (await api.post("/commands", json=keyless | {"key": key})).json()["repeated"] is True


async def test_one_document_gives_one_digest_however_it_was_written(dsn: str) -> None:
    shuffled = dict(reversed(paper().items()))
    shuffled["fee"] = shuffled["fee"] | {"tax_percent": "10.0 %"}
    async with serving(dsn) as api:
        await api.post("/commands", json=draft())
        await api.post("/commands", json=propose())
        again = await api.post("/commands", json=propose(shuffled))
        assert again.json()["repeated"] is True


async def test_a_simulated_database_needs_the_time_of_recording(dsn: str) -> None:
    async with serving(dsn) as api:
        answer = await api.post("/commands", json=draft(at=None))
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:slm:problem:at-missing")


async def test_a_simulated_clock_never_goes_backwards(dsn: str) -> None:
    async with serving(dsn) as api:
        await api.post("/commands", json=draft())
        answer = await api.post("/commands", json=propose(at="2025-02-28T09:00:00+09:00"))
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:slm:problem:went-backwards")


async def test_a_real_database_refuses_the_time_of_recording(real_dsn: str) -> None:
    async with serving(real_dsn) as api:
        refused = await api.post("/commands", json=draft())
        assert (refused.status_code, refused.json()["type"]) == (422, "urn:slm:problem:at-refused")
        accepted = await api.post("/commands", json=draft(at=None))
        assert accepted.status_code == 201


async def test_a_command_for_another_contract_than_the_address_is_refused(dsn: str) -> None:
    async with serving(dsn) as api:
        refused = await api.post("/contracts/other/commands", json=draft())
        accepted = await api.post(f"/contracts/{CONTRACT}/commands", json=draft())
        assert (refused.status_code, accepted.status_code) == (422, 201)


async def test_of_many_senders_of_one_fact_exactly_one_records_it(dsn: str) -> None:
    async with serving(dsn) as api:
        await record_all(api, [*agreed(), incident()])
        answers = await asyncio.gather(*(api.post("/commands", json=end(key=f"end-{n}")) for n in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201, *[409] * 7]
        refused = {answer.json()["type"] for answer in answers if answer.status_code == 409}
        assert refused == {"urn:slm:problem:outage-already-ended"}


async def test_facts_that_do_not_touch_are_all_recorded_however_many_send_at_once(dsn: str) -> None:
    at = "2025-04-10T16:40:00+09:00"
    async with serving(dsn) as api:
        before = await record_all(api, agreed())
        answers = await asyncio.gather(*(api.post("/commands", json=incident(f"inc-{n}", at=at)) for n in range(8)))
        assert [answer.status_code for answer in answers] == [201] * 8
        places = sorted((answer.json()["first_position"], answer.json()["last_position"]) for answer in answers)
        assert [position for first, last in places for position in range(first, last + 1)] == list(
            range(before + 1, places[-1][1] + 1)
        )


async def test_who_sent_a_command_stands_beside_its_events(dsn: str) -> None:
    async with serving(dsn) as api:
        await api.post("/commands", json=draft())
    async with database.connect(dsn) as pool:
        journal = Journal(pool)
        ((journal_id, _),) = await journal.journals()
        (entry,) = await journal.read(journal_id)
        assert entry.metadata is not None
        assert b'"command":"DraftContract"' in entry.metadata
        assert b'"person":"M-01"' in entry.metadata
        assert b'"rules_version":' in entry.metadata


async def test_what_was_refused_leaves_nothing_behind(dsn: str) -> None:
    async with serving(dsn) as api:
        await api.post("/commands", json=draft())
        refused = await api.post("/commands", json=command("SignSla", number=1, key="early"))
        assert (refused.status_code, refused.json()["type"]) == (409, "urn:slm:problem:no-sla-on-the-table")
    connection = await asyncpg.connect(dsn)
    try:
        assert await connection.fetchval("SELECT count(*) FROM slm_journal.entry") == 1
        assert await connection.fetchval("SELECT count(*) FROM slm_journal.command") == 1
    finally:
        await connection.close()


async def test_a_report_handed_in_carries_the_figures_of_the_record(dsn: str) -> None:
    at = "2025-05-08T10:00:00+09:00"
    async with serving(dsn) as api:
        last = await record_all(
            api,
            [
                *agreed(),
                incident(),
                end(),
                command("OpenReview", at=at, review="m-04", kind="monthly", month="2025-04"),
                command("HandInMonthlyReport", side="provider", at=at, review="m-04"),
            ],
        )
        report = (await api.get(f"/contracts/{CONTRACT}/reports/2025-04", params={"wait_for": last})).json()
        (issued,) = report["issued"]
        assert issued["until"] == "2025-05-08T01:00:00Z"
        assert issued["payable_yen"] == report["figures"]["payable_yen"]
        verified = (await api.get(f"/contracts/{CONTRACT}/verification")).json()
        assert [one["differences"] for one in verified["reports"]] == [[]]
