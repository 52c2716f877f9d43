"""Which product function answers which case.

Each entry translates a case's input into the product's values, calls the product and names its answers as the case
does. Functions named so by the cases stand by their name; suites whose cases name none are known by their shape.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tests.cases import calendar_functions, money_functions, state_functions
from tests.cases.outcomes import Given, Produced
from tests.cases.reading import Adapter, only


class Entry(NamedTuple):
    """How a case of one function is answered, and the keys of an input that it knows."""

    adapter: Adapter
    keys: str

    def answer(self, given: Given, expected: Given) -> Produced:
        """The product's answer. Raises `Skipped` for an input with keys of another convention."""
        only(given, "function", *self.keys.split())
        return self.adapter(given, expected)


TABLE: Mapping[str, Entry] = {
    # normalized_availability → figures.downtime.downtime
    "availability": Entry(
        state_functions.availability, "period now outages exclusions unmeasured service_hours policy"
    ),
    # argo_availability_reliability → figures.state_timeline, figures.state_roll_up, figures.roll_up
    "availability_reliability": Entry(state_functions.availability_reliability, "day states"),
    "combine_states": Entry(state_functions.combine_states, "operation a b"),
    "apply_corrections": Entry(state_functions.apply_corrections, "level key raw_states corrections roll_up"),
    "weighted_group": Entry(state_functions.weighted_group, "sites weight_offset"),
    # webhook_samples → slm_api.monitoring.read_payload
    "monitoring_payload": Entry(state_functions.monitoring_payload, "system payload"),
    # jp_municipal_contract → figures.deductions, figures.stops, figures.fees, figures.roll_up
    "arrival_penalty": Entry(
        money_functions.arrival_penalty,
        "limit_min first_percent step_min step_percent arrived_after_min exempt counting",
    ),
    "restore_penalty": Entry(money_functions.restoration_penalty, "limit_h step_min step_percent restored_after_h"),
    "sum_penalties": Entry(money_functions.sum_penalties, "percents rule"),
    "monthly_fee": Entry(
        money_functions.monthly_fee, "base_hours down_min outages_min monthly_fee_yen threshold_cumulative_min"
    ),
    "restored_ratio": Entry(state_functions.restored_ratio, "affected_systems restored date"),
    # credit_tiers → figures.tiers, figures.downtime
    "service_credit": Entry(money_functions.service_credit, "availability_percent basis tiers"),
    "availability_min_outage": Entry(
        money_functions.availability_min_outage, "outages_min base_days count_only_if_at_least_min"
    ),
    # accord_credits → figures.tiers, figures.fees, figures.late_delivery
    "monthly_credit": Entry(
        money_functions.monthly_credit,
        "service_level_percent monthly_charge tiers monthly_cap_percent rolling_12_month_cap_percent"
        " last_11_months_credit last_11_months_charge",
    ),
    "late_penalty": Entry(
        money_functions.late_penalty,
        "agreed delivered_or_now value per_days percent cap_percent terminate_after_days day_rounding force_majeure",
    ),
    # governify_sas_accenture → figures.judgement, figures.tiers, figures.repeats, figures.fee_caps, figures.spans
    "ratio_guarantee": Entry(
        money_functions.ratio_guarantee,
        "metric scope period flags_true flags_total evidences objective tiers deadline_and_schedule",
    ),
    "count_guarantee": Entry(money_functions.count_guarantee, "metric scope value period objective tiers"),
    "tier_lookup": Entry(money_functions.tier_lookup, "value objective tiers"),
    "consecutive_breach": Entry(
        money_functions.consecutive_breach, "this_month_penalty last_month_penalty extra_penalty_percent"
    ),
    "penalty_total": Entry(money_functions.penalty_total, "penalties_percent aggregate cap_percent contract_month"),
    "contract_month": Entry(calendar_functions.contract_month, "anchor_local timezone index"),
    # jp_opening_days → figures.calendars, figures.periods, figures.eras
    "opening_days": Entry(calendar_functions.opening_days, "month"),
    "opening_days_fiscal_year": Entry(calendar_functions.opening_days_fiscal_year, "fiscal_year starts ends"),
    "is_opening_day": Entry(calendar_functions.is_opening_day, "date"),
    "japanese_era": Entry(calendar_functions.japanese_era, "date"),
    "fiscal_year": Entry(calendar_functions.fiscal_year, "date"),
    # biz_business_time, glpi_sla_clock → figures.calendars, figures.working_time, figures.response_clock
    "working_seconds_between": Entry(
        calendar_functions.working_seconds_between, "calendar start end start_local end_local"
    ),
    "add_working_seconds": Entry(calendar_functions.add_working_seconds, "calendar start start_local seconds"),
    "add_business_days": Entry(
        calendar_functions.add_business_days, "calendar start start_local days end_of_working_day"
    ),
    "add_business_days_local": Entry(
        calendar_functions.add_business_days, "calendar start start_local days end_of_working_day"
    ),
    "last_open_moment": Entry(calendar_functions.last_open, "calendar at at_local"),
    "is_open": Entry(calendar_functions.is_open, "calendar at at_local"),
    "open_periods": Entry(calendar_functions.open_periods, "calendar from from_local count"),
    "open_periods_intersection": Entry(calendar_functions.open_periods_intersection, "calendars from count"),
    "sla_target": Entry(
        calendar_functions.sla_target, "calendar kind pauses_count limit begin pauses escalation_offset"
    ),
    "sla_restart_rule": Entry(
        calendar_functions.sla_restart_rule,
        "ticket_created agreements_attached sla_tto_h sla_ttr_h ola_tto_h ola_ttr_h",
    ),
    # zabbix_reporting_periods → figures.reporting_periods
    "reporting_periods": Entry(
        calendar_functions.periods_of_a_report,
        "reporting_period from to sla_effective_date week_starts_on default_periods max_periods",
    ),
}
