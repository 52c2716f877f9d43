"""The product's figures are those of other people's systems, and the runner notices when they are not."""

import copy
import json
import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.cases.__main__ import main
from tests.cases.outcomes import agrees, shown
from tests.cases.running import cases_of, function_of, outcome, outcomes
from tests.cases.table import TABLE

FILES = sorted(Path(__file__).parent.glob("*.json"))
CASES = [(file, case) for file in FILES for case in cases_of(file)]
LAST_LINE = re.compile(r"(\d+) passed, (\d+) failed, (\d+) skipped")
MOST_SKIPPED = 3


def name(case: Any) -> str:
    return str(case["id"]) if isinstance(case, dict) else case.stem


@pytest.mark.parametrize(("file", "case"), CASES, ids=name)
def test_the_product_gives_the_figure_of_the_case(file: Path, case: Any) -> None:
    became = outcome(case)
    assert became.result != "failed", f"expected {shown(became.expected)}, got {shown(became.got)}"


def test_every_file_says_how_many_cases_it_has() -> None:
    counted = Counter(file.name for file, _ in CASES)
    assert dict(counted) == {file.name: json.loads(file.read_text("utf-8"))["count"] for file in FILES}


def test_few_cases_are_skipped_and_each_says_why() -> None:
    skipped = [each for file in FILES for each in outcomes(file) if each.result == "skipped"]
    assert len(skipped) <= MOST_SKIPPED
    assert all(each.reason for each in skipped)


def test_every_function_of_the_table_has_a_case() -> None:
    assert {function_of(case["input"]) for _, case in CASES} == set(TABLE)


def changed(expected: Any) -> Any:
    """The same shape with every figure another one."""
    match expected:
        case dict():
            return {key: changed(value) for key, value in expected.items()}
        case list():
            return [*(changed(each) for each in expected), "one more"]
        case bool():
            return not expected
        case int() | Decimal():
            return expected + 1
        case _:
            return "2001-01-01T00:00:00Z" if expected != "2001-01-01T00:00:00Z" else "another"


def one_per_function() -> list[Any]:
    first: dict[str, Any] = {}
    for _, case in CASES:
        if outcome(case).result == "passed":
            first.setdefault(function_of(case["input"]), case)
    return list(first.values())


@pytest.mark.parametrize("case", one_per_function(), ids=lambda case: function_of(case["input"]))
def test_another_expectation_of_any_key_fails(case: Any) -> None:
    for key in case["expected"].keys() - {"holiday"}:
        wrong = copy.deepcopy(case)
        wrong["expected"][key] = changed(case["expected"][key])
        assert outcome(wrong).result == "failed", key


def written(tmp_path: Path, *cases: dict[str, Any]) -> str:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    return str(file)


def restored(expected: Any, **given: Any) -> dict[str, Any]:
    return {
        "id": "restored",
        "input": {"function": "restored_ratio", "affected_systems": 3, "restored": 2} | given,
        "expected": expected,
    }


def test_the_runner_ends_with_what_passed_and_succeeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([written(tmp_path, restored({"percent": 66.67}))]) == 0
    assert capsys.readouterr().out.splitlines() == ["1 passed, 0 failed, 0 skipped"]


def test_a_failure_is_told_with_expected_and_got_and_fails_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([written(tmp_path, restored({"percent": 66.66}))]) == 1
    *told, last = capsys.readouterr().out.splitlines()
    assert told == [
        "FAILED  cases.json restored (restored_ratio)",
        "        expected {percent: 66.66}",
        "        got      {percent: 66.6666666667 (= 200/3)}",
    ]
    assert last == "0 passed, 1 failed, 0 skipped"


def test_a_function_without_a_counterpart_is_skipped_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([written(tmp_path, restored({"percent": 1}, function="moon_phase"))]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "SKIPPED moon_phase: 1, no product function is named so [restored]",
        "0 passed, 0 failed, 1 skipped",
    ]


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ({"percent": 66.67, "more": 1}, {}),  # a key that nobody answers
        ({"percent": 66.67}, {"restored": 4}),  # refused, where a figure is expected
        ({"error": True}, {}),  # a figure, where a refusal is expected
        ({"error": True}, {"restored": "two"}),  # broken is not refused
    ],
)
def test_what_is_not_answered_refused_or_broken_fails(tmp_path: Path, expected: Any, given: dict[str, Any]) -> None:
    assert main([written(tmp_path, restored(expected, **given))]) == 1


def test_a_file_that_cannot_be_read_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    assert main([str(tmp_path / "list.json")]) == 1
    assert main([written(tmp_path, {"id": "without a figure"})]) == 1
    assert main([]) == 2


def test_all_files_together_end_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file) for file in FILES]) == 0
    counted = LAST_LINE.fullmatch(capsys.readouterr().out.splitlines()[-1])
    assert counted is not None
    assert sum(int(number) for number in counted.groups()) == len(CASES)


@pytest.mark.parametrize(
    ("expected", "got", "tolerance", "same"),
    [
        (Decimal("69.54"), Fraction(315, 453) * 100, None, True),
        (Decimal("0.5"), Fraction(45, 100), None, True),  # half up
        (Decimal("-0.5"), Fraction(-45, 100), None, True),  # halves away from zero
        (Decimal("0.4"), Fraction(45, 100), None, False),
        (1, Fraction(101, 100), None, False),  # a whole number is the value itself
        (1, Fraction(101, 100), Decimal("0.1"), True),
        (Decimal("1.0"), Fraction(101, 100), Decimal("0.001"), False),
        (1, True, None, False),
        (None, None, None, True),
        (None, 0, None, False),
        ("2025-04-10T00:00:00Z", datetime(2025, 4, 10, tzinfo=UTC), None, True),
        ("2025-04-10", date(2025, 4, 10), None, True),
        ("soon", datetime(2025, 4, 10, tzinfo=UTC), None, False),
        (["2025-04-10"], [date(2025, 4, 10), date(2025, 4, 11)], None, False),
        ({"a": 1}, {"a": 1, "b": 2}, None, True),
        ({"a": 1}, {"b": 2}, None, False),
    ],
)
def test_a_printed_decimal_is_the_exact_value_rounded_half_up(
    expected: Any, got: Any, tolerance: Decimal | None, same: bool
) -> None:
    assert agrees(expected, got, tolerance) is same
