"""The read models there are, and how a stored entry becomes what they fold over."""

import msgspec

from projections.availability import Availability
from projections.contracts import Contracts
from projections.engine.folding import AnyProjection
from projections.monthly_report import MonthlyReport
from projections.pdca_history import PdcaHistory
from projections.projection import Placed
from projections.quality_ledger import QualityLedger
from slm_domain import codec
from slm_domain.metadata import Metadata
from slm_journal.entry import Entry
from slm_journal.instants import instant_of

CONTRACTS = Contracts()
AVAILABILITY = Availability()
QUALITY_LEDGER = QualityLedger()
MONTHLY_REPORT = MonthlyReport()
PDCA_HISTORY = PdcaHistory()

PROJECTIONS: tuple[AnyProjection, ...] = (CONTRACTS, AVAILABILITY, QUALITY_LEDGER, MONTHLY_REPORT, PDCA_HISTORY)

_METADATA = msgspec.json.Decoder(Metadata)
_NOBODY = Metadata(person="", side="", command="")


def placed(entry: Entry) -> Placed:
    """The decoded entry. Raises `UnknownEventError`, `msgspec.ValidationError`."""
    return Placed(
        entry.journal_id,
        entry.position,
        entry.originator_id,
        entry.originator_version,
        entry.name,
        instant_of(entry.recorded_at),
        codec.decode(entry.name, entry.payload),
        _NOBODY if entry.metadata is None else _METADATA.decode(entry.metadata),
    )
