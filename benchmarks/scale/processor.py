"""Time on the processor, of this process and of a database server's processes: what others do meanwhile is not in it.

Linux only: the server's is read from `/proc`, which counts in hundredths of a second.
"""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

_TICK_NS = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
# Places in /proc/PID/stat after the name (proc(5)): the parent, and times in user and system mode, own and of children
# that have ended.
_PARENT, _OWN, _CHILDREN = 1, slice(11, 13), slice(13, 15)


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """Nanoseconds on the processor for so many units of work: by us, and by the server for us."""

    units: int
    ours_ns: int
    server_ns: int

    @property
    def each_ns(self) -> int:
        """Of a unit, both together."""
        return (self.ours_ns + self.server_ns) // self.units


class Watch:
    """Measures what is spent while its context is open."""

    def __init__(self, server: int) -> None:
        self._server = server
        self.ours_ns = 0
        self.server_ns = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is spent meanwhile, added to what was spent before."""
        ours, server = time.process_time_ns() + _ended_children_ns(), server_time_ns(self._server)
        yield
        self.ours_ns += time.process_time_ns() + _ended_children_ns() - ours
        self.server_ns += server_time_ns(self._server) - server

    def spent(self, units: int) -> Spent:
        """What was spent, for so many units."""
        return Spent(units=units, ours_ns=self.ours_ns, server_ns=self.server_ns)


def parent_of(process: int) -> int:
    """The process that started it: of a database connection's, the server."""
    return int(_told(process)[_PARENT])


def most_memory() -> int:
    """The bytes of this process that were resident at most. (`getrusage` begins with those of who started it.)"""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def server_time_ns(server: int) -> int:
    """What the server with this process id and its processes have spent so far, those that have ended included."""
    ticks = 0
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            told = _told(int(place.name))
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue
        if int(place.name) == server:
            ticks += sum(map(int, told[_OWN])) + sum(map(int, told[_CHILDREN]))
        elif int(told[_PARENT]) == server:
            ticks += sum(map(int, told[_OWN]))
    return ticks * _TICK_NS


def _told(process: int) -> list[str]:
    """Its line in `/proc` from the state on."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _ended_children_ns() -> int:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return round((children.ru_utime + children.ru_stime) * 1_000_000) * 1000
