"""Runs cases through the table of functions."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.cases.outcomes import Given, Outcome, Produced, Skipped, agrees
from tests.cases.table import TABLE

_PARTS = {"id", "input", "expected"}
_OURS = ("slm_domain.", "slm_api.")
_SHAPES = (
    ("payload", "monitoring_payload"),
    ("reporting_period", "reporting_periods"),
    ("outages", "availability"),
)


def cases_of(path: Path) -> list[Any]:
    """The cases of a file, with printed digits kept. Raises ValueError for what is no file of cases."""
    loaded = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("cases"), list):
        raise ValueError("a file of cases is an object with a list of cases")  # noqa: TRY004  # the text is wrong
    cases = list(loaded["cases"])
    for number, case in enumerate(cases):
        if not isinstance(case, dict) or not case.keys() >= _PARTS:
            raise ValueError(f"case {number} has not all of {', '.join(sorted(_PARTS))}")
    return cases


def outcomes(path: Path) -> Iterator[Outcome]:
    """What became of each case of a file; one failure for a file that cannot be read."""
    try:
        cases = cases_of(path)
    except (OSError, ValueError) as error:
        yield Outcome(case=str(path), function="", result="failed", expected="a file of cases", got=str(error))
        return
    for case in cases:
        yield outcome(case)


def outcome(case: Any) -> Outcome:
    """What became of one case."""
    function = function_of(case["input"])
    entry = TABLE.get(function)
    if entry is None:
        return _outcome(case, function, reason="no product function is named so")
    expected = case["expected"]
    try:
        produced = entry.answer(case["input"], expected)
    except Skipped as skipped:
        return _outcome(case, function, reason=str(skipped))
    except Exception as error:  # noqa: BLE001  # whatever breaks is a failed case and not the end of the run
        refused = _is_refusal(error)
        if refused and expected.get("error") is True:
            return _outcome(case, function, passed=True)
        told = f"{'refused' if refused else 'broke'}: {type(error).__name__}: {error}"
        return _outcome(case, function, passed=False, got=told)
    return _compared(case, function, produced)


def _is_refusal(error: Exception) -> bool:
    """Whether the product refused the input: with an exception of its own, or a ValueError that it raised itself."""
    if type(error).__module__.startswith(_OURS):
        return True
    raised = error.__traceback__
    while raised is not None and raised.tb_next is not None:
        raised = raised.tb_next
    inside = raised is not None and str(raised.tb_frame.f_globals.get("__name__", "")).startswith(_OURS)
    return inside and type(error) is ValueError


def function_of(given: Given) -> str:
    """The case's function: named, or known by the input's shape."""
    named = given.get("function")
    if named is not None:
        return str(named)
    return next((function for key, function in _SHAPES if key in given), "")


def _compared(case: Any, function: str, produced: Produced) -> Outcome:
    compared = {name: value for name, value in case["expected"].items() if name not in produced.apart}
    tolerance = case.get("tolerance")
    return _outcome(
        case,
        function,
        passed=agrees(compared, produced.figures, Decimal(tolerance) if tolerance is not None else None),
        got={name: produced.figures.get(name, "(nothing)") for name in compared},
        produced=produced,
    )


def _outcome(
    case: Any,
    function: str,
    *,
    passed: bool | None = None,
    reason: str = "",
    got: Any = None,
    produced: Produced | None = None,
) -> Outcome:
    apart = {name: why for name, why in produced.apart.items() if name in case["expected"]} if produced else {}
    return Outcome(
        case=str(case["id"]),
        function=function,
        result="skipped" if passed is None else "passed" if passed else "failed",
        reason=reason,
        expected=case["expected"],
        got=got,
        apart=apart,
    )
