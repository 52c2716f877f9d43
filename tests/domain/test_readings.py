"""Both readings of a passage make a difference: the same facts under each value of a term, computed by hand (A1-A36).

What stands here goes through the whole domain: an SLA with the term is agreed, entries are recorded, and the month's
figures are read. April 2025 has 21 opening days of 525 minutes, 11,025 minutes; the fee is 1,000,000 yen.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption
from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion, ContestTimes, ReportIncident
from slm_domain.commands.response import (
    Arrive,
    Contact,
    Dispatch,
    Notify,
    ReportTriage,
    RestoreEquipment,
    TellEquipmentStop,
    Triage,
)
from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.month_figures import LevelFigure, MonthFigures, Ratio
from slm_domain.report_dues import inspection_due
from slm_domain.sla import (
    Bound,
    BoundUnit,
    FeeTimesAvailability,
    LateIncrements,
    Measure,
    Notice,
    Site,
    WeeklyHours,
)
from tests.charging import FIRM, LATER, TOWN, at, desks_of, level_of, rule, sla_with, stop, words
from tests.projections.contract_histories import CODE, Desks

HOUR = timedelta(hours=1)
STOP = rule(FeeTimesAvailability, code="stop")
MET, BREACH, EXCLUDED = Verdict.MET_GUARANTEE, Verdict.BREACH, Verdict.EXCLUDED


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def bound(amount: int, unit: BoundUnit) -> Bound:
    return Bound(amount=Decimal(amount), unit=unit)


def april(desks: Desks) -> MonthFigures:
    return desks.figures("2025-04", LATER)


def judged(desks: Desks, level: str = "availability") -> LevelFigure:
    (found,) = [each for each in april(desks).levels if each.level == level]
    return found


def of(measure: Measure, guaranteed: Bound, **sla: Any) -> Desks:
    """A contract with this one level beside the plain ones."""
    return desks_of(sla_with(level=level_of(measure, guaranteed), **sla))


def lasting(start: Any, end: Any, **more: Any) -> Measure:
    return Measure(kind="duration_at_most", source="incidents", start=start, end=end, **more)


# --- Opening hours and stops


@pytest.mark.parametrize(
    ("breaks", "base"),
    [((), 21 * 525), (("12:00-13:00",), 21 * 465)],  # 8 h 45 min a day, or 7 h 45 min
)
def test_a_break_leaves_the_base_of_the_month_or_there_is_none(breaks: tuple[str, ...], base: int) -> None:
    plain = sla_with()
    hours = {name: replace(each, breaks=breaks) for name, each in plain.calendars.items()}
    desks = desks_of(sla_with(calendars=hours))
    stop(desks, "i1", at(4, 10, 11, 30), minutes(60))  # half of it, or all of it, outside the break
    found = april(desks).availability
    assert (found.base, found.down) == (minutes(base), minutes(30 if breaks else 60))


@pytest.mark.parametrize(
    ("shortest", "stopped", "payable"),
    [(None, 70, 993_650), (60, 0, 1_000_000)],  # 70 of 11,025 minutes pass the 60: 993,650.79
)
def test_short_stops_add_to_the_months_total_or_are_no_stops(shortest: int | None, stopped: int, payable: int) -> None:
    terms = {"min_stop_minutes": shortest, "cumulative_threshold_minutes": 60}
    desks = desks_of(sla_with(deductions=(STOP,), terms=terms))
    stop(desks, "i1", at(4, 10, 10), minutes(50))
    stop(desks, "i2", at(4, 14, 10), minutes(20))
    assert (april(desks).stopped, april(desks).payable_yen) == (minutes(stopped), payable)


@pytest.mark.parametrize(("measured", "stopped"), [("clipped_to_hours", 0), ("whole", 30)])
def test_a_stop_over_the_night_is_as_long_as_its_part_in_opening_hours_or_as_a_whole(
    measured: str, stopped: int
) -> None:
    # Thursday 17:00 to Friday 8:45: 15 minutes before closing and 15 after opening, 15 h 45 min as a whole. Only the
    # whole reaches the 60 minutes of a stop; what counts is the part in opening hours either way (S9).
    desks = desks_of(sla_with(terms={"min_stop_minutes": 60, "stop_length_measured": measured}))
    stop(desks, "i1", at(4, 10, 17), timedelta(hours=15, minutes=45))
    assert april(desks).stopped == minutes(stopped)


@pytest.mark.parametrize(("pick", "down"), [("municipality", 180), ("provider", 90), ("lowest", 90), ("highest", 180)])
def test_contested_times_are_those_that_the_term_picks(pick: str, down: int) -> None:
    # the municipality: 9:00 to 12:00; the provider: 9:30 to 11:00
    desks = desks_of(sla_with(terms={"contested_times": pick}))
    stop(desks, "i1", at(4, 10, 9), 3 * HOUR)
    contested = ContestTimes(
        contract=CODE, by=FIRM, incident="i1", started_at=at(4, 10, 9, 30), ended_at=at(4, 10, 11), reason="監視記録"
    )
    assert desks.send(contested, LATER)
    found = april(desks).availability
    assert found.down == minutes(down)
    # whatever is picked, the figure lies between 180 and 90 minutes of 11,025
    assert (found.lowest, found.highest) == (
        Ratio(numerator=241, denominator=245),
        Ratio(numerator=243, denominator=245),
    )


@pytest.mark.parametrize(
    ("scope", "payable"),
    [
        ("contract", 993_197),  # 45 + 30 minutes pass the 60 together: 1 - 75/11,025 of the fee
        ("organisation", 1_000_000),  # neither town's do
    ],
)
def test_the_months_total_is_that_of_the_contract_or_of_each_organisation(scope: str, payable: int) -> None:
    sla = sla_with(deductions=(STOP,), terms={"threshold_scope": scope, "cumulative_threshold_minutes": 60})
    shimanto = sla.municipality.organisations[0]
    towns = replace(sla.municipality, organisations=(shimanto, replace(shimanto, code="nakatosa-town")))
    welfare = replace(sla.systems[0], code="welfare", organisation="nakatosa-town")
    desks = desks_of(replace(sla, municipality=towns, systems=(*sla.systems, welfare)))
    stop(desks, "i1", at(4, 10), minutes(45))
    stop(desks, "i2", at(4, 11), minutes(30), organisations=("nakatosa-town",), systems=("welfare",))
    assert april(desks).payable_yen == payable


# --- Responses


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


# --- What is recorded


@pytest.mark.parametrize(
    ("measure", "late_on", "in_time_on"),
    [
        # Received on Friday 11 April at 10:00; three days. The next day that is too late, and the last in time.
        ({}, at(4, 15, 0, 1), at(4, 14, 23, 59)),  # Saturday, Sunday, Monday 14
        ({"day_kind": "opening"}, at(4, 17, 0, 1), at(4, 16, 23, 59)),  # Monday, Tuesday, Wednesday 16
        ({"day_kind": "24h"}, at(4, 14, 10, 1), at(4, 14, 10)),  # 72 hours
        ({"count_first_day": True}, at(4, 14, 0, 1), at(4, 13, 23, 59)),  # Friday, Saturday, Sunday 13
        ({"count_first_day": True, "due_shift": "next_opening_day"}, at(4, 15, 0, 1), at(4, 14, 23, 59)),
        ({"count_first_day": True, "due_shift": "previous_opening_day"}, at(4, 12, 0, 1), at(4, 11, 23, 59)),
    ],
)
def test_three_days_end_by_their_kind_their_first_day_and_their_shift(
    measure: dict[str, Any], late_on: datetime, in_time_on: datetime
) -> None:
    for done, verdict in ((in_time_on, MET), (late_on, BREACH)):
        desks = of(Measure(kind="duration_at_most", source="measurements", **measure), bound(3, "days"))
        entered = RecordMeasurement(
            contract=CODE, by=FIRM, level="availability", measurement="m1", start=at(4, 11, 10), end=done
        )
        assert desks.send(entered, LATER)
        assert judged(desks).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "accepted", "verdict"),
    [
        # Asked for on the 9th, for the 11th; three days. Done only two days before, it is late; as a cut-off the
        # request came too late and may be refused, while one that is accepted all the same is served.
        ("at_least", None, BREACH),
        ("cutoff_at_most", False, Verdict.NOT_APPLICABLE),
        ("cutoff_at_most", True, Verdict.MET_TARGET),
    ],
)
def test_a_job_two_days_ahead_is_late_or_came_after_the_cut_off(
    kind: str, accepted: bool | None, verdict: Verdict
) -> None:
    desks = of(Measure(kind="lead_at_least", source="measurements"), bound(3, "days"), terms={"lead_kind": kind})
    entered = RecordMeasurement(
        contract=CODE,
        by=FIRM,
        level="availability",
        measurement="m1",
        start=at(4, 9),
        end=at(4, 11),
        met=accepted,
    )
    assert desks.send(entered, LATER)
    assert judged(desks).verdict is verdict


@pytest.mark.parametrize(
    ("days", "verdict", "missed"),
    # A backup on each of April's 21 opening days. Calendar days are 30; Tuesdays to Saturdays are 22, of which the four
    # Saturdays and the holiday on Tuesday 29 have none.
    [("calendar", BREACH, 9), ("opening", MET, 0), ("scheduled", BREACH, 5)],
)
def test_a_backup_a_day_is_expected_on_calendar_opening_or_scheduled_days(
    days: Literal["calendar", "opening", "scheduled"], verdict: Verdict, missed: int
) -> None:
    schedule: Any = ("tue", "wed", "thu", "fri", "sat") if days == "scheduled" else ()
    measure = Measure(kind="count_at_least", source="measurements", period="day", period_days=days, weekdays=schedule)
    desks = of(measure, bound(1, "count"))
    for day in range(1, 31):
        backed_up = at(4, day, 6)
        if backed_up.weekday() < 5 and day != 29:
            record = RecordMeasurement(
                contract=CODE, by=FIRM, level="availability", measurement=f"b{day}", occurred_at=backed_up
            )
            assert desks.send(record, LATER)
    found = judged(desks)
    assert (found.verdict, len([miss for miss in found.misses if miss.verdict is BREACH])) == (verdict, missed)


@pytest.mark.parametrize(("began", "verdict"), [(3, MET), (1, BREACH)])
def test_a_backup_is_in_the_ledger_in_time_from_the_moment_that_its_method_names(began: int, verdict: Verdict) -> None:
    # facts changed on the 1st, backed up on the 3rd, in the ledger on the 5th: two days of two, or four
    desks = of(Measure(kind="duration_at_most", source="measurements"), bound(2, "days"))
    entered = RecordMeasurement(
        contract=CODE, by=FIRM, level="availability", measurement="m1", start=at(4, began), end=at(4, 5)
    )
    assert desks.send(entered, LATER)
    assert judged(desks).verdict is verdict


def test_a_month_without_a_meeting_is_a_breach_unless_both_agreed_to_leave_it_out() -> None:
    desks = of(Measure(kind="count_at_least", source="measurements", period="month"), bound(1, "count"))
    assert judged(desks).verdict is BREACH
    about: dict[str, Any] = {"contract": CODE, "level": "availability", "exemption": "x1"}
    claim = ClaimExemption(**about, by=FIRM, subject="2025-04", ground="municipality-default")
    assert desks.send(claim, LATER)
    assert judged(desks).verdict is BREACH
    assert desks.send(AcceptExemption(**about, by=TOWN), LATER)
    assert judged(desks).verdict is EXCLUDED


# --- The report and its money


@pytest.mark.parametrize(
    ("leaves", "frees", "stopped", "payable"),
    [
        # A stop of 105 minutes of which 45 are accepted: 60 or 105 minutes are stopped, and as many cost 1/11,025 each.
        (True, True, 60, 994_557),
        (True, False, 60, 994_557),  # what left the measurement is no part of the stop
        (False, True, 105, 994_557),  # the figure keeps it, the money does not
    ],
)
def test_a_ground_leaves_the_measurement_frees_from_damages_or_both(
    leaves: bool, frees: bool, stopped: int, payable: int
) -> None:
    plain = sla_with(deductions=(STOP,))
    (kept, *others) = plain.grounds
    ground = replace(
        kept, leaves_measurement=leaves, frees_from_damages=frees, notice=Notice(kind="none"), allowance=None
    )
    desks = desks_of(replace(plain, grounds=(ground, *others)))
    stop(desks, "i1", at(4, 10), minutes(105))
    about: dict[str, Any] = {"contract": CODE, "incident": "i1", "exclusion": "e1"}
    claim = ClaimExclusion(**about, by=FIRM, ground=ground.code, starts_at=at(4, 10), ends_at=at(4, 10, 9, 45))
    assert desks.send(claim, LATER)
    assert april(desks).stopped == minutes(105)
    assert desks.send(AcceptExclusion(**about, by=TOWN), LATER)
    assert (april(desks).stopped, april(desks).payable_yen) == (minutes(stopped), payable)


@pytest.mark.parametrize(("rounding", "payable"), [("down", 990_476), ("up", 990_477), ("half_up", 990_476)])
def test_what_is_payable_is_rounded_once_by_the_rule_of_the_fee(rounding: Any, payable: int) -> None:
    # 105 of 11,025 minutes: 990,476.19 yen
    plain = sla_with(deductions=(STOP,))
    desks = desks_of(replace(plain, fee=replace(plain.fee, rounding=rounding)))
    stop(desks, "i1", at(4, 10), minutes(105))
    assert april(desks).payable_yen == payable


@pytest.mark.parametrize(
    ("base", "payable", "tax"),
    [
        ("tax_included", 990_476, 90_043),  # 1 - 105/11,025 of 1,000,000; a part 10/110 of it is tax
        ("tax_excluded", 990_475, 90_043),  # of 909,091: 900,432 (.99), and its tax of 90,043
    ],
)
def test_shares_are_taken_of_the_fee_with_or_without_its_tax(base: str, payable: int, tax: int) -> None:
    desks = desks_of(sla_with(deductions=(STOP,), terms={"deduction_base": base}))
    stop(desks, "i1", at(4, 10), minutes(105))
    assert (april(desks).payable_yen, april(desks).tax_yen) == (payable, tax)


@pytest.mark.parametrize(("days", "due"), [(10, 11), (14, 15)])  # of May: the end of the 10th, of the 14th
def test_so_many_days_are_left_for_the_inspection(days: int, due: int) -> None:
    desks = desks_of(sla_with(terms={"inspection_days": days}))
    terms = desks.register.terms_for(date(2025, 4, 1))
    assert inspection_due(desks.register, Month(2025, 4), terms, []) == at(5, due, 0)


def test_whether_a_penalty_settles_the_damage_changes_no_figure() -> None:
    found = []
    for settles in ("yes", "no"):
        desks = desks_of(sla_with(deductions=(STOP,), terms={"liquidated_damages": settles}))
        stop(desks, "i1", at(4, 10), minutes(105))
        found.append(april(desks))
    assert found[0] == found[1]
    assert found[0].payable_yen == 990_476
