"""The rows about appending: ours and stock eventsourcing on one durable server, in one run, by turns."""

import asyncio
import gc
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec

from benchmarks.appending import Run, appended
from benchmarks.commanding import commanded, warm
from benchmarks.peers import peer, saved
from benchmarks.rows import Row, compared
from slm_journal import database
from slm_journal.embedded import running

ROUNDS = 3
THREADS = 16
MANY = 64
MICROSECOND = 1000


def append_rows(*, scale: int = 100, long: int = 100_000) -> list[Row]:
    """All rows; `scale` is the per cent of the appends of a full run, `long` the events of the long history."""
    gc.collect()
    gc.freeze()  # as `slm serve` does; it is for the peer's good, too
    with server() as (ours, theirs):
        return [*_against_the_peer(ours, theirs, scale), *_by_processes(ours, scale), _warm(ours, scale, long)]


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """A durable server of our own with a database of ours (real clock) and an empty one; gives both DSNs."""
    with tempfile.TemporaryDirectory(prefix="slm-") as folder:
        Path(folder).chmod(0o711)  # root's server runs as another user, who passes through
        with running(Path(folder) / "server") as dsn:
            asyncio.run(_prepare(dsn))
            yield dsn, urlunsplit(urlsplit(dsn)._replace(path="/peer"))


async def _prepare(dsn: str) -> None:
    async with database.connect(dsn) as pool:
        await database.create(pool, clock="real")
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE DATABASE peer TEMPLATE template0")
    await connection.close()


def _against_the_peer(ours: str, theirs: str, scale: int) -> list[Row]:
    alone: list[Run] = []
    sixteen: list[Run] = []
    sixty_four: list[Run] = []
    peer_alone: list[Run] = []
    peer_sixteen: list[Run] = []
    whole_16: list[Run] = []
    whole_64: list[Run] = []
    with peer(theirs, THREADS) as crowd:
        for number in range(ROUNDS):
            peer_alone.append(saved(crowd, threads=1, each=_of(scale, 1000)))
            alone.append(asyncio.run(appended(ours, callers=1, each=_of(scale, 1000))))
            peer_sixteen.append(saved(crowd, threads=THREADS, each=_of(scale, 100)))
            sixteen.append(asyncio.run(appended(ours, callers=THREADS, each=_of(scale, 800))))
            sixty_four.append(asyncio.run(appended(ours, callers=MANY, each=_of(scale, 400))))
            whole_16.append(
                asyncio.run(commanded(ours, callers=THREADS, each=_of(scale, 400), name=f"sixteen-{number}"))
            )
            whole_64.append(asyncio.run(commanded(ours, callers=MANY, each=_of(scale, 200), name=f"many-{number}")))
    stock = "stock eventsourcing, 16 threads"
    return [
        _rate("append through the aggregates, one at a time; stock eventsourcing", alone, peer_alone, "1.2"),
        _rate(f"append through the aggregates, 16 at once; {stock}", sixteen, peer_sixteen, "8"),
        _rate(f"append through the aggregates, 64 at once; {stock}", sixty_four, peer_sixteen, "15"),
        _p99(f"what 99 of 100 appends wait at most, 16 at once; {stock}", sixteen, peer_sixteen),
        _p99(f"what 99 of 100 appends wait at most, 64 at once; {stock}", sixty_four, peer_sixteen),
        _rate(f"whole commands, 16 at once; {stock}, saving alone", whole_16, peer_sixteen, None),
        _rate(f"whole commands, 64 at once; {stock}, saving alone", whole_64, peer_sixteen, None),
    ]


def _by_processes(ours: str, scale: int) -> list[Row]:
    """64 callers in one process, and in each of two and of four."""
    counts = (1, 2, 4)
    found: dict[int, list[int]] = {processes: [] for processes in counts}
    for _ in range(ROUNDS):
        for processes in counts:
            found[processes].append(_together(ours, processes, _of(scale, 400 // processes)))
    return [
        compared(
            f"append through the aggregates, {processes} processes with 64 at once in each; one process",
            "appends/s",
            ours=found[processes],
            peer=found[1],
            at_least="0.8",
        )
        for processes in counts[1:]
    ]


def _together(dsn: str, processes: int, each: int) -> int:
    """Appends a second of several processes that begin at once, until the last has ended."""
    words = [sys.executable, "-m", "benchmarks.appending", dsn, str(MANY), str(each)]
    crowd = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1])
        for _ in range(processes)
    ]
    for one in crowd:
        assert one.stdout is not None  # noqa: S101 - Popen opens the pipe it was asked for
        one.stdout.readline()
    for one in crowd:
        assert one.stdin is not None  # noqa: S101 - Popen opens the pipe it was asked for
        one.stdin.write(b"go\n")
        one.stdin.flush()
    runs = [msgspec.json.decode(one.communicate()[0], type=Run) for one in crowd]
    return sum(run.appends for run in runs) * 1_000_000_000 // max(run.took_ns for run in runs)


def _warm(ours: str, scale: int, long: int) -> Row:
    runs = [
        asyncio.run(warm(ours, few=10, many=long, commands=_of(scale, 300), name=f"warm-{number}"))
        for number in range(ROUNDS)
    ]
    cold = sorted(run.many_cold_ns for run in runs)[ROUNDS // 2] // MICROSECOND
    return compared(
        f"a command, warm, on {long:,} events (cold: {cold:,} µs); on 10",
        "µs",
        ours=[run.many_ns // MICROSECOND for run in runs],
        peer=[run.few_ns // MICROSECOND for run in runs],
        at_most="1.2",
    )


def _rate(name: str, ours: list[Run], peers: list[Run], at_least: str | None) -> Row:
    return compared(
        name,
        "appends/s",
        ours=[run.a_second for run in ours],
        peer=[run.a_second for run in peers],
        at_least=at_least,
    )


def _p99(name: str, ours: list[Run], peers: list[Run]) -> Row:
    return compared(
        name,
        "µs",
        ours=[run.p99_ns // MICROSECOND for run in ours],
        peer=[run.p99_ns // MICROSECOND for run in peers],
        at_most="1",
    )


def _of(scale: int, appends: int) -> int:
    return max(2, appends * scale // 100)
