"""The torture itself: everybody at work, somebody killed at a random moment, started again, and so on."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from slm_api.receiving import received
from slm_api.wiring import wired
from slm_journal import database
from tests.torture import stories
from tests.torture.company import Played, Server
from tests.torture.diaries import Seen
from tests.torture.files import ACKNOWLEDGED, DSN
from tests.torture.tally import Tally, tally

COMPANY = (("appender", 0), ("appender", 1), ("follower", 0), ("follower", 1), ("engine", 0), ("rebuild", 0))
VICTIMS = ("appender", "follower", "engine", "rebuild", "postgresql")
LONGEST = 1200  # milliseconds of work before somebody is killed: processes begin, and rebuilds end, within it
DRAINING = 0.05
STILL = 120  # seconds without an answer to anybody, after which nobody is at work any more


def victims(rounds: int, chance: random.Random) -> list[str]:
    """Who is killed in which round: each as often as any other."""
    order = [VICTIMS[number % len(VICTIMS)] for number in range(rounds)]
    chance.shuffle(order)
    return order


def torture(
    folder: Path, *, rounds: int, seed: int, tell: Callable[[int, str], None]
) -> tuple[Tally, Counter[str], list[str]]:
    """Play so many rounds. Gives the tally, how often each was killed, and the last words of who died by itself."""
    chance = random.Random(seed)  # noqa: S311 -- moments to kill at, from a seed that is printed
    killed: Counter[str] = Counter()
    server = Server(folder)
    try:
        (folder / DSN).write_text(server.dsn, encoding="utf-8")
        asyncio.run(_conclude(server.dsn))
        company = [Played(folder, role, number) for role, number in COMPANY]
        last_words: list[str] = []
        try:
            answered = 0
            for number, victim in enumerate(victims(rounds, chance), 1):
                answered = _answered_since(answered, folder)
                time.sleep(chance.randrange(LONGEST) / 1000)
                for one in company:
                    if one.ended():
                        last_words.append(f"{one.role}: {one.said()}")
                        one.start_again()
                _kill(victim, company, server, chance)
                killed[victim] += 1
                tell(number, victim)
        finally:
            writers = [one for one in company if one.role in {"appender", "rebuild"}]
            readers = [one for one in company if one not in writers]
            last_words += [f"{one.role}: {one.said()}" for one in writers if not one.end()]
            if readers:
                asyncio.run(_until_followed(folder, server.dsn))
            last_words += [f"{one.role}: {one.said()}" for one in readers if not one.end()]
        return asyncio.run(tally(folder, server.dsn, died=len(last_words))), killed, last_words
    finally:
        server.stop()


def _answered_since(answered: int, folder: Path) -> int:
    """Wait until something more was acknowledged: who is killed on a slow machine is killed under load, too.

    Gives what is acknowledged now, in bytes. Raises `TimeoutError` where nothing is for two minutes.
    """
    patience = time.monotonic() + STILL
    while time.monotonic() < patience:
        now = sum(path.stat().st_size for path in folder.glob(f"{ACKNOWLEDGED}-*"))
        if now > answered:
            return now
        time.sleep(DRAINING)
    raise TimeoutError(f"nothing was acknowledged for {STILL} seconds")


def _kill(victim: str, company: list[Played], server: Server, chance: random.Random) -> None:
    if victim == "postgresql":
        server.kill()
        server.start_again()
        return
    one = chance.choice([one for one in company if one.role == victim])
    one.kill()
    one.start_again()


async def _conclude(dsn: str) -> None:
    """Create the record by the real clock, and conclude the contracts."""
    async with database.connect(dsn) as pool:
        await database.create(pool, clock="real")
        opened = await wired(pool)
        for number in range(stories.CONTRACTS):
            for command in stories.agreement(number):
                await opened.commanding.send(received(command))


async def _until_followed(folder: Path, dsn: str) -> None:
    """Give the followers the time to see the last entries, as long as they go on."""
    async with database.connect(dsn) as pool:
        entries: int = await pool.fetchval("SELECT global_position FROM slm_journal.head")
        patience = time.monotonic() + 60
        numbers = [number for role, number in COMPANY if role == "follower"]
        while time.monotonic() < patience:
            if all(Seen.load(folder, number).upto >= entries for number in numbers):
                return
            await asyncio.sleep(DRAINING)
