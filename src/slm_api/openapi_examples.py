"""Examples for the documentation: commands as the example year sends them, and values for the parameters."""

from functools import cache
from typing import Any

import msgspec

from slm_api.demonstration import RECOVERY, YEAR, example
from slm_domain.commands.intake import COMMANDS

PARAMETERS: dict[str, Any] = {
    "code": "shimanto-town-2025",
    "month": "2025-04",
    "fiscal_year": 2025,
    "level": "fault-notification",
    "figure": "availability",
    "correlation": "d8486e4a-a28d-5dcc-8638-7689e2d2822a",
    "name": "g4/39-abandoned@basic",
    "day": "2025-04-10",
    "by": "quarter",
    "from": "2025-04-01",
    "to": "2026-03-31",
    "last": "30d",
    "at": "2025-06-30",
    "as_of": "2025-05-12",
    "wait_for": 150,
    "Idempotency-Key": "notified-2025-04-10",
}

_PROVIDER = {
    "contract": "shimanto-town-2025",
    "by": {"person": "P-01", "side": "provider", "organisation": "kakuu-systems"},
}
_MUNICIPALITY = {
    "contract": "shimanto-town-2025",
    "by": {"person": "M-01", "side": "municipality", "organisation": "shimanto-town"},
}
_CALL = {"incident": "2025-04-10-1", "call": "call-1"}
_EXEMPTION = {"level": "fault-notification", "exemption": "2025-04-10-1"}
# What the example year does not do
BESIDES: tuple[dict[str, Any], ...] = (
    _MUNICIPALITY
    | {
        "type": "RetireLevel",
        "level": "yearly-calendar",
        "effective_from": "2026-04-01",
        "reason": "The calendar is kept in the job schedule from April on.",
    },
    _PROVIDER | _CALL | {"type": "Dispatch", "occurred_at": "2025-04-10T16:40:00+09:00"},
    _PROVIDER | _CALL | {"type": "PauseClock", "reason": "The key to the room has to be fetched."},
    _PROVIDER | _CALL | {"type": "ResumeClock"},
    _PROVIDER
    | _CALL
    | {
        "type": "CorrectMoment",
        "corrects": "arrived",
        "corrected_to": "2025-04-10T17:05:00+09:00",
        "reason": "Read off the visitors' book.",
    },
    _PROVIDER | {"type": "ReopenOutage", "incident": "2025-04-10-1", "reason": "It stopped again at once."},
    _PROVIDER | {"type": "ReportAtMeeting", "incident": "2025-04-10-1"},
    _PROVIDER
    | {
        "type": "StateUnmeasuredTime",
        "unmeasured": "2025-04-16-1",
        "starts_at": "2025-04-16T10:00:00+09:00",
        "ends_at": "2025-04-16T10:20:00+09:00",
        "reason": "The probe was being replaced.",
    },
    _PROVIDER
    | {"type": "WithdrawUnmeasuredTime", "unmeasured": "2025-04-16-1", "reason": "The second probe measured it."},
    _PROVIDER | _EXEMPTION | {"type": "ClaimExemption", "subject": "2025-04-10-1", "ground": "force-majeure"},
    _MUNICIPALITY | _EXEMPTION | {"type": "AcceptExemption"},
    _MUNICIPALITY | _EXEMPTION | {"type": "RejectExemption", "reason": "The road was open."},
)


@cache
def commands() -> dict[str, dict[str, Any]]:
    """A command of every type by its name, each with its key and time as the example year gives them."""
    found: dict[str, Any] = {str(command["type"]): command for command in BESIDES}
    for name in (YEAR, RECOVERY):
        for line in example(name).read_bytes().splitlines():
            if line.strip() and not line.startswith(b"#"):
                command = msgspec.json.decode(line)
                found.setdefault(command["type"], command)
    return {
        name: {"summary": (kind.__doc__ or "").strip().splitlines()[0], "value": found[name]}
        for name, kind in COMMANDS.items()
        if name in found
    }


def with_example(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter with a value to try."""
    found = PARAMETERS.get(parameter["name"])
    return parameter if found is None else parameter | {"example": found}
