"""Whom a level is judged for: the contract as a whole, or each organisation or system, narrowed to some (C24)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from slm_domain.figures.periods import Month
from slm_domain.register import Register
from slm_domain.sla import FaultGrade, Measure


class Concerning(Protocol):
    """What says which systems and organisations it concerns: an incident, or an item of a level."""

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems it names; none says nothing of them."""

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations it names; none says nothing of them."""


Concerned = TypeVar("Concerned", bound=Concerning)


class Concern(msgspec.Struct, frozen=True):
    """What something concerns that is less than its incident: a piece of equipment of several."""

    systems: tuple[str, ...]
    organisations: tuple[str, ...]


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """The systems and organisations that a figure is narrowed to, and the levels of its stops; none is all."""

    systems: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    stops_of: tuple[FaultGrade, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it asks about some systems or organisations alone."""
        return bool(self.systems or self.organisations)


EVERYTHING = Unit()


def whole_of(measure: Measure) -> Unit:
    """All that the level asks about, whomever it is judged for."""
    return Unit(systems=measure.systems, organisations=measure.organisations, stops_of=_stops_of(measure))


def units_of(register: Register, measure: Measure, month: Month) -> list[tuple[str, Unit]]:
    """Each unit that the level is judged for, with its code; one without a code where it is judged as a whole."""
    whole = whole_of(measure)
    if measure.per == "contract":
        return [("", whole)]
    first = min(version.effective_from for version in register.slas)
    sla = register.sla_on(max(register.days_of(month).first, first))
    if measure.per == "organisation":
        codes = [each.code for each in sla.municipality.organisations]
        return [
            (code, replace(whole, organisations=(code,)))
            for code in codes
            if not measure.organisations or code in measure.organisations
        ]
    return [
        (each.code, replace(whole, systems=(each.code,), organisations=()))
        for each in sla.systems
        if (not measure.systems or each.code in measure.systems)
        and (not measure.organisations or each.organisation in measure.organisations)
    ]


def covers(register: Register, measure: Measure, fact: Concerning) -> bool:
    """Whether the level asks about it at all: of what concerns only others it has no item, stop or deduction."""
    if not measure.systems and not measure.organisations:
        return True
    return _concerns(fact, whole_of(measure), register.owners)


def kept_by(register: Register, measure: Measure, fact: Concerning) -> tuple[str, ...]:
    """The organisations by whose hours the level's clock runs for it: those it concerns, of those asked about (A33)."""
    owners = register.owners
    asked = tuple(code for code in fact.systems if not measure.systems or code in measure.systems) or measure.systems
    concerned = _among(fact.organisations or _of_systems(fact.systems, owners), measure.organisations)
    return _among(concerned, _of_systems(asked, owners)) if measure.systems else concerned


def keeps(register: Register, unit: Unit) -> tuple[str, ...]:
    """The organisations by whose hours the days of a unit are counted; none for the contract as a whole (A33)."""
    return _among(unit.organisations, _of_systems(unit.systems, register.owners))


def narrowed(register: Register, facts: Sequence[Concerned], unit: Unit) -> Sequence[Concerned]:
    """The incidents or items that concern the unit.

    What names no system concerns all systems of its organisations; what names no organisation those of its systems;
    what names neither concerns all.
    """
    if not unit.is_part:
        return facts
    owners = register.owners
    return [fact for fact in facts if _concerns(fact, unit, owners)]


def parts_of(register: Register, unit: Unit, fact: Concerning, day: date) -> tuple[str, ...]:
    """What of the unit the fact speaks of, piece by piece: the systems of that day, and organisations without any.

    What names neither speaks of all of it.
    """
    sla = register.sla_on(max(day, register.first_day))
    owners = {each.code: each.organisation for each in sla.systems}
    bare = [each.code for each in sla.municipality.organisations if each.code not in owners.values()]
    asked = [code for code in owners if _concerns(Concern((code,), ()), unit, owners)]
    asked += [code for code in bare if not unit.systems and (not unit.organisations or code in unit.organisations)]
    about = set(fact.systems) or {code for code in asked if owners.get(code, code) in fact.organisations}
    if not fact.systems and not fact.organisations:
        return tuple(asked)
    return tuple(code for code in asked if code in about)


def _stops_of(measure: Measure) -> tuple[FaultGrade, ...]:
    """The incident levels whose stops count, where those are not all that can stop the service (A28)."""
    if measure.source != "stops" or {"A", "B"} <= set(measure.fault_levels):
        return ()
    return measure.fault_levels


def _among(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """What both name; what only one of them names where the other names nothing."""
    if not some or not others:
        return some or others
    return tuple(code for code in some if code in others)


def _of_systems(systems: Sequence[str], owners: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owners[code] for code in systems if code in owners))


def _concerns(fact: Concerning, unit: Unit, owners: dict[str, str]) -> bool:
    organisations = set(fact.organisations) or {owners[code] for code in fact.systems if code in owners}
    if unit.organisations and organisations and not organisations & set(unit.organisations):
        return False
    if not unit.systems:
        return True
    if fact.systems:
        return bool(set(fact.systems) & set(unit.systems))
    return not organisations or any(owners.get(code) in organisations for code in unit.systems)
