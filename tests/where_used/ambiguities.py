"""The ambiguous passages A1 to A18: every reading, the lines that use it, and the tests that fix it in numbers."""

from slm_domain.sla import FaultLevel, Fee, FeeTimesAvailability, LateIncrements, Measure, Terms
from tests.where_used.reading import reading
from tests.where_used.row import Row, jip, shimanto, tosa

CALENDARS = "tests/figures/test_calendars.py"
DUES = "tests/domain/test_dues.py"
MONEY = "tests/test_rules_of_money.py"
OF_STOPS = "tests/domain/test_readings_of_stops.py"
OF_RESPONSES = "tests/domain/test_readings_of_responses.py"
OF_NOTICES = "tests/domain/test_readings_of_notices.py"
OF_RECORDS = "tests/domain/test_readings_of_records.py"
OF_MONEY = "tests/domain/test_readings_of_money.py"
VALUES = "tests/domain/test_level_values.py"
INCREMENTS = "tests/figures/test_deductions.py::test_increments_count_when_passed_or_when_started"
ARRIVALS = f"{OF_RESPONSES}::test_an_arrival_costs_by_the_clock_and_from_the_moment_that_the_terms_name"
FROM_TRIAGE = f"{DUES}::test_an_arrival_timed_from_the_triage_is_not_timed_from_before_the_call"
DAYS = f"{OF_RECORDS}::test_three_days_end_by_their_kind_their_first_day_and_their_shift"
NOTICES = f"{OF_NOTICES}::test_a_notice_is_judged_by_what_the_terms_ask_of_its_fault_level"
INSPECTION = (
    "tests/domain/test_report_dues.py::test_the_inspection_is_due_by_its_start_its_kind_of_days_and_their_shift"
)
BREAKS = f"{OF_STOPS}::test_a_break_leaves_the_base_of_the_month_or_there_is_none"
SHORT_STOPS = f"{OF_STOPS}::test_short_stops_add_to_the_months_total_or_are_no_stops"
WHOLE_STOPS = f"{OF_STOPS}::test_a_stop_over_the_night_is_as_long_as_its_part_in_opening_hours_or_as_a_whole"
BACKUPS = f"{OF_RECORDS}::test_a_backup_a_day_is_expected_on_calendar_opening_or_scheduled_days"
TRIAGE = f"{OF_RESPONSES}::test_a_triage_report_is_timed_from_the_triage_or_from_the_detection"

FIRST_HALF: tuple[Row, ...] = (
    Row(
        source="A1",
        row="`breaks` none: 8:30 to 17:15 are 8 hours 45 minutes a day",
        uses=(shimanto("mon: 08:30-17:15"), jip("mon: 08:30-17:15")),
        tests=(BREAKS, f"{CALENDARS}::test_april_2025_has_21_opening_days_and_11025_opening_minutes"),
        reads=("WeeklyHours", "breaks", "none"),
    ),
    Row(
        source="A1",
        row="`breaks` given: they are cut out of every day",
        uses=(tosa("breaks: 12:00-13:00"),),
        tests=(BREAKS, f"{CALENDARS}::test_breaks_are_left_out"),
        reads=("WeeklyHours", "breaks", "given"),
    ),
    reading("A2", Terms, "min_stop_minutes", "null", SHORT_STOPS),
    reading("A2", Terms, "min_stop_minutes", "a number", SHORT_STOPS),
    reading("A3", Terms, "stop_length_measured", "clipped_to_hours", WHOLE_STOPS),
    reading("A3", Terms, "stop_length_measured", "whole", WHOLE_STOPS),
    *(
        reading(
            "A4",
            FeeTimesAvailability,
            "composition",
            value,
            f"{MONEY}::test_another_share_is_taken_of_the_full_fee_or_of_what_availability_left",
            says=says,
        )
        for value, says in (
            ("share_of_full_fee", "1 − availability is one more share"),
            ("of_reduced_fee", "the other shares of what the stops leave"),
        )
    ),
    reading("A5", Terms, "stop_remedy", "deduction", f"{MONEY}::test_a_stop_is_deducted_or_paid_or_both"),
    reading("A5", Terms, "stop_remedy", "payment", f"{MONEY}::test_a_stop_is_deducted_or_paid_or_both"),
    reading(
        "A5",
        Terms,
        "stop_remedy",
        "both",
        f"{MONEY}::test_a_stop_is_deducted_or_paid_or_both",
        reason="Shimanto deducts, the joint contract has it paid; no example does both",
    ),
    *(
        reading(
            "A6",
            Terms,
            "deduction_base",
            value,
            f"{OF_MONEY}::test_shares_are_taken_of_the_fee_with_or_without_its_tax",
        )
        for value in ("tax_included", "tax_excluded")
    ),
    *(
        reading(
            "A6",
            Fee,
            "rounding",
            value,
            f"{OF_MONEY}::test_what_is_payable_is_rounded_once_by_the_rule_of_the_fee",
            says=f"the payable yen are rounded {value}",
            reason=reason,
        )
        for value, reason in (("down", ""), ("half_up", ""), ("up", "no example rounds against the one who pays"))
    ),
    *(
        reading("A7", LateIncrements, "counting", value, INCREMENTS, f"{MONEY}::{_LATE}", says=says)
        for _LATE in ("test_a_late_arrival_costs_steps_passed_or_started",)
        for value, says in (("passed", "a step counts once it has passed"), ("started", "a step counts once begun"))
    ),
    Row(
        source="A8",
        row="`sites`: one list of places, each with its own level, limit and steps",
        uses=(shimanto("- code: computer-room", after="sites:"), shimanto("site: computer-room"), tosa("sites:")),
        tests=(f"{OF_RESPONSES}::test_two_rooms_have_a_limit_and_steps_each",),
    ),
    Row(
        source="A8",
        row="the two names of the room as two rooms: two sites and two levels",
        tests=(f"{OF_RESPONSES}::test_two_rooms_have_a_limit_and_steps_each",),
        reason="Shimanto means one room (its comment beside `sites` says so); no other example has two rooms",
    ),
    reading("A9", Terms, "arrival_clock_start", "contact", ARRIVALS),
    reading("A9", Terms, "arrival_clock_start", "dispatch", ARRIVALS),
    reading(
        "A9",
        Terms,
        "arrival_clock_start",
        "triage",
        ARRIVALS,
        FROM_TRIAGE,
        reason="Shimanto times from the call, the joint contract from the dispatch",
    ),
    reading("A9", Terms, "arrival_clock", "elapsed", ARRIVALS),
    reading("A9", Terms, "arrival_clock", "support_hours", ARRIVALS),
    *(
        reading(
            "A10",
            Terms,
            "force_majeure_scope",
            value,
            f"{MONEY}::test_an_accident_told_in_time_excuses_every_late_step_where_the_term_says_all",
        )
        for value in ("arrival", "all")
    ),
    *(
        reading(
            "A11",
            Terms,
            "parts_unit",
            value,
            f"{MONEY}::test_missing_parts_are_counted_by_incident_by_part_or_once_a_month",
            reason=reason,
        )
        for value, reason in (
            ("occasion", ""),
            ("part", ""),
            ("month", "Shimanto counts occasions, the joint contract parts"),
        )
    ),
    *(
        reading(
            "A12",
            Terms,
            "restore_clock",
            value,
            f"{OF_RESPONSES}::test_equipment_costs_by_the_hours_that_the_term_counts",
        )
        for value in ("elapsed", "opening")
    ),
    reading(
        "A13",
        Measure,
        "day_kind",
        "calendar",
        DAYS,
        says="the end of the n-th day after, the default",
        uses=(shimanto("- key: software-configuration # S36; days are calendar days (A13)"),),
    ),
    reading("A13", Measure, "day_kind", "opening", DAYS, says="the end of the n-th opening day after"),
    reading("A13", Measure, "day_kind", "24h", DAYS, says="n times 24 hours"),
    reading("A14", Measure, "period_days", "calendar", BACKUPS, says="each calendar day"),
    reading(
        "A14",
        Measure,
        "period_days",
        "opening",
        BACKUPS,
        says="each opening day",
        reason="Shimanto backs up by its schedule (S34), the other two every day",
    ),
    reading("A14", Measure, "period_days", "scheduled", BACKUPS, says="the weekdays of the schedule"),
    Row(
        source="A14",
        row="`period_days` not written: the level counts by the month or another period, not by the day",
        uses=(shimanto("- key: job-report"),),
        tests=(
            "tests/domain/test_level_periods.py::test_a_quarter_adds_its_months_and_is_judged_in_the_month_in_which_it_ends",
        ),
        reads=("Measure", "period_days", "null"),
    ),
    reading("A15", Terms, "first_report", "as_level", NOTICES),
    reading(
        "A15",
        Terms,
        "first_report",
        "meeting_only",
        NOTICES,
        f"{DUES}::test_what_is_told_in_the_meeting_is_an_obligation_of_its_own",
    ),
    reading("A16", Terms, "notify_levels_covered", "at_once_levels", NOTICES),
    reading("A16", Terms, "notify_levels_covered", "all", NOTICES),
    *(
        reading("A16", FaultLevel, "report", value, NOTICES, says=says)
        for value, says in (
            ("at_once", "told by the level's own bound at any hour"),
            ("at_once_in_hours", "so inside support hours, else on the next service day"),
            ("next_service_day", "told on the next service day"),
        )
    ),
    Row(
        source="A17",
        row="`start: triaged`: 60 minutes from the end of the triage",
        uses=(shimanto("- key: first-triage # literal"), shimanto("start: triaged")),
        tests=(TRIAGE,),
        reads=("Measure", "start", "triaged"),
    ),
    Row(
        source="A17",
        row="`start: detected`, `end: triage_reported`: 60 minutes from the detection",
        tests=(TRIAGE,),
        reason="Shimanto takes the passage literally; no other example holds the provider to a triage",
        reads=("Measure", "start", "detected"),
    ),
    reading("A18", Terms, "inspection_start", "end_of_work_period", INSPECTION),
    reading("A18", Terms, "inspection_start", "report_received", INSPECTION),
)
