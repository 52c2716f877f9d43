"""The rows about rebuilding: all read models over a part of the nationwide year, beside the peer with one."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from rich.console import Console

from benchmarks.nationwide.country import contracted
from benchmarks.nationwide.making import make
from benchmarks.peer_projecting import projected
from benchmarks.peers import peer, saved
from benchmarks.rebuilding import Rebuild, rebuilt
from benchmarks.rows import Row, compared
from slm_journal.embedded import running

ROUNDS = 3
THREADS = 16
_MIB = 1024 * 1024
_MOST_MIB = 1024
_SECOND = 1_000_000_000


def rebuild_rows(*, municipalities: int = 30, events: int = 8000) -> list[Row]:
    """All rows, over the year of so many municipalities; the peer has so many events."""
    with prepared(municipalities, events) as (ours, theirs, counted):
        return _rows(ours, theirs, counted)


@contextmanager
def prepared(municipalities: int, events: int) -> Iterator[tuple[str, str, int]]:
    """A durable server with our record and the peer's, each in a database of its own; how many events the peer has."""
    with tempfile.TemporaryDirectory(prefix="slm-") as place:
        Path(place).chmod(0o711)  # root's server runs as another user, who passes through
        folder = Path(place) / "server"
        make(folder, contracted(municipalities), seed=1, processes=2, durable=True, console=Console(quiet=True))
        with running(folder) as dsn:
            asyncio.run(_database_for_the_peer(dsn))
            theirs = urlunsplit(urlsplit(dsn)._replace(path="/peer"))
            with peer(theirs, THREADS) as stock:
                saved(stock, threads=THREADS, each=max(1, events // THREADS - 1))
                counted = stock.recorder.max_notification_id() or 0
            yield dsn, theirs, counted


def _rows(ours: str, theirs: str, counted: int) -> list[Row]:
    one: list[Rebuild] = []
    two: list[Rebuild] = []
    stock: list[int] = []
    for number in range(ROUNDS):
        stock.append(counted * _SECOND // projected(theirs, upto=counted, name=f"counting{number}"))
        one.append(rebuilt(ours, workers=1))
        two.append(rebuilt(ours, workers=2))
    entries = one[0].entries
    return [
        compared(
            f"rebuild of all read models over {entries:,} nationwide entries, one process; stock ProjectionRunner, "
            f"one projection that counts, over {counted:,} events",
            "entries/s",
            ours=[each.a_second for each in one],
            peer=stock,
            at_least="40",
        ),
        compared(
            f"rebuild of all read models over {entries:,} nationwide entries, two processes; one process",
            "entries/s",
            ours=[each.a_second for each in two],
            peer=[each.a_second for each in one],
        ),
        _memory(f"a rebuild over {entries:,} entries, one process", [each.memory for each in one]),
        _memory(f"a worker of a rebuild over {entries:,} entries", [each.memory_of_worker for each in two]),
    ]


def _memory(whose: str, most: list[int]) -> Row:
    """What was taken up at most, beside the most that it may be over 5,000,000 entries."""
    return compared(
        f"memory of {whose}; the most that it may be over 5,000,000",
        "MiB",
        ours=[each // _MIB for each in most],
        peer=[_MOST_MIB],
        at_most="1",
    )


async def _database_for_the_peer(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE DATABASE peer TEMPLATE template0")
    await connection.close()
