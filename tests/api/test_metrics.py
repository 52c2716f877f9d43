"""GET /metrics: every metric documented, and each tells what is so."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from slm_api.measured import Measured
from slm_api.metrics import GAUGES, Metrics
from slm_api.standing import Status
from slm_api.version import VERSION
from slm_api.wiring import wired
from slm_journal.errors import VersionMoved
from slm_journal.instants import instant_of
from slm_journal.journal import Journal
from tests.api.requests import agreed, incident, record_all
from tests.api.serving import serving
from tests.journal.building import CONTRACT, SHIMANTO, command, event

if TYPE_CHECKING:
    from slm_journal.database import Pool

DOCUMENT = Path(__file__).parents[2] / "docs" / "metrics.md"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def parsed(text: str) -> Samples:
    """Every sample by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def asked(api: httpx.AsyncClient) -> Samples:
    answer = await api.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return parsed(answer.text)


def documented() -> dict[str, tuple[set[str], str]]:
    """The labels and the meaning of each metric in the document."""
    rows = re.findall(r"^\| `(slm_\w+)` \| (.*?) ?\| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (set(re.findall(r"`(\w+)`", labels)), meaning) for name, labels, meaning in rows}


async def test_the_document_has_every_metric_with_its_labels_and_its_own_words_and_no_other(dsn: str) -> None:
    async with serving(dsn) as api:
        await record_all(api, [*agreed()])
        await api.post("/commands", content=b"{")
        text = (await api.get("/metrics")).text
    told: dict[str, tuple[set[str], str]] = {}
    for family in text_string_to_metric_families(text):
        if family.name.startswith("slm_"):
            name = f"{family.name}_total" if family.type == "counter" else family.name
            labels = {label for sample in family.samples for label in sample.labels}
            told[name] = (labels, family.documentation)
    assert told == documented()
    assert told.keys() >= GAUGES.keys()


async def test_commands_are_counted_by_what_became_of_them(dsn: str) -> None:
    async with serving(dsn) as api:
        keyed = incident() | {"key": "reported"}
        await record_all(api, [*agreed(), keyed])
        repeated = await api.post("/commands", json=keyed)
        assert repeated.status_code == 200
        assert (await api.post("/commands", content=b"{")).status_code == 400
        assert (await api.post("/contracts/another/commands", json=incident())).status_code >= 400
        samples = await asked(api)
        commands = len(agreed()) + 1
        entries = (await api.get("/status")).json()["entries"]
    assert samples["slm_commands_total", (("outcome", "recorded"),)] == commands
    assert samples["slm_commands_total", (("outcome", "repeated"),)] == 1
    assert samples["slm_commands_total", (("outcome", "refused"),)] == 2
    assert samples["slm_refusals_total", (("kind", "malformed-json"),)] == 1
    assert samples["slm_refusals_total", (("kind", "invalid-command"),)] == 1
    assert samples["slm_appends_total", (("answer", "appended"),)] == commands
    assert samples["slm_appended_entries_total", ()] == samples["slm_entries", ()] == entries
    assert samples["slm_append_batch_commands_sum", ()] == commands


async def test_batches_are_counted_by_their_size_and_answers(pool: "Pool") -> None:
    metrics = Metrics()
    journal = Journal(pool, heard=metrics.heard)
    other = event(CONTRACT, 1)
    await journal.append_batch([command(event(), event(version=2)), command(other, key="other")])
    await journal.append_batch([command(event(), event(version=2))])
    with pytest.raises(VersionMoved):
        await journal.append(command(event(version=7), key="late"))
    samples = parsed(metrics.text(None).decode())
    assert samples["slm_append_batch_commands_bucket", (("le", "1.0"),)] == 2
    assert samples["slm_append_batch_commands_bucket", (("le", "2.0"),)] == 3
    assert {labels[0][1]: value for (name, labels), value in samples.items() if name == "slm_appends_total"} == {
        "appended": 2, "repeated": 1, "VersionMoved": 1,
    }  # fmt: skip
    assert samples["slm_appended_entries_total", ()] == 3


async def test_the_lag_is_in_entries_journals_and_the_age_of_the_oldest(pool: "Pool", journal: Journal) -> None:
    opened = await wired(pool)
    await journal.append(command(event(), event(version=2)))
    before = {one.projection: one for one in await opened.engine.status()}
    assert {(one.entries_outstanding, one.journals_behind, one.entries_posted) for one in before.values()} == {
        (2, 1, 0)
    }
    (recorded,) = {one.oldest_outstanding for one in before.values()}
    assert recorded == (await journal.recorded_at(SHIMANTO, 1))
    late = instant_of(int(recorded.timestamp()) * 1_000_000 + 90_000_001)
    status = Status(
        version=VERSION, database_id=opened.identity.database_id, clock="simulated", now=late, journals=1, entries=2,
        projections=tuple(before.values()),
    )  # fmt: skip
    told = Measured(status=status, entry_bytes=8192, followers=3, posting=False, last_run=None)
    samples = parsed(opened.metrics.text(told).decode())
    for projection in PROJECTIONS:
        labels = (("projection", projection.name),)
        assert samples["slm_lag_entries", labels] == 2
        assert samples["slm_lag_journals", labels] == 1
        assert samples["slm_lag_seconds", labels] == 91
    assert (samples["slm_followers", ()], samples["slm_posting_alive", ()]) == (3, 0)


async def test_what_is_posted_is_no_longer_behind(dsn: str) -> None:
    async with serving(dsn) as api:
        last = await record_all(api, [*agreed(), incident()])
        await api.get("/contracts", params={"wait_for": last})
        ledger = await api.get("/status")
        while any(one["entries_outstanding"] for one in ledger.json()["projections"]):
            ledger = await api.get("/status")
        samples = await asked(api)
    for projection in PROJECTIONS:
        labels = (("projection", projection.name),)
        assert samples["slm_posted_entries", labels] == samples["slm_entries", ()]
        assert samples["slm_read_model_built", labels] == 1
        for name in ("slm_lag_entries", "slm_lag_journals", "slm_lag_seconds", "slm_stopped_journals"):
            assert samples[name, labels] == 0
    assert samples["slm_posting_alive", ()] == samples["slm_database_reachable", ()] == 1
    assert samples["slm_last_post_entries", ()] > 0
    assert samples["slm_entry_bytes", ()] > 0


async def test_a_stopped_journal_is_counted_and_makes_nobody_think_that_posting_is_slow(
    pool: "Pool", journal: Journal
) -> None:
    """An event that nobody knows cannot be decoded; it stops the projection that handles its name."""
    engine = Engine(pool, journal, PROJECTIONS, placed)
    await engine.start()
    name = next(iter(PROJECTIONS[0].handles))
    await journal.append(command(event(CONTRACT, 1, name=name, payload=b"{")))
    await engine.post_outstanding()
    opened = await wired(pool)
    status = next(one for one in await opened.engine.status() if one.projection == PROJECTIONS[0].name)
    assert len(status.stopped) == 1
    assert (status.entries_outstanding, status.oldest_outstanding) == (1, None)


async def test_followers_of_every_process_are_counted(dsn: str, journal: Journal) -> None:
    async with serving(dsn) as api:
        before = (await asked(api))["slm_followers", ()]
        assert before == 1, "the engine of the application"
        async with journal.follow(), journal.follow():
            assert (await asked(api))["slm_followers", ()] == 3


def test_while_the_database_is_away_the_counts_are_told_alone() -> None:
    samples = parsed(Metrics().text(None).decode())
    assert samples["slm_database_reachable", ()] == 0
    assert not {name for name, _ in samples} & (GAUGES.keys() - {"slm_database_reachable"})
