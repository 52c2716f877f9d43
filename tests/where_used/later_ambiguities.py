"""The ambiguous passages A19 to A36: every reading, the lines that use it, and the tests that fix it in numbers."""

from slm_domain.sla import Ground, Measure, Terms
from tests.where_used.ambiguities import (
    DAYS,
    DUES,
    INSPECTION,
    MONEY,
    NOTICES,
    OF_MONEY,
    OF_NOTICES,
    OF_RECORDS,
    VALUES,
)
from tests.where_used.reading import OUTCOMES, reading
from tests.where_used.row import Row, jip, shimanto, tosa

UNITS = "tests/domain/test_units.py"
EFFECTS = "tests/domain/test_exclusion_effects.py"
CLOCKS = f"{OF_NOTICES}::test_a_notice_is_due_by_the_clock_that_its_level_names"
JOBS = f"{OF_RECORDS}::test_a_job_two_days_ahead_is_late_or_came_after_the_cut_off"
LEDGER = f"{OF_RECORDS}::test_a_backup_is_in_the_ledger_in_time_from_the_moment_that_its_method_names"
NOTICE = "tests/figures/test_notice_days.py::test_notice_is_counted_back_to_the_corresponding_day_or_the_months_last"
NOTICE_OF_BOTH = "tests/projections/test_contract_rows.py::test_notice_of_leaving_is_each_sides_own_or_not_set"
PART_MONTHS = f"{MONEY}::test_a_part_month_is_charged_by_its_days_where_a_term_says_so"
PARTIAL = f"{UNITS}::test_a_partial_stop_counts_not_at_all_or_fully_or_by_weight"
WEIGHT = f"{UNITS}::test_a_partial_stop_can_weigh_as_much_as_is_still_stopped"
CLAIMS = "tests/domain/test_exclusion_rules.py"
OWN_HOURS = f"{UNITS}::test_each_organisation_is_judged_by_its_own_opening_hours"
PLANNED = f"{EFFECTS}::test_planned_stops_count_as_stops_or_not"
DEADLINES = "tests/figures/test_deadlines.py"
REVIEWS = "tests/domain/test_review_rules.py"

SECOND_HALF: tuple[Row, ...] = (
    reading("A19", Terms, "inspection_days_kind", "calendar", INSPECTION),
    reading("A19", Terms, "inspection_days_kind", "opening", INSPECTION),
    reading("A20", Terms, "pro_rata", "none", PART_MONTHS),
    reading("A20", Terms, "pro_rata", "calendar_month", PART_MONTHS),
    reading(
        "A20",
        Terms,
        "pro_rata",
        "year",
        PART_MONTHS,
        "tests/figures/test_fees.py::test_a_leap_year_has_366_days_to_share_a_fee_by",
        reason="Shimanto covers whole months, the joint contract shares a month by its own days",
    ),
    reading("A21", Measure, "count_first_day", "true", DAYS, says="the day of receipt is day 1"),
    reading(
        "A21",
        Measure,
        "count_first_day",
        "false",
        DAYS,
        says="the day after it is, the default",
        uses=(shimanto("- key: access-rights"),),
    ),
    Row(
        source="A22",
        row="`kind: ratio_at_most`, below 5 %: as printed, with a warning",
        uses=(tosa("use: g4/39-completed-in-standard-time@basic # as printed"),),
        tests=(f"{VALUES}::test_exactly_five_percent_is_missed_under_below_and_met_under_at_most",),
    ),
    Row(
        source="A22",
        row="`kind: ratio_at_least`, written over the entry: the share completed in time",
        tests=(f"{VALUES}::test_exactly_the_least_share_is_met",),
        reason="the joint contract takes the item as printed; the catalogue's warning names this mend",
    ),
    Row(
        source="A23",
        row="`start: detected`: from detection",
        uses=(tosa("use: g4/42b-notification@basic # from detection"), jip("start: detected")),
        tests=(CLOCKS,),
        reads=("Measure", "start", "detected"),
    ),
    Row(
        source="A23",
        row="`start: occurred`: from the occurrence",
        tests=(f"{OF_NOTICES}::test_a_notice_is_timed_from_the_occurrence_or_from_the_detection",),
        reason="both examples with item 42b time it from detection",
    ),
    reading(
        "A23",
        Measure,
        "clock",
        "elapsed",
        CLOCKS,
        says="nights and holidays too, the default",
        uses=(tosa("use: g4/42b-notification@basic # from detection, in elapsed time"),),
    ),
    reading("A23", Measure, "clock", "support_hours", CLOCKS, says="only while support is open"),
    reading("A23", Measure, "clock", "opening_hours", CLOCKS, says="only while the service is open"),
    *(
        reading(
            "A24",
            Ground,
            field,
            value,
            f"{OF_MONEY}::test_a_ground_leaves_the_measurement_frees_from_damages_or_both",
            says=says,
        )
        for field, value, says in (
            ("leaves_measurement", "true", "accepted time leaves the figure"),
            ("leaves_measurement", "false", "the figure keeps it as down"),
            ("frees_from_damages", "true", "nothing is deducted for it"),
            ("frees_from_damages", "false", "by itself it frees from nothing"),
        )
    ),
    Row(
        source="A25",
        row="who is to blame: one side claims, the other accepts or rejects; open until then",
        uses=(tosa("grounds:"), shimanto("grounds:")),
        tests=(
            f"{CLAIMS}::test_the_other_side_accepts_or_rejects",
            f"{CLAIMS}::test_nobody_accepts_their_own_claim",
            f"{EFFECTS}::test_a_claim_that_is_open_frees_from_nothing",
        ),
        reason="no switch: neither side decides alone, and the years of the examples have claims of either end",
    ),
    Row(
        source="A26",
        row="which group calls for which grade: the user's own mapping, in `group` and the levels' `systems`",
        uses=(tosa("group: group-1"), tosa("systems: [city-applications, town-applications]} # group ①")),
        tests=("tests/domain/test_level_periods.py::test_a_level_is_narrowed_to_the_systems_it_names",),
        reads=("System", "group", "given"),
    ),
    Row(
        source="A26",
        row="`group` not written: no classification is forced on anyone (J5)",
        uses=(shimanto("- code: financial-accounting"), jip("- code: S-01")),
        tests=(
            "tests/documents/test_examples.py::test_the_jip_base_document_covers_nine_systems_of_one_organisation_at_all_hours",
        ),
        reads=("System", "group", "null"),
    ),
    Row(
        source="A26",
        row="C.1.2.3 = 1 for every group",
        uses=(tosa("use: j6/C.1.2.3@grade-1"),),
        tests=(f"{VALUES}::test_a_grade_is_the_lowest_in_force_in_the_period",),
    ),
    *(
        Row(
            source="A27",
            row=f"a review closed with `{outcome}`",
            tests=(f"{REVIEWS}::test_a_review_ends_with_any_of_the_four_outcomes",),
            reason="a recorded decision, no term of the SLA document: no outcome forces the next",
            reads=("Outcome", "outcome", outcome),
        )
        for outcome in OUTCOMES
    ),
    reading(
        "A28",
        Terms,
        "partial_counts",
        "no",
        PARTIAL,
        reason="Shimanto counts level B in full, the joint contract by weight",
    ),
    reading("A28", Terms, "partial_counts", "full", PARTIAL),
    reading("A28", Terms, "partial_counts", "weight", PARTIAL, WEIGHT),
    reading("A28", Terms, "partial_weight_by", "systems", WEIGHT),
    reading(
        "A28",
        Terms,
        "partial_weight_by",
        "organisations",
        WEIGHT,
        reason="the one example that weighs partial stops weighs them by system",
    ),
    Row(
        source="A29",
        row="from the backup: the measurement's `start` is the backup, as the method says",
        uses=(shimanto("- key: generation-ledger"), shimanto("method:", after="- key: generation-ledger")),
        tests=(LEDGER,),
    ),
    Row(
        source="A29",
        row="from the change of the ledger's facts: the method says so, `start` is the change",
        tests=(LEDGER,),
        reason="no switch but what `method` says is measured; Shimanto measures from the backup",
    ),
    Row(
        source="A30",
        row="the guarantee rules: a month without a meeting is a breach",
        uses=(shimanto("- key: regular-meeting # “in principle”"),),
        tests=(f"{OF_RECORDS}::test_a_month_without_a_meeting_is_a_breach_unless_both_agreed_to_leave_it_out",),
    ),
    Row(
        source="A30",
        row="both agreed not to meet: a recorded exemption of the month",
        tests=(f"{OF_RECORDS}::test_a_month_without_a_meeting_is_a_breach_unless_both_agreed_to_leave_it_out",),
        reason="a claim and its acceptance on a ground of the SLA, no term",
    ),
    *(
        reading("A31", Terms, "lead_kind", value, JOBS, test)
        for value, test in (
            ("at_least", f"{DUES}::test_a_lead_is_counted_back_from_what_it_leads_up_to"),
            ("cutoff_at_most", f"{VALUES}::test_a_lead_read_as_a_cut_off_asks_what_was_still_accepted"),
        )
    ),
    reading("A32", Terms, "next_service_day_at", "start", NOTICES),
    reading("A32", Terms, "next_service_day_at", "end", NOTICES),
    Row(
        source="A33",
        row="`calendar` of an organisation not written: the contract's opening days",
        uses=(shimanto("- code: shimanto-town"), tosa("- code: kasou-city")),
        tests=(OWN_HOURS,),
        reads=("Organisation", "calendar", "null"),
    ),
    Row(
        source="A33",
        row="`calendar` of an organisation: its own; the group adds the organisations' seconds",
        uses=(tosa("calendar: town # A33"), tosa("availability_of: organisations")),
        tests=(OWN_HOURS,),
        reads=("Organisation", "calendar", "given"),
    ),
    *(
        reading("A34", Terms, f"notice_months_{side}", value, NOTICE_OF_BOTH, *tests)
        for side in ("municipality", "provider")
        for value, tests in (("a number", (NOTICE,)), ("null", ()))
    ),
    reading("A35", Terms, "planned_stop_counts", "no", PLANNED),
    reading(
        "A35",
        Terms,
        "planned_stop_counts",
        "yes",
        PLANNED,
        f"{CLAIMS}::test_where_planned_stops_count_none_of_them_is_claimed",
        reason="both examples leave a planned stop out that was told in time",
    ),
    reading("A36", Terms, "due_shift", "none", INSPECTION),
    reading("A36", Terms, "due_shift", "next_opening_day", INSPECTION),
    reading(
        "A36",
        Terms,
        "due_shift",
        "previous_opening_day",
        INSPECTION,
        reason="no example moves its inspection back",
    ),
    *(
        reading("A36", Measure, "due_shift", value, DAYS, says=says, uses=uses, reason=reason)
        for value, says, uses, reason in (
            ("none", "the closed day's own end, the default", (shimanto("- key: fault-report # A13"),), ""),
            ("next_opening_day", "on to the next opening day", (), ""),
            ("previous_opening_day", "back to the opening day before", (), "no example moves an item's due day back"),
        )
    ),
    Row(
        source="A36",
        row="payment: 30 days counting the receipt, a bank holiday moves it to the business day before",
        uses=(shimanto("- code: payment"),),
        tests=(f"{DEADLINES}::test_an_invoice_received_on_a_payment_is_paid_the_business_day_before_a_closed_day",),
        reason="an operating rule in words: when an invoice was received and paid is not recorded",
    ),
)
