"""The peer's rebuild of one trivial projection, to stand beside ours of all read models: run by turns with it."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import msgspec

from benchmarks.peer_projecting import projected
from benchmarks.peers import peer, saved
from benchmarks.scale.processor import Spent, Watch
from slm_journal.cluster import Cluster
from slm_journal.embedded import running
from slm_journal.programs import installed_programs

THREADS = 16


class PeerRun(msgspec.Struct, frozen=True, kw_only=True):
    """The peer's projection over all its events: by the clock on the wall (nanoseconds), and on the processors."""

    took_ns: int
    spent: Spent

    @property
    def a_second(self) -> int:
        """Events a second."""
        return self.spent.units * 1_000_000_000 // self.took_ns


class Peer:
    """The peer's database, with so many events in it."""

    def __init__(self, dsn: str, server: int, events: int) -> None:
        self._dsn = dsn
        self._server = server
        self._events = events
        self._runs = 0

    def run(self) -> PeerRun:
        """Project all events once more, from the first on."""
        self._runs += 1
        watch = Watch(self._server)
        with watch.running():
            took = projected(self._dsn, upto=self._events, name=f"counting{self._runs}")
        return PeerRun(took_ns=took, spent=watch.spent(self._events))


@contextmanager
def peer_with(events: int) -> Iterator[Peer]:
    """A durable server of its own for the peer, with about so many events."""
    with tempfile.TemporaryDirectory(prefix="slm-") as place:
        Path(place).chmod(0o711)  # root's server runs as another user, who passes through
        folder = Path(place) / "server"
        with running(folder) as dsn:
            asyncio.run(_made(dsn))
            theirs = dsn.replace("/postgres?", "/peer?")
            with peer(theirs, THREADS) as stock:
                saved(stock, threads=THREADS, each=max(1, events // THREADS - 1))
                counted = stock.recorder.max_notification_id() or 0
            server = Cluster(folder=folder.resolve(), programs=installed_programs()).server_pid()
            if server is None:
                raise AssertionError("its server runs")
            yield Peer(theirs, server, counted)


async def _made(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE DATABASE peer TEMPLATE template0")
    await connection.close()
