"""What one contract brings to a roll-up: its stretches of a month, whole or unit by unit (C24, K1)."""

from collections.abc import Sequence
from itertools import chain
from typing import Literal, get_args

import msgspec

from projections.answers.record import Record
from slm_domain.added_contracts import AddedFigure, added_up
from slm_domain.availability import Stretch, stretches, unit_stretches
from slm_domain.figures.periods import Interval, Month
from slm_domain.month_figures import MonthFigures
from slm_domain.register import NothingAgreedYet
from slm_domain.sla import Sla, Words

RolledBy = Literal["contract", "organisation", "system", "provider"]
ROLLED_BY: tuple[RolledBy, ...] = get_args(RolledBy)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A contract, or a unit of it, in the row with this key. `month` is set where it is the whole contract.

    `includes_tax` says whether its yen have the tax inside, or it is added to them (A6).

    `unit` is the organisation or system whose own unweighted seconds it brings; None where it brings the contract's.
    """

    key: str
    name: Words
    contract: str
    unit: str | None
    stretches: tuple[Stretch, ...]
    month: MonthFigures | None
    includes_tax: bool

    @property
    def payable_yen(self) -> int | None:
        """What is payable for the whole contract, with the tax: only so do yen of several contracts add up (A6)."""
        if self.month is None:
            return None
        return self.month.payable_yen + (0 if self.includes_tax else self.month.tax_yen)

    @property
    def code(self) -> str:
        """The contract, and where it is not all of it the unit: "joint-2025/village"."""
        return self.contract if self.month is not None else f"{self.contract}/{self.unit}"

    @property
    def in_own_hours(self) -> bool:
        """Whether its weighted units count with the contract's opening hours, whatever they weigh inside it."""
        return any(part.units for part in self.stretches)

    @property
    def counts(self) -> bool:
        """Whether it has a figure; without one it is left out of every sum (C6)."""
        return together([self]).ratio is not None


def together(parts: Sequence[Part]) -> AddedFigure:
    """The figure of the parts: their seconds added, never their percentages (C7)."""
    return added_up(tuple(chain.from_iterable(part.stretches for part in parts)))


def parts_of(record: Record, month: Month, *, by: RolledBy, organisations: Sequence[str]) -> list[Part]:
    """What the contract brings; with organisations named, those alone.

    Raises `NothingAgreedYet` where no SLA is in force in the month, or the month has not begun.
    """
    contract = record.standpoint.contract
    figures, interval = record.month(month), record.register.interval_of(month)
    if interval.start > record.standpoint.until:
        raise NothingAgreedYet(month)
    sla = record.sla_of(month)
    named = [one for one in sla.municipality.organisations if not organisations or one.code in organisations]
    whole = len(named) == len(sla.municipality.organisations)
    if by == "system":
        wanted = {one.code for one in named}
        found = _units(record, interval, "systems")
        return [
            _unit(f"{contract}/{system.code}", system.name, sla, system.code, found)
            for system in sla.systems
            if system.organisation in wanted
        ]
    alone = len(sla.municipality.organisations) == 1
    if by == "organisation" and not (alone and sla.terms.availability_of == "service"):
        found = _units(record, interval, "organisations")
        month_of_all = figures if alone else None
        return [_unit(one.code, one.name, sla, one.code, found, month=month_of_all) for one in named]
    key, name = _row(sla, contract, by)
    if whole:
        until, incidents = record.standpoint.until, list(record.register.incidents.values())
        parts = stretches(record.register, incidents, interval, until)
        taxed = sla.fee.includes_tax
        return [
            Part(key=key, name=name, contract=contract, unit=None, stretches=parts, month=figures, includes_tax=taxed)
        ]
    found = _units(record, interval, "organisations")
    return [_unit(key, name, sla, one.code, found) for one in named]


def _row(sla: Sla, contract: str, by: RolledBy) -> tuple[str, Words]:
    """The key and the name of the row that a whole contract belongs to."""
    if by == "contract":
        return contract, sla.title
    party = sla.provider if by == "provider" else sla.municipality
    return party.lead, next(one.name for one in party.organisations if one.code == party.lead)


def _units(
    record: Record, interval: Interval, kind: Literal["systems", "organisations"]
) -> dict[str, tuple[Stretch, ...]]:
    incidents = list(record.register.incidents.values())
    return unit_stretches(record.register, incidents, interval, record.standpoint.until, kind)


def _unit(
    key: str,
    name: Words,
    sla: Sla,
    code: str,
    found: dict[str, tuple[Stretch, ...]],
    *,
    month: MonthFigures | None = None,
) -> Part:
    return Part(
        key=key,
        name=name,
        contract=sla.contract,
        unit=code,
        stretches=found.get(code, ()),
        month=month,
        includes_tax=sla.fee.includes_tax,
    )
