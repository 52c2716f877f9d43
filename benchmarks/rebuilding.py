"""One rebuild of all read models, in a process of its own: `python -m benchmarks.rebuilding DSN WORKERS`.

Prints how many entries it read, how long it took, and the most memory that it, and each worker, took up.
"""

import asyncio
import resource
import subprocess
import sys
from pathlib import Path

import msgspec

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from slm_journal import database
from slm_journal.journal import Journal

_KILOBYTE = 1024  # as Linux counts


class Rebuild(msgspec.Struct, frozen=True, kw_only=True):
    """What one rebuild took: nanoseconds, and the bytes that were resident at most, of it and of its largest worker."""

    entries: int
    took_ns: int
    memory: int
    memory_of_worker: int

    @property
    def a_second(self) -> int:
        """Entries a second, from the beginning to the switch."""
        return self.entries * 1_000_000_000 // self.took_ns


async def rebuild(dsn: str, workers: int) -> Rebuild:
    """Build all anew and make it live; what was live before is dropped."""
    async with database.connect(dsn) as pool:
        engine = Engine(pool, Journal(pool), PROJECTIONS, placed)
        rebuilt = await engine.rebuild(workers=workers, dsn=dsn, anew=True)
        await engine.drop_old()
    microseconds = rebuilt.run.took // rebuilt.run.took.resolution
    return Rebuild(
        entries=rebuilt.run.entries,
        took_ns=microseconds * 1000,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE,
        memory_of_worker=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTE,
    )


def rebuilt(dsn: str, workers: int) -> Rebuild:
    """The same in a fresh process, which has nothing in its memory yet."""
    words = [sys.executable, "-m", "benchmarks.rebuilding", dsn, str(workers)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    return msgspec.json.decode(done.stdout, type=Rebuild)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(rebuild(sys.argv[1], int(sys.argv[2])))))
