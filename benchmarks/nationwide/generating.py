"""Generating the years of all contracts in several processes, contract by contract."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.nationwide.country import Contracted
from benchmarks.nationwide.spill import Spill
from benchmarks.nationwide.year import year

_COLLECT_AFTER = 20  # contracts


class _Process:
    """What a generating process keeps between contracts."""

    spill: Spill
    seed: int
    done = 0


def generate(contracts: Sequence[Contracted], folder: Path, *, seed: int, processes: int) -> Iterator[int]:
    """Write every contract's year into `folder`; gives each contract's entries as it is finished.

    The largest contracts come first, so that the processes end together.
    """
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, initializer=_begin, initargs=(str(folder), seed)) as pool:
        yield from pool.imap_unordered(_one, contracts, chunksize=1)


def _begin(folder: str, seed: int) -> None:
    _Process.spill = Spill(Path(folder), str(os.getpid()))
    _Process.seed = seed
    gc.disable()  # states are large and live as long as their contract; collected between contracts


def _one(who: Contracted) -> int:
    entries = 0
    for append in year(who, _Process.seed):
        entries += len(append.events)
        _Process.spill.put(append)
    _Process.spill.flush()  # the pool ends its processes without a last word
    _Process.done += 1
    if _Process.done % _COLLECT_AFTER == 0:
        gc.collect()
    return entries
