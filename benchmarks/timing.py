"""Timing work: the first time apart, then the median of rounds. Nanoseconds, in whole numbers."""

import gc
from collections.abc import Callable
from statistics import median_high
from time import perf_counter_ns

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
    limit_ns: int | None = None,
    warm: str = "",
) -> Figure:
    """Do the work once, and then so many times; a round that does several `units` is divided by them."""
    first = _once(work)
    taken = sorted(_once(work) for _ in range(rounds))
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


def _once(work: Callable[[], object]) -> int:
    gc.collect()
    begun = perf_counter_ns()
    work()
    return perf_counter_ns() - begun
