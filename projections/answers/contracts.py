"""The contracts of a database, and where their read models stand."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from projections.answers.cut import named, until_of
from projections.answers.standpoint import NOW, AsOf, Source, view
from projections.answers.stopped import StoppedModel, stopped_before_their_contract
from projections.catalogue import CONTRACTS
from projections.contracts import ContractRow
from projections.engine import reader
from slm_domain.figures.notice_days import last_notice_day
from slm_domain.sla import Party, Words


class ContractAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A contract: its code, title and parties, the SLA in force, and how many entries its journal holds.

    `notice_by_municipality` and `notice_by_provider` are the last days on which a side can say in time that it leaves
    the contract at the end of its term (A34); None where no term gives it.
    """

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
    notice_by_municipality: date | None
    notice_by_provider: date | None


class ContractsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All contracts, by code, as known at `until`. `cut` names the positions and asks the same again.

    `stopped` are the journals of which not all is told, since their read model goes no further.
    """

    simulated: bool
    until: datetime
    cut: str
    contracts: tuple[ContractAnswer, ...]
    stopped: tuple[StoppedModel, ...] = ()


async def contracts(source: Source, as_of: AsOf = NOW, *, cut: str | None = None) -> ContractsAnswer:
    """All contracts drafted by an instant, or by a cut that an earlier answer named, by code.

    Raises `CutMoved`, ValueError for a cut that is none.
    """
    until = await until_of(source, as_of, cut)
    async with reader(source.pool, (CONTRACTS,)) as snapshot:
        rows = await snapshot.rows_across(ContractRow, where={})
        posted = await snapshot.positions(CONTRACTS.name)
        unknown = await stopped_before_their_contract(snapshot, {journal_id: row.code for journal_id, row in rows})
    found, stopped = [], [*unknown]
    for journal_id, row in rows:
        position = await source.journal.position_at(journal_id, until)
        if position == posted.get(journal_id):
            found.append(answer_of(journal_id, position, row))
        elif position:
            async with view(source, row.code, AsOf(instant=until), (CONTRACTS,), as_far=True) as seen:
                position = seen.standpoint.position
                found += [answer_of(journal_id, position, then) for then in await seen.rows(ContractRow)]
                stopped += seen.standpoint.stopped
    return ContractsAnswer(
        simulated=(await source.journal.identity()).clock == "simulated",
        until=until,
        cut=named(until, {each.journal_id: each.position for each in found}, cut),
        contracts=tuple(sorted(found, key=lambda each: each.contract)),
        stopped=tuple(stopped),
    )


def answer_of(journal_id: UUID, position: int, row: ContractRow) -> ContractAnswer:
    """A contract as its row has it at a position of its journal."""
    return ContractAnswer(
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
        position=position,
        notice_by_municipality=_notice_by(row.term_to, row.notice_months_municipality),
        notice_by_provider=_notice_by(row.term_to, row.notice_months_provider),
    )


def _notice_by(term_to: date | None, months: int | None) -> date | None:
    return None if term_to is None or months is None else last_notice_day(term_to, months)
