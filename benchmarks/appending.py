"""Appending through aggregates and group commit: so many callers at once, each on an aggregate of its own.

Every caller does what a command does without its request: it records an event on its aggregate (through
`eventsourcing`), encodes it with its metadata, and waits until it is durable; key, digest and leaf included.
"""

import asyncio
import hashlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter_ns
from typing import cast
from uuid import uuid4

import msgspec

from benchmarks.contracts import agreement
from slm_domain import codec
from slm_domain.aggregate import Recorded
from slm_domain.identity import aggregate_id
from slm_domain.metadata import Metadata
from slm_domain.service_level import LevelDefined, MeasurementRecorded, ServiceLevel
from slm_domain.sla import Level
from slm_journal import database
from slm_journal.command import Append, NewEvent
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal

AT = datetime(2025, 4, 10, 7, 30, tzinfo=UTC)
ABOUT = msgspec.json.encode(
    Metadata(person="p1", side="provider", organisation="firm", command="RecordMeasurement", rules_version="1"),
    order="sorted",
)


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """So many appends took so long; what each caller waited for each, in order of length. Nanoseconds."""

    appends: int
    took_ns: int
    waits_ns: list[int]

    @property
    def a_second(self) -> int:
        """Appends a second."""
        return self.appends * 1_000_000_000 // self.took_ns

    @property
    def p99_ns(self) -> int:
        """What 99 of 100 appends waited at most."""
        return self.waits_ns[len(self.waits_ns) * 99 // 100]


class Caller:
    """Appends to one service level, again and again."""

    def __init__(self, group: GroupCommit, definition: Level) -> None:
        self._group = group
        self._journal = uuid4()
        self._level = ServiceLevel.define(
            aggregate_id(self._journal, ServiceLevel.KIND, definition.key),
            LevelDefined(
                occurred_at=AT, key=definition.key, definition=definition, effective_from=AT.date(), sla_number=1
            ),
        )
        self.waits_ns: list[int] = []

    async def append(self) -> None:
        """Record what the level has to record."""
        key = f"measured {self._level.version}"
        await self._group.append(
            Append(
                journal_id=self._journal,
                key=key,
                digest=hashlib.sha256(key.encode()).digest(),
                events=tuple(_new(cast(Recorded, event)) for event in self._level.collect_events()),
            )
        )

    async def measure(self, times: int) -> None:
        """So many measurements, one after another."""
        for number in range(times):
            begun = perf_counter_ns()
            self._level.record(
                MeasurementRecorded(occurred_at=AT, measurement=f"{times}-{number}", stated_by="provider")
            )
            await self.append()
            self.waits_ns.append(perf_counter_ns() - begun)


async def appended(dsn: str, *, callers: int, each: int, ready: Callable[[], None] | None = None) -> Run:
    """One run. What is needed before the first measurement is not counted; `ready` is called in between."""
    async with database.connect(dsn) as pool:
        group = GroupCommit(Journal(pool))
        definition = agreement(1).levels[0]
        crowd = [Caller(group, definition) for _ in range(callers)]
        await asyncio.gather(*(caller.append() for caller in crowd))
        await asyncio.gather(*(caller.measure(2) for caller in crowd))  # connections are made, statements planned
        for caller in crowd:
            caller.waits_ns.clear()
        if ready is not None:
            ready()
        begun = perf_counter_ns()
        await asyncio.gather(*(caller.measure(each) for caller in crowd))
        took = perf_counter_ns() - begun
        await group.close()
    waits = sorted(wait for caller in crowd for wait in caller.waits_ns)
    return Run(appends=callers * each, took_ns=took, waits_ns=waits)


def _new(event: Recorded) -> NewEvent:
    return NewEvent(
        originator_id=event.originator_id,
        originator_version=event.originator_version,
        name=event.event.NAME,
        payload=codec.encode(event.event),
        metadata=ABOUT,
    )


def _wait_for_the_others() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":  # one of several processes: DSN, callers, appends of each
    done = asyncio.run(
        appended(sys.argv[1], callers=int(sys.argv[2]), each=int(sys.argv[3]), ready=_wait_for_the_others)
    )
    sys.stdout.buffer.write(msgspec.json.encode(done))
