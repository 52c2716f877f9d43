"""Worker processes of a rebuild: each with its own connection and its own decoding, loading the journals it is given.

A worker asks for a journal, and tells how far it is, over a pipe. When the rebuild is gone the pipe is broken, and the
worker ends; what it had not committed is not there, and the next rebuild loads it.
"""

import asyncio
import gc
import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection as Pipe
from typing import Protocol

import msgspec

from projections.engine.errors import WorkerLost
from projections.engine.feed import Decode, Reading
from projections.engine.folding import AnyProjection
from projections.engine.generations import Generation, join_loading
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


class Jobs(Protocol):
    """Where journals to be loaded come from."""

    def next(self) -> Job | None: ...


async def load_by_processes(
    assignment: Assignment, jobs: Jobs, *, workers: int, advanced: Callable[[int], None]
) -> None:
    """Load all jobs by so many processes at once. Raises WorkerLost."""
    loop = asyncio.get_running_loop()
    started = [_started(assignment) for _ in range(workers)]

    def tell(entries: int) -> None:
        loop.call_soon_threadsafe(advanced, entries)

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


def _started(assignment: Assignment) -> "tuple[multiprocessing.process.BaseProcess, Pipe]":
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_work, args=(assignment, theirs), daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed
    return process, ours


def _serve(process: "multiprocessing.process.BaseProcess", pipe: Pipe, jobs: Jobs, tell: Callable[[int], None]) -> None:
    """Give one worker its jobs, until there are no more and it has committed all of them."""
    try:
        while (told := pipe.recv()) is not None:
            if told == _ASKING:
                pipe.send(jobs.next())
            elif isinstance(told, int):
                tell(told)
            else:
                raise WorkerLost(told)
    except (EOFError, OSError) as broken:
        process.join(1)
        raise WorkerLost(f"exit code {process.exitcode}") from broken


def _work(assignment: Assignment, pipe: Pipe) -> None:
    """A worker process, from its start to its end."""
    gc.disable()  # as in any rebuild: states are large, and thrown away whole
    with suppress(BrokenPipeError, EOFError):  # the rebuild is gone
        try:
            asyncio.run(_load(assignment, pipe))
        except Exception as error:
            pipe.send(f"{type(error).__name__}: {error}")
            raise
        pipe.send(None)


async def _load(assignment: Assignment, pipe: Pipe) -> None:
    pairs = zip(assignment.projections, assignment.numbers, strict=True)
    generations = [Generation(projection, number) for projection, number in pairs]
    async with database.connect(assignment.dsn, least=1, most=3) as pool, pool.acquire() as link:
        await join_loading(link, generations)
        await link.execute("SET synchronous_commit = off")
        reading = Reading(feed=Journal(pool), decode=assignment.decode, chunk=assignment.chunk)

        async def next_job() -> Job | None:
            pipe.send(_ASKING)
            job: Job | None = pipe.recv()
            return job

        await load(link, reading, generations, next_job, advanced=pipe.send)
