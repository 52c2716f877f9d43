"""Messages of Uptime Kuma."""

import msgspec

from slm_api.monitoring.instants import instant
from slm_api.monitoring.reported import ReportedOutage, UnreadablePayload

_DOWN, _UP = 0, 1
_TELLS_NOTHING = (2, 3)  # pending: not down yet; maintenance: announced beforehand


class Heartbeat(msgspec.Struct, frozen=True):
    """One check. `time` is UTC without a zone mark in every version; `localDateTime` is not, and is not read."""

    monitor_id: int = msgspec.field(name="monitorID")
    status: int
    time: str


class Monitor(msgspec.Struct, frozen=True):
    """What is checked."""

    name: str | None = None


class Message(msgspec.Struct, frozen=True):
    """One call. A test message has neither heartbeat nor monitor."""

    heartbeat: Heartbeat | None = None
    monitor: Monitor | None = None


def outages(payload: bytes) -> tuple[ReportedOutage, ...]:
    """The outage that begins or ends, under the monitor's number: there is no number of the outage itself.

    Raises `UnreadablePayload`, msgspec.ValidationError.
    """
    message = msgspec.json.decode(payload, type=Message)
    beat = message.heartbeat
    if beat is None or beat.status in _TELLS_NOTHING:
        return ()
    if beat.status not in (_DOWN, _UP):
        raise UnreadablePayload(f"a status is 0 to 3, not {beat.status}", "heartbeat.status")
    at = instant(beat.time, "heartbeat.time", unmarked_is_utc=True)
    return (
        ReportedOutage(
            key=str(beat.monitor_id),
            name=(message.monitor.name if message.monitor is not None else None) or "",
            started_at=at if beat.status == _DOWN else None,
            ended_at=at if beat.status == _UP else None,
        ),
    )
