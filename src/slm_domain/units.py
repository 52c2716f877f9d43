"""The units whose availability a contract can add up: its systems, and the municipality's organisations (C24, K1)."""

from collections.abc import Iterable, Sequence
from math import gcd
from typing import Literal

import msgspec

from slm_domain.facts import IncidentFacts
from slm_domain.sla import Sla

UnitKind = Literal["systems", "organisations"]


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A system, or an organisation with all of its systems. It keeps its organisation's opening hours (A33).

    `weight` is in lowest terms with those of its like: 30 and 10 weigh as 3 and 1.
    """

    code: str
    kind: UnitKind
    organisation: str
    systems: tuple[str, ...]
    weight: int = 1


def units_of(sla: Sla, kind: UnitKind) -> tuple[Unit, ...]:
    """The units of an SLA, in the order of its document."""
    if kind == "systems":
        scale = _scale(system.weight for system in sla.systems)
        return tuple(
            Unit(
                code=system.code,
                kind=kind,
                organisation=system.organisation,
                systems=(system.code,),
                weight=system.weight // scale,
            )
            for system in sla.systems
        )
    scale = _scale(organisation.weight for organisation in sla.municipality.organisations)
    return tuple(
        Unit(
            code=organisation.code,
            kind=kind,
            organisation=organisation.code,
            systems=tuple(system.code for system in sla.systems if system.organisation == organisation.code),
            weight=organisation.weight // scale,
        )
        for organisation in sla.municipality.organisations
    )


def _scale(weights: Iterable[int]) -> int:
    """What the weights have in common: only what they are to one another was agreed."""
    return gcd(*weights) or 1


def units_within(
    sla: Sla, kind: UnitKind, *, systems: tuple[str, ...], organisations: tuple[str, ...]
) -> tuple[Unit, ...]:
    """The units that a level is narrowed to, each with what of it the level asks about; named none, all are meant.

    With both, it is those systems of those organisations. An organisation of which only some systems are asked about
    is what these systems are.
    """
    asked = [
        each
        for each in units_of(sla, "systems")
        if (not systems or each.code in systems) and (not organisations or each.organisation in organisations)
    ]
    if kind == "systems":
        return tuple(asked)
    whole = [each for each in units_of(sla, kind) if not organisations or each.code in organisations]
    if not systems:
        return tuple(whole)
    parts = [
        msgspec.structs.replace(
            each, kind="systems", systems=tuple(one.code for one in asked if one.organisation == each.code)
        )
        for each in whole
    ]
    return tuple(each for each in parts if each.systems)


def stopped_of_any(incident: IncidentFacts, units: Sequence[Unit]) -> tuple[str, ...] | None:
    """Which systems the incident stops of several units together, None when it concerns none of them.

    They are stopped until the last of these systems runs again (C3); with an organisation that is stopped to the end of
    the incident, until then.
    """
    concerned = [found for unit in units if (found := stopped_systems(incident, unit)) is not None]
    if not concerned:
        return None
    return tuple(system for found in concerned for system in found) if all(concerned) else ()


def stopped_systems(incident: IncidentFacts, unit: Unit) -> tuple[str, ...] | None:
    """Which systems of the unit the incident stops, None when it does not concern the unit at all.

    An incident stops the systems it names; where it names none, those of all its organisations. An organisation is
    stopped by an incident that names it or one of its systems, until the last of these runs again: another component
    being up never shortens an outage (C3). No system of its own: it is stopped until the incident is over.
    """
    named = tuple(system for system in unit.systems if system in incident.systems)
    if named:
        return named
    if unit.kind == "systems":
        return unit.systems if not incident.systems and unit.organisation in incident.organisations else None
    return () if unit.code in incident.organisations else None
