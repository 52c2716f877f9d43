"""A month over many contracts: by contract, organisation, system or provider; and together, seconds added (C7, K1)."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Literal
from uuid import UUID

import msgspec

from projections.answers.cut import named, until_of
from projections.answers.record import FIGURES, record_of
from projections.answers.rolled import Part, RolledBy, parts_of, together
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from projections.answers.stopped import StoppedModel, stopped_before_their_contract
from projections.catalogue import CONTRACTS
from projections.contracts import ContractRow
from projections.engine import reader
from slm_domain.added_contracts import AddedFigure
from slm_domain.figures.periods import Month
from slm_domain.register import NothingAgreedYet
from slm_domain.sla import Words

Days = tuple[date, date, str]  # the first, the last, and the zone they are days of


class NothingToRollUp(LookupError):
    """No contract of the record has a provider, an organisation or a code like this."""

    def __init__(self, kind: Literal["provider", "organisation", "contract"], code: str) -> None:
        self.kind = kind
        self.code = code
        super().__init__(f"{kind} {code}")


class Over(msgspec.Struct, frozen=True, kw_only=True):
    """Which contracts: those of a provider, of one of these organisations, with one of these codes; all that hold.

    Without anything, all contracts. With organisations named, only their part of a joint contract counts (K1).
    """

    provider: str | None = None
    organisations: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()


class RollUpRow(msgspec.Struct, frozen=True, kw_only=True):
    """One contract, organisation, system or provider, over its contracts in the roll-up.

    Breaches and yen are those of whole contracts, None where it has only a part of one. The yen have the tax in them,
    also where a contract adds it to its fee: else they could not be added (A6).
    """

    key: str
    name: Words
    contracts: tuple[str, ...]
    figure: AddedFigure
    breaches: int | None
    payable_yen: int | None


class RolledDays(msgspec.Struct, frozen=True, kw_only=True):
    """The days that the month has in some of the contracts, both included, in their time zone (C15)."""

    first_day: date
    last_day: date
    time_zone: str
    contracts: tuple[str, ...]


class RollUpAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The rows and their total, as known at `until`. `cut` names the positions and asks the same again.

    Contracts whose months begin on different days, or at another hour, are added all the same: each by its month of
    this name. `days` tells which days those are.

    Weights agreed inside a contract mean nothing outside it. `in_own_hours` names the contracts whose figure adds
    weighted units: they count with their own opening hours. `in_unit_seconds` are those of which the organisations' or
    systems' own seconds are added, unweighted.

    `left_out` names the contracts, or their units, that have no figure (算定不能, C6): no sum holds them. `outside` are
    the contracts without an SLA in force in the month, or in which it has not begun. The total is provisional where a
    part of it is. `stopped` are the journals of which not all is in the sums, since a read model goes no further.
    """

    month: str
    days: tuple[RolledDays, ...]
    by: RolledBy
    until: datetime
    simulated: bool
    cut: str
    rows: tuple[RollUpRow, ...]
    total: AddedFigure
    breaches: int | None
    payable_yen: int | None
    in_own_hours: tuple[str, ...]
    in_unit_seconds: tuple[str, ...]
    left_out: tuple[str, ...]
    outside: tuple[str, ...]
    standpoints: tuple[Standpoint, ...]
    stopped: tuple[StoppedModel, ...] = ()


async def roll_up(
    source: Source,
    month: Month,
    over: Over,
    *,
    by: RolledBy = "contract",
    as_of: AsOf = NOW,
    cut: str | None = None,
) -> RollUpAnswer:
    """The month over the contracts, as known at an instant, or at a cut that an earlier answer named.

    Raises `NothingToRollUp`, `CutMoved`, ValueError for a cut that is none.
    """
    until = await until_of(source, as_of, cut)
    parts: list[Part] = []
    outside: list[str] = []
    seen: list[Standpoint] = []
    days: dict[Days, list[str]] = {}
    chosen, unknown = await _chosen(source, over)
    for journal, contract in chosen:
        if not await source.journal.position_at(journal, until):
            continue  # nothing was recorded by then
        async with view(source, contract, AsOf(instant=until), FIGURES, as_far=True) as found:
            record = await record_of(found)
        seen.append(record.standpoint)
        try:
            parts += parts_of(record, month, by=by, organisations=over.organisations)
        except NothingAgreedYet:
            outside.append(contract)
        else:
            of_month = record.register.days_of(month)
            days.setdefault((of_month.first, of_month.last, record.standpoint.time_zone), []).append(contract)
    counting = [part for part in parts if part.counts]
    return RollUpAnswer(
        month=str(month),
        days=tuple(
            RolledDays(first_day=first, last_day=last, time_zone=zone, contracts=tuple(found))
            for (first, last, zone), found in sorted(days.items())
        ),
        by=by,
        until=until,
        simulated=(await source.journal.identity()).clock == "simulated",
        cut=named(until, {each.journal_id: each.position for each in seen}, cut),
        rows=tuple(_row(together_with) for together_with in _grouped(parts)),
        total=together(counting),
        breaches=_breaches(parts),
        payable_yen=_payable(parts),
        in_own_hours=tuple(dict.fromkeys(part.contract for part in counting if part.in_own_hours)),
        in_unit_seconds=tuple(dict.fromkeys(part.contract for part in counting if part.unit is not None)),
        left_out=tuple(part.code for part in parts if not part.counts),
        outside=tuple(outside),
        standpoints=tuple(seen),
        stopped=(*(one for each in seen for one in each.stopped), *unknown),
    )


async def _chosen(source: Source, over: Over) -> tuple[list[tuple[UUID, str]], tuple[StoppedModel, ...]]:
    """The journals and codes of the contracts meant, by code, and the journals of which no contract is known.

    Raises `NothingToRollUp` for a code that is in none.
    """
    async with reader(source.pool, (CONTRACTS,)) as snapshot:
        rows = sorted(await snapshot.rows_across(ContractRow, where={}), key=lambda found: found[1].code)
        unknown = await stopped_before_their_contract(snapshot, {journal: row.code for journal, row in rows})
    contracts = {row.code for _, row in rows}
    municipalities = {one.code for _, row in rows for one in row.municipality.organisations}
    providers = {one.code for _, row in rows for one in row.provider.organisations}
    for code in over.contracts:
        if code not in contracts:
            raise NothingToRollUp("contract", code)
    for code in over.organisations:
        if code not in municipalities:
            raise NothingToRollUp("organisation", code)
    if over.provider is not None and over.provider not in providers:
        raise NothingToRollUp("provider", over.provider)
    return [(journal, row.code) for journal, row in rows if _meant(row, over)], unknown


def _meant(row: ContractRow, over: Over) -> bool:
    municipality = {one.code for one in row.municipality.organisations}
    return (
        (not over.contracts or row.code in over.contracts)
        and (not over.organisations or bool(municipality & set(over.organisations)))
        and (over.provider is None or over.provider in {one.code for one in row.provider.organisations})
    )


def _grouped(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of each row, by its key."""
    in_order = sorted(parts, key=lambda part: part.key)  # stable: within a row by contract
    return [list(same) for _, same in groupby(in_order, key=lambda part: part.key)]


def _row(parts: Sequence[Part]) -> RollUpRow:
    return RollUpRow(
        key=parts[0].key,
        name=parts[0].name,
        contracts=tuple(dict.fromkeys(part.contract for part in parts)),
        figure=together([part for part in parts if part.counts]),
        breaches=_breaches(parts),
        payable_yen=_payable(parts),
    )


def _breaches(parts: Sequence[Part]) -> int | None:
    """The levels in breach of all these contracts; None where one is not whole, or there is none."""
    months = [part.month for part in parts]
    return sum(month.breaches for month in months if month) if months and None not in months else None


def _payable(parts: Sequence[Part]) -> int | None:
    found = [part.payable_yen for part in parts]
    return sum(yen for yen in found if yen is not None) if found and None not in found else None
