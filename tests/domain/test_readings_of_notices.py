"""How notices are read: from which moment, in which clock, for which levels (A15, A16, A23, A32).

The same facts under each value of a term, through the whole domain. Support hours are 8:30 to 17:15.
"""

from datetime import datetime
from typing import Literal

import pytest

from slm_domain.commands.incident import ContestTimes, ReportIncident
from slm_domain.commands.response import Notify
from slm_domain.figures.judgement import Verdict
from slm_domain.sla import Bound, Measure, WeeklyHours
from tests.charging import FIRM, LATER, TOWN, at, stop, words
from tests.domain.judging import BREACH, HOUR, MET, bound, judged, lasting, of
from tests.projections.contract_histories import CODE


def noticed(measure: Measure, guaranteed: Bound, *, occurred: datetime, detected: datetime, told: datetime) -> Verdict:
    """An outage that began, was detected, and was told."""
    desks = of(measure, guaranteed, terms={"notify_levels_covered": "all"})
    reported = ReportIncident(
        contract=CODE,
        by=TOWN,
        incident="i1",
        level="A",
        systems=("payroll",),
        organisations=("shimanto-town",),
        occurred_at=detected,
        outage_started_at=occurred,
    )
    assert desks.send(reported, LATER)
    assert desks.send(Notify(contract=CODE, by=FIRM, incident="i1", means="telephone", occurred_at=told), LATER)
    return judged(desks).verdict


@pytest.mark.parametrize(("start", "verdict"), [("detected", MET), ("occurred", BREACH)])
def test_a_notice_is_timed_from_the_occurrence_or_from_the_detection(
    start: Literal["occurred", "detected"], verdict: Verdict
) -> None:
    # 20 minutes (G4, 42b): 15 from the detection, 30 from the occurrence
    found = noticed(
        lasting(start, "notified"),
        bound(20, "minutes"),
        occurred=at(4, 10, 10),
        detected=at(4, 10, 10, 15),
        told=at(4, 10, 10, 30),
    )
    assert found is verdict


def test_without_an_outage_a_fault_occurred_when_it_was_detected() -> None:
    desks = of(lasting("occurred", "notified"), bound(20, "minutes"), terms={"notify_levels_covered": "all"})
    reported = ReportIncident(
        contract=CODE,
        by=TOWN,
        incident="i1",
        level="C",
        systems=(),
        organisations=("shimanto-town",),
        occurred_at=at(4, 10, 10),
    )
    assert desks.send(reported, LATER)
    told = Notify(contract=CODE, by=FIRM, incident="i1", means="mail", occurred_at=at(4, 10, 10, 20))
    assert desks.send(told, LATER)
    assert (judged(desks).items, judged(desks).verdict) == (1, MET)


def test_where_the_sides_differ_the_occurrence_is_that_of_the_picked_times() -> None:
    for pick, verdict in (("municipality", BREACH), ("provider", MET)):
        desks = of(
            lasting("occurred", "notified"),
            bound(20, "minutes"),
            terms={"contested_times": pick, "notify_levels_covered": "all"},
        )
        stop(desks, "i1", at(4, 10, 10), HOUR)
        contested = ContestTimes(contract=CODE, by=FIRM, incident="i1", started_at=at(4, 10, 10, 15), reason="監視記録")
        assert desks.send(contested, LATER)
        told = Notify(contract=CODE, by=FIRM, incident="i1", means="telephone", occurred_at=at(4, 10, 10, 30))
        assert desks.send(told, LATER)
        assert judged(desks).verdict is verdict


@pytest.mark.parametrize(("clock", "verdict"), [("elapsed", BREACH), ("support_hours", BREACH), ("opening_hours", MET)])
def test_a_notice_is_due_by_the_clock_that_its_level_names(
    clock: Literal["elapsed", "support_hours", "opening_hours"], verdict: Verdict
) -> None:
    # Detected on Thursday at 17:00, told on Friday at 9:15, an hour allowed: 16 h 15 min elapsed; with support until
    # 19:00 and from 8:00, 3 h 15 min of it; with opening until 17:15 and from 8:30, one hour.
    support = WeeklyHours(name=words("support"), thu=("08:00-19:00",), fri=("08:00-19:00",))
    opening = WeeklyHours(name=words("opening"), thu=("08:30-17:15",), fri=("08:30-17:15",))
    desks = of(
        lasting("detected", "notified", clock=clock),
        bound(1, "hours"),
        calendars={"opening": opening, "support": support},
        terms={"notify_levels_covered": "all"},
    )
    stop(desks, "i1", at(4, 10, 17), HOUR)
    told = Notify(contract=CODE, by=FIRM, incident="i1", means="telephone", occurred_at=at(4, 11, 9, 15))
    assert desks.send(told, LATER)
    assert judged(desks).verdict is verdict


@pytest.mark.parametrize(
    ("terms", "grade", "verdict"),
    [
        # Detected on Thursday 10 April at 18:00, told on Friday at 10:00; 30 minutes. A is told at once, B and C on the
        # next service day, Friday: to its end at 17:15, or when it begins at 8:30.
        ({}, "A", BREACH),
        ({}, "B", MET),
        ({}, "C", MET),
        ({"next_service_day_at": "start"}, "B", BREACH),
        ({"notify_levels_covered": "all"}, "B", BREACH),
        ({"notify_levels_covered": "all"}, "C", BREACH),
        ({"first_report": "meeting_only"}, "B", MET),
        ({"first_report": "meeting_only"}, "C", Verdict.NOT_APPLICABLE),
    ],
)
def test_a_notice_is_judged_by_what_the_terms_ask_of_its_fault_level(
    terms: dict[str, str], grade: Literal["A", "B", "C"], verdict: Verdict
) -> None:
    desks = of(lasting("detected", "notified"), bound(30, "minutes"), terms=terms)
    reported = ReportIncident(
        contract=CODE,
        by=TOWN,
        incident="i1",
        level=grade,
        systems=("payroll",),
        organisations=("shimanto-town",),
        occurred_at=at(4, 10, 18),
    )
    assert desks.send(reported, LATER)
    told = Notify(contract=CODE, by=FIRM, incident="i1", means="mail", occurred_at=at(4, 11, 10))
    assert desks.send(told, LATER)
    assert judged(desks).verdict is verdict
