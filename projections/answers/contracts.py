"""The contracts of a database, and where their read models stand."""

from datetime import date
from uuid import UUID

import msgspec

from projections.answers.standpoint import Source
from projections.catalogue import CONTRACTS
from projections.contracts import ContractRow
from projections.engine import reader
from slm_domain.sla import Party, Words


class ContractAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A contract: its code, title and parties, the SLA in force, and how many entries its journal holds."""

    contract: str
    journal_id: UUID
    title: Words
    municipality: Party
    provider: Party
    sla_number: int | None
    effective_from: date | None
    term_from: date | None
    term_to: date | None
    levels: int
    position: int


class ContractsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All contracts, by code."""

    simulated: bool
    contracts: tuple[ContractAnswer, ...]


async def contracts(source: Source) -> ContractsAnswer:
    """All contracts drafted so far, by code."""
    async with reader(source.pool, (CONTRACTS,)) as snapshot:
        rows = await snapshot.rows_across(ContractRow, where={})
        positions = await snapshot.positions(CONTRACTS.name)
    found = [
        ContractAnswer(
            contract=row.code,
            journal_id=journal_id,
            title=row.title,
            municipality=row.municipality,
            provider=row.provider,
            sla_number=row.sla_number,
            effective_from=row.effective_from,
            term_from=row.term_from,
            term_to=row.term_to,
            levels=row.levels,
            position=positions.get(journal_id, 0),
        )
        for journal_id, row in rows
    ]
    return ContractsAnswer(
        simulated=(await source.journal.identity()).clock == "simulated",
        contracts=tuple(sorted(found, key=lambda each: each.contract)),
    )
