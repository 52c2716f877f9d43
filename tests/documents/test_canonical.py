"""The canonical JSON: one spelling for each document, read by the domain into the same fields."""

import json
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from pydantic import BaseModel

from slm_api.documents import SlaDocument, canonical, read_document
from slm_domain.sla import Sla, read_sla
from tests.documents.paper import paper, written

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("shimanto-town", "jip-base", "tosa-joint-desk")
DOCUMENTS = [EXAMPLES / name / "sla.yaml" for name in NAMES]


TEXTS = [written(paper()), *(document.read_text(encoding="utf-8") for document in DOCUMENTS)]


@pytest.mark.parametrize("text", TEXTS, ids=["small", *NAMES])
def test_the_canonical_form_reads_back_to_itself(text: str) -> None:
    document = read_document(text, source="authored").document
    form = canonical(document)
    again = read_document(form, source="canonical").document
    assert again == document
    assert canonical(again) == form


@pytest.mark.parametrize("text", TEXTS, ids=["small", *NAMES])
def test_the_domain_reads_every_field_of_the_canonical_form(text: str) -> None:
    form = canonical(read_document(text, source="authored").document)
    fields = json.loads(form)
    assert json.loads(json.dumps(msgspec.to_builtins(read_sla(form)), default=str)) == fields


def test_the_canonical_form_is_sorted_dense_and_without_floats() -> None:
    tree = paper()
    tree["fee"]["tax_percent"] = "10.500"
    form = canonical(read_document(written(tree), source="sla.json").document)
    text = form.decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert '"monthly_yen":1000000,"rounding":"down","tax_percent":"10.5","tax_rounding":"down"}' in text
    assert '"guaranteed":{"amount":"90","and_words":null,"comparison":null,"unit":"minutes"}' in text
    assert '"term_from":"2025-04-01"' in text
    json.loads(text, parse_float=pytest.fail)


def test_the_order_of_fields_and_the_spelling_of_values_do_not_matter() -> None:
    other = dict(reversed(paper().items()))
    other["fee"] = {"tax_percent": 10.0, "includes_tax": True, "monthly_yen": 1000000}
    other["levels"][3]["guaranteed"] = {"unit": "percent", "amount": "99.50"}
    forms = {canonical(read_document(written(tree), source="sla.json").document) for tree in (paper(), other)}
    assert len(forms) == 1


def test_defaults_are_written_out_so_that_a_later_default_changes_no_agreement() -> None:
    form = json.loads(canonical(read_document(written(paper()), source="sla.json").document))
    assert form["terms"]["pro_rata"] == "none"
    assert form["calendars"]["opening"]["closed"] == "japanese_municipal"


def model_of(annotation: Any) -> list[Any]:
    """Every model or Struct an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | msgspec.Struct):
        return [annotation]
    return [found for argument in get_args(annotation) for found in model_of(argument)]


def bare(annotation: Any) -> Any:
    """The annotation as plain builtins: without pydantic's metadata, models and Structs alike as "fields"."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | msgspec.Struct):
        return "fields"
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "literal"
    if origin in (Union, UnionType):
        return frozenset(bare(argument) for argument in arguments)
    return (origin, *(bare(argument) for argument in arguments)) if arguments else annotation


def literals(annotation: Any) -> set[object]:
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return {value for argument in get_args(annotation) for value in literals(argument)}


def assert_same_shape(model: type[BaseModel], struct: type[msgspec.Struct]) -> int:
    """Compare the two, and all they hold; returns how many pairs were compared."""
    hints = get_type_hints(struct)
    tag = struct.__struct_config__.tag_field
    fields = {name: info for name, info in model.model_fields.items() if name != tag}
    assert list(fields) == list(struct.__struct_fields__), struct
    compared = 1
    defaults = {field.name: field.default for field in msgspec.structs.fields(struct)}
    for name, info in fields.items():
        where = f"{struct.__name__}.{name}"
        assert bare(info.annotation) == bare(hints[name]), where
        if struct.__name__ == "Terms":
            assert literals(info.annotation) <= literals(hints[name]), where
        else:
            assert literals(info.annotation) == literals(hints[name]), where
        if info.is_required():
            assert defaults[name] is msgspec.NODEFAULT, where
        elif not isinstance(info.default, BaseModel):
            assert info.default == defaults[name], where
        inner = zip(model_of(info.annotation), model_of(hints[name]), strict=True)
        compared += sum(assert_same_shape(one, other) for one, other in inner)
    return compared


def test_the_authored_model_and_the_domain_have_the_same_fields_types_and_defaults_throughout() -> None:
    assert assert_same_shape(SlaDocument, Sla) > 40
