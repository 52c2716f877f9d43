"""docs/figures.md says of every term what each of its readings does, the default first."""

import re

import msgspec
import pytest

from slm_domain.sla import Terms
from tests.where_used.reading import values
from tests.where_used.row import ROOT

PAGE = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
TOLD = {
    term: readings
    for terms, readings in re.findall(r"^\| (`[^|]*) \([^|]*\) \| ([^|]*) \|$", PAGE, re.MULTILINE)
    for term in re.findall(r"`(\w+)`", terms)
}


def test_every_term_is_told_in_the_order_of_the_document() -> None:
    assert tuple(TOLD) == Terms.__struct_fields__


@pytest.mark.parametrize("field", msgspec.structs.fields(Terms), ids=lambda field: field.name)
def test_every_reading_of_a_term_is_told_and_the_default_first(field: msgspec.structs.FieldInfo) -> None:
    told = re.findall(r"`(\w+)`|\b(null)\b|\b([Aa] number)\b", TOLD[field.name])
    named = [quoted or nothing or number.lower() for quoted, nothing, number in told]
    assert sorted(named) == sorted(values(Terms, field.name))
    default = field.default if isinstance(field.default, str) else "null" if field.default is None else "a number"
    assert named[0] == default
