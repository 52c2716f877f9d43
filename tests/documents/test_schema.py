"""The JSON Schema that `slm schema` prints accepts what is accepted and refuses what has the wrong shape."""

import json
from pathlib import Path
from typing import Any

import pytest

from slm_api.documents import canonical, read_document, schema
from slm_api.documents.text import written
from tests.documents.paper import paper
from tests.documents.schema_check import faults

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("example", ["shimanto-town", "jip-base", "tosa-joint-desk"])
def test_the_examples_fit_the_schema_as_authored_and_in_canonical_form(example: str) -> None:
    text = (EXAMPLES / example / "sla.yaml").read_text(encoding="utf-8")
    form = canonical(read_document(text, source=example).document)
    for tree in (written(text, source=example).tree, written(form, source=example).tree):
        assert list(faults(tree, schema(), schema())) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("contract",), None, ".contract: type"),
        (("fee", "tax_percent"), "110 %", ".fee.tax_percent: anyOf"),
        (("fee", "colour"), "red", ".fee.colour: unknown"),
        (("calendars", "opening", "mon"), "morning", ".calendars.opening.mon: anyOf"),
        (("calendars", "開庁"), {"name": {"ja": "a", "en": "a"}}, ".calendars.開庁: unknown"),
        (("terms",), {"month_first_day": 29}, ".terms.month_first_day: maximum"),
        (("terms",), {"due_shift": "sometimes"}, ".terms.due_shift: enum"),
        (("term_to",), "9999-12-31", ".term_to: pattern"),
        (("terms",), {"inspection_days": 367}, ".terms.inspection_days: maximum"),
        (("levels", 0, "guaranteed"), {"amount": 52596001, "unit": "minutes"}, ".levels[0].guaranteed: anyOf"),
        (("levels", 3, "guaranteed"), {"amount": 101, "unit": "percent"}, ".levels[3].guaranteed: anyOf"),
        (("levels", 0, "guaranteed"), "90 minuts", ".levels[0].guaranteed: anyOf"),
        (("levels", 0, "name"), {"ja": "到着"}, ".levels[0].name.en: required"),
        (("deductions", 0, "rule"), "per_occasion", ".deductions[0]: oneOf"),
    ],
)
def test_what_has_the_wrong_shape_does_not_fit_the_schema(path: tuple[str | int, ...], value: Any, fault: str) -> None:
    tree: Any = paper()
    assert list(faults(tree, schema(), schema())) == []
    node = tree
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert fault in list(faults(tree, schema(), schema()))


def test_every_field_has_a_title_in_both_languages() -> None:
    definitions = {"SlaDocument": schema(), **schema()["$defs"]}
    for name, definition in definitions.items():
        for field, described in definition.get("properties", {}).items():
            ja, _, en = described["title"].partition(" / ")
            assert ja, f"{name}.{field}"
            assert en, f"{name}.{field}"


def test_the_schema_is_json_and_names_its_draft() -> None:
    assert json.loads(json.dumps(schema()))["$schema"] == "https://json-schema.org/draft/2020-12/schema"
