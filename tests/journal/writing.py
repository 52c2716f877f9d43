"""A process that writes to journals: `python -m tests.journal.writing DSN number commands`.

Each command writes two events of an aggregate of its own; the journals are shared by all writers.
"""

import asyncio
import subprocess
import sys
from uuid import UUID

from slm_journal import database
from slm_journal.journal import Journal
from tests.journal.building import command, event

JOURNALS = tuple(UUID(int=0x5000 + number) for number in range(3))
AT_ONCE = 4
EVENTS = 2


def writer(dsn: str, number: int, commands: int) -> "subprocess.Popen[bytes]":
    """Such a process, begun."""
    return subprocess.Popen([sys.executable, "-m", __name__, dsn, str(number), str(commands)])


async def write(dsn: str, number: int, commands: int) -> None:
    """Append the commands of one writer, a few at a time. The database is a simulated one."""
    async with database.connect(dsn, most=AT_ONCE) as pool:
        journal, turn = Journal(pool), asyncio.Semaphore(AT_ONCE)

        async def one(place: int) -> None:
            aggregate = UUID(int=(number << 32) + place)
            events = [event(aggregate, version) for version in range(1, EVENTS + 1)]
            async with turn:
                await journal.append(
                    command(*events, journal_id=JOURNALS[place % len(JOURNALS)], key=f"{number}/{place}")
                )

        await asyncio.gather(*(one(place) for place in range(commands)))


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
