"""One story, told from the draft to the next agreement: every command once, and with them every event.

`python -m tests.domain.story` writes it down as a recorded history, for a time when new events have come.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec.structs import replace

from slm_domain.commands.contract import AnnouncePlannedStop, FixClosedDays, ProposeSla, SignSla
from slm_domain.commands.corrections import CorrectMoment
from slm_domain.commands.envelope import Command
from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption, RejectExemption
from slm_domain.commands.incident import (
    AcceptExclusion,
    ClaimExclusion,
    ContestTimes,
    CorrectTimes,
    EndOutage,
    ProposeSettlement,
    ProposeVoid,
    Reclassify,
    RejectExclusion,
    ReopenOutage,
    ReportIncident,
    RestorePartly,
    SettleTimes,
    StartOutage,
    VoidIncident,
)
from slm_domain.commands.pauses import PauseClock, ResumeClock
from slm_domain.commands.response import (
    Arrive,
    Contact,
    Dispatch,
    HandInIncidentReport,
    NeedPart,
    Notify,
    Recover,
    ReportAtMeeting,
    ReportProgress,
    ReportTriage,
    RestoreEquipment,
    StartWork,
    TellDelay,
    TellEquipmentStop,
    Triage,
)
from slm_domain.commands.review import (
    CloseReview,
    CompleteImprovement,
    FailInspection,
    HandInMonthlyReport,
    OpenReview,
    PassInspection,
    PlanImprovement,
)
from slm_domain.commands.service_level import (
    ApproveRevision,
    CorrectMeasurement,
    ProposeRevision,
    RecordMeasurement,
    RetireLevel,
)
from slm_domain.commands.unmeasured import StateUnmeasuredTime, WithdrawUnmeasuredTime
from slm_domain.sla import Bound
from tests.domain.agreement import (
    AGREED,
    CODE,
    LEVELS,
    REGISTER,
    SLA,
    document,
    jst,
    municipality,
    provider,
)
from tests.domain.scenario import Entry, KeptJournal

HISTORIES = Path(__file__).parents[1] / "histories"
FREE_TEXT = "call Hanako on 0880-00-0000"  # free text, as people write it

STRICTER_REGISTER = replace(REGISTER, guaranteed=Bound(amount=Decimal(2), unit="days"))
SECOND_SLA = replace(SLA, levels=tuple(level for level in LEVELS if level.key != "drill"))
FIRST, SECOND = "2025-04-10-1", "2025-04-22-1"

THE_YEAR_IS_PREPARED: list[Command] = [
    municipality(FixClosedDays, fiscal_year=2025, closed=(date(2025, 4, 29), date(2026, 1, 1)), reason=FREE_TEXT),
    provider(
        AnnouncePlannedStop,
        planned_stop="patches",
        ground="maintenance",
        starts_at=jst(4, 10, 16),
        ends_at=jst(4, 10, 20),
        systems=("payroll",),
        organisations=("town",),
        purpose=FREE_TEXT,
        occurred_at=jst(4, 1),
    ),
    provider(
        StateUnmeasuredTime,
        unmeasured="gap-1",
        starts_at=jst(4, 2, 9),
        ends_at=jst(4, 2, 12),
        systems=("payroll",),
        reason=FREE_TEXT,
        occurred_at=jst(4, 3),
    ),
    provider(WithdrawUnmeasuredTime, unmeasured="gap-1", reason=FREE_TEXT, occurred_at=jst(4, 4)),
]

AN_OUTAGE: list[Command] = [
    municipality(
        ReportIncident,
        incident=FIRST,
        level="B",
        systems=("payroll", "library"),
        organisations=("town", "village"),
        phenomenon=FREE_TEXT,
        correlation=UUID("00000000-0000-4000-8000-000000000001"),
        occurred_at=jst(4, 10, 16, 35),
    ),
    municipality(StartOutage, incident=FIRST, started_at=jst(4, 10, 16, 30)),
    provider(Notify, incident=FIRST, means="telephone", occurred_at=jst(4, 10, 16, 50)),
    provider(Triage, incident=FIRST, occurred_at=jst(4, 10, 17)),
    provider(ReportTriage, incident=FIRST, occurred_at=jst(4, 10, 17, 10)),
    provider(Reclassify, incident=FIRST, level="A", reason=FREE_TEXT, occurred_at=jst(4, 10, 17, 12)),
    municipality(
        Contact, incident=FIRST, call="call-1", site="town-hall", work="hardware", occurred_at=jst(4, 10, 17, 15)
    ),
    provider(
        TellDelay, incident=FIRST, call="call-1", ground="disaster", reason=FREE_TEXT, occurred_at=jst(4, 10, 17, 20)
    ),
    provider(Dispatch, incident=FIRST, call="call-1", occurred_at=jst(4, 10, 17, 25)),
    provider(PauseClock, incident=FIRST, call="call-1", reason=FREE_TEXT, occurred_at=jst(4, 10, 17, 30)),
    provider(ResumeClock, incident=FIRST, call="call-1", reason=FREE_TEXT, occurred_at=jst(4, 10, 18)),
    provider(Arrive, incident=FIRST, call="call-1", occurred_at=jst(4, 10, 19)),
    provider(StartWork, incident=FIRST, call="call-1", occurred_at=jst(4, 10, 19, 5)),
    provider(
        CorrectMoment,
        incident=FIRST,
        corrects="arrived",
        call="call-1",
        corrected_to=jst(4, 10, 18, 58),
        reason=FREE_TEXT,
    ),
    provider(NeedPart, incident=FIRST, part="disk", ready=True, occurred_at=jst(4, 10, 19, 30)),
    provider(ReportProgress, incident=FIRST, report=FREE_TEXT, expected_end=jst(4, 11, 12), occurred_at=jst(4, 10, 20)),
    provider(
        RestorePartly,
        incident=FIRST,
        systems=("library",),
        provisional=True,
        remark=FREE_TEXT,
        occurred_at=jst(4, 11, 8),
    ),
    provider(EndOutage, incident=FIRST, ended_at=jst(4, 10, 21)),
    provider(ReopenOutage, incident=FIRST, reason=FREE_TEXT),
    provider(EndOutage, incident=FIRST, ended_at=jst(4, 11, 9, 20)),
    municipality(ContestTimes, incident=FIRST, ended_at=jst(4, 11, 9, 40), reason=FREE_TEXT),
    provider(CorrectTimes, incident=FIRST, ended_at=jst(4, 11, 9, 25), reason=FREE_TEXT),
    municipality(
        ProposeSettlement,
        incident=FIRST,
        started_at=jst(4, 10, 16, 30),
        ended_at=jst(4, 11, 9, 30),
        remark=FREE_TEXT,
    ),
    provider(SettleTimes, incident=FIRST, started_at=jst(4, 10, 16, 30), ended_at=jst(4, 11, 9, 30)),
    provider(
        ClaimExclusion,
        incident=FIRST,
        exclusion="ex-1",
        ground="maintenance",
        starts_at=jst(4, 10, 16, 30),
        ends_at=jst(4, 10, 17),
        planned_stop="patches",
        reason=FREE_TEXT,
    ),
    municipality(RejectExclusion, incident=FIRST, exclusion="ex-1", reason=FREE_TEXT),
    provider(ClaimExclusion, incident=FIRST, exclusion="ex-2", ground="maintenance"),
    municipality(AcceptExclusion, incident=FIRST, exclusion="ex-2"),
    provider(HandInIncidentReport, incident=FIRST, summary=FREE_TEXT, occurred_at=jst(4, 12)),
    provider(ReportAtMeeting, incident=FIRST, occurred_at=jst(4, 18)),
]

EQUIPMENT_AND_A_VOID: list[Command] = [
    provider(
        ReportIncident, incident=SECOND, level="C", systems=("server",), organisations=("town",), occurred_at=jst(4, 22)
    ),
    municipality(TellEquipmentStop, incident=SECOND, equipment="server", occurred_at=jst(4, 22)),
    provider(RestoreEquipment, incident=SECOND, equipment="server", occurred_at=jst(4, 22, 15)),
    provider(Recover, incident=SECOND),
    provider(ProposeVoid, incident=SECOND, reason=FREE_TEXT),
    municipality(VoidIncident, incident=SECOND),
]

MEASUREMENTS: list[Command] = [
    provider(
        RecordMeasurement,
        level="register",
        measurement="r-1",
        start=jst(4, 15),
        end=jst(4, 19),
        succeeded=False,
        remark=FREE_TEXT,
    ),
    provider(
        CorrectMeasurement, level="register", measurement="r-1", start=jst(4, 15), end=jst(4, 18), reason=FREE_TEXT
    ),
    provider(RecordMeasurement, level="drill", measurement="d-1", met=True, occurred_at=jst(4, 16)),
    provider(ClaimExemption, level="register", exemption="e-1", subject="r-1", ground="disaster", reason=FREE_TEXT),
    municipality(AcceptExemption, level="register", exemption="e-1"),
    provider(ClaimExemption, level="backup", exemption="e-2", subject="2025-04-16", ground="maintenance"),
    municipality(RejectExemption, level="backup", exemption="e-2", reason=FREE_TEXT),
]

THE_MONTH_IS_ACCEPTED: list[Command] = [
    provider(OpenReview, review="2025-04", kind="monthly", month="2025-04", reason=FREE_TEXT),
    provider(HandInMonthlyReport, review="2025-04", occurred_at=jst(5, 9)),
    municipality(FailInspection, review="2025-04", reason=FREE_TEXT, occurred_at=jst(5, 9, 10)),
    provider(HandInMonthlyReport, review="2025-04", occurred_at=jst(5, 9, 11)),
    municipality(PassInspection, review="2025-04", occurred_at=jst(5, 9, 12)),
]

THE_LEVELS_ARE_REVIEWED: list[Command] = [
    municipality(
        OpenReview,
        review="re-1",
        kind="extraordinary",
        level="register",
        because_of_month="2025-04",
        fiscal_year=2025,
        reason=FREE_TEXT,
    ),
    provider(
        PlanImprovement,
        review="re-1",
        improvement="im-1",
        level="register",
        due=date(2025, 6, 30),
        measure=FREE_TEXT,
        because_of_month="2025-04",
    ),
    provider(CompleteImprovement, review="re-1", improvement="im-1", result=FREE_TEXT),
    municipality(
        ProposeRevision,
        level="register",
        revision="rev-1",
        definition=STRICTER_REGISTER,
        effective_from=date(2025, 7, 15),
        review="re-1",
        reason=FREE_TEXT,
    ),
    provider(ApproveRevision, level="register", revision="rev-1"),
    municipality(CloseReview, review="re-1", outcome="continue", conclusion=FREE_TEXT),
    municipality(RetireLevel, level="jobs", effective_from=date(2025, 8, 1), reason=FREE_TEXT),
    municipality(ProposeSla, document=document(SECOND_SLA), effective_from=date(2025, 10, 1)),
    municipality(SignSla, number=2),
    provider(SignSla, number=2),
]

STORY: list[Command] = [
    *AGREED,
    *THE_YEAR_IS_PREPARED,
    *AN_OUTAGE,
    *EQUIPMENT_AND_A_VOID,
    *MEASUREMENTS,
    *THE_MONTH_IS_ACCEPTED,
    *THE_LEVELS_ARE_REVIEWED,
]


def told() -> KeptJournal:
    """The journal that the story leaves."""
    journal = KeptJournal(CODE)
    for command in STORY:
        journal.send(command)
    return journal


def line(entry: Entry) -> bytes:
    """An entry as a line of a recorded history: its aggregate, version, name and payload, byte for byte."""
    payload = None if entry.payload is None else entry.payload.decode()
    value = {"originator": entry.originator, "version": entry.version, "name": entry.name, "payload": payload}
    return msgspec.json.encode(value)


if __name__ == "__main__":
    written = HISTORIES / f"{len(list(HISTORIES.glob('*.jsonl'))) + 1:04}.jsonl"
    written.write_bytes(b"".join(line(entry) + b"\n" for entry in told().entries))
