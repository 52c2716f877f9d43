"""Weights are agreed to one another: their scale changes nothing, in a contract's figures or beside other contracts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slm_domain.added_contracts import AddedFigure, added_up
from slm_domain.availability import stretches
from slm_domain.commands.incident import EndOutage, ReportIncident
from slm_domain.figures.periods import Month
from slm_domain.sla import FeeTimesAvailability, Sla
from tests.charging import LATER, TOWN, at, desks_of, rule, sla_with, stop
from tests.projections.contract_histories import CODE, Desks

STOP = rule(FeeTimesAvailability, code="stop", cap_percent=Decimal(40))


def weighing(weights: tuple[int, int, int], times: int, **terms: Any) -> Sla:
    """Two towns, one of them with two systems; the towns and the systems weigh so much, times the same number."""
    sla = sla_with(deductions=(STOP,), terms=terms)
    replace, first, second, third = msgspec.structs.replace, *(weight * times for weight in weights)
    shimanto = replace(sla.municipality.organisations[0], weight=first)
    nakatosa = replace(shimanto, code="nakatosa-town", weight=second)
    payroll = replace(sla.systems[0], code="payroll", weight=first)
    tax = replace(payroll, code="tax", weight=second)
    welfare = replace(payroll, code="welfare", organisation="nakatosa-town", weight=third)
    towns = replace(sla.municipality, organisations=(shimanto, nakatosa))
    return replace(sla, municipality=towns, systems=(payroll, tax, welfare))


def with_stops(sla: Sla) -> Desks:
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), timedelta(minutes=105))
    stop(desks, "i2", at(4, 11), timedelta(minutes=70), organisations=("nakatosa-town",), systems=("welfare",))
    partly_stopped(desks, "i3")
    return desks


def partly_stopped(desks: Desks, code: str) -> None:
    """A stop of level B, of one system of three, for 50 minutes."""
    reported = ReportIncident(
        contract=CODE,
        by=TOWN,
        incident=code,
        level="B",
        systems=("tax",),
        organisations=("shimanto-town",),
        occurred_at=at(4, 14),
        outage_started_at=at(4, 14),
    )
    assert desks.send(reported, LATER)
    assert desks.send(EndOutage(contract=CODE, by=TOWN, incident=code, ended_at=at(4, 14, 9, 50)), LATER)


@pytest.mark.parametrize("scope", ["contract", "organisation"])
@pytest.mark.parametrize(
    ("availability_of", "partial_weight_by"),
    [("service", "systems"), ("service", "organisations"), ("systems", "systems"), ("organisations", "organisations")],
)
@settings(max_examples=3, deadline=None)  # the first call loads what the others use
@given(weights=st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9)), times=st.integers(2, 1000))
def test_all_weights_times_the_same_number_change_nothing(
    availability_of: str, partial_weight_by: str, scope: str, weights: tuple[int, int, int], times: int
) -> None:
    terms = {
        "availability_of": availability_of,
        "partial_counts": "weight",
        "partial_weight_by": partial_weight_by,
        "threshold_scope": scope,
    }
    small, large = (with_stops(weighing(weights, each, **terms)) for each in (1, times))
    assert small.figures("2025-04", LATER) == large.figures("2025-04", LATER)
    assert added(small) == added(large)


def added(desks: Desks) -> AddedFigure:
    """April as it counts beside other contracts."""
    register = desks.register
    april = register.interval_of(Month(2025, 4))
    return added_up(stretches(register, list(register.incidents.values()), april, LATER))
