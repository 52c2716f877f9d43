"""Worker processes of a rebuild: each with its own connection and its own decoding, doing the jobs it is given.

A job is a journal to be loaded, or a batch of journals to be compared. A worker asks for one, and tells how far it is
and what it found, over a pipe. When the rebuild is gone the pipe is broken, and the worker ends; what it had not
committed is not there, and the next rebuild loads it.
"""

import asyncio
import gc
import multiprocessing
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from multiprocessing.connection import Connection as Pipe
from typing import TypeAlias

import msgspec

from projections.engine.comparing import Batch, Difference, differences_from_memory
from projections.engine.errors import WorkerLost
from projections.engine.feed import Decode, Reading
from projections.engine.folding import AnyProjection
from projections.engine.generations import Generation, Link, join_loading
from projections.engine.jobs import Jobs
from projections.engine.loading import Job, load
from slm_journal import database
from slm_journal.journal import Journal

# A new interpreter for each worker: a forked one would share the connections of the rebuild.
_PROCESSES = multiprocessing.get_context("spawn")
_ASKING = "next"


class Assignment(msgspec.Struct, frozen=True):
    """What a worker is told at its start: everything in it travels to another process."""

    dsn: str
    projections: Sequence[AnyProjection]
    numbers: Sequence[int]
    decode: Decode
    chunk: int


Told: TypeAlias = int | list[Difference]  # so many entries were done, or this was found
_Any: TypeAlias = Jobs[Job] | Jobs[Batch]
_Doing: TypeAlias = Callable[[Assignment, Pipe], Coroutine[None, None, None]]


async def load_by_processes(
    assignment: Assignment, jobs: Jobs[Job], *, workers: int, advanced: Callable[[int], None]
) -> None:
    """Load all journals by so many processes at once. Raises WorkerLost."""
    await _by_processes(_load, assignment, jobs, workers, advanced)


async def compare_by_processes(
    assignment: Assignment, jobs: Jobs[Batch], *, workers: int, advanced: Callable[[int], None]
) -> list[Difference]:
    """Compare all batches with the fold in memory by so many processes at once. Raises WorkerLost."""
    return await _by_processes(_compare, assignment, jobs, workers, advanced)


async def _by_processes(
    doing: _Doing, assignment: Assignment, jobs: _Any, workers: int, advanced: Callable[[int], None]
) -> list[Difference]:
    loop = asyncio.get_running_loop()
    started = [_started(doing, assignment) for _ in range(workers)]
    found: list[Difference] = []

    def tell(told: Told) -> None:
        if isinstance(told, int):
            loop.call_soon_threadsafe(advanced, told)
        else:
            found.extend(told)

    serving = [asyncio.create_task(asyncio.to_thread(_serve, *each, jobs, tell)) for each in started]
    try:
        ended, _ = await asyncio.wait(serving, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for process, _ in started:
            process.terminate()  # those that are done have ended already
        # Two threads must not wait for one process: the later would not see its end.
        await asyncio.gather(*serving, return_exceptions=True)
        for process, pipe in started:
            pipe.close()
            await asyncio.to_thread(process.join)
    for each in ended:
        each.result()  # raises what the first to fail failed of; the others only followed
    return found


def _started(doing: _Doing, assignment: Assignment) -> "tuple[multiprocessing.process.BaseProcess, Pipe]":
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_work, args=(doing, assignment, theirs), daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed
    return process, ours


def _serve(
    process: "multiprocessing.process.BaseProcess", pipe: Pipe, jobs: _Any, tell: Callable[[Told], None]
) -> None:
    """Give one worker its jobs, until there are no more and it has committed all of them."""
    try:
        while (told := pipe.recv()) is not None:
            if told == _ASKING:
                pipe.send(jobs.next())
            elif isinstance(told, str):
                raise WorkerLost(told)
            else:
                tell(told)
    except (EOFError, OSError) as broken:
        process.join(1)
        raise WorkerLost(f"exit code {process.exitcode}") from broken


def _work(doing: _Doing, assignment: Assignment, pipe: Pipe) -> None:
    """A worker process, from its start to its end."""
    gc.disable()  # as in any rebuild: states are large, and thrown away whole
    with suppress(BrokenPipeError, EOFError):  # the rebuild is gone
        try:
            asyncio.run(doing(assignment, pipe))
        except Exception as error:
            pipe.send(f"{type(error).__name__}: {error}")
            raise
        pipe.send(None)


async def _load(assignment: Assignment, pipe: Pipe) -> None:
    async def next_job() -> Job | None:
        pipe.send(_ASKING)
        job: Job | None = pipe.recv()
        return job

    async with _taking_part(assignment) as (link, reading, generations):
        await load(link, reading, generations, next_job, advanced=pipe.send)


async def _compare(assignment: Assignment, pipe: Pipe) -> None:
    def next_batch() -> Batch | None:
        pipe.send(_ASKING)
        batch: Batch | None = pipe.recv()
        return batch

    async with _taking_part(assignment) as (link, reading, generations):
        while (batch := next_batch()) is not None:
            pipe.send(await differences_from_memory(link, generations, reading, batch))
            pipe.send(batch.size)


@asynccontextmanager
async def _taking_part(assignment: Assignment) -> AsyncIterator[tuple[Link, Reading, list[Generation]]]:
    """A connection that takes part in the rebuild, what reads the journals, and the generations that are built."""
    pairs = zip(assignment.projections, assignment.numbers, strict=True)
    generations = [Generation(projection, number) for projection, number in pairs]
    async with database.connect(assignment.dsn, least=1, most=3) as pool, pool.acquire() as link:
        await join_loading(link, generations)
        await link.execute("SET synchronous_commit = off")
        yield link, Reading(feed=Journal(pool), decode=assignment.decode, chunk=assignment.chunk), generations
