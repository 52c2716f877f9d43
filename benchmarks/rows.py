"""Rows that compare: ours and a peer's in one run, medians of rounds that take turns, and the limit of their ratio."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median_low
from typing import Literal

import msgspec

_HUNDREDTH = Decimal("0.01")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Ours and the peer's in the same unit. `ratio` is ours by theirs; `limit` says what it must be at least or most.

    What has no limit is told to be read.
    """

    name: str
    unit: str
    ours: int
    peer: int
    ratio: Decimal
    bound: Literal["at least", "at most"]
    limit: Decimal | None

    @property
    def kept(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.ratio >= self.limit if self.bound == "at least" else self.ratio <= self.limit


def compared(
    name: str,
    unit: str,
    *,
    ours: Sequence[int],
    peer: Sequence[int],
    at_least: str | None = None,
    at_most: str | None = None,
) -> Row:
    """A row of the medians of both sides' rounds."""
    mine, theirs = median_low(ours), median_low(peer)
    limit = at_least if at_least is not None else at_most
    return Row(
        name=name,
        unit=unit,
        ours=mine,
        peer=theirs,
        ratio=(Decimal(mine) / Decimal(theirs)).quantize(_HUNDREDTH),
        bound="at most" if at_most is not None else "at least",
        limit=None if limit is None else Decimal(limit),
    )


def line(row: Row) -> str:
    """The row for a reader."""
    told = f"{row.name}\n  ours {row.ours:,}, peer {row.peer:,} {row.unit}: × {row.ratio}"
    if row.limit is not None:
        told += f"   limit {row.bound} {row.limit}: {'kept' if row.kept else 'NOT KEPT'}"
    return told + "\n"
