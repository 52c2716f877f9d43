"""Whole commands: read, decided on aggregates kept ready, recorded through the group commit, and answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from statistics import median_low
from time import perf_counter_ns
from typing import Any

import msgspec

from benchmarks.appending import Run
from slm_api.commanding import Commanding
from slm_api.receiving import received
from slm_domain.desk import Quoted
from slm_domain.identity import aggregate_id, journal_id
from slm_domain.service_level import ServiceLevel
from slm_journal import database
from slm_journal.command import Append, NewEvent
from slm_journal.journal import Journal
from tests.api.requests import agreed, propose
from tests.documents.paper import paper

LEVEL = "backup"
OF_ONE_APPEND = 1000  # events, when a history is made long


class Sender:
    """Contracts, each with a level that is measured by hand, and who sends commands on them."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.commanding = Commanding(journal, _no_quotes, simulated=False, rules_version="1")
        self._number = 0

    async def agree(self, contract: str) -> None:
        """Bring a contract to where its level can be measured."""
        document = paper() | {"contract": contract}
        like = next(level for level in document["levels"] if level["measure"]["kind"] == "obligation")
        by_hand = {"kind": "obligation", "source": "measurements"}
        document["levels"] = [*document["levels"], like | {"key": LEVEL, "measure": by_hand}]
        first, _, *signing = agreed(at=None)
        for each in (first, propose(document, at=None), *signing):
            await self._send(each | {"contract": contract})

    async def measure(self, contract: str) -> int:
        """Send one measurement; what its answer took, in nanoseconds."""
        self._number += 1
        told = {
            "type": "RecordMeasurement",
            "contract": contract,
            "by": {"person": "P-01", "side": "provider", "organisation": "firm"},
            "level": LEVEL,
            "measurement": f"m{self._number}",
            "met": True,
        }
        begun = perf_counter_ns()
        await self._send(told)
        return perf_counter_ns() - begun

    async def lengthen(self, contract: str, events: int) -> None:
        """Give the contract's level so many measurements more, as another process would."""
        journal = journal_id(contract)
        level = aggregate_id(journal, ServiceLevel.KIND, LEVEL)
        version = len(await self.journal.read_aggregate(journal, level))
        for start in range(0, events, OF_ONE_APPEND):
            numbers = range(start, min(start + OF_ONE_APPEND, events))
            await self.journal.append(
                Append(
                    journal_id=journal,
                    key=f"earlier {start}",
                    digest=bytes(32),
                    events=tuple(
                        NewEvent(
                            originator_id=level,
                            originator_version=version + number + 1,
                            name="MeasurementRecorded.1",
                            payload=b'{"measurement":"e%d","met":true,"occurred_at":"2025-04-10T07:30:00Z",'
                            b'"stated_by":"provider"}' % number,
                            metadata=b"{}",
                        )
                        for number in numbers
                    ),
                )
            )

    async def _send(self, told: dict[str, Any]) -> None:
        await self.commanding.send(received(msgspec.json.encode(told)))


@asynccontextmanager
async def sender(dsn: str) -> AsyncIterator[Sender]:
    """A sender over a created database with the real clock."""
    async with database.connect(dsn) as pool:
        found = Sender(Journal(pool))
        yield found
        await found.commanding.close()


async def commanded(dsn: str, *, callers: int, each: int, name: str) -> Run:
    """One run: so many callers, each measuring the level of a contract of its own, one command after another."""
    async with sender(dsn) as crowd:
        contracts = [f"{name}-{number}" for number in range(callers)]
        for contract in contracts:
            await crowd.agree(contract)
            await crowd.measure(contract)

        async def caller(contract: str) -> list[int]:
            return [await crowd.measure(contract) for _ in range(each)]

        begun = perf_counter_ns()
        waits = await asyncio.gather(*(caller(contract) for contract in contracts))
        took = perf_counter_ns() - begun
    return Run(appends=callers * each, took_ns=took, waits_ns=sorted(wait for one in waits for wait in one))


class Warm(msgspec.Struct, frozen=True, kw_only=True):
    """What a command took, in nanoseconds, on a level with few and with many events: the median, and the first time."""

    few_ns: int
    many_ns: int
    many_cold_ns: int


async def warm(dsn: str, *, few: int, many: int, commands: int, name: str) -> Warm:
    """Commands on both levels by turns. The first one on the long history reads it."""
    async with sender(dsn) as one:
        short, long = f"{name}-short", f"{name}-long"
        for contract, events in ((short, few), (long, many)):
            await one.agree(contract)
            await one.lengthen(contract, events)
        await one.measure(short)
        cold = await one.measure(long)
        taken = [(await one.measure(short), await one.measure(long)) for _ in range(commands)]
    return Warm(
        few_ns=median_low(sorted(short for short, _ in taken)),
        many_ns=median_low(sorted(long for _, long in taken)),
        many_cold_ns=cold,
    )


async def _no_quotes(contract: str, month: str, *, position: int, until: datetime) -> Quoted:
    raise AssertionError(f"{contract} {month} {position} {until}: no report is handed in here")
