"""An outage's times as each side has them, from what the sides stated, what ran again, and what reports told (C23, J1).

They follow from an incident's facts alone, so facts keep them once they are worked out.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from slm_domain.sla import SIDES, Side

if TYPE_CHECKING:
    from slm_domain.facts import IncidentFacts, Restoration

KnownBy = Literal["moment", "report"]  # the moment of a restoration, or only the report that first told of it (J1)


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """The start and end of an outage; no end while it is open.

    An end that is only `known_by` a report lies between it and `stopped_until`, the last moment before at which the
    outage was known to go on. For an open outage that is the last such moment of all, for a known end the end itself.
    """

    started_at: datetime
    ended_at: datetime | None
    known_by: KnownBy = "moment"
    stopped_until: datetime | None = None

    @property
    def known_stopped(self) -> datetime:
        """The instant up to which service was surely stopped, by this claim."""
        if self.ended_at is not None and self.known_by == "moment":
            return self.ended_at
        return self.started_at if self.stopped_until is None else max(self.started_at, self.stopped_until)


class Reach(msgspec.Struct, frozen=True):
    """The first start that any side states, or the settled one, and the last end; None while no end is stated."""

    start: datetime
    end: datetime | None


def reach_of(incident: "IncidentFacts") -> Reach | None:
    """How far the outage reaches by whatever claim; None without an outage."""
    if incident.settled is not None:
        return Reach(incident.settled.started_at, incident.settled.ended_at)
    starts = [statement.started_at for statement in incident.statements if statement.started_at is not None]
    ends = [statement.ended_at for statement in incident.statements if statement.ended_at is not None]
    return Reach(min(starts), max(ends, default=None)) if starts else None


def claims_of(incident: "IncidentFacts", systems: Collection[str] | None = None) -> dict[Side, Times]:
    """The outage as each side has it: its own last statements, and the other side's where it made none.

    Settled times count as both sides' own. With `systems` it is the outage of these systems: it is over for them when
    all of them run again (J1), at the latest when the incident is over. No claim at all: an empty dict.
    """
    return {side: claim for side in SIDES if (claim := claimed(incident, side, systems)) is not None}


def claimed(incident: "IncidentFacts", side: Side, systems: Collection[str] | None = None) -> Times | None:
    """The outage, or with `systems` theirs, as one side has it."""
    times = _stated(incident, side)
    if times is None:
        return None
    restored = None if systems is None else _restored(incident, side, systems)
    if restored is not None and (times.ended_at is None or restored.at < times.ended_at):
        if restored.at <= times.started_at:
            return None
        times = Times(started_at=times.started_at, ended_at=restored.at, known_by=restored.known_by)
    if times.ended_at is not None and times.known_by == "moment":
        return times
    return msgspec.structs.replace(times, stopped_until=_last_known(incident, times, systems))


def _stated(incident: "IncidentFacts", side: Side) -> Times | None:
    """The start and end of the whole outage by this side's claim."""
    if incident.settled is not None:
        return Times(started_at=incident.settled.started_at, ended_at=incident.settled.ended_at)
    other: Side = SIDES[1] if side == SIDES[0] else SIDES[0]
    start = _start(incident, side) or _start(incident, other)
    if start is None:
        return None
    ended_at, known_by = _end(incident, side) or _end(incident, other) or (None, "moment")
    return Times(started_at=start, ended_at=ended_at, known_by=known_by)


def _start(incident: "IncidentFacts", side: Side) -> datetime | None:
    stated = [each.started_at for each in incident.statements if each.side == side and each.started_at is not None]
    return stated[-1] if stated else None


def _end(incident: "IncidentFacts", side: Side) -> tuple[datetime, KnownBy] | None:
    stated = [
        (each.ended_at, each.known_by)
        for each in incident.statements
        if each.side == side and each.ended_at is not None
    ]
    return stated[-1] if stated else None


def _restored(incident: "IncidentFacts", side: Side, systems: Collection[str]) -> "Restoration | None":
    """The restoration with which the last of the systems ran again, by this side's claim; None while one does not."""
    latest: Restoration | None = None
    for system in systems:
        told = [each for each in incident.restorations if system in each.systems]
        own = [each for each in told if each.side == side] or told
        first = min(own, key=lambda each: each.at, default=None)
        if first is None:
            return None
        if latest is None or first.at > latest.at:
            latest = first
    return latest


def _last_known(incident: "IncidentFacts", times: Times, systems: Collection[str] | None) -> datetime | None:
    """The last moment before the end at which a report, or the restoration of others, told that the stop went on."""
    affected = incident.systems if systems is None else systems
    known = [report.at for report in incident.reports]
    running: set[str] = set()
    for restoration in sorted(incident.restorations, key=lambda each: each.at):
        running.update(restoration.systems)
        if not affected or not running.issuperset(affected):
            known.append(restoration.at)
    return max((at for at in known if times.ended_at is None or at < times.ended_at), default=None)
