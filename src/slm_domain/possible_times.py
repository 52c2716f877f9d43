"""How long something may have lasted whose moments are contested, known by a report only, or still to come (C23)."""

from datetime import datetime

import msgspec

from slm_domain.facts import IncidentFacts
from slm_domain.figures.local_time import in_utc
from slm_domain.sla import IncidentMoment

_OF_OUTAGES: set[IncidentMoment] = {"occurred", "recovered"}  # the moments that claims of an outage tell of


class Moments(msgspec.Struct, frozen=True):
    """The moments between which something lies: the first and the last that is possible, None without end."""

    first: datetime
    last: datetime | None


class Extents(msgspec.Struct, frozen=True, kw_only=True):
    """The least and the most time that something may have lasted: by claims of an outage and the reports of it.

    `least` ends where it begins, or before, where no time is certain. `most` has no end while that is open.
    """

    least: tuple[datetime, datetime]
    most: tuple[datetime, datetime | None]


def extents(
    incident: IncidentFacts, start: IncidentMoment, end: IncidentMoment, began: datetime, done: datetime | None
) -> Extents | None:
    """The time from one moment of an incident to another, where its outage leaves it open; None where it is exact.

    `began` and `done` are the moments as the contract's terms pick them.
    """
    if not incident.claims or not {start, end} & _OF_OUTAGES:
        return None
    first, last = _of(incident, start, began), _of(incident, end, done)
    if first is None or last is None or (first.first == first.last and last.first == last.last):
        return None
    return Extents(least=(first.last or first.first, last.first), most=(first.first, last.last))


def _of(incident: IncidentFacts, moment: IncidentMoment, picked: datetime | None) -> Moments | None:
    """Between which moments one of the incident lies; None for one that is no outage's and has not come."""
    claims = list(incident.claims.values())
    if claims and moment == "occurred":
        starts = [in_utc(each.started_at) for each in claims]
        return Moments(min(starts), max(starts))
    if claims and moment == "recovered":
        ends = [None if each.ended_at is None else in_utc(each.ended_at) for each in claims]
        known = [end for end in ends if end is not None]
        return Moments(
            min(in_utc(each.known_stopped) for each in claims), max(known) if len(known) == len(ends) else None
        )
    return None if picked is None else Moments(in_utc(picked), in_utc(picked))
