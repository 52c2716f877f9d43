"""Questions over HTTP: as of a position, an instant, a day or now; waiting for what was written; asked twice."""

from fractions import Fraction

import pytest

from tests.api.requests import CONTRACT, agreed, end, incident, record_all
from tests.api.serving import serving

ALL = [
    f"/contracts/{CONTRACT}/ledger/2025-04",
    f"/contracts/{CONTRACT}/availability",
    f"/contracts/{CONTRACT}/reports/2025-04",
    f"/contracts/{CONTRACT}/years/2025",
    f"/contracts/{CONTRACT}/history",
    f"/contracts/{CONTRACT}/replay",
    f"/contracts/{CONTRACT}/months/2025-04/explanation",
]


async def test_every_answer_about_a_contract_names_where_it_stands(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident(), end()])
        for address in ALL:
            answer = await api.get(address, params={"wait_for": last})
            assert answer.status_code == 200, answer.text
            standpoint = answer.json()["standpoint"]
            assert (standpoint["contract"], standpoint["position"]) == (CONTRACT, last)
            assert standpoint["until"] == "2025-04-11T01:00:00Z"
            assert standpoint["simulated"] is True
            assert answer.headers["etag"].startswith(f'"{last}-')


async def test_a_past_position_answers_what_was_known_then(dsn: str) -> None:
    async with serving(dsn) as api:
        open_at = await record_all(api, [*agreed(), incident()])
        await record_all(api, [end()])
        then = (await api.get(f"/contracts/{CONTRACT}/reports/2025-04", params={"as_of": open_at})).json()
        (stop,) = then["figures"]["stops"]
        assert (stop["ended_at"], stop["counted"]) == (None, "PT600S")
        assert then["standpoint"]["until"] == "2025-04-10T07:40:00Z"


async def test_an_instant_answers_what_was_known_then_judged_until_then(dsn: str) -> None:
    async with serving(dsn) as api:
        await record_all(api, [*agreed(), incident(), end()])
        address = f"/contracts/{CONTRACT}/reports/2025-04"
        then = (await api.get(f"{address}?as_of=2025-04-10T17:00:00+09:00")).json()  # the plus sign left as it is
        assert then["figures"]["stops"][0]["counted"] == "PT1800S"
        whole = (await api.get(address, params={"as_of": "2025-04-30"})).json()
        assert whole["figures"]["stops"][0]["counted"] == "PT6300S"
        ratio = whole["figures"]["availability"]["ratio"]
        assert Fraction(ratio["numerator"], ratio["denominator"]) == Fraction(11025 - 105, 11025)


async def test_an_answer_asked_again_unchanged_is_not_sent_again(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident()])
        for address in ALL:
            first = await api.get(address, params={"as_of": last})
            again = await api.get(address, params={"as_of": last}, headers={"If-None-Match": first.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]


async def test_an_answer_that_changed_is_sent(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, agreed())
        address = f"/contracts/{CONTRACT}/availability"
        tag = (await api.get(address, params={"wait_for": last})).headers["etag"]
        last = await record_all(api, [incident()])
        answer = await api.get(address, params={"wait_for": last}, headers={"If-None-Match": tag})
        assert answer.status_code == 200


async def test_waiting_for_a_position_that_no_journal_has_is_refused_at_once(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, agreed())
        answer = await api.get(f"/contracts/{CONTRACT}/replay", params={"wait_for": last + 1})
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:slm:problem:not-in-the-record")
        assert answer.json()["facts"] == {"contract": CONTRACT, "position": last + 1, "size": last}


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/contracts/nobody/replay", 404, "unknown-contract"),
        (f"/contracts/{CONTRACT}/replay?as_of=9999", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/replay?as_of=2020-01-01", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/reports/2025-05", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/ledger/2025-05", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/reports/2024-12", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/reports/2025-13", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/ledger/2025-04?day=2025-06-01", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/years/99999", 400, "invalid-question"),
        ("/contracts/nobody/replay?wait_for=1", 404, "unknown-contract"),
        (f"/contracts/{CONTRACT}/replay?as_of=yesterday", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/replay?as_of=2025-04-10T10:00", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/replay?as_of=2025-02-30", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/reports/april", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?by=fortnight", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?from=2025-05-01&to=2025-04-01", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?by=term&from=2025-05-01", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?from=2025-02-30", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?to=9999-12-31", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?last=0d", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?last=4000d", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?last=2w", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?at=2025-04-10T10:00", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?at=0001-01-01", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/availability?at=2030-01-01", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/availability?by=day&from=2020-01-01&to=2025-04-01", 400, "too-many-rows"),
        (f"/contracts/{CONTRACT}/ledger/2025-04?level=nothing", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/months/2025-04/explanation?level=nothing", 404, "not-in-the-record"),
        (f"/contracts/{CONTRACT}/months/2025-04/explanation?figure=mood", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/months/2025-04/explanation?figure=fee&level=a", 400, "invalid-question"),
        (f"/contracts/{CONTRACT}/months/2025-07/explanation", 404, "not-in-the-record"),
        ("/roll-ups?month=2025-13", 400, "invalid-question"),
        ("/roll-ups?month=2025-04&by=planet", 400, "invalid-question"),
        ("/roll-ups?month=2025-04&as_of=3", 400, "invalid-question"),
        ("/roll-ups?month=2025-04&provider=nobody", 404, "not-in-the-record"),
        ("/roll-ups?month=2025-04&organisation=town&organisation=nowhere", 404, "not-in-the-record"),
        ("/recoveries/00000000-0000-0000-0000-000000000000", 404, "not-in-the-record"),
        ("/recoveries/00000000-0000-0000-0000-000000000000?as_of=3", 400, "invalid-question"),
    ],
)
async def test_a_question_that_has_no_answer_says_why(dsn: str, address: str, status: int, kind: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, agreed())
        await api.get(f"/contracts/{CONTRACT}/replay", params={"wait_for": last})
        answer = await api.get(address)
        assert (answer.status_code, answer.json()["type"]) == (status, f"urn:slm:problem:{kind}")


async def test_a_recovery_over_contracts_names_a_cut_that_asks_the_same_again(dsn: str) -> None:
    correlation = "3f2b7c52-0f5e-4f0e-9a55-6a3f0c1d2e4b"
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident(correlation=correlation), end()])
        await api.get(f"/contracts/{CONTRACT}/replay", params={"wait_for": last})
        then = await api.get(f"/recoveries/{correlation}", params={"as_of": "2025-04-10T18:00:00+09:00"})
        assert (then.json()["running"], then.json()["systems"]) == (0, 1)
        again = await api.get(f"/recoveries/{correlation}", params={"as_of": then.json()["cut"]})
        assert again.content == then.content
        now = await api.get(f"/recoveries/{correlation}")
        assert (now.json()["running"], now.json()["systems"]) == (1, 1)


async def test_the_list_of_contracts_and_the_status_tell_what_there_is(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, agreed())
        await api.get(f"/contracts/{CONTRACT}/replay", params={"wait_for": last})
        (contract,) = (await api.get("/contracts")).json()["contracts"]
        assert (contract["contract"], contract["sla_number"], contract["position"]) == (CONTRACT, 1, last)
        status = (await api.get("/status")).json()
        assert (status["clock"], status["journals"], status["entries"]) == ("simulated", 1, last)
        assert {one["entries_outstanding"] for one in status["projections"]} == {0}


async def test_health_says_that_questions_can_be_answered(dsn: str) -> None:
    async with serving(dsn) as api:
        assert (await api.get("/health/live")).json() == {"live": True}
        ready = await api.get("/health/ready")
        assert ready.status_code == 200
        assert (ready.json()["journal_reachable"], ready.json()["posting"], ready.json()["stopped"]) == (True, True, 0)


async def test_the_history_tells_the_reason_that_was_written(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident(phenomenon="全業務停止")])
        history = (await api.get(f"/contracts/{CONTRACT}/history", params={"wait_for": last})).json()
        texts = {act["event"]: act["text"] for act in history["acts"]}
        assert texts["IncidentReported.1"] == "全業務停止"


async def test_a_code_that_nearly_is_one_is_answered_with_those_that_are(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, agreed())
        await api.get(f"/contracts/{CONTRACT}/replay", params={"wait_for": last})
        answer = (await api.get("/contracts/twon-2025/replay", headers={"Accept-Language": "en"})).json()
        assert answer["facts"] == {"contract": "twon-2025", "near": [CONTRACT]}
        assert CONTRACT in answer["mend"]


async def test_a_moment_before_the_record_is_answered_with_when_it_begins(dsn: str) -> None:
    async with serving(dsn) as api:
        await record_all(api, agreed())
        answer = (await api.get(f"/contracts/{CONTRACT}/replay?as_of=2020-01-01")).json()
        assert "2025-03-01 09:00" in answer["detail"]


async def test_a_refused_range_says_what_to_write_instead(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, agreed())
        address = f"/contracts/{CONTRACT}/availability?wait_for={last}"
        english = {"accept-language": "en"}
        reversed_range = (await api.get(f"{address}&from=2025-05-01&to=2025-04-01", headers=english)).json()
        assert reversed_range["detail"] == "The range ends on 2025-04-01, before it starts on 2025-05-01."
        assert reversed_range["mend"] == "Swap from and to."
        unit = (await api.get(f"{address}&by=fortnight", headers=english)).json()
        assert "half_year" in unit["mend"]
        rows = (await api.get(f"{address}&by=day&from=2020-01-01&to=2025-04-01", headers=english)).json()
        assert rows["facts"] == {"by": "day", "most": 400}
        assert "Narrow the range" in rows["mend"]


async def test_availability_is_answered_by_any_period_and_rolling_to_any_instant(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident(), end()])
        address = f"/contracts/{CONTRACT}/availability?wait_for={last}"
        quarters = (await api.get(f"{address}&by=quarter&from=2025-04-01")).json()
        assert (quarters["by"], [row["window"] for row in quarters["periods"]]) == ("quarter", ["2025-Q1"])
        assert quarters["windows"] == []
        rolled = (await api.get(f"{address}&last=3d&at=2025-04-11T00:00:00%2B09:00")).json()
        (window,) = rolled["windows"]
        assert (window["window"], window["starts_at"], window["ends_at"]) == (
            "last_3_days",
            "2025-04-07T15:00:00Z",
            "2025-04-10T15:00:00Z",
        )
        assert window["figure"]["down"] == "PT2700S"  # 16:30 to 17:15; what stopped on the 11th comes later
        assert rolled["periods"] == []


async def test_a_month_rolled_up_names_a_cut_that_asks_the_same_again(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident(), end()])
        await api.get(f"/contracts/{CONTRACT}/replay", params={"wait_for": last})
        asked = {"month": "2025-04", "organisation": "town", "provider": "firm"}
        then = await api.get("/roll-ups", params=asked | {"as_of": "2025-04-10T17:00:00+09:00"})
        assert then.status_code == 200, then.text
        (row,) = then.json()["rows"]
        half_an_hour = {"numerator": 1800, "denominator": 1}  # exact seconds
        assert (row["key"], row["figure"]["down"]) == (CONTRACT, half_an_hour)
        assert then.json()["total"]["down"] == half_an_hour
        assert (await api.get("/roll-ups", params=asked | {"as_of": then.json()["cut"]})).content == then.content
