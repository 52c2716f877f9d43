"""What `slm verify-issued` prints: the report's own names, and whether earlier rules or the record are the reason."""

import pytest

from projections.answers.verification import DifferenceAnswer, VerificationAnswer, VerifiedAnswer
from slm_api.cli.screen import Screen
from slm_api.cli.verified_view import _FIGURES, print_verified
from slm_domain.month_figures import MonthFigures
from slm_domain.rules import RULES_VERSION
from tests.domain.agreement import jst

DIFFERENCES = (
    DifferenceAnswer(path="payable_yen", issued="994285", recomputed="990000"),
    DifferenceAnswer(path="stopped", issued="PT1H", recomputed="PT6300S"),
    DifferenceAnswer(path="levels[0].verdict", issued="met_target", recomputed="breach"),
    DifferenceAnswer(path="levels[0].measured.value", issued="PT1H", recomputed="PT6300S"),
    DifferenceAnswer(path="deductions", issued="[]", recomputed="[{'rule': 'stop'}]"),
)


def printed(
    capsys: pytest.CaptureFixture[str], rules_version: str, *differences: DifferenceAnswer, japanese: bool = False
) -> str:
    report = VerifiedAnswer(
        contract="c",
        month="2025-05",
        position=12,
        of_position=11,
        until=jst(6, 3),
        rules_version=rules_version,
        differences=differences,
    )
    print_verified(Screen("ja" if japanese else "en"), VerificationAnswer(until=jst(7, 1), cut="x", reports=(report,)))
    return " ".join(capsys.readouterr().out.split())


def test_every_figure_of_a_month_has_its_name_on_the_report() -> None:
    assert set(MonthFigures.__struct_fields__) - {"month"} == set(_FIGURES)


def test_a_figure_is_told_by_its_name_with_both_values_and_a_list_by_its_number_of_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = printed(capsys, RULES_VERSION, *DIFFERENCES)
    for part in ("payable 994,285 → 990,000", "1:00 → 1:45", "(2 places)", "deductions"):
        assert part in told
    assert "{" not in told
    assert told.endswith("1 of 1 do not come out as issued.")


def test_what_earlier_rules_stated_is_not_called_a_mismatch_of_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(capsys, "2", *DIFFERENCES)
    assert f"issued under rules 2, by rules {RULES_VERSION}:" in told
    assert "do not come out as issued" not in told
    assert "1 of 1 were issued under earlier rules" in told
    assert "以前の規則による提出" in printed(capsys, "2", *DIFFERENCES, japanese=True)


def test_a_report_that_comes_out_as_issued_is_equal_whatever_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "1").endswith("All 1 come out as issued when computed again from the record.")
