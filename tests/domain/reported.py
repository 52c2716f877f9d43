"""An incident as it was reported, with an outage that began and one that ended, for the rules of an incident."""

from datetime import datetime
from uuid import UUID

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import (
    EndOutage,
    ProposeSettlement,
    ProposeVoid,
    ReportIncident,
    SettleTimes,
    StartOutage,
    VoidIncident,
)
from tests.domain.agreement import AGREED, NOW, jst, municipality, provider

START, END = jst(6, 10, 16, 30), jst(6, 11, 9, 30)
CAUSE = UUID("00000000-0000-4000-8000-000000000001")

REPORT = provider(
    ReportIncident,
    incident="I-1",
    level="B",
    systems=("payroll", "library"),
    organisations=("town", "village"),
    occurred_at=jst(6, 10, 16, 35),
)
STARTED = provider(StartOutage, incident="I-1", started_at=START)
ENDED = provider(EndOutage, incident="I-1", ended_at=END)
REPORTED: list[Command] = [*AGREED, REPORT]
OPEN: list[Command] = [*REPORTED, STARTED]
OVER: list[Command] = [*OPEN, ENDED]

SETTLEMENT = municipality(
    ProposeSettlement, incident="I-1", started_at=START, ended_at=jst(6, 11, 9, 45), remark="in between"
)
SETTLE = provider(SettleTimes, incident="I-1")
PROPOSE_VOID = provider(ProposeVoid, incident="I-1", reason="a false alarm")
VOID = municipality(VoidIncident, incident="I-1")


def note(text: str, at: datetime = NOW) -> NoteWritten:
    return NoteWritten(occurred_at=at, text=text)
