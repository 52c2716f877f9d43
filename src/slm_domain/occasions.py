"""What an incident brings to a level: the pairs of moments that the level times, or the obligations it asks for."""

from collections.abc import Iterator
from datetime import datetime
from typing import cast

import msgspec

from slm_domain.facts import Call, IncidentFacts, MomentKind, PauseFact
from slm_domain.figures.local_time import local_date
from slm_domain.measures import MOMENTS
from slm_domain.possible_times import Extents, extents
from slm_domain.register import Register
from slm_domain.sla import IncidentMoment, Measure, Terms
from slm_domain.times import picked_end, picked_start


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident brings to a level, before its due times are known."""

    subject: str
    start: datetime
    end: datetime | None
    met: bool | None = None
    told_at: datetime | None = None  # a delay told, for an arrival (S8)
    pauses: tuple[PauseFact, ...] = ()  # of its clock, or of the whole incident (C14)
    extraordinary: bool = False  # a call that is for work at the municipality's request (S5)
    extents: Extents | None = None  # where the time it lasted is not exact (C23)
    system: str | None = None  # that it concerns alone, of those of the incident: equipment is one
    positions: tuple[int, ...]


def occasions(register: Register, measure: Measure, incident: IncidentFacts) -> Iterator[Occasion]:
    """What the incident brings to a level that is fed by incidents. Raises `NotTimedByIncidentsError`."""
    if incident.level not in measure.fault_levels:
        return
    match measure.start, measure.end:
        case "parts_needed", _:
            yield from _of_parts(incident)
        case "equipment_stop_told", "equipment_restored":
            yield from _of_equipment(incident)
        case "contacted" | "dispatched", "dispatched" | "arrived" | "work_started":
            for call in incident.calls:
                if _is_for(call, measure) and (begun := _call_began(register, measure, incident, call)) is not None:
                    yield _called(incident, call, measure, begun)
        case str() as start, str() as end if {start, end} <= MOMENTS:
            if not _told_at_the_meeting_only(register, incident, end):
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
        yield Occasion(
            subject=subject,
            start=each.told_at,
            end=each.restored_at,
            positions=each.positions,
            pauses=_pauses(incident, equipment=each.equipment),
            system=each.equipment,
        )


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
            pauses=_pauses(incident),
            extents=extents(incident, start, end, began.at, None if done is None else done.at),
        )


class _Moment(msgspec.Struct, frozen=True):
    at: datetime
    positions: tuple[int, ...]


def _terms(register: Register, incident: IncidentFacts) -> Terms:
    return register.terms_for(local_date(incident.detected_at, register.zone))


def _moment(register: Register, incident: IncidentFacts, kind: IncidentMoment) -> _Moment | None:
    if kind == "detected":
        return _Moment(incident.detected_at, incident.positions[:1])
    if kind == "occurred":
        return _Moment(picked_start(incident, _terms(register, incident)), _beginning_positions(incident))
    if kind == "recovered":
        over = picked_end(incident, _terms(register, incident))
        return None if over is None else _Moment(over, _ending_positions(incident))
    found = incident.moment(cast(MomentKind, kind))
    return None if found is None else _Moment(found.at, found.positions)


class NotTimedByIncidentsError(ValueError):
    """A level asks incidents for a pair of moments that no incident has."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(f"no incident is timed from {measure.start} to {measure.end}")


def _is_for(call: Call, measure: Measure) -> bool:
    if measure.end == "arrived" and call.site is None:
        return False
    return (measure.site is None or measure.site == call.site) and (measure.work is None or measure.work == call.work)


def _call_began(register: Register, measure: Measure, incident: IncidentFacts, call: Call) -> _Moment | None:
    """From when a call is timed. For an arrival the terms say it: from the call, the dispatch or the triage (A9).

    Where that moment is not recorded, or lies before the call, it is timed from the call.
    """
    called = _Moment(call.contacted_at, ())
    if measure.start == "dispatched":
        return None if call.dispatched_at is None else _Moment(call.dispatched_at, ())
    if measure.end != "arrived":
        return called
    match register.terms_for(local_date(call.contacted_at, register.zone)).arrival_clock_start:
        case "contact":
            return called
        case "dispatch":
            return called if call.dispatched_at is None else _Moment(call.dispatched_at, ())
        case "triage":
            triaged = incident.moment("triaged")
            return called if triaged is None or triaged.at < called.at else _Moment(triaged.at, triaged.positions)


def _called(incident: IncidentFacts, call: Call, measure: Measure, begun: _Moment) -> Occasion:
    # Arriving means arriving and working (S44), so an arrival starts the work where nothing else did before.
    started = [at for at in (call.work_started_at, call.arrived_at) if at is not None]
    ends = {"dispatched": call.dispatched_at, "arrived": call.arrived_at, "work_started": min(started, default=None)}
    return Occasion(
        subject=f"{incident.incident}/{call.call}",
        start=begun.at,
        end=ends[measure.end or "arrived"],
        told_at=call.delay_told_at if measure.end == "arrived" else None,
        positions=(*call.positions, *begun.positions),
        pauses=_pauses(incident, call=call.call),
        extraordinary=call.extraordinary,
    )


def _pauses(incident: IncidentFacts, *, call: str | None = None, equipment: str | None = None) -> tuple[PauseFact, ...]:
    """The pauses of one clock: its own and those of the whole incident."""
    return tuple(
        pause
        for pause in incident.pauses
        if (pause.call is None and pause.equipment is None)
        or (call is not None and pause.call == call)
        or (equipment is not None and pause.equipment == equipment)
    )


def _told_at_the_meeting_only(register: Register, incident: IncidentFacts, end: IncidentMoment) -> bool:
    """Level C is not notified at all where the contract reads so: it is told in the regular meeting (A15)."""
    terms = register.terms_for(local_date(incident.detected_at, register.zone))
    return end == "notified" and incident.level == "C" and terms.first_report == "meeting_only"


def _beginning_positions(incident: IncidentFacts) -> tuple[int, ...]:
    if incident.settled is not None:
        return (incident.settled.position,)
    began = [statement.position for statement in incident.statements if statement.started_at is not None]
    return tuple(began) or incident.positions[:1]


def _ending_positions(incident: IncidentFacts) -> tuple[int, ...]:
    if incident.settled is not None:
        return (incident.settled.position,)
    ended = [statement.position for statement in incident.statements if statement.ended_at is not None]
    return tuple(ended) or tuple(moment.position for moment in incident.moments if moment.kind == "recovered")
