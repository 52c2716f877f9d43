"""The readings a contract chooses where the documents leave more than one (DOMAIN C, DOMAIN-DETAIL A)."""

from decimal import Decimal
from typing import Literal

import msgspec


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The readings this contract chose, each printed on the report."""

    exclusion_policy: Literal["remove", "count_as_up"] = "count_as_up"  # C5
    unmeasured: Literal["remove", "stays_in_base"] = "stays_in_base"  # C2, S9
    contested_times: Literal["municipality", "provider", "lowest", "highest"] = "municipality"  # C23
    restoration_between_reports: Literal["at_report", "at_last_report_before"] = "at_report"  # J1, J4
    availability_of: Literal["service", "systems", "organisations"] = "service"  # C24, K1: what the figure adds up
    min_stop_minutes: int | None = None  # A2
    cumulative_threshold_minutes: int | None = None  # C11
    threshold_scope: Literal["contract", "organisation"] = "contract"  # C24
    stop_length_measured: Literal["clipped_to_hours", "whole"] = "clipped_to_hours"  # A3
    stop_remedy: Literal["deduction", "payment", "both"] = "deduction"  # A5
    deduction_base: Literal["tax_included", "tax_excluded"] = "tax_included"  # A6
    arrival_clock_start: Literal["contact", "dispatch", "triage"] = "contact"  # A9
    arrival_clock: Literal["elapsed", "support_hours"] = "elapsed"  # A9
    force_majeure_scope: Literal["arrival", "all"] = "arrival"  # A10
    parts_unit: Literal["occasion", "part", "month"] = "occasion"  # A11
    restore_clock: Literal["elapsed", "opening"] = "elapsed"  # A12
    first_report: Literal["as_level", "meeting_only"] = "as_level"  # A15
    notify_levels_covered: Literal["at_once_levels", "all"] = "at_once_levels"  # A16
    inspection_days: int = 10  # S2
    inspection_start: Literal["end_of_work_period", "report_received"] = "end_of_work_period"  # A18
    inspection_days_kind: Literal["calendar", "opening"] = "calendar"  # A19
    due_shift: Literal["none", "next_opening_day", "previous_opening_day"] = "none"  # A36
    report_due_opening_day: int = 5  # S2: 翌月第５開庁日
    month_first_day: int = 1  # C15: the day of the calendar month on which the contract's months begin, 1 to 28
    pro_rata: Literal["none", "calendar_month", "year"] = "none"  # A20
    partial_counts: Literal["no", "full", "weight"] = "full"  # A28
    partial_weight_by: Literal["systems", "organisations"] = "systems"  # what a partial stop's weight is a share of
    lead_kind: Literal["at_least", "cutoff_at_most"] = "at_least"  # A31
    next_service_day_at: Literal["start", "end"] = "end"  # A32
    planned_stop_counts: Literal["no", "yes"] = "no"  # A35
    notice_months_municipality: int | None = None  # A34, S3, G23
    notice_months_provider: int | None = None
    money_follows_correction: Literal["adjustment_in_month_of_correction", "no"] = "adjustment_in_month_of_correction"
    deduction_cap_percent: Decimal = Decimal(100)  # C16
    rolling_cap_percent: Decimal | None = None  # of the fees of twelve months, the month itself included
    liquidated_damages: Literal["yes", "no"] = "yes"  # G10 art. 23: whether a monetary penalty settles the damage
    damages_cap_months: int | None = None  # G10 art. 23: other damages, in fees of the month of the cause
