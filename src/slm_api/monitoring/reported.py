"""An outage as a monitoring system reports it."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec


class UnreadablePayload(ValueError):
    """What came in is not what the system sends. `path` says where, in the form `alerts[0].startsAt`."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.reason = reason
        self.path = path


class ReportedOutage(msgspec.Struct, frozen=True, kw_only=True):
    """One outage, open or closed.

    The same outage always has the same `key` within its system, so that the same message twice has the effect of once
    (C17); a key comes back when the same part fails again, with another start. Instants are UTC, cut to microseconds.
    `started_at` is None where a system only says that something is over: it closes what is open under the key.
    `ended_unknown` is for what is over since an instant that nobody told: people have to say it. Raises
    `UnreadablePayload` for an end before the start.
    """

    key: str
    name: str
    started_at: datetime | None
    ended_at: datetime | None
    ended_unknown: bool = False

    def __post_init__(self) -> None:
        if self.started_at is not None and self.ended_at is not None and self.ended_at < self.started_at:
            raise UnreadablePayload(
                f"{self.name} ended at {self.ended_at.isoformat()}, before it began at {self.started_at.isoformat()}"
            )

    @property
    def status(self) -> Literal["open", "closed"]:
        """Whether it still lasts as far as the message knows."""
        return "open" if self.ended_at is None and not self.ended_unknown else "closed"

    @property
    def length(self) -> timedelta | None:
        """Its real elapsed time; None while it is open or one of its ends is not told."""
        if self.started_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.started_at
