"""Between aware datetimes and the stored form of an instant: whole microseconds since 1970-01-01 UTC, exactly."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(instant: datetime) -> int:
    """The stored form of an instant.

    Raises:
        ValueError: The datetime names no time zone, so it is no instant.
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {instant.isoformat()}")
    return (instant - EPOCH) // timedelta(microseconds=1)


def instant_of(stored: int) -> datetime:
    """The instant of a stored form, aware, in UTC."""
    return EPOCH + timedelta(microseconds=stored)
