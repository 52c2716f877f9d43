"""One rebuild in a process of its own: `python -m benchmarks.rebuilding DSN WORKERS [READ MODEL …]`, of all by default.

Prints how many entries it read, how long that and each stage took, how long the processors were at it, and the most
memory that it, and each worker, took up.
"""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine, Progress
from slm_journal import database
from slm_journal.journal import Journal

_KILOBYTE = 1024  # as Linux counts


class Rebuild(msgspec.Struct, frozen=True, kw_only=True):
    """What one rebuild took: nanoseconds, and the bytes that were resident at most, of it and of its largest worker.

    `busy_ns` is the time on the processors, of it and its workers, without the server's; `stages` are in their order.
    """

    entries: int
    took_ns: int
    busy_ns: int
    stages: dict[str, int]
    memory: int
    memory_of_worker: int

    @property
    def a_second(self) -> int:
        """Entries a second, from the beginning to the switch."""
        return self.entries * 1_000_000_000 // self.took_ns


async def rebuild(dsn: str, workers: int, names: Sequence[str] | None = None) -> Rebuild:
    """Build them anew and make them live; what was live before is dropped."""
    began: dict[str, int] = {}
    before = _busy_ns()  # importing the program is no part of it, except for workers

    def told(progress: Progress) -> None:
        began.setdefault(progress.stage, time.perf_counter_ns())

    async with database.connect(dsn) as pool:
        engine = Engine(pool, Journal(pool), PROJECTIONS, placed)
        rebuilt = await engine.rebuild(names, workers=workers, dsn=dsn, anew=True, progress=told)
        busy = _busy_ns() - before
        await engine.drop_old()
    microseconds = rebuilt.run.took // rebuilt.run.took.resolution
    return Rebuild(
        entries=rebuilt.run.entries,
        took_ns=microseconds * 1000,
        busy_ns=busy,
        stages={stage: ended - began[stage] for stage, ended in zip(began, list(began.values())[1:], strict=False)},
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE,
        memory_of_worker=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTE,
    )


def _busy_ns() -> int:
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return round((own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime) * 1_000_000) * 1000


def rebuilt(dsn: str, workers: int, names: Sequence[str] = ()) -> Rebuild:
    """The same in a fresh process, which has nothing in its memory yet."""
    words = [sys.executable, "-m", "benchmarks.rebuilding", dsn, str(workers), *names]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    return msgspec.json.decode(done.stdout, type=Rebuild)


if __name__ == "__main__":
    dsn, workers, *names = sys.argv[1:]
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(rebuild(dsn, int(workers), names or None))))
