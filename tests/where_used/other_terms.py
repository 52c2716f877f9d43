"""The readings that no A-entry names: every other term, by the convention it settles."""

from slm_domain.sla import Terms
from tests.where_used.ambiguities import INSPECTION, MONEY, OF_MONEY, OF_STOPS
from tests.where_used.reading import reading
from tests.where_used.row import Row, jip, shimanto

UNITS = "tests/domain/test_units.py"
UNMEASURED = (
    "tests/domain/test_unmeasured_time.py::test_unmeasured_time_leaves_the_base_or_stays_in_it_and_is_shown_apart"
)
EFFECTS = "tests/domain/test_exclusion_effects.py"
POLICIES = (
    f"{EFFECTS}::test_the_report_shows_the_figure_under_both_policies_and_without_any_exclusion",
    "tests/figures/test_downtime.py::test_both_exclusion_policies_are_shown",
)
CONTESTED = f"{OF_STOPS}::test_contested_times_are_those_that_the_term_picks"
BETWEEN = "tests/domain/test_restoration_bounds.py::test_an_end_known_by_a_report_lies_between_it_and_the_report_before"
THRESHOLD = f"{OF_STOPS}::test_the_months_total_is_that_of_the_contract_or_of_each_organisation"
OVER_60 = "tests/test_hand_computed.py::test_exactly_60_minutes_are_a_stop_and_keep_the_fee_61_do_not"
NO_THRESHOLD = f"{MONEY}::test_a_stop_is_deducted_or_paid_or_both"
ROLLING_CAP = f"{MONEY}::test_the_cap_of_twelve_months_leaves_what_the_months_before_did_not_use"
FOLLOWS = (
    "tests/projections/test_later_months_restated.py::"
    "test_an_accepted_month_counts_for_a_later_one_as_now_known_unless_money_does_not_follow"
)
DAMAGES = f"{MONEY}::test_other_damages_are_limited_to_so_many_fees_of_the_month_of_the_cause"
DAMAGES_TOLD = (
    "tests/api/test_fee_view.py::test_the_limit_of_other_damages_is_told_with_its_amount_and_what_is_never_owed"
)
WRITTEN = f"{OF_MONEY}::test_whether_a_penalty_settles_the_damage_changes_no_figure"

OTHERS: tuple[Row, ...] = (
    reading("C2", Terms, "unmeasured", "remove", UNMEASURED),
    reading("C2", Terms, "unmeasured", "stays_in_base", UNMEASURED),
    reading("C5", Terms, "exclusion_policy", "remove", *POLICIES),
    reading("C5", Terms, "exclusion_policy", "count_as_up", *POLICIES),
    reading(
        "C11",
        Terms,
        "cumulative_threshold_minutes",
        "a number",
        OVER_60,
    ),
    reading("C11", Terms, "cumulative_threshold_minutes", "null", NO_THRESHOLD),
    reading(
        "C15",
        Terms,
        "month_first_day",
        "a number",
        f"{MONEY}::test_a_month_from_the_sixteenth_is_charged_by_its_own_days",
    ),
    reading(
        "C16",
        Terms,
        "deduction_cap_percent",
        "a number",
        f"{MONEY}::test_a_rules_own_cap_a_months_cap_and_what_each_spares_are_told",
    ),
    reading("C16", Terms, "rolling_cap_percent", "a number", ROLLING_CAP),
    reading("C16", Terms, "rolling_cap_percent", "null", ROLLING_CAP),
    reading("C20", Terms, "money_follows_correction", "adjustment_in_month_of_correction", FOLLOWS),
    reading("C20", Terms, "money_follows_correction", "no", FOLLOWS),
    reading("C23", Terms, "contested_times", "municipality", CONTESTED),
    reading("C23", Terms, "contested_times", "provider", CONTESTED, reason="no example trusts the provider's times"),
    reading(
        "C23", Terms, "contested_times", "lowest", CONTESTED, reason="the joint contract takes the worst case (J4)"
    ),
    reading("C23", Terms, "contested_times", "highest", CONTESTED),
    reading(
        "C24",
        Terms,
        "availability_of",
        "service",
        f"{UNITS}::test_the_service_as_a_whole_is_stopped_until_all_of_it_runs_again",
        uses=(shimanto("availability_calendar: opening # S9"), jip("availability_calendar: always")),
    ),
    reading(
        "C24",
        Terms,
        "availability_of",
        "systems",
        f"{UNITS}::test_the_figure_can_add_the_seconds_of_the_systems",
        reason="the joint contract adds its organisations; one of its levels is judged for each system",
    ),
    reading(
        "C24",
        Terms,
        "availability_of",
        "organisations",
        f"{UNITS}::test_the_figure_can_add_the_seconds_of_the_organisations",
    ),
    reading("C24", Terms, "threshold_scope", "contract", THRESHOLD),
    reading("C24", Terms, "threshold_scope", "organisation", THRESHOLD),
    reading("G10", Terms, "liquidated_damages", "yes", WRITTEN, DAMAGES_TOLD),
    reading("G10", Terms, "liquidated_damages", "no", WRITTEN, DAMAGES_TOLD),
    reading("G10", Terms, "damages_cap_months", "a number", DAMAGES),
    reading("G10", Terms, "damages_cap_months", "null", DAMAGES),
    reading("J4", Terms, "restoration_between_reports", "at_report", BETWEEN),
    reading("J4", Terms, "restoration_between_reports", "at_last_report_before", BETWEEN),
    reading(
        "S2",
        Terms,
        "inspection_days",
        "a number",
        INSPECTION,
        f"{OF_MONEY}::test_so_many_days_are_left_for_the_inspection",
    ),
    reading(
        "S2",
        Terms,
        "report_due_opening_day",
        "a number",
        "tests/domain/test_report_dues.py::test_the_report_is_due_on_an_opening_day_of_the_next_month",
    ),
)
