"""Downtimes drawn at random: stops of any kind, with claims of exclusions, planned stops and time not measured."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.facts import ExclusionFact, IncidentFacts, PlannedStop, Statement, UnmeasuredTime
from slm_domain.register import Register
from slm_domain.sla import Allowance, Sla
from slm_domain.stated_times import KnownBy
from tests.domain.agreement import jst, party
from tests.domain.downtimes import agreed, excluded, outage, record, restored, still_stopped

START, END, LATER = jst(6, 2, 0), jst(6, 5, 0), jst(6, 6, 0)
MINUTE = timedelta(minutes=1)
SYSTEMS = {"payroll": "town", "server": "town", "library": "village"}
HOUSES = ("service", "systems", "organisations")

minutes = st.integers(0, 3 * 24 * 60).map(lambda number: START + number * MINUTE)
lengths = st.integers(1, 700).map(lambda number: number * MINUTE)
known_by: st.SearchStrategy[KnownBy] = st.sampled_from(("moment", "report"))
flags = st.booleans()


@st.composite
def incidents(draw: st.DrawFn, code: str = "one", *, certain: bool = False, whole: bool = False) -> IncidentFacts:
    """A stop of some systems; not `certain`, it can be open, known by reports, contested and partly restored."""
    start = draw(minutes)
    named = tuple(draw(st.lists(st.sampled_from(sorted(SYSTEMS)), min_size=1, unique=True)))
    found = outage(
        start,
        start + draw(lengths) if certain or draw(flags) else None,
        code=code,
        level="A" if whole else draw(st.sampled_from(["A", "B"])),
        systems=named,
        organisations=tuple(sorted({SYSTEMS[system] for system in named})),
    )
    if certain:
        return found
    told = draw(st.lists(st.tuples(lengths, st.sampled_from(named), known_by), max_size=2))
    found = replace(
        found,
        reports=still_stopped(*(start + after for after in draw(st.lists(lengths, max_size=2)))),
        restorations=() if whole else tuple(restored(start + after, system, known_by=by) for after, system, by in told),
    )
    if draw(flags):
        return found
    other = Statement(
        side="provider", started_at=None, ended_at=start + draw(lengths), corrects=False, position=9, known_by="moment"
    )
    return replace(found, statements=(*found.statements, other))


@st.composite
def claims(draw: st.DrawFn, incident: IncidentFacts) -> IncidentFacts:
    """The incident, with an exclusion of all or of a part of it at some stage."""
    found = tuple(draw(claimed(incident, number)) for number in range(draw(st.integers(0, 2))))
    return replace(incident, exclusions=found)


@st.composite
def claimed(draw: st.DrawFn, incident: IncidentFacts, number: int, status: str | None = None) -> ExclusionFact:
    """A claim of all or of a part, on a ground with or without an allowance, or by a planned stop."""
    begin = draw(st.none() | minutes)
    ground = draw(st.sampled_from(["maintenance", "works", "disaster"]))
    return excluded(
        begin,
        None if draw(flags) else (begin or incident.detected_at) + draw(lengths),
        exclusion=f"ex{number}",
        ground=ground,
        planned_stop=f"of {ground}" if draw(flags) else None,
        status=status or draw(st.sampled_from(["claimed", "accepted", "rejected"])),
        positions=(draw(st.integers(20, 99)),),
    )


@st.composite
def allowances(draw: st.DrawFn) -> Allowance | None:
    """None, or so many minutes of the month or of the year."""
    if draw(flags):
        return None
    return Allowance(per=draw(st.sampled_from(["month", "fiscal_year"])), minutes=draw(st.integers(1, 900)))


@st.composite
def planned_stops(draw: st.DrawFn, ground: str) -> PlannedStop:
    """Announced at some time, of some of the systems."""
    start = draw(minutes)
    named = tuple(draw(st.lists(st.sampled_from(sorted(SYSTEMS)), min_size=1, unique=True)))
    return PlannedStop(
        planned_stop=f"of {ground}",
        ground=ground,
        told_at=start,
        starts_at=start,
        ends_at=start + 3 * draw(lengths),
        systems=named,
        organisations=tuple(sorted({SYSTEMS[system] for system in named})),
        position=9,
    )


@st.composite
def partly(draw: st.DrawFn, incident: IncidentFacts) -> IncidentFacts:
    """The incident, with an accepted exclusion that begins with it or soon after; or with any claim or none."""
    if draw(st.integers(0, 3)) == 0:
        return draw(claims(incident))
    begin = incident.detected_at + draw(st.integers(0, 60)) * MINUTE
    return replace(incident, exclusions=(excluded(begin, begin + draw(lengths)),))


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """A choice of the terms that downtime depends on."""
    return {
        "exclusion_policy": draw(st.sampled_from(["remove", "count_as_up"])),
        "unmeasured": draw(st.sampled_from(["remove", "stays_in_base"])),
        "contested_times": draw(st.sampled_from(["municipality", "provider", "lowest", "highest"])),
        "restoration_between_reports": draw(st.sampled_from(["at_report", "at_last_report_before"])),
        "availability_of": draw(st.sampled_from(HOUSES)),
        "min_stop_minutes": draw(st.none() | st.just(60)),
        "threshold_scope": draw(st.sampled_from(["contract", "organisation"])),
        "stop_length_measured": draw(st.sampled_from(["clipped_to_hours", "whole"])),
        "partial_counts": draw(st.sampled_from(["no", "full", "weight"])),
        "partial_weight_by": draw(st.sampled_from(["systems", "organisations"])),
    }


@st.composite
def gaps(draw: st.DrawFn) -> list[UnmeasuredTime]:
    """Up to one stretch in which nobody measured some or all of the systems."""
    if draw(flags):
        return []
    start = draw(minutes)
    systems = tuple(draw(st.lists(st.sampled_from(sorted(SYSTEMS)), unique=True)))
    return [
        UnmeasuredTime(
            unmeasured="gap",
            side="provider",
            starts_at=start,
            ends_at=start + draw(lengths),
            systems=systems,
            position=9,
        )
    ]


@st.composite
def records(draw: st.DrawFn) -> Register:
    """Up to three incidents of any kind, with claims of exclusions and unmeasured time."""
    found = [draw(incidents(code).flatmap(claims)) for code in draw(st.lists(st.sampled_from("abc"), unique=True))]
    sla = agreed(**draw(terms()))
    maintenance, disaster = sla.grounds
    works = replace(maintenance, code="works", allowance=draw(allowances()))
    grounds = (replace(maintenance, allowance=draw(allowances())), works, disaster)
    register = record(replace(sla, grounds=grounds), *found, unmeasured=draw(gaps()))
    register.planned_stops = {f"of {each.code}": draw(planned_stops(each.code)) for each in grounds}
    return register


def with_works(sla: Sla) -> Sla:
    """The SLA with every ground that claims are drawn on."""
    return replace(sla, grounds=(*sla.grounds, replace(sla.grounds[0], code="works")))


@st.composite
def lonely(draw: st.DrawFn) -> Register:
    """A contract of one organisation with one system, and up to three stops of it, most with a part excluded."""
    chosen = {
        **draw(terms()),
        "availability_of": "service",
        "min_stop_minutes": draw(st.sampled_from([None, 60, 240, 240])),
    }
    whole = with_works(agreed(**chosen))
    alone = replace(whole, municipality=party("town"), systems=whole.systems[:1])
    found = [
        replace(draw(incidents(code).flatmap(partly)), systems=("payroll",), organisations=("town",), restorations=())
        for code in draw(st.lists(st.sampled_from("abc"), unique=True))
    ]
    return record(alone, *found, unmeasured=[replace(each, systems=()) for each in draw(gaps())])
