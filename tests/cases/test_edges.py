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
        (CREDIT, {"credit": Decimal("0.3")}),
        (CREDIT | {"monthly_charge": -5}, {"error": True}),
        (CREDIT | {"monthly_cap_percent": 101}, {"error": True}),
        (CREDIT | {"tiers": [{"below_percent": 98, "credit_percent": 101}]}, {"error": True}),
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
