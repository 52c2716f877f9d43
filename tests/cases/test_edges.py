"""Inputs of the shapes of the cases at their edges, with answers worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from tests.cases.outcomes import shown
from tests.cases.running import outcome

AT_THE_ROOM = {
    "function": "arrival_penalty",
    "limit_min": 30,
    "first_percent": 5,
    "step_min": 15,
    "step_percent": 5,
    "arrived_after_min": 120,  # 90 late: 5 + 5 x 5, because six times 15 minutes have not passed yet
}
CREDIT = {
    "function": "monthly_credit",
    "service_level_percent": 97,
    "monthly_charge": 10,
    "tiers": [{"below_percent": 98, "credit_percent": 3}],
    "monthly_cap_percent": 10,
    "rolling_12_month_cap_percent": None,
    "last_11_months_credit": 0,
    "last_11_months_charge": 0,
}
LATE = {
    "function": "late_penalty",
    "agreed": "2025-04-01T00:00:00Z",
    "delivered_or_now": "2025-04-05T06:00:00Z",
    "value": 200,
    "per_days": 2,
    "percent": 10.5,
}
TWO_MONTHS = {"function": "consecutive_breach", "extra_penalty_percent": Decimal("-0.5")}
A_DAY = {"period": ["2025-04-10T00:00:00Z", "2025-04-11T00:00:00Z"], "outages": [], "policy": {"exclusion": "remove"}}
EVERY_DAY = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
MARCH_1_CLOSED = {"timezone": "UTC", "weekly": EVERY_DAY, "holidays_month_day": ["02-29", "03-01"]}
TIERS = [{"percent_of_monthly_fee": -1, "when": [["<", 200]]}]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (AT_THE_ROOM, {"penalty_percent": 30}),
        (AT_THE_ROOM | {"exempt": None}, {"penalty_percent": 30}),
        (AT_THE_ROOM | {"exempt": False}, {"penalty_percent": 30}),
        (AT_THE_ROOM | {"exempt": True}, {"penalty_percent": 0}),
        (AT_THE_ROOM | {"exempt": "accident, told at minute 30"}, {"penalty_percent": 0}),
        (AT_THE_ROOM | {"exempt": "accident, told at minute 30.5"}, {"penalty_percent": 30}),
        (AT_THE_ROOM | {"exempt": "accident, told after 29 minutes"}, {"penalty_percent": 0}),
        (AT_THE_ROOM | {"exempt": "accident, not told"}, {"penalty_percent": 30}),
        (CREDIT, {"credit": Decimal("0.3")}),
        (CREDIT | {"service_level_percent": None}, {"credit": 0}),
        (CREDIT | {"rolling_12_month_cap_percent": 2, "last_11_months_charge": None}, {"credit": Decimal("0.2")}),
        (CREDIT | {"monthly_charge": -5}, {"error": True}),
        (CREDIT | {"monthly_cap_percent": 101}, {"error": True}),
        (CREDIT | {"tiers": [{"below_percent": 98, "credit_percent": 101}]}, {"error": True}),
        (LATE, {"penalty": 42, "may_terminate": False}),  # 4 whole days: 2 x 10.5 % of 200
        (TWO_MONTHS | {"this_month_penalty": -3, "last_month_penalty": None}, {"met": True, "penalty_percent": 0}),
        (TWO_MONTHS | {"this_month_penalty": None, "last_month_penalty": -3}, {"met": True, "penalty_percent": 0}),
        (
            A_DAY
            | {
                "outages": [{"start": "2025-04-10T10:00:00Z", "end": "2025-04-10T11:00:00Z", "weight": None}],
                "service_hours": MARCH_1_CLOSED | {"overrides": None, "breaks": None, "holidays": None},
                "exclusions": None,
                "unmeasured": None,
                "now": None,
            },
            {"base_s": 28800, "down_s": 3600},
        ),
        (A_DAY | {"exclusions": [["2025-04-10T18:00:00Z", None]]}, {"base_s": 64800}),
        (A_DAY | {"unmeasured": [["2025-04-10T18:00:00Z", None]], "now": "2025-04-10T20:00:00Z"}, {"base_s": 64800}),
        (A_DAY | {"exclusions": [["2025-04-10T21:00:00Z", None]], "now": "2025-04-10T20:00:00Z"}, {"base_s": 72000}),
        (
            {"function": "weighted_group", "sites": [{"availability": None, "reliability": -1, "weight": 10}]},
            {"availability": None, "reliability": -1},
        ),
        (
            {"function": "is_open", "calendar": MARCH_1_CLOSED, "at": "2024-02-29T12:00:00Z"},
            {"open": False},
        ),
        (
            {"function": "is_open", "calendar": MARCH_1_CLOSED, "at": "2023-02-28T12:00:00Z"},
            {"open": True},
        ),
        (
            {
                "function": "add_working_seconds",
                "calendar": MARCH_1_CLOSED,
                "start": "2023-02-28T16:59:59Z",
                "seconds": Decimal("1.5"),
            },
            {"utc": "2023-03-02T09:00:00.5Z"},
        ),
        (
            {"reporting_period": "monthly", "from": "2021", "to": "2021-06"},
            {"count": 6, "first": ["2021-01-01", "2021-01-31"], "last": ["2021-06-01", "2021-06-30"]},
        ),
        (
            {"reporting_period": "monthly", "to": "2021-04", "sla_effective_date": "2021-05-01"},
            {"count": 0, "first": None, "last": None},
        ),
        (
            {"function": "service_credit", "availability_percent": None, "basis": "monthly", "tiers": []},
            {"credit_percent": 0},
        ),
        (
            {"function": "tier_lookup", "value": 150, "objective": [">=", 200], "tiers": TIERS},
            {"met": False, "penalty_percent": -1},
        ),
        (
            {
                "function": "sla_restart_rule",
                "ticket_created": "2034-01-02T09:00:00",
                "agreements_attached": "2034-01-02T10:00:00",
                "sla_tto_h": Decimal("0.5"),
            },
            {"sla_tto": "2034-01-02T09:30:00"},
        ),
    ],
)
def test_an_edge_of_a_known_shape_is_answered_by_the_product(given: dict[str, Any], expected: dict[str, Any]) -> None:
    became = outcome({"id": "edge", "input": given, "expected": expected, "tolerance": "0.000000001"})
    assert became.result == "passed", f"expected {shown(became.expected)}, got {shown(became.got)}"


def test_what_the_runner_itself_stumbles_over_is_no_refusal() -> None:
    broken = AT_THE_ROOM | {"arrived_after_min": "soon"}
    assert outcome({"id": "broken", "input": broken, "expected": {"error": True}}).result == "failed"
