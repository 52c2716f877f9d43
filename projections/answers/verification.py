"""Issued reports computed again, from the entries and until the instant that each of them names (C18)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec

from projections.answers.cut import named, until_of
from projections.answers.reports import figures_at
from projections.answers.standpoint import NOW, AsOf, Source, UnknownContract, standpoint_of
from projections.answers.stopped import StoppedModel, stopped_before_their_contract, stopped_models
from projections.catalogue import CONTRACTS, MONTHLY_REPORT
from projections.contracts import ContractRow
from projections.engine import reader
from projections.monthly_report import IssuedReport
from slm_domain.identity import journal_id
from slm_domain.month_figures import MonthFigures
from slm_domain.rules import RULES_VERSION


class DifferenceAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that comes out otherwise when an issued report is computed again."""

    path: str
    issued: str
    recomputed: str


class VerifiedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An issued report computed again from the entries it was computed from."""

    contract: str
    month: str
    position: int
    of_position: int
    until: datetime
    rules_version: str
    differences: tuple[DifferenceAnswer, ...]


class VerificationAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every report issued by `until`, computed again. `cut` names the positions and asks the same again.

    `stopped` are the journals in which later reports may have been issued that nothing is told of here.
    """

    until: datetime
    cut: str
    reports: tuple[VerifiedAnswer, ...]
    stopped: tuple[StoppedModel, ...] = ()


async def verify_issued(
    source: Source, contract: str | None = None, as_of: AsOf = NOW, *, cut: str | None = None
) -> VerificationAnswer:
    """Compute the reports of one contract, or of all, again, and list the figures that come out otherwise.

    A question about one contract may be asked as of a position, one about all as of a cut. Raises `UnknownContract`,
    `NoSuchPosition`, `CutMoved`.
    """
    async with reader(source.pool, (CONTRACTS, MONTHLY_REPORT)) as snapshot:
        contracts = {row.code: journal for journal, row in await snapshot.rows_across(ContractRow, where={})}
        if contract is not None:
            if contract not in contracts:
                raise UnknownContract(contract)
            contracts = {contract: contracts[contract]}
        issued = {code: await snapshot.rows(IssuedReport, journal) for code, journal in sorted(contracts.items())}
        known = {journal: code for code, journal in contracts.items()}
        stopped = await stopped_models(snapshot, known)
        if contract is None:
            stopped += await stopped_before_their_contract(snapshot, known)
    if contract is not None and cut is None:
        standpoint = await standpoint_of(source, contract, as_of)
        until, positions = standpoint.until, {standpoint.journal_id: standpoint.position}
    else:
        until = await until_of(source, as_of, cut)
        positions = await _positions(source, contracts, until)
    reports = [
        await _verified(source, code, row)
        for code, rows in issued.items()
        for row in rows
        if row.position <= positions.get(contracts[code], 0)
    ]
    return VerificationAnswer(
        until=until,
        cut=named(until, positions, cut),
        reports=tuple(reports),
        stopped=tuple(one for one in stopped if one.position <= positions.get(journal_id(one.contract), one.position)),
    )


async def _positions(source: Source, contracts: dict[str, UUID], until: datetime) -> dict[UUID, int]:
    found = {journal: await source.journal.position_at(journal, until) for journal in contracts.values()}
    return {journal: position for journal, position in found.items() if position}


async def _verified(source: Source, contract: str, row: IssuedReport) -> VerifiedAnswer:
    recomputed = await figures_at(source, contract, row.month, row.of_position, row.until)
    return VerifiedAnswer(
        contract=contract,
        month=row.month,
        position=row.position,
        of_position=row.of_position,
        until=row.until,
        rules_version=row.rules_version,
        differences=tuple(differences(row.figures, recomputed, as_stated=row.rules_version != RULES_VERSION)),
    )


def differences(issued: MonthFigures, recomputed: MonthFigures, *, as_stated: bool = False) -> list[DifferenceAnswer]:
    """The figures that differ, by their path.

    `as_stated` compares only what the report stated: one issued under earlier rules is silent on what these did not
    know, and so keeps the default there.
    """
    return list(_differences("", issued, recomputed, as_stated=as_stated))


def _differences(path: str, issued: object, recomputed: object, *, as_stated: bool) -> Iterator[DifferenceAnswer]:
    if issued == recomputed:
        return
    if isinstance(issued, msgspec.Struct) and type(issued) is type(recomputed):
        for field in msgspec.structs.fields(issued):
            then, now = getattr(issued, field.name), getattr(recomputed, field.name)
            if as_stated and then == field.default:
                continue
            yield from _differences(f"{path}.{field.name}".lstrip("."), then, now, as_stated=as_stated)
    elif isinstance(issued, tuple) and isinstance(recomputed, tuple) and len(issued) == len(recomputed):
        for number, (then, now) in enumerate(zip(issued, recomputed, strict=True)):
            yield from _differences(f"{path}[{number}]", then, now, as_stated=as_stated)
    else:
        told = (str(msgspec.to_builtins(each)) for each in (issued, recomputed))
        yield DifferenceAnswer(path=path, issued=next(told), recomputed=next(told))
