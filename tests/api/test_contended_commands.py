"""Processes that write one aggregate at the same time: nobody is refused for it, and nobody always comes last."""

import asyncio
import itertools
from uuid import UUID

import asyncpg
import pytest

from slm_domain.service_level_refusals import MeasurementAlreadyRecorded
from slm_journal import database
from tests.api.processes import Process, measured
from tests.api.requests import draft


class Busy:
    """A process that always has the next commands on one level ready, as an import has."""

    def __init__(self, process: Process, at_once: int) -> None:
        self._process = process
        self._numbers = itertools.count()
        self._recorded = asyncio.Condition()
        self._tasks = [asyncio.create_task(self._go_on()) for _ in range(at_once)]

    async def _go_on(self) -> None:
        while True:
            await self._process.send(measured(f"busy-{next(self._numbers)}"))
            async with self._recorded:
                self._recorded.notify_all()

    async def records(self, commands: int) -> None:
        """Wait until it has recorded so many more."""
        async with self._recorded:
            for _ in range(commands):
                await self._recorded.wait()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for ended in await asyncio.gather(*self._tasks, return_exceptions=True):
            assert isinstance(ended, asyncio.CancelledError), ended


async def test_who_sends_now_and_then_is_answered_although_another_process_writes_all_the_time(
    processes: tuple[Process, Process],
) -> None:
    writing, sending = processes
    busy = Busy(writing, 16)
    for number in range(40):
        await asyncio.wait_for(sending.send(measured(f"seldom-{number}")), 60)
        await busy.records(1)
    await busy.stop()
    for process in processes:
        await process.require_true_to_the_record()


async def test_two_processes_that_write_all_the_time_share_the_aggregate(processes: tuple[Process, Process]) -> None:
    both = [Busy(process, 16) for process in processes]
    await asyncio.wait_for(asyncio.gather(*(one.records(50) for one in both)), 60)
    for one in both:
        await one.stop()
    for process in processes:
        await process.require_true_to_the_record()


async def test_what_is_decided_while_others_wait_is_decided_on_what_they_recorded(
    processes: tuple[Process, Process],
) -> None:
    one, other = processes
    await one.send(measured("a"))
    await other.send(measured("b"))
    one.journal.count.clear()
    assert not (await one.send(measured("c"))).repeated
    assert one.journal.count["newer"] == 0  # what is newer came with the lock
    with pytest.raises(MeasurementAlreadyRecorded):
        await other.send(measured("c", key="of another"))
    for process in processes:
        await process.require_true_to_the_record()


async def test_who_has_precedence_in_a_journal_holds_up_nobody_in_another(process: Process) -> None:
    ((journal_id, _),) = await process.journal.journals()
    async with process.commanding._deciding._precedence.take(journal_id):
        waiting = asyncio.create_task(process.send(measured("waits")))
        await process.send(draft(contract="other", key="other"))
        assert not waiting.done()
    assert not (await waiting).repeated


async def test_a_process_that_hangs_while_others_wait_is_cut_off_by_the_server(dsn: str) -> None:
    async with database.connect(dsn, most=2) as pool:
        process = Process(pool)
        async with process.journal.appending() as line:
            await line.keep_others_waiting(UUID(int=1), {})
            session = line._connection
            assert session is not None
            assert await session.fetchval("SELECT current_setting('idle_in_transaction_session_timeout')") == "5s"
            with pytest.raises(asyncpg.LockNotAvailableError):
                await pool.execute("SELECT FROM slm_journal.head FOR UPDATE NOWAIT")
        await pool.execute("SELECT FROM slm_journal.head FOR UPDATE NOWAIT")  # given back, it holds up nobody
        assert await pool.fetchval("SELECT current_setting('idle_in_transaction_session_timeout')") == "0"
