"""The peer: stock eventsourcing with binary psycopg, as its documentation sets it up, in a database of its own.

Its aggregates are declared and saved as it recommends; events carry the same facts as ours, but neither metadata, nor a
key against doubling, nor a leaf. Threads share a pool with a connection for each; psycopg prepares the statements.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter_ns
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.appending import Run


class Level(Aggregate):
    """A service level, as the library's tutorials would write it."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.measurements: dict[str, str] = {}

    @event("MeasurementRecorded")
    def record(self, measurement: str, occurred_at: str, stated_by: str) -> None:
        """One measurement."""
        self.measurements[measurement] = stated_by


@contextmanager
def peer(dsn: str, threads: int) -> Iterator[Application[UUID]]:
    """Its application over an existing, empty database."""
    application = Application[UUID](env=surroundings(dsn, threads))
    try:
        yield application
    finally:
        application.close()


def surroundings(dsn: str, threads: int) -> dict[str, str]:
    """What the library is told of a database."""
    address = urlsplit(dsn)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": address.path.removeprefix("/"),
        "POSTGRES_HOST": parse_qs(address.query)["host"][0],
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": address.username or "",
        "POSTGRES_PASSWORD": "none is asked for on the socket",
        "POSTGRES_POOL_SIZE": str(threads),
    }


def saved(application: Application[UUID], *, threads: int, each: int) -> Run:
    """One run: each thread saves so many events, one after another, of an aggregate of its own."""
    levels = [Level("backup") for _ in range(threads)]
    for level in levels:
        application.save(level)

    def measure(level: Level) -> list[int]:
        waits = []
        for number in range(each):
            begun = perf_counter_ns()
            level.record(measurement=str(number), occurred_at="2025-04-10T07:30:00+00:00", stated_by="provider")
            application.save(level)
            waits.append(perf_counter_ns() - begun)
        return waits

    with ThreadPoolExecutor(threads) as crowd:
        list(crowd.map(application.save, levels))  # every thread and connection is there
        begun = perf_counter_ns()
        waits = [wait for found in crowd.map(measure, levels) for wait in found]
        took = perf_counter_ns() - begun
    return Run(appends=threads * each, took_ns=took, waits_ns=sorted(waits))
