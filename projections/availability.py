"""How available was the system, and what stopped it? The agreed SLAs, calendars and incidents of a contract.

The rows say when things stopped and what is said about it. Availability itself depends on `until` and is computed from
them when asked (slm_domain.availability).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from projections.projection import Placed, Row
from projections.register_fold import REGISTER, Books
from slm_domain.facts import IncidentFacts
from slm_domain.posting import POSTED
from slm_domain.sla import Side, Sla
from slm_domain.touched import Touched

AGREEMENT = "agreement"


class AgreedSla(Row, frozen=True):
    """An SLA both sides agreed on, and the day from which it is in force."""

    TABLE: ClassVar[str] = "agreed_sla"
    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: int
    effective_from: date
    digest: str
    position: int
    sla: Sla


class ClosedDays(Row, frozen=True):
    """The closed days of a fiscal year, as fixed last (C22)."""

    TABLE: ClassVar[str] = "closed_days"
    KEY: ClassVar[tuple[str, ...]] = ("fiscal_year",)

    fiscal_year: int
    closed: tuple[date, ...]
    position: int


class AnnouncedStop(Row, frozen=True):
    """A planned stop that was told, and of what (C21)."""

    TABLE: ClassVar[str] = "announced_stop"
    KEY: ClassVar[tuple[str, ...]] = ("planned_stop",)

    planned_stop: str
    ground: str
    told_at: datetime
    unreachable: bool
    starts_at: datetime
    ends_at: datetime
    systems: tuple[str, ...]
    organisations: tuple[str, ...]
    position: int


class Unmeasured(Row, frozen=True):
    """Time in which nobody measured, as a side states it (C2); withdrawn, the row is gone."""

    TABLE: ClassVar[str] = "unmeasured"
    KEY: ClassVar[tuple[str, ...]] = ("unmeasured",)

    unmeasured: str
    side: Side
    starts_at: datetime
    ends_at: datetime
    systems: tuple[str, ...]
    position: int


class IncidentRow(Row, frozen=True):
    """An incident with all that both sides say of it."""

    TABLE: ClassVar[str] = "incident"
    KEY: ClassVar[tuple[str, ...]] = ("incident",)

    incident: str
    fault_level: str
    correlation: UUID | None
    detected_at: datetime
    voided: bool
    systems: int
    facts: IncidentFacts


class Availability:
    """The read model."""

    name = "availability"
    version = 4
    tables: tuple[type[Row], ...] = (AgreedSla, ClosedDays, AnnouncedStop, Unmeasured, IncidentRow)
    handles = POSTED
    shared = REGISTER

    def begin(self, _journal_id: UUID, books: Books) -> Books:
        """Nothing is agreed, nothing has happened."""
        return books

    def fold(self, _state: Books, _entry: Placed, touched: Touched | None) -> Iterable[str]:
        """An entry touches the agreement or one incident."""
        if touched is None:
            return ()
        if touched.incident is not None:
            return (incident_sheet(touched.incident),)
        told = touched.planned_stop is not None or touched.unmeasured is not None
        rests = touched.agreement or touched.fiscal_year is not None or told
        return (AGREEMENT,) if rests else ()

    def rows(self, state: Books, sheet: str) -> Iterable[Row]:
        """The rows of the agreement, or of one incident."""
        register = state.register
        if sheet == AGREEMENT:
            for version in register.slas:
                yield AgreedSla(
                    number=version.number,
                    effective_from=version.effective_from,
                    digest=version.digest,
                    position=version.position,
                    sla=version.sla,
                )
            for year in register.years.values():
                yield ClosedDays(fiscal_year=year.fiscal_year, closed=year.closed, position=year.position)
            for stop in register.planned_stops.values():
                yield AnnouncedStop(
                    planned_stop=stop.planned_stop,
                    ground=stop.ground,
                    told_at=stop.told_at,
                    unreachable=stop.unreachable,
                    starts_at=stop.starts_at,
                    ends_at=stop.ends_at,
                    systems=stop.systems,
                    organisations=stop.organisations,
                    position=stop.position,
                )
            for gap in register.unmeasured.values():
                yield Unmeasured(
                    unmeasured=gap.unmeasured,
                    side=gap.side,
                    starts_at=gap.starts_at,
                    ends_at=gap.ends_at,
                    systems=gap.systems,
                    position=gap.position,
                )
        else:
            facts = register.incidents[sheet.removeprefix(incident_sheet(""))]
            yield IncidentRow(
                incident=facts.incident,
                fault_level=facts.level,
                correlation=facts.correlation,
                detected_at=facts.detected_at,
                voided=facts.voided,
                systems=len(facts.systems),
                facts=facts,
            )


def incident_sheet(incident: str) -> str:
    """The sheet of one incident."""
    return f"incident/{incident}"
