"""Which times of an outage a figure uses: each side's claim, and the one that the contract's term picks (C23)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from slm_domain.facts import IncidentFacts, MomentFact
from slm_domain.sla import SIDES, Side, Terms
from slm_domain.stated_times import Times, claims_of

__all__ = ["Pick", "Times", "claims", "pick_of", "picked", "picked_end", "picked_start"]

Pick = Literal["municipality", "provider", "lowest", "highest"]


def claims(incident: IncidentFacts, systems: Collection[str] | None = None) -> Mapping[Side, Times]:
    """The outage, or with `systems` theirs, as each side has it: `stated_times.claims_of`. No claim at all: empty."""
    return incident.claims if systems is None else claims_of(incident, systems)


def picked(
    incident: IncidentFacts, pick: Pick, until: datetime, systems: Collection[str] | None = None
) -> Times | None:
    """The times a figure uses: settled ones first, else those of the side that the contract's term picks."""
    return pick_of(claims(incident, systems), pick, until)


def pick_of(stated: Mapping[Side, Times], pick: Pick, until: datetime) -> Times | None:
    """Of the sides' claims the one that the term picks."""
    if not stated:
        return None
    if pick in SIDES:
        return stated.get(pick)
    by_length = sorted(stated.values(), key=lambda times: (times.ended_at or until) - times.started_at)
    return by_length[0] if pick == "lowest" else by_length[-1]


def picked_start(incident: IncidentFacts, terms: Terms) -> datetime:
    """When the incident occurred: the start of its outage, or, without one, when it was detected (A23)."""
    times = picked(incident, terms.contested_times, incident.detected_at)
    return incident.detected_at if times is None else times.started_at


def picked_end(incident: IncidentFacts, terms: Terms) -> datetime | None:
    """When the incident was over: the end of its outage, or, without one, when the fault was put right."""
    times = picked(incident, terms.contested_times, incident.detected_at)
    if times is not None:
        return times.ended_at
    recovered: MomentFact | None = incident.moment("recovered")
    return None if recovered is None else recovered.at
