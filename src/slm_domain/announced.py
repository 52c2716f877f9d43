"""How far a claim reaches that names a planned stop: no further than what was announced (C21, C4)."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from slm_domain.facts import ExclusionFact, IncidentFacts, PlannedStop
from slm_domain.figures.local_time import in_utc
from slm_domain.figures.periods import Interval
from slm_domain.register import Register
from slm_domain.sla import Sla

_NO_SYSTEM = ""  # runs again when the incident is over: what stops an organisation, but no system of it


def announcement_of(register: Register, claim: ExclusionFact) -> PlannedStop | None:
    """The announcement that the claim names; None if it names none, or one that was made on another ground."""
    announced = None if claim.planned_stop is None else register.planned_stops.get(claim.planned_stop)
    return announced if announced is not None and announced.ground == claim.ground else None


def announced_time(claim: ExclusionFact, announced: PlannedStop) -> Interval | None:
    """The time that both the claim and the announcement speak of, if they have any in common."""
    start, end = in_utc(announced.starts_at), in_utc(announced.ends_at)
    start = start if claim.starts_at is None else max(start, in_utc(claim.starts_at))
    end = end if claim.ends_at is None else min(end, in_utc(claim.ends_at))
    return Interval(start, end) if start < end else None


def not_announced(
    incident: IncidentFacts, announced: Iterable[PlannedStop], sla: Sla, *, weighing_all: bool
) -> IncidentFacts | None:
    """The incident as it were without what the announcements name together: None where they name all that it stopped.

    It stops the systems that it names, or, where it names none, those of its organisations; an organisation without a
    system named has to be announced by itself. `weighing_all`: a stop of level A weighs what it does not name, too.
    """
    named = list(announced)
    told = {system for each in named for system in each.systems}
    told_organisations = {organisation for each in named for organisation in each.organisations}
    owner = {system.code: system.organisation for system in sla.systems}
    stopped = incident.systems or tuple(code for code, own in owner.items() if own in incident.organisations)
    left = [system for system in stopped if system not in told]
    with_systems = {owner.get(system) for system in stopped}
    alone = [each for each in incident.organisations if each not in with_systems and each not in told_organisations]
    if not left and not alone:
        return None
    if weighing_all and incident.level == "A":
        left += [code for code in owner if code not in told and code not in left]
    organisations = dict.fromkeys((*alone, *(owner[system] for system in left if system in owner)))
    return replace(incident, systems=(*left, *((_NO_SYSTEM,) if alone else ())), organisations=tuple(organisations))


def is_announced(systems: Iterable[str], announced_systems: Iterable[str]) -> bool:
    """Whether an announcement names any of the systems that an incident stopped; one that names none may stop any."""
    stopped = set(systems)
    return not stopped or not stopped.isdisjoint(announced_systems)


def may_share_time(start: datetime, end: datetime | None, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether an outage, without an end while it is open, has or can come to have time in common with the interval."""
    return start < ends_at and (end is None or starts_at < end)
