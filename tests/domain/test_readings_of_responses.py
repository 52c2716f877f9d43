"""How arrivals, triages and restorations are read (A8, A9, A12, A17): the same facts under each value of a term."""

from decimal import Decimal
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from slm_domain.commands.response import (
    Arrive,
    Contact,
    Dispatch,
    ReportTriage,
    RestoreEquipment,
    TellEquipmentStop,
    Triage,
)
from slm_domain.figures.judgement import Verdict
from slm_domain.sla import LateIncrements, Site
from tests.charging import FIRM, LATER, TOWN, at, desks_of, level_of, rule, sla_with, stop, words
from tests.domain.judging import BREACH, HOUR, MET, april, bound, judged, lasting, minutes, of
from tests.projections.contract_histories import CODE


def test_two_rooms_have_a_limit_and_steps_each() -> None:
    rooms = {"room-one": 30, "room-two": 75}
    levels = tuple(
        replace(level_of(lasting("contacted", "arrived", site=room), bound(limit, "minutes")), key=room)
        for room, limit in rooms.items()
    )
    rules = tuple(
        rule(
            LateIncrements,
            code=room,
            level=room,
            first_percent=Decimal(5),
            step_minutes=step,
            step_percent=Decimal(5),
        )
        for room, step in (("room-one", 15), ("room-two", 30))
    )
    sites = tuple(Site(code=room, name=words(room)) for room in rooms)
    desks = desks_of(sla_with(levels=levels, deductions=rules, sites=sites))
    stop(desks, "i1", at(4, 10), minutes(1))
    for room in rooms:
        about: dict[str, Any] = {"contract": CODE, "incident": "i1", "call": room}
        assert desks.send(Contact(**about, by=TOWN, site=room, occurred_at=at(4, 10)), LATER)
        assert desks.send(Arrive(**about, by=FIRM, occurred_at=at(4, 10, 10, 20)), LATER)
    # 80 minutes: 50 late for the first room, 5 % and three steps of 15; 5 late for the second, 5 %
    assert [line.share.value * 100 for line in april(desks).deductions] == [20, 5]


@pytest.mark.parametrize(("start", "verdict"), [("triaged", MET), ("detected", BREACH)])
def test_a_triage_report_is_timed_from_the_triage_or_from_the_detection(
    start: Literal["triaged", "detected"], verdict: Verdict
) -> None:
    # detected at 9:00, triaged at 9:30, reported at 10:15: 45 or 75 minutes of 60
    desks = of(lasting(start, "triage_reported"), bound(60, "minutes"))
    stop(desks, "i1", at(4, 10), HOUR)
    about: dict[str, Any] = {"contract": CODE, "by": FIRM, "incident": "i1"}
    assert desks.send(Triage(**about, occurred_at=at(4, 10, 9, 30)), LATER)
    assert desks.send(ReportTriage(**about, occurred_at=at(4, 10, 10, 15)), LATER)
    assert judged(desks).verdict is verdict


@pytest.mark.parametrize(
    ("terms", "share"),
    [
        # Called on Thursday 10 April at 17:00, sent at 17:30, arrived on Friday at 9:31; 90 minutes, then 5 % when late
        # and for each further 30 minutes passed. 16 h 31 min from the call and 16 h 1 min from the dispatch are 901 and
        # 871 minutes late: 30 and 29 steps.
        ({}, 5 + 5 * 30),
        ({"arrival_clock_start": "dispatch"}, 5 + 5 * 29),
        ({"arrival_clock_start": "triage"}, 5 + 5 * 28),  # triaged at 18:00: 841 minutes late, 28 steps
        # In support hours, until 17:15 and from 8:30: 76 minutes from the call.
        ({"arrival_clock": "support_hours"}, 0),
    ],
)
def test_an_arrival_costs_by_the_clock_and_from_the_moment_that_the_terms_name(
    terms: dict[str, str], share: int
) -> None:
    late = rule(
        LateIncrements, level="arrival-hardware", first_percent=Decimal(5), step_minutes=30, step_percent=Decimal(5)
    )
    desks = desks_of(sla_with(deductions=(late,), terms=terms))
    stop(desks, "i1", at(4, 10, 17), minutes(1))
    call: dict[str, Any] = {"contract": CODE, "incident": "i1", "call": "c1"}
    asked = Contact(**call, by=TOWN, site="town-hall", work="hardware", occurred_at=at(4, 10, 17))
    assert desks.send(asked, LATER)
    assert desks.send(Dispatch(**call, by=FIRM, occurred_at=at(4, 10, 17, 30)), LATER)
    assert desks.send(Triage(contract=CODE, by=FIRM, incident="i1", occurred_at=at(4, 10, 18)), LATER)
    assert desks.send(Arrive(**call, by=FIRM, occurred_at=at(4, 11, 9, 31)), LATER)
    assert april(desks).share_before_cap.value * 100 == share


@pytest.mark.parametrize(("clock", "share"), [("elapsed", 24), ("opening", 0)])
def test_equipment_costs_by_the_hours_that_the_term_counts(clock: str, share: int) -> None:
    # Told on Thursday 10 April at 9:00, restored on Saturday at 9:01: 24 hours have passed after the 24, 1 % each; in
    # opening hours it took 8 h 15 min and 8 h 45 min, which are fewer than 24.
    late = rule(
        LateIncrements, level="town-hall-equipment", first_percent=Decimal(0), step_minutes=60, step_percent=Decimal(1)
    )
    desks = desks_of(sla_with(deductions=(late,), terms={"restore_clock": clock}))
    stop(desks, "i1", at(4, 10), minutes(1))
    equipment: dict[str, Any] = {"contract": CODE, "incident": "i1", "equipment": "town-hall-equipment"}
    assert desks.send(TellEquipmentStop(**equipment, by=TOWN, occurred_at=at(4, 10)), LATER)
    assert desks.send(RestoreEquipment(**equipment, by=FIRM, occurred_at=at(4, 12, 9, 1)), LATER)
    assert april(desks).share.value * 100 == share
