"""A value is written as people write it: an amount, a unit, and the comparison word that is printed with it (C9)."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from slm_api.documents.bounds import Bound
from slm_domain.sla import BoundUnit, ComparisonWord


@pytest.mark.parametrize(
    ("phrase", "amount", "unit"),
    [
        ("30 seconds", 30, "seconds"),
        ("30秒", 30, "seconds"),
        ("20 minutes", 20, "minutes"),
        ("24 時間", 24, "hours"),
        ("3 days", 3, "days"),
        ("2 months", 2, "months"),
        ("6 か月", 6, "months"),
        ("1 time", 1, "count"),
        ("99.5％", "99.5", "percent"),
        ("grade 4", 4, "grade"),
        ("グレード 4", 4, "grade"),
        ("met", 1, "met"),
    ],
)
def test_an_amount_without_a_comparison_word_leaves_the_word_to_the_kind(
    phrase: str, amount: int | str, unit: BoundUnit
) -> None:
    bound = Bound.model_validate(phrase)
    assert (bound.amount, bound.unit, bound.comparison) == (Decimal(amount), unit, None)


@pytest.mark.parametrize(
    ("phrase", "amount", "unit", "comparison"),
    [
        (">= 99.5 %", "99.5", "percent", "at_least"),
        ("≥ 99.5 %", "99.5", "percent", "at_least"),
        ("99.5 % 以上", "99.5", "percent", "at_least"),
        ("at least 99.5 %", "99.5", "percent", "at_least"),
        ("≤ 20 minutes", "20", "minutes", "at_most"),
        ("<= 20 minutes", "20", "minutes", "at_most"),
        ("3 日以内", "3", "days", "at_most"),
        ("20 % 以下", "20", "percent", "at_most"),
        ("< 5 %", "5", "percent", "below"),
        ("5 % 未満", "5", "percent", "below"),
        ("less than 5 %", "5", "percent", "below"),
        ("> 60 minutes", "60", "minutes", "above"),
        ("60分を超える", "60", "minutes", "above"),
        ("グレード 4 以上", "4", "grade", "at_least"),
        (">= grade 4", "4", "grade", "at_least"),
    ],
)
def test_a_comparison_word_is_kept_as_it_was_printed(
    phrase: str, amount: str, unit: BoundUnit, comparison: ComparisonWord
) -> None:
    bound = Bound.model_validate(phrase)
    assert (bound.amount, bound.unit, bound.comparison) == (Decimal(amount), unit, comparison)


@pytest.mark.parametrize(
    "phrase",
    ["soon", "99.5", "%", "-5 %", "= 5 %", ">= 5 % 以上", "< met", "grade", "grade 4.5", "5 % 5 %", "1e3 minutes", ""],
)
def test_a_phrase_that_is_no_amount_with_a_unit_is_refused(phrase: str) -> None:
    with pytest.raises(ValidationError, match="not an amount with a unit"):
        Bound.model_validate(phrase)
