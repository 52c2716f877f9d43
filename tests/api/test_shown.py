"""Exact amounts are printed as they are; what is cut says so."""

import pytest

from slm_api.cli.screen import Screen
from slm_api.cli.shown import value, working
from slm_domain.month_figures import NamedValue, WorkingStep


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        ("136363", "136,363"),
        ("681819/5", "136,363.80"),  # 136,363.8 exactly: nothing is cut
        ("1000/3", "333.33…"),
        ("-1/2", "-0.50"),
        ("-4001/3", "-1,333.66…"),
    ],
)
def test_yen_say_whether_digits_are_cut(exact: str, printed: str) -> None:
    assert value(NamedValue(name="payable_exact", value=exact)) == printed


def test_the_parts_of_a_sum_of_times_are_times() -> None:
    parts = tuple(NamedValue(name="item", value=seconds) for seconds in ("10800", "15984"))
    added = WorkingStep(operation="plus", operands=parts, result=NamedValue(name="together", value="26784"))
    assert working(added, Screen("en")).endswith("item 3:00 + item 4:26:24 = together 7:26:24")


def test_the_parts_of_a_ratio_are_numbers() -> None:
    parts = tuple(NamedValue(name="item", value=number) for number in ("79", "81"))
    added = WorkingStep(operation="plus", operands=parts, result=NamedValue(name="part", value="160"))
    assert working(added, Screen("en")) == "item 79 + item 81 = part 160"
