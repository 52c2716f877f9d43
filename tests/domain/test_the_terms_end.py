"""Outside the contract's term nothing is owed: no hour, no count, no item (S1, A20)."""

from datetime import date, timedelta

from msgspec.structs import replace

from projections.answers.periods import Asked, periods_of
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Interval, Month
from slm_domain.month import month_figures
from slm_domain.month_figures import LevelFigure
from slm_domain.register import Register
from slm_domain.sla import Level
from slm_domain.windows import Windows
from tests.domain.agreement import jst
from tests.domain.downtimes import outage
from tests.domain.levels import bound, contract, judged, measured, result

LATER = jst(12, 31, year=2026)
MIDDLE_OF_MARCH = date(2026, 3, 15)


def ending(definition: Level, *facts: object) -> Register:
    """The contract that is open from 9 to 17 every day, with a term that ends on 15 March 2026."""
    register = contract(definition, *facts)  # type: ignore[arg-type]  # measurements and incidents
    (version,) = register.slas
    register.slas[0] = replace(version, sla=replace(version.sla, term_to=MIDDLE_OF_MARCH))
    return register


def march(definition: Level, *facts: object) -> LevelFigure:
    return result(ending(definition, *facts), "2026-03", LATER)


def test_days_after_the_term_expect_no_count() -> None:
    daily = judged("count_at_least", bound("1", "count"), period="day", period_days="calendar")
    counted = [measured(f"m{day}", jst(3, day, 9, year=2026)) for day in range(1, 16)]
    kept = march(daily, *counted)
    assert (kept.items, kept.verdict) == (15, Verdict.MET_GUARANTEE)
    assert march(daily, *counted[:-1]).verdict is Verdict.BREACH


def test_a_longer_period_is_over_when_the_term_is() -> None:
    quarterly = judged("count_at_least", bound("1", "count"), period="quarter")
    assert march(quarterly).verdict is Verdict.BREACH
    assert march(quarterly, measured("m", jst(1, 20, year=2026))).verdict is Verdict.MET_GUARANTEE


def test_the_last_rolling_days_are_those_before_the_term_ends_and_are_judged_with_it() -> None:
    # the ten days to 15 March, the 6th to the 15th, are 80 hours: a day's stop leaves 72. The 5th is before them.
    rolling = judged("availability_at_least", bound("99", "percent"), source="stops", period="rolling", rolling_days=10)
    for day, value, verdict in ((10, "9/10", Verdict.BREACH), (5, "1", Verdict.MET_GUARANTEE)):
        stop = outage(jst(3, day, 9, year=2026), jst(3, day, 17, year=2026))
        found = result(
            ending(rolling, stop), "2026-03", jst(3, 16, 12, year=2026)
        )  # the month goes on, the term is over
        assert found.measured is not None
        assert (found.measured.value, found.verdict) == (value, verdict)


def test_what_is_measured_after_the_term_counts_for_nothing() -> None:
    monthly = judged("count_at_least", bound("1", "count"))
    assert march(monthly, measured("m", jst(3, 16, 9, year=2026))).verdict is Verdict.BREACH
    assert march(monthly, measured("m", jst(3, 15, 9, year=2026))).verdict is Verdict.MET_GUARANTEE


def test_the_base_of_the_last_month_ends_with_the_term() -> None:
    # 15 days of 8 hours are 120 hours. The stop runs from 14 March 15:00 over the end of the term: 2 + 8 = 10 hours.
    stop = outage(jst(3, 14, 15, year=2026), jst(3, 20, 12, year=2026))
    register = ending(judged("availability_at_least", bound("99", "percent"), source="stops"), stop)
    figures = month_figures(register, Month(2026, 3), incidents=[stop], items=[], until=LATER)
    assert figures.opening_days == 15
    assert figures.opening_time == figures.availability.base == timedelta(hours=120)
    assert figures.availability.down == timedelta(hours=10)
    assert figures.availability.ratio is not None
    assert str(figures.availability.ratio.value) == "11/12"


def test_after_the_term_there_is_no_figure() -> None:
    register = ending(judged("availability_at_least", bound("99", "percent"), source="stops"))
    assert register.months(LATER)[-1] == Month(2026, 3)
    assert not register.in_term(date(2026, 3, 16))
    assert not register.in_term(date(2025, 3, 31))


def test_an_sla_that_ends_the_contract_earlier_ends_its_term() -> None:
    # Agreed to the end of March 2026; from October 2025 on with an SLA that ends on 15 October, after 198 days of 8 h.
    register = ending(judged("availability_at_least", bound("99", "percent"), source="stops"))
    (first,) = register.slas
    ends = replace(first.sla, term_to=date(2025, 10, 15))
    register.slas.append(replace(first, number=2, effective_from=date(2025, 10, 1), sla=ends, position=9))
    windows = Windows(register, LATER)
    assert windows.term == Interval(jst(4, 1, 0), jst(10, 16, 0))
    assert windows.figure(windows.term).base == timedelta(hours=198 * 8)
    months, missing = periods_of(register, Asked(by="month", first=date(2025, 9, 1), last=date(2025, 12, 31)), LATER)
    assert ([each.name for each in months], missing.outside_term) == (["2025-09", "2025-10"], 2)
