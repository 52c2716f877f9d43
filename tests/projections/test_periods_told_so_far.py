"""What a month tells of a longer period that goes on after it: how it stood at the month's end (C18)."""

from datetime import timedelta
from decimal import Decimal

import msgspec

from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure, MonthFigures
from slm_domain.sla import Bound, Level, Measure
from tests.charging import LATER, at, availability_level, desks_of, sla_with, stop


def level(figures: MonthFigures, key: str) -> LevelFigure:
    return next(each for each in figures.levels if each.level == key)


def quarterly(measure: Measure) -> Level:
    return msgspec.structs.replace(availability_level(), measure=measure)


def test_a_quarter_that_goes_on_is_told_as_it_stood_at_the_months_end_whenever_it_is_asked_for() -> None:
    desks = desks_of(sla_with(level=quarterly(Measure(kind="availability_at_least", source="stops", period="quarter"))))
    stop(desks, "i1", at(5, 8, 9), timedelta(hours=8))
    april, may, june = (
        level(desks.figures(month, LATER), "availability") for month in ("2025-04", "2025-05", "2025-06")
    )
    # April to June have 62 opening days of 525 minutes = 32,550; 480 of them are more than 0.5 %, or 162.75 minutes.
    assert [each.verdict for each in (april, may, june)] == [Verdict.PENDING, Verdict.BREACH, Verdict.BREACH]
    assert april.measured is not None
    assert april.measured.value == "1"
    assert june.measured is not None
    assert june.measured.value == "1069/1085"  # (32,550 - 480) / 32,550


def test_stops_of_a_later_month_are_not_counted_before_it() -> None:
    counted = Measure(kind="count_at_most", source="stops", period="quarter")
    few = msgspec.structs.replace(quarterly(counted), guaranteed=Bound(amount=Decimal(1), unit="count"), target=None)
    desks = desks_of(sla_with(level=few))
    for code, month, day in (("i1", 4, 10), ("i2", 5, 8), ("i3", 6, 10)):
        stop(desks, code, at(month, day, 9), timedelta(hours=1))
    told = [level(desks.figures(month, LATER), "availability").measured for month in ("2025-04", "2025-05", "2025-06")]
    assert [None if each is None else each.value for each in told] == ["1", "2", "3"]
