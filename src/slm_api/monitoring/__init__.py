"""What monitoring systems send, read as outages with instants and stable keys (C17)."""

from slm_api.monitoring.payloads import SYSTEMS, MonitoringSystem, read_payload
from slm_api.monitoring.reported import ReportedOutage, UnreadablePayload

__all__ = ["SYSTEMS", "MonitoringSystem", "ReportedOutage", "UnreadablePayload", "read_payload"]
