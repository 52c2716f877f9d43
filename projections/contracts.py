"""Which contracts are there? One row per contract, for finding it by its code, its parties or its state."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from projections.projection import Placed, Row
from slm_domain.contract import ContractDrafted, SlaAgreed, SlaProposed
from slm_domain.sla import Party, Words, read_sla

SHEET = "contract"


class ContractRow(Row, frozen=True):
    """A contract: its code and title, who stands on each side, and the SLA agreed last."""

    TABLE: ClassVar[str] = "contract"
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: str
    title: Words
    time_zone: str
    municipality: Party
    provider: Party
    drafted_at: datetime
    sla_number: int | None
    effective_from: date | None
    term_from: date | None
    term_to: date | None
    levels: int
    notice_months_municipality: int | None = None
    notice_months_provider: int | None = None


class ContractState:
    """The row so far, and the documents that wait for agreement."""

    def __init__(self) -> None:
        self.row: ContractRow | None = None
        self.proposed: dict[int, SlaProposed] = {}


class Contracts:
    """The read model."""

    name = "contracts"
    version = 3
    tables: tuple[type[Row], ...] = (ContractRow,)
    handles = frozenset({ContractDrafted.NAME, SlaProposed.NAME, SlaAgreed.NAME})

    def begin(self, _journal_id: UUID) -> ContractState:
        """Not drafted."""
        return ContractState()

    def fold(self, state: ContractState, entry: Placed) -> Iterable[str]:
        """Take the draft, or the SLA agreed."""
        match entry.event:
            case ContractDrafted() as drafted:
                state.row = ContractRow(
                    code=drafted.code,
                    title=drafted.title,
                    time_zone=drafted.time_zone,
                    municipality=drafted.municipality,
                    provider=drafted.provider,
                    drafted_at=drafted.occurred_at,
                    sla_number=None,
                    effective_from=None,
                    term_from=None,
                    term_to=None,
                    levels=0,
                )
            case SlaProposed() as proposed:
                state.proposed[proposed.number] = proposed
                return ()
            case SlaAgreed() as agreed if state.row is not None:
                sla = read_sla(state.proposed[agreed.number].document.encode())
                state.row = replace(
                    state.row,
                    sla_number=agreed.number,
                    effective_from=agreed.effective_from,
                    term_from=sla.term_from,
                    term_to=sla.term_to,
                    levels=len(sla.levels),
                    notice_months_municipality=sla.terms.notice_months_municipality,
                    notice_months_provider=sla.terms.notice_months_provider,
                )
            case _:
                return ()
        return (SHEET,)

    def rows(self, state: ContractState, _sheet: str) -> Iterable[Row]:
        """The contract's one row."""
        return () if state.row is None else (state.row,)
