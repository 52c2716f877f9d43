"""How an entry changes the register: one small function per event, found by the event's class.

Those of incidents stand in `incident_posting`.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from msgspec.structs import replace

from slm_domain.aggregate import Erased, Event
from slm_domain.contract import ClosedDaysFixed, PlannedStopAnnounced, SlaAgreed, SlaProposed
from slm_domain.exemptions import ExemptionAccepted, ExemptionClaimed, ExemptionRejected
from slm_domain.facts import (
    ExemptionFact,
    FixedYear,
    LevelVersion,
    Measured,
    PlannedStop,
    SlaVersion,
    UnmeasuredTime,
)
from slm_domain.incident_posting import IncidentPosting
from slm_domain.service_level import (
    LevelDefined,
    LevelRetired,
    LevelRevised,
    MeasurementCorrected,
    MeasurementRecorded,
)
from slm_domain.sla import read_sla
from slm_domain.touched import Touched
from slm_domain.unmeasured_events import UnmeasuredTimeStated, UnmeasuredTimeWithdrawn


class Posting(IncidentPosting):
    """A register being filled, entry by entry. It remembers which originator stands for which incident or level."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: dict[object, str] = {}  # originator id -> level key
        self._proposed: dict[int, SlaProposed] = {}

    def post(self, originator: object, position: int, event: Event[Any] | Erased) -> Touched | None:
        """Take an entry; None when no figure depends on it."""
        handler = self.HANDLERS.get(type(event))  # type: ignore[arg-type]  # Erased has no handler
        return None if handler is None else handler(self, originator, position, event)

    def level_of(self, originator: object) -> str | None:
        """The key of the service level that an originator is, if it is one."""
        return self._levels.get(originator)

    # The contract

    def _sla_proposed(self, _originator: object, _position: int, event: SlaProposed) -> None:
        self._proposed[event.number] = event

    def _sla_agreed(self, _originator: object, position: int, event: SlaAgreed) -> Touched:
        proposed = self._proposed[event.number]
        self.register.slas.append(
            SlaVersion(
                number=event.number,
                effective_from=event.effective_from,
                sla=read_sla(proposed.document.encode()),
                digest=proposed.digest,
                position=position,
            )
        )
        return Touched(agreement=True)

    def _closed_days_fixed(self, _originator: object, position: int, event: ClosedDaysFixed) -> Touched:
        before = self.register.closed_days_of(event.fiscal_year)
        self.register.fix_year(FixedYear(fiscal_year=event.fiscal_year, closed=event.closed, position=position))
        return Touched(fiscal_year=event.fiscal_year, other_days=before != frozenset(event.closed))

    def _planned_stop_announced(self, _originator: object, position: int, event: PlannedStopAnnounced) -> Touched:
        self.register.planned_stops[event.planned_stop] = PlannedStop(
            planned_stop=event.planned_stop,
            ground=event.ground,
            told_at=event.occurred_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            systems=event.systems,
            organisations=event.organisations,
            position=position,
            unreachable=event.unreachable,
        )
        return Touched(planned_stop=event.planned_stop)

    def _unmeasured_stated(self, _originator: object, position: int, event: UnmeasuredTimeStated) -> Touched:
        stated = UnmeasuredTime(
            unmeasured=event.unmeasured,
            side=event.stated_by,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            systems=event.systems,
            position=position,
        )
        self.register.unmeasured[event.unmeasured] = stated
        return Touched(unmeasured=event.unmeasured, unmeasured_time=stated)

    def _unmeasured_withdrawn(self, _originator: object, _position: int, event: UnmeasuredTimeWithdrawn) -> Touched:
        withdrawn = self.register.unmeasured.pop(event.unmeasured)
        return Touched(unmeasured=event.unmeasured, unmeasured_time=withdrawn)

    # Service levels

    def _level_defined(self, originator: object, position: int, event: LevelDefined) -> Touched:
        self._levels[originator] = event.key
        return self._add_version(
            LevelVersion(
                level=event.key,
                effective_from=event.effective_from,
                definition=event.definition,
                revision=None,
                review=None,
                position=position,
            )
        )

    def _level_revised(self, originator: object, position: int, event: LevelRevised) -> Touched:
        level = self._levels[originator]
        return self._add_version(
            LevelVersion(
                level=level,
                effective_from=event.effective_from,
                definition=event.definition,
                revision=event.revision,
                review=event.review,
                position=position,
            )
        )

    def _level_retired(self, originator: object, position: int, event: LevelRetired) -> Touched:
        level = self._levels[originator]
        return self._add_version(
            LevelVersion(
                level=level,
                effective_from=event.effective_from,
                definition=None,
                revision=None,
                review=None,
                position=position,
            )
        )

    def _add_version(self, version: LevelVersion) -> Touched:
        self.register.levels.setdefault(version.level, []).append(version)
        return Touched(level=version.level, version=version)

    def _measured(
        self, originator: object, position: int, event: MeasurementRecorded | MeasurementCorrected
    ) -> Touched:
        level = self._levels[originator]
        before = self.register.measured.get((level, event.measurement))
        self.register.measured[level, event.measurement] = Measured(
            level=level,
            measurement=event.measurement,
            at=event.occurred_at,
            start=event.start,
            end=event.end,
            met=event.met,
            succeeded=event.succeeded,
            part=event.part,
            whole=event.whole,
            grade=event.grade,
            extraordinary=event.extraordinary,
            organisation=event.organisation,
            system=event.system,
            positions=(position,) if before is None else (*before.positions, position),
        )
        return Touched(level=level, measurement=event.measurement, before=before)

    def _exemption_claimed(self, originator: object, position: int, event: ExemptionClaimed) -> Touched:
        level = self._levels[originator]
        claimed = ExemptionFact(
            exemption=event.exemption,
            level=level,
            subject=event.subject,
            ground=event.ground,
            claimed_by=event.claimed_by,
            status="claimed",
            positions=(position,),
        )
        self.register.exemptions[level, event.exemption] = claimed
        return Touched(level=level, exemption=claimed)

    def _exemption_decided(
        self, originator: object, position: int, event: ExemptionAccepted | ExemptionRejected
    ) -> Touched:
        level = self._levels[originator]
        claimed = self.register.exemptions[level, event.exemption]
        decided = replace(
            claimed,
            status="accepted" if isinstance(event, ExemptionAccepted) else "rejected",
            positions=(*claimed.positions, position),
        )
        self.register.exemptions[level, event.exemption] = decided
        return Touched(level=level, exemption=decided)

    HANDLERS: ClassVar[dict[type[Event[Any]], Callable[..., Touched | None]]] = {
        **IncidentPosting.HANDLERS,
        SlaProposed: _sla_proposed,
        SlaAgreed: _sla_agreed,
        ClosedDaysFixed: _closed_days_fixed,
        PlannedStopAnnounced: _planned_stop_announced,
        UnmeasuredTimeStated: _unmeasured_stated,
        UnmeasuredTimeWithdrawn: _unmeasured_withdrawn,
        LevelDefined: _level_defined,
        LevelRevised: _level_revised,
        LevelRetired: _level_retired,
        MeasurementRecorded: _measured,
        MeasurementCorrected: _measured,
        ExemptionClaimed: _exemption_claimed,
        ExemptionAccepted: _exemption_decided,
        ExemptionRejected: _exemption_decided,
    }


POSTED: frozenset[str] = frozenset(
    kind.NAME for kind in Posting.HANDLERS
)  # stored names of the entries figures depend on
