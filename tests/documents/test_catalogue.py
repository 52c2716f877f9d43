"""Ready-made levels: used by reference, with anything written over them, and told of where they are used."""

import json
from pathlib import Path
from typing import Any

import pytest

from slm_api.documents import DocumentRefused, canonical, read_document, schema
from slm_api.documents.catalogue import UnknownEntry, entries, entry
from slm_api.documents.text import written as read_text
from slm_domain.sla import Level, read_sla
from tests.documents.bending import assert_refused
from tests.documents.paper import Tree, paper, refused_after, words, written
from tests.documents.schema_check import faults

SHIMANTO = Path(__file__).parents[2] / "examples" / "shimanto-town" / "sla.yaml"
LEVELS = [each.name for each in entries().values() if each.kind == "level"]
SCALES = [each.name for each in entries().values() if each.kind == "scale"]
NO_LEVELS = [each.name for each in entries().values() if each.kind == "not_a_level"]


def using(*items: Any, **parts: Any) -> Tree:
    """The small document with these levels after its own four, and these parts."""
    tree = paper() | parts
    tree["levels"] += items
    return tree


def level_of(tree: Tree, index: int = 4) -> Level:
    return read_sla(canonical(read_document(written(tree), source="sla.json").document)).levels[index]


@pytest.mark.parametrize("name", LEVELS)
def test_every_level_of_the_catalogue_is_one_that_a_document_can_hold(name: str) -> None:
    scales = [{"use": scale} for scale in SCALES]
    level = level_of(using({"use": name}, scales=scales))
    assert level.catalogue == name
    assert level.key == entry(name).item["key"]
    assert level.guaranteed is not None


@pytest.mark.parametrize("name", SCALES)
def test_every_scale_of_the_catalogue_is_one_that_a_document_can_hold(name: str) -> None:
    document = read_document(written(using(scales=[{"use": name}])), source="sla.json").document
    assert document.scales[0].code == name.removeprefix("j6/")


def test_the_catalogue_has_every_row_of_s5_and_every_item_of_g4_t2_and_j6() -> None:
    """S5 has 19 rows; G4 items 38 to 43 with 39 in four parts and 42 in two; T2 ten items; J6 four scales."""
    items = {each.name.partition("@")[0] for each in entries().values()}
    assert len([name for name in items if name.startswith("s5/")]) == 19
    assert len([name for name in items if name.startswith("g4/")]) == 10
    assert len([name for name in items if name.startswith("t2/")]) == 10
    assert {name for name in items if name.startswith("j6/")} == {
        "j6/C.1.2.5",
        "j6/A.3.2.2",
        "j6/C.1.2.3",
        "j6/B.1.3.1",
    }


def test_the_rows_of_s5_are_those_of_the_town_whose_table_it_is() -> None:
    authored = {level["key"]: level for level in read_text(SHIMANTO.read_bytes(), source="sla.yaml").tree["levels"]}
    rows = {each.item["key"]: each.item for each in entries().values() if each.source == "S5"}
    assert rows == {key: authored[key] for key in rows}


@pytest.mark.parametrize(
    ("item", "basic", "low_availability", "information"),
    [  # as printed in the guideline's table
        ("39-support-availability", "99.5 % 以上", "95 % 以上", "95 % 以上"),
        ("39-abandoned", "5 % 未満", "20 % 未満", "20 % 未満"),
        ("39-answered-within-30s", "90 % 以上", "70 % 以上", "70 % 以上"),
        ("39-completed-in-standard-time", "5 % 未満", "20 % 未満", "20 % 未満"),
        ("42a-monitoring-interval", "10 minutes", "60 minutes", "60 minutes"),
        ("42b-notification", "20 minutes", "5 hours", "5 hours"),
    ],
)
def test_the_reference_values_of_g4_are_those_of_its_three_patterns(
    item: str, basic: str, low_availability: str, information: str
) -> None:
    patterns = {"basic": basic, "low_availability": low_availability, "information": information}
    assert {pattern: entry(f"g4/{item}@{pattern}").item["guaranteed"] for pattern in patterns} == patterns


def test_what_g4_does_not_ask_of_a_pattern_is_not_in_it() -> None:
    for item in ("g4/40-accident-responsibility", "g4/41-notice-of-planned-stops"):
        assert entry(f"{item}@basic").item["guaranteed"] == "met"
        with pytest.raises(UnknownEntry):
            entry(f"{item}@information")


def test_only_the_item_that_g4_does_not_mark_is_no_candidate_for_an_sla() -> None:
    assert [each.name for each in entries().values() if not each.candidate] == ["g4/40-accident-responsibility@basic"]


def test_fields_are_written_over_one_by_one_and_values_as_a_whole() -> None:
    over = {
        "use": "s5/fault-notification",
        "key": "told",
        "measure": {"fault_levels": ["A"]},
        "guaranteed": "20 minutes",
        "target": None,
        "document": {"clause": "別表1"},
    }
    level, printed = level_of(using(over)), entry("s5/fault-notification").item
    assert (level.key, level.document.clause, level.document.item) == ("told", "別表1", printed["document"]["item"])
    assert (level.measure.start, level.measure.fault_levels) == ("detected", ("A",))
    assert level.guaranteed is not None
    assert level.guaranteed.amount == 20
    assert level.target is None
    assert level.catalogue == "s5/fault-notification"


def test_using_an_entry_does_not_change_it() -> None:
    before = json.dumps(entry("s5/fault-notification").item)
    level_of(using({"use": "s5/fault-notification", "measure": {"fault_levels": ["A"]}}))
    assert json.dumps(entry("s5/fault-notification").item) == before


def test_the_agreed_document_holds_the_whole_level_and_needs_no_catalogue() -> None:
    document = read_document(written(using({"use": "s5/fault-notification"})), source="sla.json").document
    form = canonical(document)
    assert b'"use"' not in form
    assert read_document(form, source="canonical").document == document


@pytest.mark.parametrize(
    ("name", "path", "reason", "mend"),
    [
        ("s5/fault-notifcation", "levels[4].use", "is not in the catalogue", "s5/fault-notification"),
        ("g4/39-abandoned", "levels[4].use", "is not in the catalogue", "g4/39-abandoned@basic"),
        ("", "levels[4].use", "is not in the catalogue", "Choose from what slm catalogue lists"),
        (["s5"], "levels[4].use", "is not in the catalogue", "Choose from what slm catalogue lists"),
        ("j6/C.1.2.5", "levels[4].use", "is not used here", "Use it in scales"),
        ("t2/customisability", "levels[4].use", "is no level. It is a property of the service", "another item"),
    ],
)
def test_a_reference_that_names_no_level_is_refused_with_names_like_it(
    name: object, path: str, reason: str, mend: str
) -> None:
    assert_refused(lambda tree: tree["levels"].append({"use": name}), path, reason, mend)


@pytest.mark.parametrize("name", NO_LEVELS)
def test_an_item_that_can_be_no_level_is_refused_with_the_reason(name: str) -> None:
    [finding] = refused_after(lambda tree: tree["levels"].append({"use": name}))
    note = entry(name).note
    assert note is not None
    assert note.en in finding.reason.en
    assert note.ja in finding.reason.ja


def test_what_is_wrong_with_an_override_is_told_where_it_is_written() -> None:
    over = {"use": "s5/fault-notification", "guaranteed": "30 %", "colour": "red", "measure": {"period": "month"}}
    found = {finding.path for finding in refused_after(lambda tree: tree["levels"].append(over))}
    assert found == {"levels[4].guaranteed.unit", "levels[4].colour", "levels[4].measure.period"}


def test_what_is_wrong_beside_a_misspelt_reference_is_told_with_it() -> None:
    over = {"use": "s5/fault-notifcation", "guaranteed": "30 %"}
    found = {finding.path for finding in refused_after(lambda tree: tree["levels"].append(over))}
    assert found == {"levels[4].use", "levels[4].guaranteed.unit"}


def test_a_line_of_a_reference_is_that_of_the_document() -> None:
    text = SHIMANTO.read_text(encoding="utf-8").replace("levels:\n", "levels:\n  - use: s5/nothing-like-it\n", 1)
    with pytest.raises(DocumentRefused) as refused:
        read_document(text, source="sla.yaml")
    line = text.splitlines().index("  - use: s5/nothing-like-it") + 1
    assert str(refused.value).startswith(f"sla.yaml:{line}: levels[0].use:")


def test_a_row_that_is_shipped_as_printed_though_it_reads_wrong_is_warned_of() -> None:
    warnings = read_document(written(using({"use": "g4/39-completed-in-standard-time@basic"})), source="x").warnings
    assert [finding.path for finding in warnings] == ["levels[4].use"]
    assert "A22" in warnings[0].reason.en
    assert "A22" in warnings[0].reason.ja


def test_the_schema_takes_a_reference_with_overrides_and_refuses_an_unknown_one() -> None:
    over = {"use": "s5/fault-notification", "measure": {"fault_levels": ["A"]}, "guaranteed": "20 minutes"}
    tree = using(over, scales=[{"use": "j6/C.1.2.5", "name": words("Backup")}])
    assert list(faults(tree, schema(), schema())) == []
    for wrong, fault in (
        ({"use": "s5/nothing"}, ".levels[4].use: enum"),
        ({**over, "colour": "red"}, ".levels[4].colour: unknown"),
        ({**over, "guaranteed": "20 minuts"}, ".levels[4].guaranteed: anyOf"),
    ):
        assert list(faults(using(wrong), schema(), schema())) == [fault]


def test_nothing_in_the_catalogue_is_left_empty() -> None:
    def texts(tree: Any) -> list[Any]:
        children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
        return [text for child in children for text in texts(child)] if children else [tree]

    for each in entries().values():
        assert None not in texts(each.item), each.name
        assert "" not in texts(each.item), each.name
        assert all(said.ja and said.en for said in (each.title, each.note) if said is not None), each.name
