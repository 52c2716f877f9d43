"""The API's addresses, by subject, and the shapes of their answers."""

from projections.answers.availability import AvailabilityAnswer
from projections.answers.contracts import ContractsAnswer
from projections.answers.explanation import ExplanationAnswer
from projections.answers.history import HistoryAnswer
from projections.answers.ledger import LedgerAnswer
from projections.answers.recovery import RecoveryAnswer
from projections.answers.replay import ReplayAnswer
from projections.answers.reports import ReportAnswer, YearAnswer
from projections.answers.roll_up import RollUpAnswer
from projections.answers.verification import VerificationAnswer
from slm_api.catalogue_told import CatalogueAnswer, CatalogueItem
from slm_api.commanding import Answer
from slm_api.routes import (
    availability,
    catalogue,
    commands,
    contracts,
    explanations,
    health,
    history,
    ledger,
    metrics,
    recovery,
    replay,
    reports,
    roll_ups,
    status,
    verification,
)
from slm_api.routes.health import Live, Ready
from slm_api.standing import Status

HANDLERS = (
    *commands.HANDLERS,
    *contracts.HANDLERS,
    *catalogue.HANDLERS,
    *ledger.HANDLERS,
    *availability.HANDLERS,
    *reports.HANDLERS,
    *explanations.HANDLERS,
    *history.HANDLERS,
    *replay.HANDLERS,
    *recovery.HANDLERS,
    *roll_ups.HANDLERS,
    *verification.HANDLERS,
    *status.HANDLERS,
    *health.HANDLERS,
    *metrics.HANDLERS,
)

ANSWERS = (
    Answer,
    ContractsAnswer,
    CatalogueAnswer,
    CatalogueItem,
    LedgerAnswer,
    AvailabilityAnswer,
    ReportAnswer,
    YearAnswer,
    ExplanationAnswer,
    HistoryAnswer,
    ReplayAnswer,
    RecoveryAnswer,
    RollUpAnswer,
    VerificationAnswer,
    Status,
    Live,
    Ready,
)
