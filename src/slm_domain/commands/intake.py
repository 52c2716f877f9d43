"""All commands, by name, and how they are read."""

from typing import get_args

import msgspec

from slm_domain.commands.contract import AnnouncePlannedStop, DraftContract, FixClosedDays, ProposeSla, SignSla
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

AnyCommand = (
    DraftContract
    | ProposeSla
    | SignSla
    | FixClosedDays
    | AnnouncePlannedStop
    | StateUnmeasuredTime
    | WithdrawUnmeasuredTime
    | RecordMeasurement
    | CorrectMeasurement
    | ProposeRevision
    | ApproveRevision
    | RetireLevel
    | ClaimExemption
    | AcceptExemption
    | RejectExemption
    | ReportIncident
    | StartOutage
    | EndOutage
    | ReopenOutage
    | Reclassify
    | RestorePartly
    | ContestTimes
    | CorrectTimes
    | ProposeSettlement
    | SettleTimes
    | ProposeVoid
    | VoidIncident
    | ClaimExclusion
    | AcceptExclusion
    | RejectExclusion
    | Notify
    | Triage
    | ReportTriage
    | Contact
    | TellDelay
    | Dispatch
    | Arrive
    | StartWork
    | NeedPart
    | TellEquipmentStop
    | RestoreEquipment
    | ReportProgress
    | Recover
    | CorrectMoment
    | PauseClock
    | ResumeClock
    | ReportAtMeeting
    | HandInIncidentReport
    | OpenReview
    | HandInMonthlyReport
    | PassInspection
    | FailInspection
    | PlanImprovement
    | CompleteImprovement
    | CloseReview
)

COMMANDS: dict[str, type[Command]] = {kind.__name__: kind for kind in get_args(AnyCommand)}

_decoder: msgspec.json.Decoder[Command] = msgspec.json.Decoder(AnyCommand)
_encoder = msgspec.json.Encoder(order="sorted")


def read_command(text: bytes) -> Command:
    """A command from its JSON. Raises `msgspec.ValidationError` (with the path) or `msgspec.DecodeError`."""
    return _decoder.decode(text)


def canonical(command: Command) -> bytes:
    """The command as JSON with sorted keys: what its digest is taken over."""
    return _encoder.encode(command)
