"""Instants as monitoring systems write them."""

import re
from datetime import UTC, datetime

from slm_api.monitoring.reported import UnreadablePayload

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(?P<zone>Z|[+-]\d{2}:\d{2})?")
_NEVER = "0001-"  # the zero time of the language those systems are written in: not ended yet (C17)


def instant(text: str, path: str, *, unmarked_is_utc: bool = False) -> datetime:
    """The instant in UTC; digits finer than microseconds are cut, never rounded up.

    A time without a zone mark is refused unless the system is known to write UTC so. Raises `UnreadablePayload`.
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise UnreadablePayload(f"{text!r} is no instant", path)
    if written["zone"] is None and not unmarked_is_utc:
        raise UnreadablePayload(f"{text!r} names no time zone", path)
    try:
        read = datetime.fromisoformat(text)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadablePayload(f"{text!r} is no instant: {error}", path) from error


def instant_or_never(text: str | None, path: str) -> datetime | None:
    """The instant, or None for what has not come yet: nothing, empty text, or the year 1."""
    if not text or text.startswith(_NEVER):
        return None
    return instant(text, path)
