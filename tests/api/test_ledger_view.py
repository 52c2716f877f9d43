"""The ledger on the screen: each period with its value so far and how it came about, and the exemptions claimed."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from projections.answers.ledger import LevelAnswer, line_of
from projections.answers.ledger_periods import exemption_of, periods_of
from slm_api.cli import shown
from slm_api.cli.ledger_view import verdict_of_line
from slm_api.cli.periods_view import is_told, print_exemptions, print_periods
from slm_api.cli.screen import Screen
from slm_domain.figures.periods import Month
from slm_domain.known_items import KnownItems, items_for
from slm_domain.sla import Bound
from slm_domain.stopped import Stops
from tests.domain.agreement import jst
from tests.domain.levels import bound, contract, exemption, judged, lasting, measured, result

JUNE, UNTIL = Month(2025, 6), jst(6, 20)


def told(definition: Any, *facts: Any) -> LevelAnswer:
    """What June's ledger tells of the level on the 20th."""
    register = contract(definition, *facts)
    items = items_for(register, JUNE, KnownItems(register))
    return LevelAnswer(
        definition=definition,
        effective_from=jst(4, 1).date(),
        result=result(register, until=UNTIL),
        lines=(),
        stops=(),
        periods=periods_of(register, definition, JUNE, items, Stops(register, [], UNTIL), until=UNTIL),
        exemptions=tuple(exemption_of(fact) for fact in register.exemptions.values()),
    )


def printed(capsys: pytest.CaptureFixture[str], language: Any, answer: LevelAnswer) -> str:
    print_periods(Screen(language), answer)
    print_exemptions(Screen(language), answer)
    return " ".join(capsys.readouterr().out.split())


def test_a_quarter_is_shown_with_its_days_its_value_and_its_sum(capsys: pytest.CaptureFixture[str]) -> None:
    level = judged("ratio_at_least", bound("90", "percent"), period="quarter")
    calls = [measured(str(month), jst(month, 2), part=part, whole=100) for month, part in ((4, 97), (5, 98))]
    answer = told(level, *calls)
    text = printed(capsys, "en", answer)
    assert "2025-04-01 – 2025-06-30" in text
    assert "97.5 %" in text
    assert "item 97 + item 98 = part 195" in text
    assert "part 195 ÷ whole 200 = ratio 97.5 %" in text
    assert "割合 97.5 %" in printed(capsys, "ja", answer)


@pytest.mark.parametrize(
    ("measure", "days"),
    [
        ({"period": "rolling", "rolling_months": 12}, "2025-04-01 – 2025-06-30"),  # the twelve begin in July 2024
        ({"period": "rolling", "rolling_days": 30}, "2025-06-01 – 2025-06-30"),
        ({"period": "year"}, "2025-04-01 – 2025-12-31"),
    ],
)
def test_a_period_is_shown_from_the_first_day_of_the_term_that_counts(
    measure: dict[str, Any], days: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # the term runs from 1 April 2025: no day before it has opening hours that are owed
    answer = told(judged("availability_at_least", bound("99", "percent"), source="stops", **measure))
    assert days in printed(capsys, "ja", answer)
    (period,) = answer.periods
    assert f"{period.first} – {period.last}" == days


def test_days_are_told_where_they_are_missed(capsys: pytest.CaptureFixture[str]) -> None:
    level = judged("count_at_least", bound("1", "count"), period="day", period_days="calendar")
    days = [measured(str(day), jst(6, day)) for day in range(1, 20) if day != 14]
    text = printed(capsys, "en", told(level, *days))
    assert "2025-06-14 – 2025-06-14" in text
    assert "2025-06-13" not in text
    assert is_told(told(level, *days))
    assert not is_told(told(level, *days, measured("14", jst(6, 14))))


@pytest.mark.parametrize(("status", "said"), [("claimed", "open"), ("accepted", "accepted"), ("rejected", "rejected")])
def test_a_claim_of_exemption_is_shown_with_what_became_of_it(
    status: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(judged("count_at_least", bound("1", "count")), exemption("2025-06", "disaster", status))
    assert f"exemption e-2025-06 2025-06 disaster provider {said}" in printed(capsys, "en", answer)


@pytest.mark.parametrize(
    ("comparison", "ja", "en"),
    [
        (None, "5％", "5 %"),
        ("below", "5％未満", "< 5 %"),
        ("at_most", "5％以下", "≤ 5 %"),
        ("above", "5％を超える", "> 5 %"),
    ],
)
def test_a_bound_is_shown_with_its_printed_word(comparison: Any, ja: str, en: str) -> None:
    value = replace(Bound(amount=Decimal(5), unit="percent"), comparison=comparison)
    assert (shown.bound(value, Screen("ja")), shown.bound(value, Screen("en"))) == (ja, en)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", ["該当なし", "時間内", "期限前", "超過"]), ("en", ["no occasion", "in time", "pending", "late"])],
)
def test_a_line_that_only_adds_to_a_ratio_of_times_says_whether_it_was_in_time(language: Any, said: list[str]) -> None:
    level = judged("ratio_at_least", bound("90", "percent"), within=bound("20", "minutes"), period="quarter")
    register = contract(
        level,
        lasting("quick", jst(6, 2, 9), jst(6, 2, 9, 20)),  # exactly on time
        lasting("slow", jst(6, 3, 9), jst(6, 3, 9, 21)),
        lasting("running", jst(6, 19, 23, 50), jst(6, 20, 1)),  # judged at midnight, after ten minutes of it
        replace(lasting("asked", jst(6, 8, 3), jst(6, 8, 4)), extraordinary=True),  # at night, on request (S5)
    )
    items = sorted(items_for(register, JUNE, KnownItems(register)), key=lambda item: item.subject)
    lines = [line_of(item, jst(6, 20, 0)) for item in items]
    assert [line.subject for line in lines] == ["asked", "quick", "running", "slow"]
    assert [verdict_of_line(Screen(language), line).plain for line in lines] == said


def test_a_line_that_only_adds_to_a_count_or_mean_says_that_it_is_counted() -> None:
    for definition, fact in (
        (judged("count_at_least", bound("1", "count")), measured("a", jst(6, 2))),
        (judged("mean_at_most", bound("1", "hours")), lasting("a", jst(6, 2), jst(6, 3))),
    ):
        register = contract(definition, fact)
        (item,) = items_for(register, JUNE, KnownItems(register))
        assert verdict_of_line(Screen("ja"), line_of(item, UNTIL)).plain == "算入"
