"""Until when things are due, and how long their clocks run (C13, C14, S28, A9, A12, A13, A15, A16, A21, A32, A36)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.dues import allowed, clock_run, lasted
from slm_domain.facts import (
    Call,
    Equipment,
    IncidentFacts,
    LevelVersion,
    Measured,
    MomentFact,
    MomentKind,
    PauseFact,
    SlaVersion,
)
from slm_domain.figures.judgement import Verdict
from slm_domain.items import Item, items_of_incident, items_of_measurement, judge
from slm_domain.register import Register
from slm_domain.sla import Bound, BoundUnit, FaultGrade, FaultLevel, Measure, Terms, WeeklyHours
from tests.domain.agreement import SLA, jst, level, words

# Monday to Friday 9 to 17 for both roles; Monday 2 to Sunday 29 June 2025 has no holiday. Times are of June.
NINE_TO_FIVE = ("09:00-17:00",)
WEEK = WeeklyHours(
    name=words("opening"), mon=NINE_TO_FIVE, tue=NINE_TO_FIVE, wed=NINE_TO_FIVE, thu=NINE_TO_FIVE, fri=NINE_TO_FIVE
)
APRIL_1 = date(2025, 4, 1)
Written = dict[str, Any]


def june(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return jst(6, day, hour, minute)


def agreed(measure: Measure, amount: Decimal | int, unit: BoundUnit, **terms: Any) -> Register:
    register = Register()
    sla = replace(SLA, calendars={"opening": WEEK}, terms=Terms(**terms))
    register.slas.append(SlaVersion(number=1, effective_from=APRIL_1, sla=sla, digest="", position=1))
    definition = level("timed", measure, Bound(amount=Decimal(amount), unit=unit))
    register.levels["timed"] = [
        LevelVersion(
            level="timed", effective_from=APRIL_1, definition=definition, revision=None, review=None, position=2
        )
    ]
    return register


def by_hand(**measure: Any) -> Measure:
    return Measure(kind="duration_at_most", source="measurements", **measure)


def of_incidents(start: str, end: str, **measure: Any) -> Measure:
    return Measure(kind="duration_at_most", source="incidents", start=start, end=end, **measure)  # type: ignore[arg-type]  # a name of a moment


def measured(register: Register, start: datetime, end: datetime | None = None) -> Item:
    fact = Measured(
        level="timed",
        measurement="m",
        at=start,
        start=start,
        end=end or start + timedelta(minutes=1),
        met=None,
        succeeded=True,
        positions=(3,),
    )
    (item,) = items_of_measurement(register, fact)
    return item


def incident(grade: FaultGrade = "A", **facts: Any) -> IncidentFacts:
    return IncidentFacts(
        incident="i",
        level=grade,
        systems=("payroll",),
        organisations=("town",),
        correlation=None,
        positions=(3,),
        **{"detected_at": june(2, 10), **facts},
    )


def at(kind: MomentKind, instant: datetime) -> MomentFact:
    return MomentFact(kind=kind, at=instant, position=4)


def call(**facts: Any) -> Call:
    return Call(
        **{
            "call": "c",
            "site": "town-hall",
            "work": None,
            "contacted_at": june(2, 16),
            "arrived_at": None,
            "work_started_at": None,
            "delay_told_at": None,
            "delay_ground": None,
            "positions": (4,),
            **facts,
        }
    )


def pause(start: datetime, end: datetime | None = None, **what: str) -> PauseFact:
    facts = {"call": None, "equipment": None, **what}
    return PauseFact(started_at=start, ended_at=end, stated_by="provider", positions=(5,), **facts)


def item_of(register: Register, fact: IncidentFacts) -> Item:
    (item,) = items_of_incident(register, fact)
    return item


def due(register: Register, fact: IncidentFacts) -> datetime | None:
    return item_of(register, fact).guaranteed_due


# --- Days and months


@pytest.mark.parametrize(
    ("measure", "amount", "unit", "expected"),
    [
        # received on Friday 6 June at 10:00
        ({}, 3, "days", june(10, 0)),  # calendar days: day 1 is Saturday, the end of Monday 9
        ({"day_kind": "opening"}, 3, "days", june(12, 0)),  # Monday 9, Tuesday, the end of Wednesday 11
        ({"day_kind": "24h"}, 3, "days", june(9, 10)),  # 72 hours
        ({"count_first_day": True}, 3, "days", june(9, 0)),  # Friday is day 1: the end of Sunday 8
        ({"day_kind": "opening", "count_first_day": True}, 3, "days", june(11, 0)),  # the end of Tuesday 10
        ({}, 2, "days", june(9, 0)),  # the end of Sunday 8: with shift none a closed day ends with the day
        ({"due_shift": "next_opening_day"}, 2, "days", june(10, 0)),  # the end of Monday 9
        ({"due_shift": "previous_opening_day"}, 2, "days", june(7, 0)),  # the end of Friday 6
        ({"due_shift": "next_opening_day", "due_end": "end_of_opening_hours"}, 2, "days", june(9, 17)),
        ({"due_end": "end_of_opening_hours"}, 2, "days", june(9, 0)),  # a closed day has no opening hours to end with
        ({"count_first_day": True}, 0, "days", june(7, 0)),  # nothing to count: the day itself
        ({}, 1, "months", jst(7, 7, 0)),  # the end of Sunday 6 July
        ({"count_first_day": True}, 1, "months", jst(7, 6, 0)),
        ({"due_shift": "next_opening_day"}, 1, "months", jst(7, 8, 0)),
        ({}, 90, "seconds", june(6, 10) + timedelta(seconds=90)),
        ({}, Decimal("1.5"), "days", june(7, 22)),  # not a whole number of days: 36 hours
        ({"clock": "opening_hours"}, 10, "hours", june(9, 12)),  # 7 hours on Friday, 3 on Monday
    ],
)
def test_a_duration_is_due_by_its_unit_first_day_shift_and_end(
    measure: dict[str, Any], amount: Decimal | int, unit: BoundUnit, expected: datetime
) -> None:
    assert measured(agreed(by_hand(**measure), amount, unit), june(6, 10)).guaranteed_due == expected


def test_a_lead_is_counted_back_from_what_it_leads_up_to() -> None:
    # Asked for on the 6th, for Monday 16 June: three opening days before are 13, 12, 11: the end of Wednesday 11.
    lead = Measure(kind="lead_at_least", source="measurements", day_kind="opening")
    assert measured(agreed(lead, 3, "days"), june(6, 10), june(16, 10)).guaranteed_due == june(12, 0)
    # Three calendar days before is Friday 13; four is Thursday 12; a month before is 16 May.
    calendar = Measure(kind="lead_at_least", source="measurements", due_shift="previous_opening_day")
    assert measured(agreed(calendar, 2, "days"), june(6, 10), june(17, 10)).guaranteed_due == june(14, 0)
    assert measured(agreed(calendar, 1, "months"), june(6, 10), june(16, 10)).guaranteed_due == jst(5, 17, 0)


# --- Incident levels


@pytest.mark.parametrize(("grade", "items"), [("A", 1), ("B", 0)])
def test_calls_of_incident_levels_that_the_measure_does_not_name_have_no_item(grade: FaultGrade, items: int) -> None:
    register = agreed(of_incidents("contacted", "arrived", fault_levels=("A",)), 30, "minutes")
    assert len(list(items_of_incident(register, incident(grade, calls=(call(),))))) == items


# --- Extraordinary work


@pytest.mark.parametrize(
    ("called", "covers", "verdict"),
    [
        (june(2, 20), False, Verdict.NOT_APPLICABLE),  # outside support hours, 9 to 17
        (june(2, 17), False, Verdict.NOT_APPLICABLE),  # exactly at their end they are over
        (june(2, 16, 59), False, Verdict.BREACH),
        (june(2, 9), False, Verdict.BREACH),  # exactly at their start they have begun
        (june(2, 20), True, Verdict.BREACH),
    ],
)
def test_a_call_for_extraordinary_work_outside_support_hours_is_covered_only_if_the_level_says_so(
    called: datetime, covers: bool, verdict: Verdict
) -> None:
    register = agreed(of_incidents("contacted", "arrived", covers_extraordinary=covers), 30, "minutes")
    arrived = called + timedelta(hours=1)
    asked = call(contacted_at=called, arrived_at=arrived, extraordinary=True)
    assert judge(item_of(register, incident(calls=(asked,))), june(30)).verdict is verdict
    other = call(call="d", contacted_at=called, arrived_at=arrived)  # of the same incident, but not at anyone's request
    found = {
        item.subject: judge(item, june(30)).verdict
        for item in items_of_incident(register, incident(calls=(asked, other)))
    }
    assert found == {"i/c": verdict, "i/d": Verdict.BREACH}


# --- Receipt and running time


@pytest.mark.parametrize(
    ("received", "runs", "expected"),
    [
        (june(6, 10), june(6, 10), june(6, 11)),
        (june(6, 16, 30), june(6, 16, 30), june(6, 17, 30)),  # received inside: elapsed time runs on
        (june(6, 17), june(9, 9), june(9, 10)),  # at the close: from Monday's opening
        (june(7, 3), june(9, 9), june(9, 10)),
        (june(9, 8), june(9, 9), june(9, 10)),  # before the day's opening
    ],
)
def test_what_comes_outside_support_hours_runs_from_their_next_start(
    received: datetime, runs: datetime, expected: datetime
) -> None:
    register = agreed(by_hand(runs_from="support_hours"), 1, "hours")
    item = measured(register, received)
    assert (item.start, item.runs_from or item.start, item.guaranteed_due) == (received, runs, expected)
    done = replace(item, end=runs + timedelta(minutes=40))
    assert lasted(done, june(30)) == clock_run(register, done, june(30)) == timedelta(minutes=40)


def test_what_was_done_before_its_clock_began_took_no_time() -> None:
    register = agreed(by_hand(runs_from="support_hours"), 1, "hours")
    item = measured(register, june(7, 3), june(7, 4))
    assert judge(item, june(30)).verdict is Verdict.MET_GUARANTEE
    assert lasted(item, june(30)) == clock_run(register, item, june(30)) == timedelta()


# --- Arrivals and restorations

ARRIVAL = of_incidents("contacted", "arrived")


@pytest.mark.parametrize(
    ("terms", "facts", "expected"),
    [
        ({}, {}, june(2, 17, 30)),
        ({"arrival_clock": "support_hours"}, {}, june(3, 9, 30)),  # an hour until 17, half an hour from 9
        ({"arrival_clock_start": "dispatch"}, {"dispatched_at": june(2, 16, 20)}, june(2, 17, 50)),
        ({"arrival_clock_start": "dispatch"}, {}, june(2, 17, 30)),  # nobody sent yet: from the call
    ],
)
def test_an_arrival_is_due_by_the_clock_and_from_the_moment_the_terms_name(
    terms: Written, facts: dict[str, Any], expected: datetime
) -> None:
    register = agreed(ARRIVAL, 90, "minutes", **terms)
    assert due(register, incident(calls=(call(**facts),))) == expected


@pytest.mark.parametrize(("triaged", "expected"), [(june(2, 16, 45), june(2, 18, 15)), (june(2, 11), june(2, 17, 30))])
def test_an_arrival_timed_from_the_triage_is_not_timed_from_before_the_call(
    triaged: datetime, expected: datetime
) -> None:
    register = agreed(ARRIVAL, 90, "minutes", arrival_clock_start="triage")
    assert due(register, incident(calls=(call(),), moments=(at("triaged", triaged),))) == expected


def test_a_level_can_time_the_dispatch_and_the_way_from_it() -> None:
    sent = call(dispatched_at=june(2, 16, 20), arrived_at=june(2, 17, 10))
    dispatch = item_of(agreed(of_incidents("contacted", "dispatched"), 30, "minutes"), incident(calls=(sent,)))
    assert (dispatch.start, dispatch.end) == (june(2, 16), june(2, 16, 20))
    way = item_of(agreed(of_incidents("dispatched", "arrived"), 60, "minutes"), incident(calls=(sent,)))
    assert (way.start, way.end) == (june(2, 16, 20), june(2, 17, 10))
    nobody_sent = incident(calls=(call(),))
    assert not list(items_of_incident(agreed(of_incidents("dispatched", "arrived"), 60, "minutes"), nobody_sent))


@pytest.mark.parametrize(
    ("restore_clock", "expected"),
    [("elapsed", june(3, 16)), ("opening", june(5, 16))],  # 1 hour on Monday, 8 + 8 on two days, 7 on Thursday
)
def test_equipment_is_restored_within_24_hours_elapsed_or_of_opening_hours(
    restore_clock: str, expected: datetime
) -> None:
    told = Equipment(equipment="server", told_at=june(2, 16), restored_at=None, positions=(4,))
    register = agreed(
        of_incidents("equipment_stop_told", "equipment_restored"), 24, "hours", restore_clock=restore_clock
    )
    assert due(register, incident(equipment=(told,))) == expected
    late = replace(item_of(register, incident(equipment=(told,))), end=expected + timedelta(minutes=30))
    assert allowed(register, late) == timedelta(hours=24)
    assert clock_run(register, late, june(30)) == timedelta(hours=24, minutes=30)


# --- Notices

NOTICE = of_incidents("detected", "notified")
AT_ONCE, END_OF_TUESDAY = june(2, 18, 30), june(3, 17)  # detected on Monday 2 June at 18:00, outside support hours


def with_fault_levels(register: Register) -> Register:
    told = {"A": "at_once", "B": "at_once_in_hours", "C": "next_service_day"}
    grades = tuple(
        FaultLevel(code=code, effect=words(code), urgency=words(code), report=report, means=words(code), told=words(""))  # type: ignore[arg-type]  # words of the document
        for code, report in told.items()
    )
    register.slas[0] = replace(register.slas[0], sla=replace(register.slas[0].sla, fault_levels=grades))
    return register


@pytest.mark.parametrize(
    ("terms", "grade", "expected"),
    [
        ({}, "A", AT_ONCE),
        ({}, "B", END_OF_TUESDAY),
        ({}, "C", END_OF_TUESDAY),
        ({"next_service_day_at": "start"}, "B", june(3, 9)),
        ({"notify_levels_covered": "all"}, "B", AT_ONCE),
        ({"notify_levels_covered": "all"}, "C", AT_ONCE),
    ],
)
def test_a_notice_waits_for_the_next_service_day_where_its_fault_level_says_so(
    terms: Written, grade: FaultGrade, expected: datetime
) -> None:
    register = with_fault_levels(agreed(NOTICE, 30, "minutes", **terms))
    assert due(register, incident(grade, detected_at=june(2, 18))) == expected


def test_a_notice_that_waits_has_no_target_where_none_was_agreed() -> None:
    register = with_fault_levels(agreed(NOTICE, 30, "minutes"))
    waiting = item_of(register, incident("C"))
    assert (waiting.guaranteed_due, waiting.target_due) == (june(3, 17), None)


def test_in_a_ratio_too_a_notice_may_wait_for_the_next_service_day() -> None:
    within = Bound(amount=Decimal(20), unit="minutes")
    share = replace(NOTICE, kind="ratio_at_least", period="month", within=within)
    waiting = item_of(with_fault_levels(agreed(share, 90, "percent")), incident("C"))
    assert (waiting.guaranteed_due, waiting.within_due) == (None, june(3, 17))


def test_level_b_inside_support_hours_is_told_at_once_and_level_c_the_next_service_day() -> None:
    register = with_fault_levels(agreed(NOTICE, 30, "minutes"))
    assert due(register, incident("B")) == june(2, 10, 30)
    assert due(register, incident("C")) == june(3, 17)


def test_level_c_may_be_told_in_the_regular_meeting_only() -> None:
    register = agreed(NOTICE, 30, "minutes", first_report="meeting_only")
    assert list(items_of_incident(register, incident("C"))) == []
    assert len(list(items_of_incident(register, incident("B")))) == 1


def test_what_is_told_in_the_meeting_is_an_obligation_of_its_own() -> None:
    register = agreed(of_incidents("detected", "meeting_reported", fault_levels=("C",)), 1, "months")
    told = item_of(register, incident("C", moments=(at("meeting_reported", june(20, 10)),)))
    assert (told.end, told.guaranteed_due) == (june(20, 10), jst(7, 3, 0))


# --- Pauses

RECOVERY = of_incidents("detected", "recovered", pausable=True)
IN_HOURS = of_incidents("detected", "recovered", pausable=True, clock="support_hours")


def recovered(instant: datetime) -> tuple[MomentFact, ...]:
    return (at("recovered", instant),)


@pytest.mark.parametrize(
    ("measure", "pauses", "expected"),
    [
        # detected on Monday 2 June at 10:00, four hours
        (RECOVERY, (), june(2, 14)),
        (RECOVERY, (pause(june(2, 11), june(2, 13)),), june(2, 16)),
        (RECOVERY, (pause(june(2, 11), june(2, 13)), pause(june(2, 12), june(2, 14))), june(2, 17)),  # 11 to 14: once
        (RECOVERY, (pause(june(2, 11), june(2, 13)), pause(june(2, 15), june(2, 16))), june(2, 17)),
        (RECOVERY, (pause(june(2, 14), june(2, 16)),), june(2, 14)),  # what ran out before it is not moved
        (RECOVERY, (pause(june(2, 11), june(2, 13), call="c"),), june(2, 14)),  # another clock
        (IN_HOURS, (pause(june(2, 13), june(3, 10)),), june(3, 11)),  # 13-17 and 9-10: five hours stood still
        (IN_HOURS, (pause(june(2, 18), june(3, 8)),), june(2, 14)),
        (of_incidents("detected", "recovered"), (pause(june(2, 11), june(2, 13)),), june(2, 14)),  # not to be paused
    ],
)
def test_a_pause_moves_what_is_due_by_what_its_clock_would_have_run(
    measure: Measure, pauses: tuple[PauseFact, ...], expected: datetime
) -> None:
    assert due(agreed(measure, 4, "hours"), incident(pauses=pauses)) == expected


@pytest.mark.parametrize(
    ("day_kind", "expected"),
    [
        ("calendar", june(5, 2)),  # the end of Wednesday 4 and two hours
        ("opening", june(5, 11)),  # two opening hours after the end of Wednesday 4
    ],
)
def test_a_pause_moves_days_by_its_time_and_opening_days_by_its_opening_time(day_kind: str, expected: datetime) -> None:
    measure = of_incidents("detected", "recovered", pausable=True, day_kind=day_kind)
    assert due(agreed(measure, 2, "days"), incident(pauses=(pause(june(2, 11), june(2, 13)),))) == expected


def test_no_due_time_is_reached_while_the_clock_stands() -> None:
    register = agreed(RECOVERY, 4, "hours")
    item = item_of(register, incident(pauses=(pause(june(2, 11)),)))
    assert item.guaranteed_due is None
    assert judge(item, june(20)).verdict is Verdict.PENDING
    assert clock_run(register, item, june(20)) == lasted(item, june(20)) == timedelta(hours=1)
    assert allowed(register, item) is None


def test_a_pause_inside_one_that_goes_on_stands_still_once() -> None:
    pauses = (pause(june(2, 11)), pause(june(2, 10, 30), june(2, 13), call="c"))
    register = agreed(of_incidents("contacted", "arrived", pausable=True), 4, "hours")
    item = item_of(register, incident(calls=(call(contacted_at=june(2, 10)),), pauses=pauses))
    assert clock_run(register, item, june(20)) == lasted(item, june(20)) == timedelta(minutes=30)


def test_what_was_late_before_the_pause_stays_late() -> None:
    item = item_of(agreed(RECOVERY, 4, "hours"), incident(pauses=(pause(june(2, 15)),)))
    assert item.guaranteed_due == june(2, 14)
    assert judge(item, june(2, 16)).verdict is Verdict.BREACH


def test_what_was_done_while_its_clock_stood_ends_the_pause() -> None:
    register = agreed(RECOVERY, 4, "hours")
    for end in (None, june(9)):
        item = item_of(register, incident(moments=recovered(june(5, 11)), pauses=(pause(june(2, 11), end),)))
        assert judge(item, june(20)).verdict is Verdict.MET_GUARANTEE
        assert clock_run(register, item, june(20)) == lasted(item, june(20)) == timedelta(hours=1)


@pytest.mark.parametrize(("pausable", "entries"), [(True, (3, 4, 5)), (False, (3, 4))])
def test_a_paused_item_names_the_entries_of_its_pauses_where_they_stop_its_clock(
    pausable: bool, entries: tuple[int, ...]
) -> None:
    register = agreed(of_incidents("detected", "recovered", pausable=pausable), 4, "hours")
    paused = incident(moments=recovered(june(2, 12)), pauses=(pause(june(2, 10, 30), june(2, 11)),))
    assert item_of(register, paused).positions == entries


def test_measured_time_leaves_pauses_out() -> None:
    register = agreed(IN_HOURS, 4, "hours")
    paused = incident(moments=recovered(june(3, 12)), pauses=(pause(june(2, 13), june(3, 10)),))
    item = item_of(register, paused)
    # Monday 10 to 13 and Tuesday 10 to 12 are five hours; it was due after four, on Tuesday at 11.
    assert clock_run(register, item, june(20)) == timedelta(hours=5)
    assert allowed(register, item) == timedelta(hours=4)
    assert judge(item, june(20)).verdict is Verdict.BREACH


def test_a_pause_of_a_call_or_of_equipment_stops_that_clock_alone_and_one_of_the_incident_all() -> None:
    of_call, of_server = pause(june(2, 16, 30), june(2, 17), call="c"), pause(june(2, 16), june(2, 18), equipment="s")
    arrival = agreed(of_incidents("contacted", "arrived", pausable=True), 60, "minutes")
    calls = (call(), call(call="d"))
    dues = [
        each.guaranteed_due for each in items_of_incident(arrival, incident(calls=calls, pauses=(of_call, of_server)))
    ]
    assert dues == [june(2, 17, 30), june(2, 17)]
    whole = pause(june(2, 16, 30), june(2, 17))
    both = [each.guaranteed_due for each in items_of_incident(arrival, incident(calls=calls, pauses=(whole,)))]
    assert both == [june(2, 17, 30), june(2, 17, 30)]
    told = tuple(
        Equipment(equipment=code, told_at=june(2, 16), restored_at=None, positions=(4,)) for code in ("s", "t")
    )
    restored = agreed(of_incidents("equipment_stop_told", "equipment_restored", pausable=True), 1, "hours")
    of_both = items_of_incident(restored, incident(equipment=told, pauses=(of_call, of_server)))
    assert [each.guaranteed_due for each in of_both] == [june(2, 19), june(2, 17)]


minutes = st.integers(min_value=0, max_value=30 * 24 * 60)


@given(started=minutes, length=st.integers(min_value=1, max_value=10_000), clock=st.sampled_from([RECOVERY, IN_HOURS]))
def test_a_pause_adds_exactly_what_its_clock_would_have_run(started: int, length: int, clock: Measure) -> None:
    register = agreed(clock, 20, "hours")
    begins = june(2, 10) + timedelta(minutes=started)
    paused = pause(begins, begins + timedelta(minutes=length))
    item = item_of(register, incident(pauses=(paused,)))
    unpaused = due(register, incident())
    assert unpaused is not None
    assert item.guaranteed_due is not None
    assert item.guaranteed_due >= unpaused
    assert allowed(register, item) == timedelta(hours=20)


@given(one=minutes, two=minutes, amount=st.integers(min_value=0, max_value=40), unit=st.sampled_from(["hours", "days"]))
def test_what_began_later_is_not_due_earlier(one: int, two: int, amount: int, unit: BoundUnit) -> None:
    for measure in (by_hand(clock="support_hours", runs_from="support_hours"), by_hand(day_kind="opening")):
        register = agreed(measure, amount, unit)
        first, second = (measured(register, june(2) + timedelta(minutes=at)) for at in sorted((one, two)))
        assert first.guaranteed_due is not None
        assert second.guaranteed_due is not None
        assert first.guaranteed_due <= second.guaranteed_due
