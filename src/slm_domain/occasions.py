"""What an incident brings to a level: the pairs of moments that the level times, or the obligations it asks for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

from slm_domain.facts import Call, IncidentFacts
from slm_domain.figures.local_time import local_date
from slm_domain.register import Register
from slm_domain.sla import Measure
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
        case ("detected", "notified") | ("triaged", "triage_reported") | ("recovered", "report_handed_in"):
            if incident.level in measure.fault_levels:
                yield from _of_moments(register, measure, incident)
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


def _of_moments(register: Register, measure: Measure, incident: IncidentFacts) -> Iterator[Occasion]:
    if measure.end == "notified":
        yield _from_to(incident, incident.detected_at, incident.positions[:1], "notified")
    elif measure.end == "triage_reported":
        triaged = incident.moment("triaged")
        if triaged is not None:
            yield _from_to(incident, triaged.at, (triaged.position,), "triage_reported")
    else:
        over = picked_end(incident, register.terms_for(local_date(incident.detected_at, register.zone)))
        if over is not None:
            yield _from_to(incident, over, _ending_positions(incident), "report_handed_in")


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


def _from_to(
    incident: IncidentFacts,
    start: datetime,
    began: tuple[int, ...],
    end: Literal["notified", "triage_reported", "report_handed_in"],
) -> Occasion:
    done = incident.moment(end)
    return Occasion(
        subject=incident.incident,
        start=start,
        end=None if done is None else done.at,
        positions=began if done is None else (*began, done.position),
    )


def _ending_positions(incident: IncidentFacts) -> tuple[int, ...]:
    if incident.settled is not None:
        return (incident.settled.position,)
    ended = [statement.position for statement in incident.statements if statement.ended_at is not None]
    return tuple(ended) or tuple(moment.position for moment in incident.moments if moment.kind == "recovered")
