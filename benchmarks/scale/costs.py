"""What one unit of daily work costs over a database: an entry appended or read, a command, a month's report.

All work is on the same contracts in every database, whose years are equal byte for byte; entries are appended to all
contracts of the database in turn, as a nationwide service would.
"""

import logging
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import asyncpg
import httpx

from benchmarks.nationwide.agreements import agreement
from benchmarks.nationwide.country import Contracted
from benchmarks.scale.processor import Spent, Watch
from projections.catalogue import placed
from slm_api.app import application_over
from slm_api.receiving import Received
from slm_api.wiring import Wired
from slm_domain.commands.envelope import By
from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.identity import aggregate_id
from slm_domain.identity import journal_id as journal_of
from slm_domain.service_level import MeasurementRecorded, ServiceLevel
from slm_journal import database
from slm_journal.appending import arguments_of
from slm_journal.command import Append, NewEvent
from slm_journal.instants import instant_of
from slm_journal.journal import Journal
from slm_journal.queries import QUERIES

if TYPE_CHECKING:
    from slm_journal.database import Connection, Pool

TOGETHER = 32  # commands of a batch: the smallest database must have as many contracts
MONTH = "2025-10"
PAGE = 100  # entries
_NEWEST = """
SELECT e.journal_id, e.originator_id, e.originator_version, e.name, e.recorded_at, e.payload, e.metadata
FROM slm_journal.journal j JOIN slm_journal.entry e ON e.journal_id = j.id AND e.position = j.size
ORDER BY j.id
"""
logging.getLogger("httpx").setLevel(logging.WARNING)


async def append_cost(pool: "Pool", watch: Watch, entries: int) -> Spent:
    """Append entries in batches, journal after journal, each batch rolled back: the database stays as it was made."""
    async with pool.acquire() as link:
        newest = [_next(row) for row in await link.fetch(_NEWEST)]
        batches = [newest[start : start + TOGETHER] for start in range(0, len(newest), TOGETHER)]
        if len(batches) > 1 and len(batches[-1]) < TOGETHER:
            batches.pop()
        await _rolled_back(link, batches[0])  # the statement is planned
        count = 0
        with watch.running():
            for batch in cycle(batches):
                await _rolled_back(link, batch)
                count += len(batch)
                if count >= entries:
                    break
    return watch.spent(count)


async def read_cost(pool: "Pool", watch: Watch, contracts: Sequence[Contracted]) -> Spent:
    """Read the contracts' journals from the first entry to the last, and decode them."""
    journal, count = Journal(pool), 0
    with watch.running():
        for contract in contracts:
            after = 0
            while entries := await journal.read(journal_of(contract.code), after=after):
                for entry in entries:
                    placed(entry)
                after = entries[-1].position
                count += len(entries)
    return watch.spent(count)


async def command_cost(wired: Wired, watch: Watch, contracts: Sequence[Contracted], each: int) -> Spent:
    """Record measurements, one command after another, contract by contract; the first of each makes it ready.

    They stay in the record: what was measured last is measured again.
    """
    for contract in contracts:
        first, *rest = await _measured_again(wired.journal, contract, each + 1)
        await wired.commanding.send(Received(command=first))
        with watch.running():
            for command in rest:
                await wired.commanding.send(Received(command=command))
    return watch.spent(len(contracts) * each)


async def report_cost(dsn: str, watch: Watch, contracts: Sequence[Contracted], times: int) -> Spent:
    """Ask the API for a month's report of each contract, some times each, the contracts by turns."""
    async with _client(dsn) as client:
        await _report(client, contracts[0])
        with watch.running():
            for _ in range(times):
                for contract in contracts:
                    await _report(client, contract)
    return watch.spent(len(contracts) * times)


async def _rolled_back(link: "Connection", batch: Sequence[Append]) -> None:
    transaction = link.transaction()
    await transaction.start()
    try:
        rows = await link.fetch(QUERIES["append"], *arguments_of(batch, os.urandom))
        if any(row["outcome"] != "appended" for row in rows):
            raise AssertionError(f"not appended: {rows}")
    finally:
        await transaction.rollback()


def _next(newest: asyncpg.Record) -> Append:
    """A command that appends once more what was appended last."""
    return Append(
        journal_id=newest["journal_id"],
        key="measured",
        digest=bytes(32),
        at=instant_of(newest["recorded_at"]),
        events=(
            NewEvent(
                originator_id=newest["originator_id"],
                originator_version=newest["originator_version"] + 1,
                name=newest["name"],
                payload=newest["payload"],
                metadata=newest["metadata"],
            ),
        ),
    )


async def _measured_again(journal: Journal, who: Contracted, times: int) -> list[RecordMeasurement]:
    journal_id = journal_of(who.code)
    head = await journal.head(journal_id)
    if head is None:
        raise ValueError(f"{who.code} is not in this database")
    sla, now = agreement(who), await journal.now()
    keys = {aggregate_id(journal_id, ServiceLevel.KIND, level.key): level.key for level in sla.levels}
    last, originator = await _last_measured(journal, journal_id, head.size)
    return [
        RecordMeasurement(
            contract=who.code,
            by=By(person="P-01", side="provider", organisation=sla.provider.lead),
            key=f"again-{number}",
            at=now,
            occurred_at=last.occurred_at,
            level=keys[originator],
            measurement=f"again-{number}",
            start=last.start,
            end=last.end,
            met=last.met,
            succeeded=last.succeeded,
            part=last.part,
            whole=last.whole,
            grade=last.grade,
            organisation=last.organisation,
            system=last.system,
        )
        for number in range(head.size, head.size + times)
    ]


async def _last_measured(journal: Journal, journal_id: UUID, size: int) -> tuple[MeasurementRecorded, UUID]:
    for after in range(size - PAGE, -PAGE, -PAGE):
        for entry in reversed(await journal.read(journal_id, after=max(after, 0), upto=after + PAGE)):
            if isinstance(event := placed(entry).event, MeasurementRecorded):
                return event, entry.originator_id
    raise ValueError(f"nothing was ever measured under journal {journal_id}")


@asynccontextmanager
async def _client(dsn: str) -> AsyncIterator[httpx.AsyncClient]:
    app = application_over(partial(database.connect, dsn))
    transport = httpx.ASGITransport(cast("Any", app))
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://slm") as client:
        yield client


async def _report(client: httpx.AsyncClient, contract: Contracted) -> None:
    answer = await client.get(f"/contracts/{contract.code}/reports/{MONTH}")
    answer.raise_for_status()
