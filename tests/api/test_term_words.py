"""Every term that a contract can choose is printed in words, in both languages, with its ID."""

import re
from typing import Literal, get_args, get_origin

import msgspec
import pytest

from slm_api.cli.screen import Screen
from slm_api.cli.shown import apart, working
from slm_api.term_words import TERMS, chosen, reading
from slm_domain.month_figures import NamedValue, Ratio, WorkingStep
from slm_domain.sla import Terms


def test_every_term_and_every_reading_it_knows_has_words() -> None:
    fields = msgspec.structs.fields(Terms)
    assert list(TERMS) == [field.name for field in fields]
    for field in fields:
        term = TERMS[field.name]
        if get_origin(field.type) is Literal:
            assert set(term.readings) == set(get_args(field.type)), field.name
        else:
            words = reading(term, field.default)
            assert words.ja, field.name
            assert words.en, field.name


def test_every_term_names_its_convention() -> None:
    for term in chosen(Terms()):
        assert re.fullmatch(r"[ACGJS]\d+", term.source)


def test_the_base_of_the_deductions_is_not_said_to_have_tax_that_a_fee_may_not_have() -> None:
    # a fee without its tax, under the default reading: shares are taken of it as it was agreed (A6)
    words = reading(TERMS["deduction_base"], Terms().deduction_base)
    assert words.en == "the monthly fee as agreed, with any tax inside it"
    assert words.ja == "約定した月額（内税ならその税を含む）"


def test_two_figures_read_side_by_side_do_not_look_alike_when_they_differ() -> None:
    counted, removed = Ratio(numerator=11510, denominator=11550), Ratio(numerator=11390, denominator=11430)
    assert apart(removed, counted) == ("99.6500 %", "99.6536 %")
    assert apart(counted, counted) == ("99.65 %", "99.65 %")


@pytest.mark.parametrize(
    ("shares", "printed"),
    [
        ([], " ＝ 減額率の合計 0 %"),
        (["1/10"], "減額率 10 % ＝ 減額率の合計 10 %"),
        (["1/10", "8/1155"], "減額率 10 % ＋ 減額率 0.69… % ＝ 減額率の合計 10.69… %"),
    ],
)
def test_a_sum_is_printed_whatever_the_number_of_its_terms(shares: list[str], printed: str) -> None:
    total = {0: "0", 1: "1/10", 2: "247/2310"}[len(shares)]
    step = WorkingStep(
        operation="plus",
        operands=tuple(NamedValue(name="share", value=share) for share in shares),
        result=NamedValue(name="sum_of_shares", value=total),
    )
    assert working(step, Screen("ja")) == printed
