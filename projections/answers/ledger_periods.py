"""What the ledger tells of a level besides its items: its periods with their value so far, and exemptions claimed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from slm_domain.deduction_lines import steps
from slm_domain.facts import ExemptionFact
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.items import Item
from slm_domain.level_results import results_of
from slm_domain.level_units import narrowed, units_of
from slm_domain.measures import PER_PERIOD
from slm_domain.month_figures import NamedValue, WorkingStep
from slm_domain.readings import named
from slm_domain.register import Register
from slm_domain.sla import Level, Side
from slm_domain.stopped import Stops


class PeriodAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A period of a level: its value at its end, or so far, how it is judged, and how the value came about.

    `unit` is the organisation or system that it is judged for; empty where the level is judged as a whole. `freed`: an
    accepted exemption frees from the damages of a miss.
    """

    label: str
    unit: str
    first: date
    last: date
    verdict: Verdict
    shortfall: bool
    measured: NamedValue | None
    lowest: NamedValue | None
    highest: NamedValue | None
    working: tuple[WorkingStep, ...]
    freed: bool
    entries: tuple[int, ...]


class ExemptionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a miss of the level is exempt, and what became of it. While it is open it changes nothing (C5)."""

    exemption: str
    subject: str
    ground: str
    claimed_by: Side
    status: Literal["claimed", "accepted", "rejected"]
    entries: tuple[int, ...]


def periods_of(
    register: Register, definition: Level, month: Month, items: Sequence[Item], stops: Stops, *, until: datetime
) -> tuple[PeriodAnswer, ...]:
    """The periods that the month tells of, for each unit that the level is judged for; none for a level of items."""
    if definition.measure.kind not in PER_PERIOD:
        return ()
    return tuple(
        PeriodAnswer(
            label=result.label,
            unit=code,
            first=result.first,
            last=result.last,
            verdict=result.judgement.verdict,
            shortfall=result.judgement.shortfall,
            measured=named(result.reading, result.reading.value),
            lowest=named(result.reading, result.reading.lowest),
            highest=named(result.reading, result.reading.highest),
            working=steps(result.reading.working),
            freed=result.freed,
            entries=result.reading.positions,
        )
        for code, unit in units_of(register, definition.measure, month)
        for result in results_of(register, definition, month, narrowed(register, items, unit), stops, unit, until)
    )


def exemption_of(fact: ExemptionFact) -> ExemptionAnswer:
    """The claim as the ledger tells of it."""
    return ExemptionAnswer(
        exemption=fact.exemption,
        subject=fact.subject,
        ground=fact.ground,
        claimed_by=fact.claimed_by,
        status=fact.status,
        entries=fact.positions,
    )
