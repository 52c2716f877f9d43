"""A recorder of eventsourcing as installed, unmodified, reads our journals through a view of our own."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest
from eventsourcing.persistence import PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from slm_domain import codec
from slm_journal.entry import Entry
from slm_journal.journal import Journal
from tests.journal.building import SHIMANTO, command, event
from tests.projections.examples import jip_base, write

if TYPE_CHECKING:
    from slm_journal.database import Pool

CONTRACTS = 3


@pytest.fixture
def stock(dsn: str) -> Iterator[PostgresApplicationRecorder]:
    """The recorder over our schema. It is never asked to create a table."""
    address = urlsplit(dsn)
    datastore = PostgresDatastore(
        dbname=address.path.removeprefix("/"),
        host=parse_qs(address.query)["host"][0],
        port=5432,
        user=address.username or "",
        password="",
        schema="slm_journal",
    )
    with datastore:
        yield PostgresApplicationRecorder(datastore, events_table_name="stored_events")


@pytest.fixture
async def contracts(journal: Journal) -> list[Entry]:
    """Everything recorded of some contracts that an outage hit, in the order of recording."""
    for journal_id, drafts in sorted(jip_base().items())[:CONTRACTS]:
        await write(journal, journal_id, drafts)
    async with journal.follow() as follower:
        first = await follower.outstanding()
        assert first is not None
        assert await follower.outstanding() is None
    return first.entries


async def test_it_selects_each_aggregates_events(
    stock: PostgresApplicationRecorder, contracts: list[Entry], journal: Journal
) -> None:
    aggregates = {(entry.journal_id, entry.originator_id) for entry in contracts}
    assert len(aggregates) > 10
    for journal_id, originator_id in aggregates:
        ours = await journal.read_aggregate(journal_id, originator_id)
        assert await asyncio.to_thread(stock.select_events, originator_id) == [
            StoredEvent(originator_id, entry.originator_version, entry.name, entry.payload or b"") for entry in ours
        ]


async def test_it_selects_versions_and_the_last_one_first(
    stock: PostgresApplicationRecorder, contracts: list[Entry]
) -> None:
    originator = max({entry.originator_id for entry in contracts}, key=[e.originator_id for e in contracts].count)
    newest = max(entry.originator_version for entry in contracts if entry.originator_id == originator)
    found = await asyncio.to_thread(stock.select_events, originator, desc=True, limit=1)
    assert [one.originator_version for one in found] == [newest]
    found = await asyncio.to_thread(stock.select_events, originator, gt=newest - 2, lte=newest - 1)
    assert [one.originator_version for one in found] == [newest - 1]


async def test_its_notifications_are_the_database_wide_order(
    stock: PostgresApplicationRecorder, contracts: list[Entry]
) -> None:
    assert await asyncio.to_thread(stock.max_notification_id) == len(contracts)
    found = await asyncio.to_thread(stock.select_notifications, None, len(contracts) + 1)
    assert [one.id for one in found] == list(range(1, len(contracts) + 1))
    assert [(one.originator_id, one.originator_version, one.topic, one.state) for one in found] == [
        (entry.originator_id, entry.originator_version, entry.name, entry.payload) for entry in contracts
    ]
    part = await asyncio.to_thread(stock.select_notifications, 5, 3, inclusive_of_start=False)
    assert [one.id for one in part] == [6, 7, 8]
    named = await asyncio.to_thread(stock.select_notifications, 1, 1000, topics=["IncidentReported.1"])
    assert {one.topic for one in named} == {"IncidentReported.1"}


async def test_what_it_read_decodes_into_our_events(stock: PostgresApplicationRecorder, contracts: list[Entry]) -> None:
    found = await asyncio.to_thread(stock.select_notifications, None, len(contracts))
    assert [type(codec.decode(one.topic, one.state)) for one in found] == [
        type(codec.decode(entry.name, entry.payload)) for entry in contracts
    ]


async def test_its_subscription_receives_what_was_recorded(
    stock: PostgresApplicationRecorder, contracts: list[Entry]
) -> None:
    def received() -> list[int]:
        with stock.subscribe(gt=len(contracts) - 2) as subscription:
            return [next(subscription).id, next(subscription).id]

    assert await asyncio.to_thread(received) == [len(contracts) - 1, len(contracts)]


async def test_an_erased_payload_is_empty_for_it(stock: PostgresApplicationRecorder, journal: Journal) -> None:
    await journal.append(command(event(payload=b"call 0880-22-0000")))
    await journal.erase(SHIMANTO, 1)
    (found,) = await asyncio.to_thread(stock.select_notifications, None, 10)
    assert found.state == b""


async def test_it_cannot_record_anything(stock: PostgresApplicationRecorder, journal: Journal, pool: "Pool") -> None:
    await journal.append(command())
    new = StoredEvent(SHIMANTO, 1, "outage-started/1", b"{}")
    with pytest.raises(PersistenceError):
        await asyncio.to_thread(stock.insert_events, [new])
    assert await pool.fetchval("SELECT count(*) FROM slm_journal.entry") == 1


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO slm_journal.stored_events (originator_id, originator_version) VALUES (gen_random_uuid(), 1)",
        "UPDATE slm_journal.stored_events SET topic = 'other'",
        "UPDATE slm_journal.stored_events SET state = ''",
        "DELETE FROM slm_journal.stored_events",
    ],
)
async def test_nothing_can_be_changed_through_the_view(pool: "Pool", journal: Journal, change: str) -> None:
    await journal.append(command())
    with pytest.raises((asyncpg.IntegrityConstraintViolationError, asyncpg.FeatureNotSupportedError)):
        await pool.execute(change)
    assert (await journal.verify(SHIMANTO)).faults == ()
