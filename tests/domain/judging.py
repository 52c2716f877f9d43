"""A contract whose terms a test chooses, judged in April 2025: what its figures are under each reading."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure, MonthFigures
from slm_domain.sla import Bound, BoundUnit, FeeTimesAvailability, Measure
from tests.charging import LATER, desks_of, level_of, rule, sla_with
from tests.projections.contract_histories import Desks

HOUR = timedelta(hours=1)
STOP = rule(FeeTimesAvailability, code="stop")
MET, BREACH, EXCLUDED = Verdict.MET_GUARANTEE, Verdict.BREACH, Verdict.EXCLUDED


def minutes(number: int) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


def bound(amount: int, unit: BoundUnit) -> Bound:
    """A value with its unit."""
    return Bound(amount=Decimal(amount), unit=unit)


def april(desks: Desks) -> MonthFigures:
    """The figures of April 2025, judged a year later."""
    return desks.figures("2025-04", LATER)


def judged(desks: Desks, level: str = "availability") -> LevelFigure:
    """What April tells of the level."""
    (found,) = [each for each in april(desks).levels if each.level == level]
    return found


def of(measure: Measure, guaranteed: Bound, **sla: Any) -> Desks:
    """A contract with this one level beside the plain ones."""
    return desks_of(sla_with(level=level_of(measure, guaranteed), **sla))


def lasting(start: Any, end: Any, **more: Any) -> Measure:
    """A duration at most, from one moment of an incident to another."""
    return Measure(kind="duration_at_most", source="incidents", start=start, end=end, **more)
