"""A rebuild that loses one of its workers."""

import asyncio
import multiprocessing
from collections.abc import Callable

from projections.engine import Progress
from projections.engine.rebuild import Stage


def losing_a_worker_at(stage: Stage) -> Callable[[Progress], None]:
    """To be told how far a rebuild is: once it reaches the stage, and has a worker, one is killed."""
    tasks: list[asyncio.Task[None]] = []

    async def kill() -> None:
        while not multiprocessing.active_children():  # noqa: ASYNC110 -- a process that starts sets no event here
            await asyncio.sleep(0)
        multiprocessing.active_children()[0].kill()

    def told(progress: Progress) -> None:
        if progress.stage == stage and not tasks:
            tasks.append(asyncio.create_task(kill()))

    return told
