"""Messages of Prometheus Alertmanager, and of Grafana, which writes the same form."""

from hashlib import sha256

import msgspec

from slm_api.monitoring.instants import instant_or_never
from slm_api.monitoring.reported import ReportedOutage, UnreadablePayload


class Alert(msgspec.Struct, frozen=True, rename="camel"):
    """One alert of a message. Only what an outage needs is read; versions differ in the rest."""

    status: str
    starts_at: str
    ends_at: str | None = None
    fingerprint: str | None = None
    labels: dict[str, str] | None = None


class Message(msgspec.Struct, frozen=True):
    """One call; it may carry the alerts of several parts."""

    alerts: list[Alert]


def outages(payload: bytes) -> tuple[ReportedOutage, ...]:
    """One outage for each alert. Raises `UnreadablePayload`, msgspec.ValidationError."""
    alerts = msgspec.json.decode(payload, type=Message).alerts
    return tuple(_outage(alert, f"alerts[{number}]") for number, alert in enumerate(alerts))


def _outage(alert: Alert, path: str) -> ReportedOutage:
    started_at = instant_or_never(alert.starts_at, f"{path}.startsAt")
    if started_at is None:
        raise UnreadablePayload("an alert says when it began", f"{path}.startsAt")
    match alert.status:
        case "firing":  # while it fires, an end is only when it will be given up, not when it ended
            ended_at = None
        case "resolved":
            ended_at = instant_or_never(alert.ends_at, f"{path}.endsAt")
        case other:
            raise UnreadablePayload(f"an alert is firing or resolved, not {other!r}", f"{path}.status")
    labels = alert.labels or {}
    return ReportedOutage(
        key=alert.fingerprint or _fingerprint(labels),
        name=labels.get("alertname", ""),
        started_at=started_at,
        ended_at=ended_at,
        ended_unknown=alert.status == "resolved" and ended_at is None,
    )


def _fingerprint(labels: dict[str, str]) -> str:
    """A key where the version sends none: labels are what tells one alert from another."""
    return sha256(msgspec.json.encode(sorted(labels.items()))).hexdigest()[:16]
