"""docs/conformance.md says of every published case whether it runs here."""

import re
from pathlib import Path
from unittest import TestCase

from eventsourcing.tests import persistence as published

from tests.journal.conformance import test_published_suites as run_here

DOCUMENT = (Path(__file__).parents[3] / "docs" / "conformance.md").read_text(encoding="utf-8")
EVERY_CASE = "every case"


def published_cases() -> set[tuple[str, str]]:
    """Each suite with each of its cases, those of its bases left out."""
    return {
        (suite.__name__, name)
        for suite in vars(published).values()
        if isinstance(suite, type) and issubclass(suite, TestCase) and suite.__module__ == published.__name__
        for name in vars(suite)
        if name.startswith(("test", "optional_test"))
    }


def run_cases() -> set[tuple[str, str]]:
    """The published cases that a class of ours runs."""
    ours = [suite for name, suite in vars(run_here).items() if name.startswith("Test") and isinstance(suite, type)]
    return {
        (suite, case)
        for suite, case in published_cases()
        for one in ours
        if issubclass(one, getattr(published, suite)) and callable(getattr(one, case.removeprefix("optional_"), None))
    }


def told() -> dict[tuple[str, str], str]:
    """What the document says of each case."""
    rows = re.findall(r"^\| `(\w+)` \| `?([\w ]+?)`? \| (.+) \|$", DOCUMENT, re.MULTILINE)
    answers: dict[tuple[str, str], str] = {}
    for suite, case, answer in rows:
        cases = [one for one in published_cases() if one[0] == suite] if case == EVERY_CASE else [(suite, case)]
        for one in cases:
            assert one not in answers, one
            answers[one] = answer
    return answers


def test_the_document_answers_for_every_published_case_and_no_other() -> None:
    assert told().keys() == published_cases()


def test_what_is_said_to_pass_is_run_and_nothing_else() -> None:
    assert {case for case, answer in told().items() if answer.startswith("passes")} == run_cases()


def test_what_is_not_run_has_its_reason() -> None:
    for case, answer in told().items():
        assert re.match(r"passes|does not apply(: |, as above$)", answer), (case, answer)


def test_nothing_is_left_out_of_a_suite_that_runs() -> None:
    suites = {suite for suite, _ in run_cases()}
    assert {case for case in published_cases() if case[0] in suites} == run_cases()
    assert len(run_cases()) == 8
