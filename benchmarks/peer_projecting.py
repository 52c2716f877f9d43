"""The peer's rebuild: stock eventsourcing's `ProjectionRunner` with one projection that counts events, from the first.

Counting and tracking are one transaction for each event, as its documentation sets it up.
"""

from time import perf_counter_ns
from typing import TYPE_CHECKING, Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from benchmarks.peers import surroundings

if TYPE_CHECKING:
    from eventsourcing.postgres import PostgresDatastore

SLOWEST = 20  # events a second, on a machine that has much else to do


class CountView(PostgresTrackingRecorder):
    """A table with one row: how many events there were."""

    def __init__(self, datastore: "PostgresDatastore", **options: Any) -> None:  # noqa: ANN401 -- as the library has it
        super().__init__(datastore, **options)
        table = SQL("{0}.{1}").format(Identifier(datastore.schema), Identifier(f"{self.tracking_table_name}_count"))
        self.sql_create_statements.append(
            SQL("CREATE TABLE IF NOT EXISTS {0} (name text PRIMARY KEY, count bigint NOT NULL)").format(table)
        )
        self._count = SQL(
            "INSERT INTO {0} VALUES ('events', 1) ON CONFLICT (name) DO UPDATE SET count = {0}.count + 1"
        ).format(table)
        self._asked = SQL("SELECT count FROM {0}").format(table)

    def count(self, tracking: Tracking) -> None:
        """One more, and that it was counted."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._count, prepare=True)

    def counted(self) -> int:
        """How many so far."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(self._asked)
            row = cursor.fetchone()
            return 0 if row is None else int(row["count"])


class Counting(Projection[CountView]):
    """The projection."""

    name = "counting"

    def process_event(self, _domain_event: object, tracking: Tracking) -> None:
        """Count it."""
        self.view.count(tracking)


def projected(dsn: str, *, upto: int, name: str) -> int:
    """Count all events up to a position, from the first on; how long that took (nanoseconds).

    Under a `name` of its own a projection has counted nothing yet.
    """
    projection = type("Counting", (Counting,), {"name": name})
    begun = perf_counter_ns()
    with ProjectionRunner(
        application_class=Application[UUID],
        projection_class=projection,
        view_class=CountView,
        env=surroundings(dsn, threads=2),
    ) as runner:
        runner.wait(upto, timeout=600 + upto // SLOWEST)
        took = perf_counter_ns() - begun
        if runner.view.counted() != upto:
            raise AssertionError("the peer did not count every event")
    return took
