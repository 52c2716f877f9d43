"""docs/where-used.md is complete and true: every row, every reading, every line it points to, every test it names."""

import ast
import re

import msgspec
import pytest

from slm_api.documents.catalogue import entries
from slm_domain.sla import (
    FaultLevel,
    Fee,
    FeeTimesAvailability,
    Ground,
    LateIncrements,
    Measure,
    Terms,
)
from tests.where_used.page import PAGE, READINGS, SECTIONS, page
from tests.where_used.reading import OUTCOMES, term, values
from tests.where_used.row import NAMES, ROOT, Row, lines

ROWS = [row for _, rows in SECTIONS for row in rows]
CHOOSING: dict[type[msgspec.Struct], tuple[str, ...]] = {  # the fields whose every value is a reading
    Terms: Terms.__struct_fields__,
    Measure: ("day_kind", "period_days", "count_first_day", "clock", "due_shift"),
    LateIncrements: ("counting",),
    FeeTimesAvailability: ("composition",),
    Ground: ("leaves_measurement", "frees_from_damages"),
    FaultLevel: ("report",),
    Fee: ("rounding",),
}


def named(row: Row) -> str:
    return f"{row.source} {row.row}"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.where_used"


def test_every_entry_of_the_catalogue_and_every_grade_of_its_scales_has_a_row() -> None:
    told = {source: [row.row for row in ROWS if row.source == source] for source in ("S5", "G4", "T2", "J6")}
    for each in entries().values():
        short = each.name.partition("/")[2]
        if each.kind == "scale":
            wanted = [f"{short} grade {grade['grade']}: " for grade in each.item["grades"]]
        elif each.source == "J6":
            wanted = [f"{short.replace('@grade-', ' grade ')}: "]
        else:
            wanted = [f"{short}: "]
        for one in wanted:
            assert len([row for row in told[each.source] if row.startswith(one)]) == 1, one
    assert [len(told[source]) for source in ("S5", "T2")] == [19, 10]
    assert len({row.partition("@")[0] for row in told["G4"]}) == 10


def test_every_ambiguous_passage_has_a_row() -> None:
    found = {row.source for row in READINGS if row.source.startswith("A")}
    assert found == {f"A{number}" for number in range(1, 37)}


def test_every_value_that_a_field_allows_has_exactly_one_row() -> None:
    allowed = {
        (shape.__name__, field, value)
        for shape, fields in CHOOSING.items()
        for field in fields
        for value in values(shape, field)
    } | {("Outcome", "outcome", outcome) for outcome in OUTCOMES}
    told = [row.reads for row in READINGS if row.reads is not None]
    chosen = [each for each in told if each[:2] in {(shape, field) for shape, field, _ in allowed}]
    assert set(chosen) == allowed
    assert len(chosen) == len(set(chosen))


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_row_is_used_or_says_why_not(row: Row) -> None:
    assert row.uses or row.reason


@pytest.mark.parametrize("row", READINGS, ids=named)
def test_a_reading_is_fixed_by_a_test_that_exists(row: Row) -> None:
    assert row.tests
    for test in row.tests:
        assert_exists(test)


@pytest.mark.parametrize("row", [row for row in ROWS if row not in READINGS and row.tests], ids=named)
def test_a_row_names_tests_that_exist(row: Row) -> None:
    for test in row.tests:
        assert_exists(test)


def assert_exists(test: str) -> None:
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {each.name for each in tree.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}, test


def test_every_line_that_the_page_points_to_says_what_it_is_said_to_say() -> None:
    found = re.findall(r"`examples/([a-z-]+)/sla\.yaml:(\d+)` (.*?)(?=<br>| \|)", PAGE.read_text(encoding="utf-8"))
    assert len(found) == sum(len(row.uses) for row in ROWS)
    assert {example for example, _, _ in found} == set(NAMES)
    for example, number, text in found:
        assert text in lines(example)[int(number) - 1], (example, number, text)


@pytest.mark.parametrize("row", [row for row in READINGS if row.reads and row.reads[0] == "Terms"], ids=named)
def test_an_example_that_uses_a_reading_of_a_term_is_agreed_in_it(row: Row) -> None:
    assert row.reads is not None
    _, field, value = row.reads
    for use in row.uses:
        if use.text.startswith(f"{field}:"):
            assert term(use.example, field) == value
