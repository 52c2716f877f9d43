"""A program for tests: rebuilds the toys, tells the stages it reaches, and, if so told, stays at one of them.

`python -m tests.projections.engine.rebuilding DSN STAGE [WORKERS [ENTRIES]]`: with ENTRIES it stays once so many are
read.
"""

import asyncio
import sys
import threading

from projections.engine import Engine, Progress, batches
from slm_journal import database
from slm_journal.journal import Journal
from tests.projections.engine.toys import PROJECTIONS, decode


async def main(dsn: str, last: str = "", workers: str = "1", entries: str = "0") -> None:
    """Rebuild all; wait to be killed when the stage `last` is reached."""
    told: set[str] = set()
    batches.LETTERS = 1  # each journal by itself: so few entries would all be committed at the end

    def tell(progress: Progress) -> None:
        if progress.entries < int(entries):
            return
        if progress.stage not in told:
            told.add(progress.stage)
            sys.stdout.write(f"{progress.stage}\n")
            sys.stdout.flush()
        if progress.stage == last:
            threading.Event().wait()

    async with database.connect(dsn) as pool:
        engine = Engine(pool, Journal(pool), PROJECTIONS, decode)
        await engine.rebuild(progress=tell, verify=bool(last), workers=int(workers), dsn=dsn)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
