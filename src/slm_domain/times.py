"""Which times of an outage a figure uses, and the bounds that the claims leave it (C23)."""

from datetime import datetime
from typing import Literal

import msgspec

from slm_domain.facts import IncidentFacts, MomentFact
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus, Occurrence, Outage, contested
from slm_domain.sla import SIDES, Side, Terms

Pick = Literal["municipality", "provider", "lowest", "highest"]


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """The start and end of an outage; no end while it is open."""

    started_at: datetime
    ended_at: datetime | None


def claimed(incident: IncidentFacts, side: Side) -> Times | None:
    """The outage as one side has it: its own last statements, and the other side's where it made none."""
    own_start = _last(incident, side, "started_at")
    own_end = _last(incident, side, "ended_at")
    other: Side = SIDES[1] if side == SIDES[0] else SIDES[0]
    start = own_start or _last(incident, other, "started_at")
    if start is None:
        return None
    return Times(started_at=start, ended_at=own_end or _last(incident, other, "ended_at"))


def picked(incident: IncidentFacts, pick: Pick, until: datetime) -> Times | None:
    """The times a figure uses: settled ones first, else those of the side that the contract's term picks."""
    if incident.settled is not None:
        return Times(started_at=incident.settled.started_at, ended_at=incident.settled.ended_at)
    claims = {side: claim for side in SIDES if (claim := claimed(incident, side)) is not None}
    if not claims:
        return None
    if pick in SIDES:
        return claims.get(pick)
    by_length = sorted(claims.values(), key=lambda times: (times.ended_at or until) - times.started_at)
    return by_length[0] if pick == "lowest" else by_length[-1]


def picked_end(incident: IncidentFacts, terms: Terms) -> datetime | None:
    """When the incident was over: the end of its outage, or, without one, when the fault was put right."""
    times = picked(incident, terms.contested_times, incident.detected_at)
    if times is not None:
        return times.ended_at
    recovered: MomentFact | None = incident.moment("recovered")
    return None if recovered is None else recovered.at


def is_contested(incident: IncidentFacts) -> bool:
    """Whether the sides state different times and have not settled them."""
    if incident.settled is not None:
        return False
    claims = [claimed(incident, side) for side in SIDES]
    return claims[0] != claims[1]


def occurrence(incident: IncidentFacts, terms: Terms, until: datetime) -> Occurrence | None:
    """The incident as a figure of downtime sees it; None when it is void, of level C, or has no outage."""
    if incident.voided or incident.level == "C" or (incident.level == "B" and terms.partial_counts == "no"):
        return None
    times = picked(incident, terms.contested_times, until)
    if times is None:
        return None
    lowest = highest = None
    if is_contested(incident):
        claims = [(_outage(claim),) for side in SIDES if (claim := claimed(incident, side)) is not None]
        lowest, highest = contested(claims, until)
    return Occurrence(
        incident=incident.incident,
        outages=(_outage(times),),
        lowest=lowest,
        highest=highest,
        exclusions=tuple(
            Exclusion(
                ground=claim.ground,
                status=ExclusionStatus(claim.status),
                start=claim.starts_at,
                end=claim.ends_at,
            )
            for claim in incident.exclusions
        ),
    )


def _outage(times: Times) -> Outage:
    return Outage(start=times.started_at, end=times.ended_at)


def _last(incident: IncidentFacts, side: Side, time: Literal["started_at", "ended_at"]) -> datetime | None:
    stated = [getattr(statement, time) for statement in incident.statements if statement.side == side]
    known: list[datetime] = [instant for instant in stated if instant is not None]
    return known[-1] if known else None
