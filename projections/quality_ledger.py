"""What was measured against each service level? The quality monitoring ledger (品質モニタリング台帳, G6).

One row per item: a notice, an arrival, a measurement … with its due times, one per version of a level, and one per
exemption claimed. Whether an
item is pending or missed depends on `until` and is judged when asked.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from projections.projection import Placed, Row
from slm_domain.facts import ExemptionFact
from slm_domain.figures.local_time import local_date
from slm_domain.items import Item, items_of_incident, items_of_measurement
from slm_domain.posting import POSTED, Posting, Touched
from slm_domain.sla import Level

LEVELS = "levels"


class LevelRow(Row, frozen=True):
    """A version of a level, in force from a day on; without a definition it is retired from that day."""

    TABLE: ClassVar[str] = "level"
    KEY: ClassVar[tuple[str, ...]] = ("level", "position")

    level: str
    position: int
    effective_from: date
    definition: Level | None
    revision: str | None
    review: str | None


class ExemptionRow(Row, frozen=True):
    """A claim that a miss is exempt, and what became of it (C5)."""

    TABLE: ClassVar[str] = "exemption"
    KEY: ClassVar[tuple[str, ...]] = ("level", "exemption")

    level: str
    exemption: str
    subject: str
    fact: ExemptionFact


class LedgerItem(Row, frozen=True):
    """One item of the ledger. `origin` says whether an incident or a measurement brought it.

    `first_position` is that of the entry it began with: a part can be needed twice in one incident.
    """

    TABLE: ClassVar[str] = "item"
    KEY: ClassVar[tuple[str, ...]] = ("level", "month", "first_position")

    level: str
    month: str
    first_position: int
    origin: str
    subject: str
    day: date
    start: datetime | None
    end: datetime | None
    guaranteed_due: datetime | None
    target_due: datetime | None
    effective_from: date
    positions: tuple[int, ...]
    item: Item


class LedgerState:
    """The register, and which sheets exist: an entry that moves due times touches all from its day on."""

    def __init__(self) -> None:
        self.posting = Posting()
        self.of_month: dict[str, set[str]] = {}  # measurement sheet -> measurements on it


class QualityLedger:
    """The read model."""

    name = "quality_ledger"
    version = 4
    tables: tuple[type[Row], ...] = (LevelRow, ExemptionRow, LedgerItem)
    handles = POSTED

    def begin(self, _journal_id: UUID) -> LedgerState:
        """An empty ledger."""
        return LedgerState()

    def fold(self, state: LedgerState, entry: Placed) -> Iterable[str]:
        """Take the entry, and name the sheets whose items it brings, moves or judges anew."""
        touched = state.posting.post(entry.originator_id, entry.position, entry.event)
        if touched is None:
            return ()
        if touched.incident is not None:
            return (_incident_sheet(touched.incident),)
        if touched.measurement is not None:
            return self._measured(state, touched)
        if touched.level is not None:
            return (LEVELS, *self._everything(state))
        return self._everything(state) if touched.fiscal_year is not None or touched.agreement else ()

    def rows(self, state: LedgerState, sheet: str) -> Iterable[Row]:
        """The rows of the levels, of an incident, or of a level's measurements of a month."""
        register = state.posting.register
        kind, _, rest = sheet.partition("/")
        if sheet == LEVELS:
            for versions in register.levels.values():
                for version in versions:
                    yield LevelRow(
                        level=version.level,
                        position=version.position,
                        effective_from=version.effective_from,
                        definition=version.definition,
                        revision=version.revision,
                        review=version.review,
                    )
            for fact in register.exemptions.values():
                yield ExemptionRow(level=fact.level, exemption=fact.exemption, subject=fact.subject, fact=fact)
        elif kind == "incident":
            for item in items_of_incident(register, register.incidents[rest]):
                yield _row("incident", item)
        else:
            level = rest.partition("/")[0]
            for measurement in sorted(state.of_month.get(sheet, ())):
                for item in items_of_measurement(register, register.measured[level, measurement]):
                    yield _row("measurement", item)

    def _measured(self, state: LedgerState, touched: Touched) -> tuple[str, ...]:
        """A measurement belongs to the sheet of its month; a correction may move it to another."""
        register = state.posting.register
        level, measurement = touched.level or "", touched.measurement or ""
        measured = register.measured[level, measurement]
        day = local_date(measured.began, register.zone)
        sheet = f"measured/{level}/{register.month_of(day)}"
        left = [
            other
            for other, names in state.of_month.items()
            if other != sheet and len(measured.positions) > 1 and measurement in names and other.split("/")[1] == level
        ]
        for other in left:
            state.of_month[other].discard(measurement)
        state.of_month.setdefault(sheet, set()).add(measurement)
        return (*left, sheet)

    def _everything(self, state: LedgerState) -> list[str]:
        """Levels, hours and closed days decide due times: with them every item is judged anew."""
        return [*(_incident_sheet(code) for code in state.posting.register.incidents), *state.of_month]


def _incident_sheet(incident: str) -> str:
    return f"incident/{incident}"


def _row(origin: str, item: Item) -> LedgerItem:
    return LedgerItem(
        level=item.level,
        month=item.month,
        first_position=item.positions[0],
        origin=origin,
        subject=item.subject,
        day=item.day,
        start=item.start,
        end=item.end,
        guaranteed_due=item.guaranteed_due,
        target_due=item.target_due,
        effective_from=item.effective_from,
        positions=item.positions,
        item=item,
    )


def item_of(row: LedgerItem) -> Item:
    """The item as the domain judges it."""
    return row.item
