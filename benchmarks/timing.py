"""Timing work: the first time apart, then the median of rounds. Nanoseconds, in whole numbers.

What is counted is this process's time on the processor, so that the machine's other work disturbs a figure least.
"""

import gc
from collections.abc import Callable
from statistics import median_high
from time import process_time_ns

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit of the work took: the median of `rounds`, and the first time, when nothing was kept yet.

    `limit_ns` is the most that a unit may take; None where no limit is set. `warm` says what is kept between rounds.
    """

    name: str
    unit: str
    median_ns: int
    first_ns: int
    fastest_ns: int
    rounds: int
    limit_ns: int | None
    warm: str

    @property
    def kept(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        return None if self.limit_ns is None else self.median_ns <= self.limit_ns


def timed(
    work: Callable[[], object],
    *,
    name: str,
    unit: str,
    units: int = 1,
    rounds: int = 9,
    clock: Callable[[], int] = process_time_ns,
    limit_ns: int | None = None,
    warm: str = "",
) -> Figure:
    """Do the work once, and then so many times; a round that does several `units` is divided by them.

    `clock` is this process's time on the processor unless the work is done by others.
    """
    first = _once(work, clock)
    gc.collect()  # of what was made before; what the rounds leave is theirs to collect
    taken = sorted(_once(work, clock) for _ in range(rounds))
    return Figure(
        name=name,
        unit=unit,
        median_ns=median_high(taken) // units,
        first_ns=first // units,
        fastest_ns=taken[0] // units,
        rounds=rounds,
        limit_ns=limit_ns,
        warm=warm,
    )


def _once(work: Callable[[], object], clock: Callable[[], int]) -> int:
    begun = clock()
    work()
    return clock() - begun
