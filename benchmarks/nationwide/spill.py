"""Appends on their way from the generating processes to the database: kept on disk, week by week, in small files.

A contract's year is generated at once, but is recorded between those of all others. So each process writes every append
to the file of its week, and whoever loads reads one week of all processes, orders it, and goes on to the next.
"""

import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BufferedWriter
from pathlib import Path

import msgspec

from slm_journal.command import Append

_LENGTH = struct.Struct("<I")
_BEGIN = datetime.fromisoformat("2025-03-01T00:00:00+09:00")
_WEEK = timedelta(days=7)
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Append)


class Spill:
    """What one process writes. `folder` belongs to one run; `writer` tells its processes apart."""

    def __init__(self, folder: Path, writer: str) -> None:
        self._folder = folder
        self._writer = writer
        self._files: dict[int, BufferedWriter] = {}

    def put(self, append: Append) -> None:
        """Keep an append for its week."""
        if append.at is None:
            raise ValueError("a generated append says when it is recorded")
        week = (append.at - _BEGIN) // _WEEK
        file = self._files.get(week)
        if file is None:
            file = self._files[week] = (self._folder / f"{week:03}-{self._writer}").open("ab")
        packed = _encoder.encode(append)
        file.write(_LENGTH.pack(len(packed)))
        file.write(packed)

    def flush(self) -> None:
        """Give what was put to the operating system."""
        for file in self._files.values():
            file.flush()

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()


def in_order(folder: Path) -> Iterator[list[Append]]:
    """All appends by recorded-at, a week at a time; each journal's own order holds. The files are removed on the way.

    Appends of one instant stand in the order of their journals' ids: which process generated them makes no difference.
    """
    for week in sorted({file.name.partition("-")[0] for file in folder.iterdir()}):
        files = sorted(folder.glob(f"{week}-*"))
        appends = [append for file in files for append in _read(file)]
        appends.sort(key=lambda append: (append.at, append.journal_id))  # stable: a journal's ties stay as they were
        yield appends
        for file in files:
            file.unlink()


def _read(file: Path) -> Iterator[Append]:
    text = memoryview(file.read_bytes())
    place = 0
    while place < len(text):
        (length,) = _LENGTH.unpack_from(text, place)
        place += _LENGTH.size
        yield _decoder.decode(text[place : place + length])
        place += length
