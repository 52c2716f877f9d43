"""What was measured against each service level? The quality monitoring ledger (品質モニタリング台帳, G6).

The items (a notice, an arrival, a measurement …, with their due times) stand together as they are asked for and change:
those of an incident in one row, a month's measurements of a level a few to a row, as they come. Besides, a row for each
version of a level, and one for each exemption claimed. Whether an item is pending or missed depends on `until` and is
judged when asked.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from projections.projection import Placed, Row
from projections.register_fold import REGISTER, Books
from slm_domain.facts import ExemptionFact
from slm_domain.items import Item
from slm_domain.posting import POSTED
from slm_domain.register import Register
from slm_domain.sla import Level
from slm_domain.touched import Touched

LEVELS = "levels"
BLOCK = 6  # measurements of a row: each of them writes it anew, and more than 2 kB are compressed each time


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


class LedgerItems(Row, frozen=True):
    """The items that an incident brings to all levels, or some of a month's measurements to one level.

    `origin` says which of the two, `subject` is the incident or the level; `month` is empty for an incident, and
    `block` 0. An item names the month it belongs to itself.
    """

    TABLE: ClassVar[str] = "items"
    KEY: ClassVar[tuple[str, ...]] = ("origin", "subject", "month", "block")

    origin: Literal["incident", "measurement"]
    subject: str
    month: str
    block: int
    items: tuple[Item, ...]


class LedgerState:
    """Which sheets exist: an entry that moves due times touches all of a level."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.of_sheet: dict[str, dict[str, None]] = {}  # measurement sheet -> measurements on it, in their order
        self.sheet_of: dict[tuple[str, str], str] = {}
        self.placed: dict[tuple[str, str], int] = {}  # level and month -> measurements that ever had a place in it


class QualityLedger:
    """The read model."""

    name = "quality_ledger"
    version = 7
    tables: tuple[type[Row], ...] = (LevelRow, ExemptionRow, LedgerItems)
    handles = POSTED
    shared = REGISTER

    def begin(self, _journal_id: UUID, books: Books) -> LedgerState:
        """An empty ledger."""
        return LedgerState(books)

    def fold(self, state: LedgerState, _entry: Placed, touched: Touched | None) -> Iterable[str]:
        """Name the sheets whose items the entry brings, moves or judges anew."""
        if touched is None:
            return ()
        if touched.incident is not None:
            return (_incident_sheet(touched.incident),)
        if touched.measurement is not None:
            return self._measured(state, touched.level or "", touched.measurement)
        if touched.level is not None:
            return (LEVELS, *self._of_level(state, touched.level))
        return self._everything(state) if touched.other_days or touched.agreement else ()

    def rows(self, state: LedgerState, sheet: str) -> Iterable[Row]:
        """The rows of the levels, of an incident, or of a level's measurements of a month."""
        register, items = state.books.register, state.books.items
        kind, _, rest = sheet.partition("/")
        if sheet == LEVELS:
            yield from self._levels(register)
        elif kind == "incident":
            found = items.of_incident(register.incidents[rest])
            if found:
                yield LedgerItems(origin="incident", subject=rest, month="", block=0, items=found)
        else:
            level, month, block = rest.rsplit("/", 2)
            found = items.of_measurements(level, state.of_sheet[sheet])
            if found:
                yield LedgerItems(origin="measurement", subject=level, month=month, block=int(block), items=found)

    def _levels(self, register: Register) -> Iterable[Row]:
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

    def _measured(self, state: LedgerState, level: str, measurement: str) -> tuple[str, ...]:
        """A measurement belongs to a sheet of its month; a correction may move it to another month."""
        key = level, measurement
        month = state.books.items.month_of(level, measurement)
        known = state.sheet_of.get(key)
        if known is not None and known.rsplit("/", 2)[1] == month:
            return (known,)
        place = state.placed.get((level, month), 0)
        state.placed[level, month] = place + 1
        sheet = state.sheet_of[key] = f"measured/{level}/{month}/{place // BLOCK}"
        state.of_sheet.setdefault(sheet, {})[measurement] = None
        if known is None:
            return (sheet,)
        del state.of_sheet[known][measurement]
        return (known, sheet)

    def _of_level(self, state: LedgerState, level: str) -> list[str]:
        """Its definition and exemptions decide due times and what counts; incidents bring items to any level."""
        begins = f"measured/{level}/"
        return [*self._incidents(state), *(sheet for sheet in state.of_sheet if sheet.startswith(begins))]

    def _everything(self, state: LedgerState) -> list[str]:
        """Hours and closed days decide due times: with them every item is judged anew."""
        return [*self._incidents(state), *state.of_sheet]

    def _incidents(self, state: LedgerState) -> list[str]:
        return [_incident_sheet(code) for code in state.books.register.incidents]


def _incident_sheet(incident: str) -> str:
    return f"incident/{incident}"
