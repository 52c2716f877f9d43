"""Availability over any window: cut to the term, with its error budget by the guarantee in force, and what changed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.facts import IncidentFacts, LevelVersion, SlaVersion, Statement
from slm_domain.figures.change import Change
from slm_domain.figures.periods import Interval
from slm_domain.register import Register
from slm_domain.sla import Bound, Measure, WeeklyHours
from slm_domain.windows import Windows, lost
from tests.domain.agreement import SLA, jst, level, words

ALWAYS = ("00:00-24:00",)
HOUR = timedelta(hours=1)
AVAILABLE = Measure(kind="availability_at_least", source="stops", period="month")


def register_of(begins: date = date(2025, 4, 1), *, ends: date = date(2026, 3, 31)) -> Register:
    """A contract around the clock."""
    hours = WeeklyHours(
        name=words("always"),
        mon=ALWAYS,
        tue=ALWAYS,
        wed=ALWAYS,
        thu=ALWAYS,
        fri=ALWAYS,
        sat=ALWAYS,
        sun=ALWAYS,
        closed="never",
    )
    sla = replace(SLA, calendars={"opening": hours}, term_from=begins, term_to=ends)
    register = Register()
    register.slas.append(SlaVersion(number=1, effective_from=begins, sla=sla, digest="", position=1))
    return register


def guarantee(register: Register, percent: str, begins: date, *, measure: Measure = AVAILABLE) -> None:
    """From a day on the availability level guarantees so much."""
    versions = register.levels.setdefault("availability", [])
    bound = Bound(amount=Decimal(percent), unit="percent")
    versions.append(
        LevelVersion(
            level="availability",
            effective_from=begins,
            definition=level("availability", measure, bound),
            revision=None,
            review=None,
            position=len(versions) + 2,
        )
    )


def stop(register: Register, code: str, started: datetime, ended: datetime) -> None:
    stated = Statement(side="municipality", started_at=started, ended_at=ended, corrects=False, position=9)
    register.incidents[code] = IncidentFacts(
        incident=code,
        level="A",
        systems=(),
        organisations=("town",),
        correlation=None,
        detected_at=started,
        statements=(stated,),
        positions=(8, 9),
    )


APRIL, MAY = Interval(jst(4, 1, 0), jst(5, 1, 0)), Interval(jst(5, 1, 0), jst(6, 1, 0))
BOTH = Interval(APRIL.start, MAY.end)


def test_a_guarantee_that_changes_within_the_window_allows_the_seconds_of_both_parts() -> None:
    register = register_of()
    guarantee(register, "99", date(2025, 4, 1))
    guarantee(register, "99.5", date(2025, 5, 1))
    stop(register, "one", jst(4, 3), jst(4, 3, 10))
    stop(register, "two", jst(5, 3), jst(5, 3, 11))
    windows = Windows(register, jst(6, 10))
    # April: 720 h x 1 % = 25,920 s; May: 744 h x 0.5 % = 13,392 s; lost 1 h and 2 h
    found = windows.budget(BOTH)
    assert found is not None
    assert (found.level, found.guaranteed) == ("availability", Fraction(199, 200))
    assert found.budget.allowed == 25_920 + 13_392
    assert found.budget.used == 3 * 3600
    assert found.budget.left == 28_512
    assert found.budget.burn_rate == Fraction(10_800, 39_312)
    parts = [windows.budget(month) for month in (APRIL, MAY)]
    assert sum(part.budget.allowed for part in parts if part is not None) == found.budget.allowed


def test_the_burn_rate_of_a_running_month_is_over_the_hours_that_have_passed() -> None:
    register = register_of()
    guarantee(register, "99", date(2025, 4, 1))
    stop(register, "one", jst(4, 3), jst(4, 3, 10))
    # until 11 April 0:00: 240 h passed, of which 1 % is 8,640 s; lost 3,600 s
    found = Windows(register, jst(4, 11, 0)).budget(APRIL)
    assert found is not None
    assert found.budget.allowed == 25_920
    assert found.budget.burn_rate == Fraction(3600, 8640)


def test_what_was_lost_before_there_was_a_guarantee_is_not_charged_to_it() -> None:
    register = register_of()
    guarantee(register, "99", date(2025, 5, 1))
    stop(register, "one", jst(4, 3), jst(4, 3, 10))
    stop(register, "two", jst(5, 3), jst(5, 3, 11))
    windows = Windows(register, jst(6, 10))
    assert windows.budget(APRIL) is None
    found = windows.budget(BOTH)
    assert found is not None
    assert (found.budget.allowed, found.budget.used) == (Fraction(26_784), Fraction(7_200))  # 744 h x 1 %


def test_a_level_of_some_systems_alone_sets_no_budget_for_the_contract() -> None:
    register = register_of()
    guarantee(register, "99", date(2025, 4, 1), measure=replace(AVAILABLE, systems=("payroll",)))
    assert Windows(register, jst(6, 10)).budget(APRIL) is None


@pytest.mark.parametrize("asked", [{"fault_levels": ("A",)}, {"per": "organisation"}, {"per": "system"}])
def test_a_level_of_some_stops_alone_or_of_each_unit_sets_no_budget_for_the_contract(asked: dict[str, Any]) -> None:
    # a level B stop uses up nothing that a level of A alone allows; what each unit is allowed is not the sum's
    register = register_of()
    guarantee(register, "99", date(2025, 4, 1), measure=replace(AVAILABLE, **asked))
    assert Windows(register, jst(6, 10)).budget(APRIL) is None


def test_a_window_is_cut_to_the_term() -> None:
    windows = Windows(register_of(date(2025, 4, 11), ends=date(2025, 5, 21)), jst(6, 10))
    assert windows.figure(APRIL).base == 20 * 24 * HOUR
    assert windows.figure(MAY).base == 21 * 24 * HOUR
    assert windows.figure(BOTH).base == 41 * 24 * HOUR
    assert windows.figure(Interval(jst(6, 1, 0), jst(6, 8, 0))).ratio is None  # all of it after the term


def test_a_change_is_none_where_one_of_the_two_lies_outside_the_term() -> None:
    register = register_of()
    stop(register, "one", jst(4, 3), jst(4, 3, 9, 36))
    windows = Windows(register, jst(6, 10))
    assert windows.change(Interval(jst(3, 1, 0), jst(4, 1, 0)), APRIL) is None
    # April lost 36 min of 720 h: 99.95/100 less by 1/1200; May lost nothing
    assert windows.change(APRIL, MAY) == Change(points=Fraction(1, 12), down=-timedelta(minutes=36))
    assert lost(windows.figure(APRIL)) == 36 * 60
