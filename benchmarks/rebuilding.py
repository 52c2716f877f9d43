"""One rebuild in a process of its own: `python -m benchmarks.rebuilding DSN WORKERS [--verify] [READ MODEL …]`.

Prints how many entries it read, how long that and each stage took, how long the processors were at it, ours and the
server's, and the most memory that it, and each worker, took up. Of all read models, unless some are named.
"""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.scale.processor import most_memory, parent_of, server_time_ns
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine, Progress
from slm_journal import database
from slm_journal.journal import Journal

VERIFY = "--verify"
_KILOBYTE = 1024  # as Linux counts


class Rebuild(msgspec.Struct, frozen=True, kw_only=True):
    """What one rebuild took: nanoseconds, and the bytes that were resident at most, of it and of its largest worker.

    `took_ns`, and the processors' time of it and its workers (`busy_ns`) and of the server, are without the comparing
    of a `verified` one, of which `stages` tells the time and `differing` how many rows were found to differ.
    """

    entries: int
    took_ns: int
    busy_ns: int
    server_ns: int
    stages: dict[str, int]
    memory: int
    memory_of_worker: int
    verified: bool = False
    differing: int = 0

    @property
    def a_second(self) -> int:
        """Entries a second, from the beginning to the switch, or to where comparing begins."""
        return self.entries * 1_000_000_000 // self.took_ns

    @property
    def each_ns(self) -> int:
        """Time on the processors for an entry, ours and the server's."""
        return (self.busy_ns + self.server_ns) // self.entries


class _Mark(msgspec.Struct, frozen=True):
    """A moment: by the clock on the wall, and what the processors had done by then. Nanoseconds."""

    wall: int
    busy: int
    server: int

    @classmethod
    def now(cls, server: int) -> "_Mark":
        """Importing the program is no part of what lies between two of these, except for workers."""
        own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        busy = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
        return cls(time.perf_counter_ns(), round(busy * 1_000_000) * 1000, server_time_ns(server))


async def rebuild(dsn: str, workers: int, names: Sequence[str] | None = None, *, verify: bool = False) -> Rebuild:
    """Build them anew and make them live; what was live before is dropped. The server must be on this machine."""
    marks: dict[str, _Mark] = {}
    async with database.connect(dsn) as pool:
        server = parent_of(await pool.fetchval("SELECT pg_backend_pid()"))

        def told(progress: Progress) -> None:
            if progress.stage not in marks:
                marks[progress.stage] = _Mark.now(server)

        engine = Engine(pool, Journal(pool), PROJECTIONS, placed)
        rebuilt = await engine.rebuild(names, workers=workers, dsn=dsn, anew=True, verify=verify, progress=told)
        await engine.drop_old()
    begun, ended = marks["reading"], marks["verifying" if verify else "live"]
    pairs = zip(marks, list(marks.values())[1:], strict=False)
    return Rebuild(
        entries=rebuilt.run.entries,
        took_ns=ended.wall - begun.wall,
        busy_ns=ended.busy - begun.busy,
        server_ns=ended.server - begun.server,
        stages={stage: after.wall - marks[stage].wall for stage, after in pairs},
        memory=most_memory(),
        memory_of_worker=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTE,
        verified=verify,
        differing=len(rebuilt.changed),
    )


def rebuilt(dsn: str, workers: int, names: Sequence[str] = (), *, verify: bool = False) -> Rebuild:
    """The same in a fresh process, which has nothing in its memory yet."""
    words = [sys.executable, "-m", "benchmarks.rebuilding", dsn, str(workers), *([VERIFY] if verify else []), *names]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    return msgspec.json.decode(done.stdout, type=Rebuild)


if __name__ == "__main__":
    dsn, workers, *names = sys.argv[1:]
    found = asyncio.run(
        rebuild(dsn, int(workers), [name for name in names if name != VERIFY] or None, verify=VERIFY in names)
    )
    sys.stdout.buffer.write(msgspec.json.encode(found))
