"""Exact amounts are printed as they are; what is cut says so."""

import pytest

from slm_api.cli.screen import Screen
from slm_api.cli.shown import failing_side, measured, value, working
from slm_api.settings import Language
from slm_domain.month_figures import NamedValue, WorkingStep
from slm_domain.sla import MeasureKind


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


@pytest.mark.parametrize(
    ("name", "exact", "printed"),
    [
        ("availability", "10919/11025", "99.03 %"),  # 99.0385…: down
        ("share", "247/2310", "10.69… %"),  # 10.6926…
        ("sum_of_shares", "1/3", "33.33… %"),
        ("whole_fee", "1", "100 %"),
        ("remaining_share", "4/5", "80 %"),
        ("remaining_share", "-1/3", "-33.33… %"),
        ("paid_share", "51/50", "102 %"),
        ("charged", "8/1155", "0.69… %"),
        ("achieved_share", "3919/4410", "88.8662… %"),
        ("tax_part", "1/11", "9.09… % (1/11)"),  # 10 of 110: what is written beside it can be reckoned with on paper
        ("served_share", "15/31", "48.38… % (15/31)"),
        ("served_share", "1/2", "50 %"),
    ],
)
def test_a_share_is_printed_in_percent_and_says_whether_digits_are_cut(name: str, exact: str, printed: str) -> None:
    assert value(NamedValue(name=name, value=exact)) == printed


@pytest.mark.parametrize(
    ("kind", "exact", "printed"),
    [
        ("ratio_at_most", "4999/100000", "5.00 %"),  # 4.999 %: not below 5 by what is printed
        ("ratio_at_most", "50001/1000000", "5.01 %"),  # 5.0001 %: at most 5 is missed, and 5.00 would hide it
        ("ratio_at_least", "89999/100000", "89.99 %"),  # 89.999 %: at least 90 is missed
        ("ratio_at_least", "9/10", "90 %"),
        ("ratio_at_most", "1/20", "5 %"),
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_ratio_is_rounded_towards_the_failing_side_of_its_kind(
    kind: MeasureKind, exact: str, printed: str, language: Language
) -> None:
    ratio, towards = NamedValue(name="ratio", value=exact), failing_side(kind)
    assert measured(ratio, Screen(language), towards=towards).endswith(f" {printed}")
    step = WorkingStep(operation="divided_by", operands=(ratio, ratio), result=ratio)
    assert working(step, Screen(language), towards=towards).count(printed) == 3


@pytest.mark.parametrize(("language", "printed"), [("ja", "実施 4 件中 3 件"), ("en", "met 3 of 4")])
def test_items_of_items_are_counted_and_no_fraction(language: Language, printed: str) -> None:
    assert measured(NamedValue(name="met", value="3/4"), Screen(language)) == printed
