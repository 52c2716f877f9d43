"""Which product function answers which case.

Each entry translates a case's input into the product's values, calls the product and names its answers as the case
does. Functions named so by the cases stand by their name; suites whose cases name none are known by their shape.
"""

from collections.abc import Mapping

from tests.cases import calendar_functions, money_functions, state_functions
from tests.cases.reading import Adapter

TABLE: Mapping[str, Adapter] = {
    # normalized_availability → figures.downtime.downtime
    "availability": state_functions.availability,
    # argo_availability_reliability → figures.state_timeline, figures.state_roll_up, figures.roll_up
    "availability_reliability": state_functions.availability_reliability,
    "combine_states": state_functions.combine_states,
    "apply_corrections": state_functions.apply_corrections,
    "weighted_group": state_functions.weighted_group,
    # webhook_samples → slm_api.monitoring.read_payload
    "monitoring_payload": state_functions.monitoring_payload,
    # jp_municipal_contract → figures.deductions, figures.stops, figures.fees, figures.roll_up
    "arrival_penalty": money_functions.arrival_penalty,
    "restore_penalty": money_functions.restoration_penalty,
    "sum_penalties": money_functions.sum_penalties,
    "monthly_fee": money_functions.monthly_fee,
    "restored_ratio": state_functions.restored_ratio,
    # credit_tiers → figures.tiers, figures.downtime
    "service_credit": money_functions.service_credit,
    "availability_min_outage": money_functions.availability_min_outage,
    # accord_credits → figures.tiers, figures.fees, figures.late_delivery
    "monthly_credit": money_functions.monthly_credit,
    "late_penalty": money_functions.late_penalty,
    # governify_sas_accenture → figures.judgement, figures.tiers, figures.repeats, figures.fee_caps, figures.spans
    "ratio_guarantee": money_functions.ratio_guarantee,
    "count_guarantee": money_functions.count_guarantee,
    "tier_lookup": money_functions.tier_lookup,
    "consecutive_breach": money_functions.consecutive_breach,
    "penalty_total": money_functions.penalty_total,
    "contract_month": calendar_functions.contract_month,
    # jp_opening_days → figures.calendars, figures.periods, figures.eras
    "opening_days": calendar_functions.opening_days,
    "opening_days_fiscal_year": calendar_functions.opening_days_fiscal_year,
    "is_opening_day": calendar_functions.is_opening_day,
    "japanese_era": calendar_functions.japanese_era,
    "fiscal_year": calendar_functions.fiscal_year,
    # biz_business_time, glpi_sla_clock → figures.calendars, figures.working_time, figures.response_clock
    "working_seconds_between": calendar_functions.working_seconds_between,
    "add_working_seconds": calendar_functions.add_working_seconds,
    "add_business_days": calendar_functions.add_business_days,
    "add_business_days_local": calendar_functions.add_business_days,
    "last_open_moment": calendar_functions.last_open,
    "is_open": calendar_functions.is_open,
    "open_periods": calendar_functions.open_periods,
    "open_periods_intersection": calendar_functions.open_periods_intersection,
    "sla_target": calendar_functions.sla_target,
    "sla_restart_rule": calendar_functions.sla_restart_rule,
    # zabbix_reporting_periods → figures.reporting_periods
    "reporting_periods": calendar_functions.periods_of_a_report,
}
