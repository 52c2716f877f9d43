"""The processes that are killed: `python -m tests.torture.roles ROLE FOLDER NUMBER`, each going on where it was.

A role that ends by itself, other than after SIGTERM, is a fault; the database being away for a while is none.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from projections.engine.passing import PASSING
from slm_api.receiving import received
from slm_api.wiring import wired
from slm_journal import database
from slm_journal.errors import OutcomeUnknown, Unreachable
from slm_journal.follow import follow
from slm_journal.journal import Journal
from tests.torture import stories
from tests.torture.diaries import Acknowledged, Seen
from tests.torture.files import DSN

AT_ONCE = 16  # stories that an appender tells at the same time
AWAY = (*PASSING, OutcomeUnknown, Unreachable)


async def append(folder: Path, dsn: str, number: int, enough: asyncio.Event) -> None:
    """Tell story after story, noting each answer before the next command of the story is sent."""
    noted = Acknowledged(folder, number)
    untold = noted.unfinished(number)

    async def tell() -> None:
        while not enough.is_set():
            for command in stories.story(number, chapter := next(untold)):
                while stories.key_of(command) not in noted:
                    try:
                        answer = await opened.commanding.send(received(command))
                    except AWAY:
                        await asyncio.sleep(0.05)
                    else:
                        noted.note(chapter, answer)

    async with database.connect(dsn, most=6) as pool:
        opened = await wired(pool)
        async with asyncio.TaskGroup() as telling:
            for _ in range(AT_ONCE):
                telling.create_task(tell())


async def follow_all(folder: Path, dsn: str, number: int, enough: asyncio.Event) -> None:
    """Follow everything, keeping the place and what was seen in one file that is replaced as a whole."""
    seen = Seen.load(folder, number)
    async with database.connect(dsn, most=2) as pool, follow(pool, after=seen.upto, most=500, poll=0.2) as follower:
        while not enough.is_set():
            try:
                chunk = await follower.outstanding()
            except Unreachable:
                chunk = None
            if chunk is None:
                await asyncio.sleep(0.02)
            else:
                seen.take(chunk.upto, chunk.entries)
                seen.save(folder, number)


async def post(_folder: Path, dsn: str, _number: int, enough: asyncio.Event) -> None:
    """Run the engine."""
    async with database.connect(dsn, most=6) as pool:
        engine = Engine(pool, Journal(pool), PROJECTIONS, placed)
        running = asyncio.create_task(engine.run(poll=0.2))
        stopping = asyncio.create_task(enough.wait())
        await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if running.done():
            await running
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def rebuild(_folder: Path, dsn: str, number: int, enough: asyncio.Event) -> None:
    """Rebuild all read models over and over, every other time compared with the fold, and drop the old ones."""
    async with database.connect(dsn, most=8) as pool:
        engine = Engine(pool, Journal(pool), PROJECTIONS, placed)
        turn = number
        while not enough.is_set():
            await engine.rebuild(verify=turn % 2 == 0)
            await engine.drop_old()
            turn += 1


ROLES: dict[str, Callable[[Path, str, int, asyncio.Event], Coroutine[Any, Any, None]]] = {
    "appender": append,
    "follower": follow_all,
    "engine": post,
    "rebuild": rebuild,
}


async def play(role: str, folder: Path, number: int) -> None:
    """Play the role until SIGTERM; begin it again when the database is away."""
    enough = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, enough.set)
    while not enough.is_set():
        with suppress(*AWAY):
            await _once(ROLES[role](folder, (folder / DSN).read_text(encoding="utf-8"), number, enough))
        await asyncio.sleep(0.05)


async def _once(playing: Awaitable[None]) -> None:
    """What was raised by a task of a group is raised itself, when it is the database being away."""
    try:
        await playing
    except ExceptionGroup as failures:
        passing, others = failures.split(AWAY)
        if others is not None or passing is None:
            raise
        raise Unreachable(str(passing)) from failures


if __name__ == "__main__":
    logging.basicConfig(level=logging.CRITICAL)
    asyncio.run(play(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
