"""One cause, many contracts: which systems run again, contract by contract, as known at an instant (J1)."""

from datetime import datetime
from uuid import UUID

import msgspec

from projections.answers.cut import named, until_of
from projections.answers.record import agreement_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, View, view
from projections.availability import IncidentRow
from projections.catalogue import AVAILABILITY, CONTRACTS
from projections.contracts import ContractRow
from projections.engine import reader
from slm_domain.facts import IncidentFacts
from slm_domain.figures.local_time import local_date
from slm_domain.month_figures import Ratio
from slm_domain.sla import Words
from slm_domain.times import Pick, picked


class UnknownCorrelation(LookupError):
    """No incident carries this correlation id."""

    def __init__(self, correlation: UUID) -> None:
        self.correlation = correlation
        super().__init__(str(correlation))


class ContractRecovery(msgspec.Struct, frozen=True, kw_only=True):
    """What of one contract stopped, and what runs again, provisionally running systems included."""

    standpoint: Standpoint
    title: Words
    organisation: Words
    incident: str
    stopped_at: datetime | None
    restored_at: datetime | None
    systems: int
    running: int
    provisional: int
    entries: tuple[int, ...]


class RecoveryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The recovery over all contracts, as known at `until`. `cut` names the positions and asks the same again."""

    correlation: UUID
    until: datetime
    cut: str
    organisations: int
    systems: int
    running: int
    running_share: Ratio | None
    contracts: tuple[ContractRecovery, ...]


async def recovery(source: Source, correlation: UUID, as_of: AsOf = NOW, *, cut: str | None = None) -> RecoveryAnswer:
    """The recovery as known at an instant, or at a cut that an earlier answer named.

    Raises `UnknownCorrelation`, `CutMoved`, ValueError for a cut that is none.
    """
    until = await until_of(source, as_of, cut)
    async with reader(source.pool, (CONTRACTS, AVAILABILITY)) as snapshot:
        journals = [
            journal for journal, _ in await snapshot.rows_across(IncidentRow, where={"correlation": correlation})
        ]
        codes = {journal: row.code for journal, row in await snapshot.rows_across(ContractRow, where={})}
    if not journals:
        raise UnknownCorrelation(correlation)
    found: list[ContractRecovery] = []
    for journal in sorted(set(journals), key=lambda journal: codes[journal]):
        if not await source.journal.position_at(journal, until):
            continue  # nothing was recorded by then
        async with view(source, codes[journal], AsOf(instant=until), (CONTRACTS, AVAILABILITY), as_far=True) as seen:
            found += await _of_contract(seen, correlation)
    token = named(until, {each.standpoint.journal_id: each.standpoint.position for each in found}, cut)
    systems, running = sum(each.systems for each in found), sum(each.running for each in found)
    return RecoveryAnswer(
        correlation=correlation,
        until=until,
        cut=token,
        organisations=len(found),
        systems=systems,
        running=running,
        running_share=Ratio(numerator=running, denominator=systems) if systems else None,
        contracts=tuple(found),
    )


async def _of_contract(seen: View, correlation: UUID) -> list[ContractRecovery]:
    (contract,) = await seen.rows(ContractRow)
    names = {each.code: each.name for each in contract.municipality.organisations}
    register = await agreement_of(seen)
    return [
        _recovery(row.facts, seen.standpoint, contract.title, names[contract.municipality.lead], pick=pick)
        for row in await seen.rows(IncidentRow)
        if row.correlation == correlation and not row.voided
        for pick in [register.terms_for(local_date(row.detected_at, register.zone)).contested_times]
    ]


def _recovery(
    facts: IncidentFacts, standpoint: Standpoint, title: Words, organisation: Words, *, pick: Pick
) -> ContractRecovery:
    until = standpoint.until
    times = picked(facts, pick, until)
    over = times is not None and times.ended_at is not None and times.ended_at <= until
    restored = [each for each in facts.restorations if each.at <= until]
    running = set(facts.systems) if over else {system for each in restored for system in each.systems}
    firm = {system for each in restored if not each.provisional for system in each.systems}
    return ContractRecovery(
        standpoint=standpoint,
        title=title,
        organisation=organisation,
        incident=facts.incident,
        stopped_at=None if times is None else times.started_at,
        restored_at=times.ended_at if times is not None and over else None,
        systems=len(facts.systems),
        running=len(running),
        provisional=0 if over else len(running - firm),
        entries=facts.positions,
    )
