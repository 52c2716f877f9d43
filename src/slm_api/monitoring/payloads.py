"""Which monitoring system sends which form."""

from collections.abc import Callable, Mapping
from typing import Literal, get_args

import msgspec

from slm_api.monitoring import alertmanager, updown, uptime_kuma
from slm_api.monitoring.reported import ReportedOutage, UnreadablePayload

MonitoringSystem = Literal["alertmanager", "grafana", "uptime_kuma", "updown_io"]
SYSTEMS: tuple[MonitoringSystem, ...] = get_args(MonitoringSystem)

_READERS: Mapping[MonitoringSystem, Callable[[bytes], tuple[ReportedOutage, ...]]] = {
    "alertmanager": alertmanager.outages,
    "grafana": alertmanager.outages,
    "uptime_kuma": uptime_kuma.outages,
    "updown_io": updown.outages,
}


def read_payload(system: MonitoringSystem, payload: bytes) -> tuple[ReportedOutage, ...]:
    """The outages that a message tells of, in its order; none for a test message or other news.

    The same payload always gives the same answer (C17). Raises `UnreadablePayload` for what is not JSON, has not the
    system's form, or contradicts itself.
    """
    try:
        return _READERS[system](payload)
    except msgspec.DecodeError as error:  # a ValidationError is one too, and ends with the path
        raise UnreadablePayload(str(error)) from error
