"""A level that is revised inside a month: its line shows the values of the first day, and says what holds from when.

What begins from that day on is judged by the new values (C12), so that the line alone could not explain its verdict.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from projections.answers.changed_levels import LevelChangeAnswer, changes_within
from projections.answers.explanation import ExplanationAnswer
from projections.answers.ledger import LedgerAnswer, LevelAnswer
from slm_api.cli.check_sheet import print_check_sheet
from slm_api.cli.explanation_view import print_explanation
from slm_api.cli.ledger_view import print_ledger
from slm_api.cli.screen import Screen
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.month import month_figures
from slm_domain.register import Register
from tests.api.test_fee_view import answer_of
from tests.domain.agreement import jst
from tests.domain.downtimes import LATER, agreed
from tests.domain.levels import bound, contract, judged, lasting, result

JUNE = Month(2025, 6)
FOUR_HOURS = judged("duration_at_most", bound("4", "hours"), period=None)
TWO_HOURS = judged("duration_at_most", bound("2", "hours"), bound("1", "hours"), period=None)
FROM_THE_11TH = LevelChangeAnswer(
    level="l", effective_from=date(2025, 6, 11), guaranteed=bound("2", "hours"), target=bound("1", "hours")
)


def revised(*days: date, retired: bool = False) -> Register:
    """Four hours; two from these days on, or none any more. What began on the 10th took three, and on the 12th."""
    register = contract(
        FOUR_HOURS,
        lasting("before", jst(6, 10, 9), jst(6, 10, 12)),
        lasting("after", jst(6, 12, 9), jst(6, 12, 12)),
    )
    (first,) = register.levels["l"]
    later = [
        replace(first, effective_from=day, definition=None if retired else TWO_HOURS, position=9 + number)
        for number, day in enumerate(days)
    ]
    register.levels["l"] = [first, *later]
    return register


def test_a_month_tells_the_values_that_hold_from_a_day_inside_it_on() -> None:
    register = revised(date(2025, 6, 11))
    assert changes_within(register, JUNE, ["l"]) == (FROM_THE_11TH,)
    figure = result(register)
    assert (figure.guaranteed, figure.verdict) == (bound("4", "hours"), Verdict.BREACH)
    assert [miss.subject for miss in figure.misses if miss.verdict is Verdict.BREACH] == ["after"]


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2025, 7, 1), date(2025, 4, 20)])
def test_what_changes_with_a_month_or_in_another_is_no_change_inside_it(day: date) -> None:
    assert changes_within(revised(day), JUNE, ["l"]) == ()


def test_a_level_that_ends_inside_the_month_says_so_and_the_last_of_several_versions_of_a_day_counts() -> None:
    (ended,) = changes_within(revised(date(2025, 6, 11), retired=True), JUNE, ["l"])
    assert (ended.retired, ended.guaranteed) == (True, None)
    assert changes_within(revised(date(2025, 6, 11), date(2025, 6, 11)), JUNE, ["l"]) == (FROM_THE_11TH,)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "from 2025-06-11 on: guaranteed 2 h target 1 h"),
        ("ja", "2025-06-11 から 保証値 2時間 目標値 1時間"),
    ],
)
def test_check_sheet_ledger_and_explanation_print_it(
    language: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    register, screen = revised(date(2025, 6, 11)), Screen("en" if language == "en" else "ja")
    figures = month_figures(register, JUNE, incidents=[], items=(), until=LATER)
    report = replace(answer_of(agreed(), figures), level_changes=(FROM_THE_11TH,))
    print_check_sheet(screen, report)
    assert f"l {told}" in " ".join(capsys.readouterr().out.split())

    line = LevelAnswer(
        definition=FOUR_HOURS,
        effective_from=date(2025, 4, 1),
        result=result(register),
        lines=(),
        stops=(),
        changes=(FROM_THE_11TH,),
    )
    about: dict[str, Any] = {"standpoint": report.standpoint, "title": report.title, "month": "2025-06"}
    days: dict[str, Any] = {"first_day": date(2025, 6, 1), "last_day": date(2025, 6, 1) + timedelta(days=29)}
    print_ledger(screen, LedgerAnswer(**about, **days, levels=(line,)), empty=True)
    assert told in " ".join(capsys.readouterr().out.split())

    explained = ExplanationAnswer(
        **about,
        **days,
        figure="level",
        level=FOUR_HOURS,
        result=result(register),
        availability=None,
        lists=(),
        working=(),
        entries=(),
        level_changes=(FROM_THE_11TH,),
    )
    print_explanation(screen, explained)
    assert told in " ".join(capsys.readouterr().out.split())
