"""Two processes on one record."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from slm_journal import database
from tests.api.processes import Process, agreement


@pytest.fixture
async def processes(dsn: str) -> AsyncIterator[tuple[Process, Process]]:
    """Two processes on one record, in which an SLA with a level measured by hand is agreed."""
    async with AsyncExitStack() as leaving:
        one, other = [Process(await leaving.enter_async_context(database.connect(dsn))) for _ in range(2)]
        for each in agreement():
            await one.send(each)
        yield one, other
        await one.commanding.close()
        await other.commanding.close()


@pytest.fixture
def process(processes: tuple[Process, Process]) -> Process:
    return processes[0]
