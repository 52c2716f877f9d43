"""Between which limits a value lies, as the check sheet and the ledger print it (C23)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from slm_api.cli.bounds_view import between, with_bounds
from slm_api.cli.screen import Screen
from slm_domain.month_figures import LevelFigure, NamedValue
from slm_domain.sla import Terms
from tests.domain.agreement import jst
from tests.domain.downtimes import outage
from tests.domain.levels import LATER, bound, contract, judged, lasting, result

MEAN = judged("mean_at_most", bound("3", "hours"), source="incidents", start="detected", end="recovered")
OVER = outage(jst(6, 2, 9), jst(6, 2, 11), code="over")
STILL = outage(jst(6, 30, 9), code="still")  # of which nothing is certain


def hours(number: int) -> NamedValue:
    return NamedValue(name="mean", value=str(number * 3600))


@pytest.mark.parametrize(
    ("lowest", "highest", "said"),
    [
        (hours(1), hours(3), "1:00 – 3:00"),
        (hours(1), hours(1), ""),
        (None, None, ""),
    ],
)
def test_limits_are_told_where_they_differ(lowest: NamedValue | None, highest: NamedValue | None, said: str) -> None:
    assert between(lowest, highest, Screen("en")) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "mean 2:00 (1:00 – no upper limit)"), ("ja", "平均 2:00（1:00 – 上限なし）")],
)
def test_what_is_still_open_has_no_upper_limit(language: Any, said: str) -> None:
    assert with_bounds(result(contract(MEAN, OVER, STILL)), Screen(language)) == said


def test_a_value_that_is_known_is_told_alone() -> None:
    assert with_bounds(result(contract(MEAN, OVER)), Screen("en")) == "mean 2:00"


def test_bounds_that_stand_elsewhere_on_the_report_are_not_repeated() -> None:
    level = judged("stopped_time_at_most", bound("3", "hours"), source="stops")
    figure: LevelFigure = result(contract(level, STILL, terms=Terms()), until=LATER)
    assert figure.lowest != figure.highest
    assert with_bounds(figure, Screen("en"), level.measure) == "stopped 8:00"


@pytest.mark.parametrize(
    ("measure", "language", "said"),
    [
        # 8 h of 728 from April to June, or none of them
        ({"period": "quarter"}, "ja", "稼働率 98.90 %（98.90 % – 100.00 %）"),
        ({"period": "quarter"}, "en", "availability 98.90 % (98.90 % – 100.00 %)"),
        ({"period": "rolling", "rolling_days": 10}, "ja", "稼働率 90.00 %（90.00 % – 100.00 %）"),  # of 80 h
        ({"period": "month", "per": "system"}, "ja", "稼働率 96.66 %（96.66 % – 100.00 %）"),  # of 240 h
        ({"period": "month", "systems": ("payroll",)}, "ja", "稼働率 96.66 %（96.66 % – 100.00 %）"),
        ({"period": "month"}, "ja", "稼働率 96.66 %"),  # beside the month's availability
    ],
)
def test_bounds_of_an_availability_that_stands_nowhere_else_are_told(
    measure: dict[str, Any], language: Any, said: str
) -> None:
    level = judged("availability_at_least", bound("99", "percent"), source="stops", **measure)
    figure = result(contract(level, STILL), until=LATER)
    assert with_bounds(figure, Screen(language), level.measure) == said


def test_bounds_of_a_quarters_stopped_time_are_told() -> None:
    level = judged("stopped_time_at_most", bound("3", "hours"), source="stops", period="quarter")
    figure = result(contract(level, STILL), until=LATER)
    assert with_bounds(figure, Screen("ja"), level.measure) == "停止計 8:00（0:00 – 8:00）"


def test_bounds_of_an_availability_that_two_digits_show_alike_have_more() -> None:
    # stopped for 100 seconds, or for 200, of the quarter's 2,620,800
    near = [NamedValue(name="availability", value=f"{2_620_800 - gone}/2620800") for gone in (200, 100)]
    assert between(near[0], near[1], Screen("en")) == "99.9923 % – 99.9961 %"


@pytest.mark.parametrize(
    ("period", "language", "said"),
    [
        ("week", "en", "count 3 (2 in the worst week)"),
        ("week", "ja", "回数 3（最も悪い週で 2）"),
        ("day", "ja", "回数 3（最も悪い日で 1）"),
        ("month", "ja", "回数 3"),
    ],
)
def test_counts_added_up_over_days_or_weeks_tell_the_worst_of_them(period: Any, language: Any, said: str) -> None:
    # Monday 2, Wednesday 4 and Monday 9 June: 2 in the first week, 1 in the next
    level = judged("count_at_most", bound("2", "count"), source="stops", period=period)
    stops = [outage(jst(6, day, 9), jst(6, day, 10), code=str(day)) for day in (2, 4, 9)]
    assert with_bounds(result(contract(level, *stops)), Screen(language)) == said


def test_a_mean_with_a_part_of_a_second_is_cut_to_whole_ones_and_says_so() -> None:
    # 2 h, 1 s and no time: 7,201 seconds by three are 2,400.33
    level = judged("mean_at_most", bound("3", "hours"), source="measurements")
    times = [
        lasting(code, jst(6, 2), jst(6, 2) + timedelta(seconds=length)) for code, length in (("a", 7200), ("b", 1))
    ]
    times.append(lasting("c", jst(6, 3), jst(6, 3)))
    assert with_bounds(result(contract(level, *times)), Screen("en")) == "mean 0:40:00…"


@pytest.mark.parametrize(
    ("language", "until", "said"),
    [
        ("ja", jst(6, 3, 16), "期限の 1:00 前（期限の 18:00 前 – 上限なし）"),
        ("en", jst(6, 3, 16), "1:00 ahead (18:00 ahead – no upper limit)"),
        ("ja", jst(6, 3, 18), "期限を 1:00 超過（期限の 18:00 前 – 上限なし）"),
        ("en", jst(6, 3, 18), "1:00 late (18:00 ahead – no upper limit)"),
    ],
)
def test_a_notice_due_on_the_next_service_day_reads_as_ahead_of_its_due_time_or_late(
    language: Any, until: datetime, said: str
) -> None:
    notices = judged("duration_at_most", bound("30", "minutes"), source="incidents", start="detected", end="notified")
    overnight = replace(outage(jst(6, 2, 23), jst(6, 2, 23, 5)), level="B")
    figure = result(contract(notices, overnight), until=until)
    assert with_bounds(figure, Screen(language), notices.measure) == said
