"""What an incident brings to a level: the pairs of moments that the level times, or the obligations it asks for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, cast

import msgspec

from slm_domain.facts import Call, IncidentFacts, MomentKind
from slm_domain.figures.local_time import local_date
from slm_domain.measures import MOMENTS
from slm_domain.register import Register
from slm_domain.sla import IncidentMoment, Measure
from slm_domain.times import picked_end


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident brings to a level, before its due times are known."""

    subject: str
    start: datetime
    end: datetime | None
    met: bool | None = None
    told_at: datetime | None = None  # a delay told, for an arrival (S8)
    positions: tuple[int, ...]


def occasions(register: Register, measure: Measure, incident: IncidentFacts) -> Iterator[Occasion]:
    """What the incident brings to a level that is fed by incidents. Raises `NotTimedByIncidentsError`."""
    match measure.start, measure.end:
        case "parts_needed", _:
            yield from _of_parts(incident)
        case "equipment_stop_told", "equipment_restored":
            yield from _of_equipment(incident)
        case "contacted", "arrived" | "work_started" as end:
            yield from (_called(incident, call, end) for call in incident.calls if _is_for(call, measure))
        case str() as start, str() as end if {start, end} <= MOMENTS:
            if incident.level in measure.fault_levels:
                yield from _of_moments(register, incident, start, end)
        case _:
            raise NotTimedByIncidentsError(measure)


def _of_parts(incident: IncidentFacts) -> Iterator[Occasion]:
    for part in incident.parts:
        subject = f"{incident.incident}/{part.part}"
        yield Occasion(subject=subject, start=part.at, end=part.at, met=part.ready, positions=(part.position,))


def _of_equipment(incident: IncidentFacts) -> Iterator[Occasion]:
    for each in incident.equipment:
        subject = f"{incident.incident}/{each.equipment}"
        yield Occasion(subject=subject, start=each.told_at, end=each.restored_at, positions=each.positions)


def _of_moments(
    register: Register, incident: IncidentFacts, start: IncidentMoment, end: IncidentMoment
) -> Iterator[Occasion]:
    began, done = _moment(register, incident, start), _moment(register, incident, end)
    if began is not None:
        yield Occasion(
            subject=incident.incident,
            start=began.at,
            end=None if done is None else done.at,
            positions=began.positions if done is None else (*began.positions, *done.positions),
        )


class _Moment(msgspec.Struct, frozen=True):
    at: datetime
    positions: tuple[int, ...]


def _moment(register: Register, incident: IncidentFacts, kind: IncidentMoment) -> _Moment | None:
    if kind == "detected":
        return _Moment(incident.detected_at, incident.positions[:1])
    if kind == "recovered":
        over = picked_end(incident, register.terms_for(local_date(incident.detected_at, register.zone)))
        return None if over is None else _Moment(over, _ending_positions(incident))
    found = incident.moment(cast(MomentKind, kind))
    return None if found is None else _Moment(found.at, (found.position,))


class NotTimedByIncidentsError(ValueError):
    """A level asks incidents for a pair of moments that no incident has."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(f"no incident is timed from {measure.start} to {measure.end}")


def _is_for(call: Call, measure: Measure) -> bool:
    if measure.end == "arrived" and call.site is None:
        return False
    return (measure.site is None or measure.site == call.site) and (measure.work is None or measure.work == call.work)


def _called(incident: IncidentFacts, call: Call, end: Literal["arrived", "work_started"]) -> Occasion:
    # Arriving means arriving and working (S44), so an arrival starts the work where nothing else did before.
    started = [at for at in (call.work_started_at, call.arrived_at) if at is not None]
    return Occasion(
        subject=f"{incident.incident}/{call.call}",
        start=call.contacted_at,
        end=call.arrived_at if end == "arrived" else min(started, default=None),
        told_at=call.delay_told_at if end == "arrived" else None,
        positions=call.positions,
    )


def _ending_positions(incident: IncidentFacts) -> tuple[int, ...]:
    if incident.settled is not None:
        return (incident.settled.position,)
    ended = [statement.position for statement in incident.statements if statement.ended_at is not None]
    return tuple(ended) or tuple(moment.position for moment in incident.moments if moment.kind == "recovered")
