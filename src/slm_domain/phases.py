"""The four phases of service level management, and the phase each event belongs to (G5, T1)."""

from enum import StrEnum
from typing import Any

from slm_domain import clock_events, contract, exemptions, incident_events, review, service_level, unmeasured_events
from slm_domain.aggregate import Event
from slm_domain.sla import Words


class Phase(StrEnum):
    """The phases of the cycle, in their order."""

    PLAN = "plan"
    ANALYSE = "analyse"
    AGREE = "agree"
    OPERATE = "operate"


PHASE_NAMES: dict[Phase, Words] = {
    Phase.PLAN: Words(ja="計画・準備", en="Plan and prepare"),
    Phase.ANALYSE: Words(ja="分析・改善", en="Analyse and improve"),
    Phase.AGREE: Words(ja="管理・締結", en="Manage and agree"),
    Phase.OPERATE: Words(ja="運用・測定", en="Operate and measure"),
}

_PLANNING = (contract.ContractDrafted, contract.ClosedDaysFixed)
_ANALYSING = (
    review.ReviewOpened,
    review.ImprovementPlanned,
    review.ImprovementCompleted,
    review.ReviewClosed,
    service_level.LevelRevisionProposed,
)
_AGREEING = (
    contract.SlaProposed,
    contract.SlaSigned,
    contract.SlaAgreed,
    service_level.LevelDefined,
    service_level.LevelRevised,
    service_level.LevelRetired,
)
_OPERATING: tuple[type[Event[Any]], ...] = (
    contract.PlannedStopAnnounced,
    unmeasured_events.UnmeasuredTimeStated,
    unmeasured_events.UnmeasuredTimeWithdrawn,
    contract.MonthUnderReview,
    service_level.MeasurementRecorded,
    service_level.MeasurementCorrected,
    exemptions.ExemptionClaimed,
    exemptions.ExemptionAccepted,
    exemptions.ExemptionRejected,
    review.MonthlyReportHandedIn,
    review.InspectionPassed,
    review.InspectionFailed,
    *(
        kind
        for kind in (*vars(incident_events).values(), *vars(clock_events).values())
        if isinstance(kind, type) and issubclass(kind, Event) and hasattr(kind, "NAME")
    ),
)

PHASES: dict[type[Event[Any]], Phase] = {
    **dict.fromkeys(_PLANNING, Phase.PLAN),
    **dict.fromkeys(_ANALYSING, Phase.ANALYSE),
    **dict.fromkeys(_AGREEING, Phase.AGREE),
    **dict.fromkeys(_OPERATING, Phase.OPERATE),
}
