"""Messages of updown.io. An event is sent minutes after the outage began: its own time is not the outage's."""

import msgspec

from slm_api.monitoring.instants import instant, instant_or_never
from slm_api.monitoring.reported import ReportedOutage

_OF_OUTAGES = ("check.down", "check.still_down", "check.up")


class Check(msgspec.Struct, frozen=True):
    """What is checked."""

    url: str | None = None


class StatedDowntime(msgspec.Struct, frozen=True):
    """The outage, with a number of its own."""

    id: str
    started_at: str
    ended_at: str | None = None


class Message(msgspec.Struct, frozen=True):
    """One event. Those about certificates and speed carry no outage."""

    event: str
    check: Check = Check()
    downtime: StatedDowntime | None = None


def outages(payload: bytes) -> tuple[ReportedOutage, ...]:
    """The outages of a call, which may carry one event or a list of them.

    Raises `UnreadablePayload`, msgspec.ValidationError.
    """
    decoded = msgspec.json.decode(payload, type=Message | list[Message])
    messages = decoded if isinstance(decoded, list) else [decoded]
    return tuple(
        ReportedOutage(
            key=message.downtime.id,
            name=message.check.url or "",
            started_at=instant(message.downtime.started_at, "downtime.started_at"),
            ended_at=instant_or_never(message.downtime.ended_at, "downtime.ended_at"),
        )
        for message in messages
        if message.event in _OF_OUTAGES and message.downtime is not None
    )
