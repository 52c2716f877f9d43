"""A program for tests: rebuilds the toys, tells the stages it reaches, and, if so told, stays at one of them."""

import asyncio
import sys
import threading

from projections.engine import Engine, Progress
from slm_journal import database
from slm_journal.journal import Journal
from tests.projections.engine.toys import PROJECTIONS, decode


async def main(dsn: str, last: str = "") -> None:
    """Rebuild all; wait to be killed when the stage `last` is reached."""
    told: set[str] = set()

    def tell(progress: Progress) -> None:
        if progress.stage not in told:
            told.add(progress.stage)
            sys.stdout.write(f"{progress.stage}\n")
            sys.stdout.flush()
        if progress.stage == last:
            threading.Event().wait()

    async with database.connect(dsn) as pool:
        await Engine(pool, Journal(pool), PROJECTIONS, decode).rebuild(progress=tell, verify=bool(last))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
