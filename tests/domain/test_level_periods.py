"""Periods that levels are judged by: which a month tells of, what is still running, and who each is judged for."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.facts import LevelVersion
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.level_periods import LevelPeriod, boundary, periods_told
from slm_domain.month_figures import NamedValue, UnitVerdict
from slm_domain.sla import Bound, Measure, Terms
from tests.domain.agreement import SLA, jst
from tests.domain.downtimes import outage
from tests.domain.levels import bound, contract, judged, measured, result

BREACH, MET, PENDING = Verdict.BREACH, Verdict.MET_GUARANTEE, Verdict.PENDING


def told(month: str, **measure: Any) -> list[tuple[str, str, str, bool]]:
    asked = Measure(kind="count_at_least", source="measurements", **measure)
    return [shown(period) for period in periods_told(asked, SLA, Month.parse(month))]


def shown(period: LevelPeriod) -> tuple[str, str, str, bool]:
    return period.label, str(period.first), str(period.last), period.running


@pytest.mark.parametrize(
    ("month", "measure", "periods"),
    [
        ("2025-06", {}, [("2025-06", "2025-06-01", "2025-06-30", False)]),
        ("2025-06", {"period": "quarter"}, [("2025-Q1", "2025-04-01", "2025-06-30", False)]),
        ("2025-05", {"period": "quarter"}, [("2025-Q1", "2025-04-01", "2025-06-30", True)]),
        ("2025-09", {"period": "half_year"}, [("2025-H1", "2025-04-01", "2025-09-30", False)]),
        ("2026-03", {"period": "fiscal_year"}, [("2025", "2025-04-01", "2026-03-31", False)]),
        ("2025-12", {"period": "year"}, [("2025", "2025-01-01", "2025-12-31", False)]),
        ("2025-12", {"period": "fiscal_year"}, [("2025", "2025-04-01", "2026-03-31", True)]),
        ("2026-02", {"period": "term"}, [("term", "2025-04-01", "2030-03-31", True)]),
        ("2030-03", {"period": "term"}, [("term", "2025-04-01", "2030-03-31", False)]),
        (
            "2025-06",
            {"period": "rolling", "rolling_days": 90},
            [("2025-06/rolling", "2025-04-02", "2025-06-30", False)],
        ),
        (
            "2026-03",
            {"period": "rolling", "rolling_months": 12},
            [("2026-03/rolling", "2025-04-01", "2026-03-31", False)],
        ),
        (
            "2025-06",
            {"period": "week"},  # Mondays; the week from 30 June belongs to July
            [
                ("2025-05-26/week", "2025-05-26", "2025-06-01", False),
                ("2025-06-02/week", "2025-06-02", "2025-06-08", False),
                ("2025-06-09/week", "2025-06-09", "2025-06-15", False),
                ("2025-06-16/week", "2025-06-16", "2025-06-22", False),
                ("2025-06-23/week", "2025-06-23", "2025-06-29", False),
            ],
        ),
    ],
)
def test_a_month_tells_of_the_periods_that_end_in_it_and_of_a_longer_one_so_far(
    month: str, measure: dict[str, Any], periods: list[tuple[str, str, str, bool]]
) -> None:
    assert told(month, **measure) == periods


def test_a_month_that_begins_on_the_16th_tells_of_weeks_and_days_up_to_the_15th() -> None:
    sla = replace(SLA, terms=Terms(month_first_day=16))
    weekly = Measure(kind="count_at_least", source="measurements", period="week", week_starts_on="sat")
    weeks = periods_told(weekly, sla, Month(2025, 4))
    assert [str(week.last) for week in weeks] == ["2025-04-18", "2025-04-25", "2025-05-02", "2025-05-09"]
    assert boundary(weekly, date(2025, 4, 17), sla) == date(2025, 4, 19)
    assert boundary(replace(weekly, period="quarter"), date(2025, 4, 17), sla) == date(2025, 7, 16)


def calls(code: str, month: int, part: int, whole: int) -> Any:
    return measured(code, jst(month, 10), part=part, whole=whole)


def test_a_quarter_adds_its_months_and_is_judged_in_the_month_in_which_it_ends() -> None:
    # 60 of 100, 95 of 100, 100 of 100: 255 of 300 = 85 %, exactly as much as is asked for.
    level = judged("ratio_at_least", bound("85", "percent"), period="quarter")
    register = contract(level, calls("a", 4, 60, 100), calls("m", 5, 95, 100), calls("j", 6, 100, 100))
    may, june, july = (result(register, month) for month in ("2025-05", "2025-06", "2025-07"))
    assert (may.verdict, may.measured) == (PENDING, NamedValue(name="ratio", value="31/40"))  # 155 of 200
    assert (june.verdict, june.measured) == (MET, NamedValue(name="ratio", value="17/20"))
    assert (july.verdict, july.measured) == (PENDING, None)


def test_a_rolling_window_reaches_back_over_the_months_before() -> None:
    level = judged("count_at_most", bound("1", "count"), period="rolling", rolling_months=3)
    register = contract(level, measured("a", jst(4, 10)), measured("j", jst(6, 10)))
    verdicts = [result(register, month).verdict for month in ("2025-05", "2025-06", "2025-07")]
    assert verdicts == [MET, BREACH, MET]


def test_availability_of_a_quarter_adds_seconds() -> None:
    # 9 to 17 on 91 days: 728 h. 7 h 17 down (0.01 × 728 h = 7 h 16 min 48 s): just below 99 %.
    level = judged("availability_at_least", bound("99", "percent"), source="stops", period="quarter")
    long, last = outage(jst(4, 10, 9), jst(4, 10, 16), code="a"), outage(jst(6, 10, 9), jst(6, 10, 9, 17), code="b")
    figure = result(contract(level, long, last))
    assert figure.measured == NamedValue(name="availability", value="43243/43680")  # 728 × 60 − 437 minutes
    assert figure.verdict is BREACH
    shorter = replace(last, statements=(last.statements[0], replace(last.statements[1], ended_at=jst(6, 10, 9, 16))))
    assert result(contract(level, long, shorter)).verdict is MET


def test_an_availability_that_cannot_be_reached_any_more_is_missed_before_its_period_ends() -> None:
    level = judged("availability_at_least", bound("99", "percent"), source="stops", period="quarter")
    down = [outage(jst(4, day, 9), jst(4, day, 17), code=str(day)) for day in (10, 11)]
    assert result(contract(level, down[0]), "2025-04", jst(5, 1)).verdict is BREACH  # 8 h are more than 1 % of 728 h
    some = replace(down[0], statements=(down[0].statements[0], replace(down[0].statements[1], ended_at=jst(4, 10, 12))))
    assert result(contract(level, some), "2025-04", jst(5, 1)).verdict is PENDING


def test_each_week_is_judged_by_the_version_in_force_in_it() -> None:
    level = judged("count_at_least", bound("1", "count"), period="week")
    twice = replace(level, guaranteed=Bound(amount=Decimal(2), unit="count"))
    weekly = [measured(str(day), jst(6, day)) for day in (4, 11, 18, 25)] + [measured("may", jst(5, 28))]
    register = contract(level, *weekly)
    assert result(register).verdict is MET
    begins = date(2025, 6, 16)  # a Monday
    version = LevelVersion(level="l", effective_from=begins, definition=twice, revision="v-1", review=None, position=3)
    register.levels["l"].append(version)
    figure = result(register)
    assert [miss.subject for miss in figure.misses] == ["2025-06-16/week", "2025-06-23/week"]
    assert (figure.verdict, figure.items, figure.measured) == (BREACH, 5, NamedValue(name="count", value="5"))


# --- For whom


def test_a_level_judged_for_each_organisation_is_as_good_as_the_worst() -> None:
    level = judged("ratio_at_least", bound("90", "percent"), per="organisation")
    figure = result(
        contract(
            level,
            measured("t", jst(6, 2), part=99, whole=100, organisation="town"),
            measured("v", jst(6, 2), part=8, whole=10, organisation="village"),
        )
    )
    assert (figure.verdict, figure.measured) == (BREACH, NamedValue(name="ratio", value="4/5"))
    assert figure.units == (
        UnitVerdict(unit="town", verdict=MET, shortfall=False, measured=NamedValue(name="ratio", value="99/100")),
        UnitVerdict(unit="village", verdict=BREACH, shortfall=False, measured=NamedValue(name="ratio", value="4/5")),
    )


def test_stops_are_those_of_each_system() -> None:
    # June: 240 h. The payroll was down for 8 h: 29/30; the library and the server were not.
    level = judged("availability_at_least", bound("99", "percent"), source="stops", per="system")
    down = outage(jst(6, 2, 9), jst(6, 2, 17), systems=("payroll",), organisations=("town",))
    figure = result(contract(level, down))
    assert {each.unit: (each.verdict, each.measured) for each in figure.units} == {
        "payroll": (BREACH, NamedValue(name="availability", value="29/30")),
        "server": (MET, NamedValue(name="availability", value="1")),
        "library": (MET, NamedValue(name="availability", value="1")),
    }
    assert figure.measured == NamedValue(name="availability", value="29/30")


def test_a_level_is_narrowed_to_the_systems_it_names() -> None:
    down = outage(jst(6, 2, 9), jst(6, 2, 17), systems=("payroll",), organisations=("town",))
    for systems, value in ((("library",), "0"), (("payroll",), "1"), (("payroll", "library"), "1")):
        level = judged("count_at_most", bound("0", "count"), source="stops", systems=systems)
        assert result(contract(level, down)).measured == NamedValue(name="count", value=value)
