"""One incident as it is written down: each saying after the one before it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from benchmarks.nationwide.book import Book
from slm_domain.commands.envelope import Command
from slm_domain.sla import Side


class Case:
    """`at` is when the last of it was written down; what is said next is written down after that."""

    def __init__(
        self, book: Book, code: str, detected: datetime, level: Literal["A", "B", "C"], systems: tuple[str, ...]
    ) -> None:
        self.book = book
        self.code = code
        self.detected = detected
        self.level = level
        self.systems = systems
        owners = {system.code: system.organisation for system in book.sla.systems}
        found = tuple(dict.fromkeys(owners[system] for system in systems))
        self.organisations = found or (book.who.lead.code,)
        self.at = detected
        self.arrived: datetime | None = None
        self.started = self.ended = detected

    def say(
        self,
        kind: Callable[..., Command],
        side: Side,
        what: str,
        occurred_at: datetime | None,
        /,
        *,
        after: datetime | None = None,
        **facts: object,
    ) -> None:
        """Written down some minutes after it was so (or after `after`), and after what was said before."""
        written = self.book.noted(max(occurred_at or self.at, after or self.at))
        self.at = max(written, self.at + timedelta(seconds=1))
        self.later(self.at, kind, side, what, occurred_at=occurred_at, **facts)

    def later(
        self,
        at: datetime,
        kind: Callable[..., Command],
        side: Side,
        what: str,
        /,
        *,
        occurred_at: datetime | None = None,
        **facts: object,
    ) -> None:
        """Written down at an instant of its own, independently of what is said meanwhile."""
        key = f"{self.code}.{what}"
        self.book.write(at, kind, side, key, occurred_at=occurred_at, incident=self.code, **facts)

    def ends(self, started: datetime, ended: datetime) -> None:
        """The outage's times as the provider has them."""
        self.started, self.ended = started, ended
