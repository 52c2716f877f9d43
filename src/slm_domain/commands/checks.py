"""Rules that hold for many commands: what they name has to stand in the agreed SLA."""

from slm_domain.commands.refusals import SystemOfAnotherOrganisation, UnknownOrganisation
from slm_domain.exemption_refusals import GroundExemptsNothing
from slm_domain.incident_refusals import GroundWithoutEffect, UnknownGround, UnknownSystem
from slm_domain.response_refusals import UnknownSite
from slm_domain.sla import Sla


def check_systems(sla: Sla, systems: tuple[str, ...]) -> None:
    """Every system named is covered by the SLA (S22). Raises `UnknownSystem`."""
    known = {system.code for system in sla.systems}
    for system in systems:
        if system not in known:
            raise UnknownSystem(system=system, known=", ".join(sorted(known)))


def check_organisations(sla: Sla, organisations: tuple[str, ...], systems: tuple[str, ...]) -> None:
    """At least one organisation is named, of the municipality's side, and that of every system named (C24).

    Raises `UnknownOrganisation`, `SystemOfAnotherOrganisation`.
    """
    known = {organisation.code for organisation in sla.municipality.organisations}
    for organisation in organisations or ("",):
        if organisation not in known:
            raise UnknownOrganisation(organisation=organisation, known=", ".join(sorted(known)))
    for system in sla.systems:
        if system.code in systems and system.organisation not in organisations:
            raise SystemOfAnotherOrganisation(system=system.code, organisation=system.organisation)


def check_ground(sla: Sla, ground: str) -> None:
    """The ground is one of the SLA's (G9). Raises `UnknownGround`."""
    known = {ground.code for ground in sla.grounds}
    if ground not in known:
        raise UnknownGround(ground=ground, known=", ".join(sorted(known)))


def check_ground_has_effect(sla: Sla, ground: str) -> None:
    """Stops on it leave the measurement or cost nothing (G9). Raises `UnknownGround`, `GroundWithoutEffect`."""
    check_ground(sla, ground)
    known = sorted(each.code for each in sla.grounds if each.leaves_measurement or each.frees_from_damages)
    if ground not in known:
        raise GroundWithoutEffect(ground=ground, known=", ".join(known))


def check_exempts(sla: Sla, ground: str) -> None:
    """Misses on this ground leave the measurement or free from damages (G9).

    Raises `UnknownGround`, `GroundExemptsNothing`.
    """
    check_ground(sla, ground)
    exempting = sorted(each.code for each in sla.grounds if each.leaves_measurement or each.frees_from_damages)
    if ground not in exempting:
        raise GroundExemptsNothing(ground=ground, grounds=", ".join(exempting))


def check_site(sla: Sla, site: str) -> None:
    """The site is one of the SLA's (A8). Raises `UnknownSite`."""
    known = {site.code for site in sla.sites}
    if site not in known:
        raise UnknownSite(site=site, known=", ".join(sorted(known)))
