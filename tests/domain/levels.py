"""Levels to compute results of: what was measured and what stopped, and what a month tells of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from msgspec.structs import replace

from slm_domain.facts import ExemptionFact, IncidentFacts, LevelVersion, Measured
from slm_domain.figures.periods import Month
from slm_domain.items import by_level
from slm_domain.known_items import KnownItems, items_for
from slm_domain.level_figures import level_figures
from slm_domain.month_figures import LevelFigure
from slm_domain.register import Register
from slm_domain.sla import Bound, BoundUnit, ComparisonWord, Level, Measure, MeasureKind, Terms
from slm_domain.stopped import Stops
from tests.domain.agreement import jst, level
from tests.domain.downtimes import agreed, record

Status = Literal["claimed", "accepted", "rejected"]
LATER = jst(12, 31, year=2026)


def bound(amount: str, unit: BoundUnit, comparison: ComparisonWord | None = None) -> Bound:
    return Bound(amount=Decimal(amount), unit=unit, comparison=comparison)


def judged(kind: MeasureKind, guaranteed: Bound | None, target: Bound | None = None, **measure: Any) -> Level:
    """A level fed by measurements, unless told otherwise, each month."""
    definition = level(
        "l", Measure(**{"kind": kind, "source": "measurements", "period": "month", **measure}), guaranteed
    )
    return replace(definition, target=target)


def measured(code: str, at: datetime, **facts: Any) -> Measured:
    """A measurement of the level, recorded at that time."""
    return Measured(
        **{
            "level": "l",
            "measurement": code,
            "at": at,
            "start": None,
            "end": None,
            "met": None,
            "succeeded": True,
            "positions": (9,),
            **facts,
        }
    )


def lasting(code: str, start: datetime, end: datetime) -> Measured:
    return measured(code, end, start=start, end=end)


def exemption(subject: str, ground: str, status: Status = "accepted") -> ExemptionFact:
    return ExemptionFact(
        exemption=f"e-{subject}",
        level="l",
        subject=subject,
        ground=ground,
        claimed_by="provider",
        status=status,
        positions=(11,),
    )


def contract(
    definition: Level, *facts: Measured | IncidentFacts | ExemptionFact, terms: Terms | None = None
) -> Register:
    """A contract that is open from 9 to 17 every day, with this level from April on, and what was recorded."""
    sla = agreed() if terms is None else replace(agreed(), terms=terms)
    register = record(sla, *(fact for fact in facts if isinstance(fact, IncidentFacts)))
    register.levels["l"] = [
        LevelVersion(
            level="l",
            effective_from=date(2025, 4, 1),
            definition=definition,
            revision=None,
            review=None,
            position=2,
        )
    ]
    register.measured = {("l", fact.measurement): fact for fact in facts if isinstance(fact, Measured)}
    register.exemptions = {("l", fact.exemption): fact for fact in facts if isinstance(fact, ExemptionFact)}
    return register


def result(register: Register, month: str = "2025-06", until: datetime = LATER) -> LevelFigure:
    """What the month tells of the level."""
    asked = Month.parse(month)
    stops = Stops(register, list(register.incidents.values()), until)
    (figure,) = level_figures(register, asked, by_level(items_for(register, asked, KnownItems(register))), stops, until)
    return figure
