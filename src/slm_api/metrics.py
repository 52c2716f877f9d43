"""What a monitoring system is told: counts of this process, and how the record stands when it asks.

Prometheus' text format, from a registry of our own: two applications in one process do not share counts. The names are
for ever, as far as other people's dashboards are concerned; docs/metrics.md has all of them, and a test keeps it so.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from slm_api.measured import Measured
from slm_api.version import VERSION
from slm_journal.appending import Told
from slm_journal.command import Append, Appended
from slm_journal.instants import microseconds

BATCH_SIZES: Final = (1, 2, 4, 8, 16, 32, 64, 128)  # commands of one append
SECOND: Final = 1_000_000  # microseconds

# Gauges, asked of the database: name, what it is, its labels.
GAUGES: Final = {
    "slm_database_reachable": ("1 when the database answered, 0 when not: then the other gauges are left out.", ()),
    "slm_record_info": ("Always 1; which database and program this is.", ("database", "clock", "version")),
    "slm_journals": ("Journals: contracts, and parties with a journal of their own.", ()),
    "slm_entries": ("Entries in all journals.", ()),
    "slm_entry_bytes": ("What the entries take up on disk, with their indexes.", ()),
    "slm_followers": ("Sessions of any process that wait for appends here; those on standbys are not seen.", ()),
    "slm_posting_alive": ("1 while this process posts what is recorded, or waits for its turn.", ()),
    "slm_read_model_built": ("1 when this program's version of the read model is built.", ("projection",)),
    "slm_posted_entries": ("Entries in the rows of the read model; its rate is the throughput.", ("projection",)),
    "slm_lag_entries": ("Entries recorded and not posted.", ("projection",)),
    "slm_lag_journals": ("Journals with such entries.", ("projection",)),
    "slm_lag_seconds": (
        "Age of the oldest such entry by the database's clock, in journals that have not stopped; 0 without one.",
        ("projection",),
    ),
    "slm_last_post_entries": ("Entries that this process's last post took up, over all read models.", ()),
    "slm_last_post_per_second": ("How fast that was, in entries a second.", ()),
    "slm_stopped_journals": ("Journals that wait for a person: an entry cannot be posted.", ("projection",)),
}


class Metrics:
    """The counts of one process, and the text for who asks."""

    def __init__(self) -> None:
        # When each count began is left out: the process's start says it, once.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves its settings untyped
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._commands = Counter(
            "slm_commands", "Commands sent over HTTP, by outcome: recorded, repeated, refused.", ["outcome"],
            registry=self._registry,
        )  # fmt: skip
        self._refusals = Counter(
            "slm_refusals", "Commands sent over HTTP and refused, by kind of problem.", ["kind"],
            registry=self._registry,
        )  # fmt: skip
        self._entries = Counter("slm_appended_entries", "Entries that this process recorded.", registry=self._registry)
        self._appends = Counter(
            "slm_appends", "Commands that this process gave to the journal, by answer.", ["answer"],
            registry=self._registry,
        )  # fmt: skip
        self._batches = Histogram(
            "slm_append_batch_commands", "Commands that shared one append.", buckets=BATCH_SIZES,
            registry=self._registry,
        )  # fmt: skip

    def heard(self, commands: Sequence[Append], answers: Sequence[Told]) -> None:
        """An append was answered."""
        self._batches.observe(len(commands))
        for name, number in Tally(map(_answer, answers)).items():
            self._appends.labels(name).inc(number)
        self._entries.inc(
            sum(
                len(command.events)
                for command, answer in zip(commands, answers, strict=True)
                if isinstance(answer, Appended) and not answer.repeated
            )
        )

    def recorded(self, *, repeated: bool) -> None:
        """A command was accepted over HTTP."""
        self._commands.labels("repeated" if repeated else "recorded").inc()

    def refused(self, kind: str) -> None:
        """A command was refused over HTTP, or could not be taken."""
        self._commands.labels("refused").inc()
        self._refusals.labels(kind).inc()

    def text(self, measured: Measured | None) -> bytes:
        """All of it; without the record's gauges when it could not be measured."""
        standing = CollectorRegistry(auto_describe=False)
        standing.register(_Standing(measured))
        return generate_latest(self._registry) + generate_latest(standing)


class _Standing(Collector):
    """The gauges of one moment."""

    def __init__(self, measured: Measured | None) -> None:
        self._measured = measured

    def collect(self) -> Iterable[Metric]:
        values: dict[str, list[tuple[tuple[str, ...], int]]] = {
            "slm_database_reachable": [((), int(self._measured is not None))]
        }
        if self._measured is not None:
            values |= _values(self._measured)
        for name, of_labels in values.items():
            told, labels = GAUGES[name]
            family = GaugeMetricFamily(name, told, labels=labels)
            for label_values, value in of_labels:
                family.add_metric(label_values, value)
            yield family


def _values(measured: Measured) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    status, run = measured.status, measured.last_run
    identity = (str(status.database_id), status.clock, VERSION)
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {
        "slm_record_info": [(identity, 1)],
        "slm_journals": [((), status.journals)],
        "slm_entries": [((), status.entries)],
        "slm_entry_bytes": [((), measured.entry_bytes)],
        "slm_followers": [((), measured.followers)],
        "slm_posting_alive": [((), int(measured.posting))],
        "slm_last_post_entries": [((), 0 if run is None else run.entries)],
        "slm_last_post_per_second": [((), 0 if run is None else run.per_second)],
    }
    for one in status.projections:
        oldest = one.oldest_outstanding
        age = 0 if oldest is None else max(microseconds(status.now) - microseconds(oldest), 0)
        for name, value in (
            ("slm_read_model_built", int(one.generation is not None)),
            ("slm_posted_entries", one.entries_posted),
            ("slm_lag_entries", one.entries_outstanding),
            ("slm_lag_journals", one.journals_behind),
            ("slm_lag_seconds", -(-age // SECOND)),
            ("slm_stopped_journals", len(one.stopped)),
        ):
            found.setdefault(name, []).append(((one.projection,), value))
    return found


def _answer(told: Told) -> str:
    if isinstance(told, Appended):
        return "repeated" if told.repeated else "appended"
    return type(told).__name__
