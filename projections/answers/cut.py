"""A cut through several journals: an instant, and the positions it resolves to in each of them.

A question over several contracts names its cut, and can be asked again with it: the same positions, or a refusal.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from projections.answers.standpoint import AsOf, Source


class CutMoved(LookupError):
    """The cut cannot be asked for again: entries were recorded since, at or before its instant (a simulated clock)."""

    def __init__(self, asked: str, found: str) -> None:
        self.asked = asked
        self.found = found
        super().__init__(f"{asked} is now {found}")


async def until_of(source: Source, as_of: AsOf, cut: str | None) -> datetime:
    """The instant of a question over several journals. Raises ValueError for a text that is no cut."""
    if cut is not None:
        instant, tilde, _ = cut.partition("~")
        until = datetime.fromisoformat(instant)
        if not tilde or until.tzinfo is None:
            raise ValueError(f"not a cut: {cut!r}")
        return until
    return as_of.instant or await source.journal.now()


def named(until: datetime, positions: Mapping[UUID, int], asked: str | None) -> str:
    """The token of a cut: its instant, and the digest of its positions.

    Raises:
        CutMoved: It is not the cut that was asked for.
    """
    listed = "\n".join(f"{journal} {position}" for journal, position in sorted(positions.items()))
    token = f"{until.isoformat()}~{hashlib.sha256(listed.encode()).hexdigest()[:32]}"
    if asked is not None and asked != token:
        raise CutMoved(asked, token)
    return token
