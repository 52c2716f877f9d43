"""Availability over any window people ask for: cut to the contract's term, with its error budget and what changed."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

import msgspec

from slm_domain.availability import alike, availability, figure, stretches
from slm_domain.facts import IncidentFacts
from slm_domain.figures.buckets import seconds
from slm_domain.figures.budget import ErrorBudget, Guaranteed, error_budget
from slm_domain.figures.change import Change, Measured, change
from slm_domain.figures.intervals import split
from slm_domain.figures.local_time import ONE_DAY, in_utc, local_date, start_of_day
from slm_domain.figures.periods import Interval
from slm_domain.in_force import in_force
from slm_domain.level_units import EVERYTHING, whole_of
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.sla import Sla
from slm_domain.units import units_of

_PER_CENT = 100


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """An error budget, and the level whose guarantee allows it: the one in force last in the window."""

    level: str
    guaranteed: Fraction
    budget: ErrorBudget


class Windows:
    """The windows of one contract, judged at `until`. What is asked for twice is computed once."""

    def __init__(self, register: Register, until: datetime) -> None:
        self._register = register
        self._incidents: Sequence[IncidentFacts] = list(register.incidents.values())
        self._until = in_utc(until)
        self._known: dict[Interval, AvailabilityFigure] = {}

    @property
    def term(self) -> Interval:
        """From the first SLA's first day to the last one's last. Raises `NothingAgreedYet`."""
        return term_of(self._register)

    def figure(self, window: Interval) -> AvailabilityFigure:
        """The figure of what of the window lies in the term; no figure where nothing does (C6)."""
        inside = window.clipped(self.term)
        if inside is None:
            return figure(())
        if inside not in self._known:
            self._known[inside] = availability(self._register, self._incidents, inside, self._until)
        return self._known[inside]

    def budget(self, window: Interval) -> Budget | None:
        """What the contract's availability level allows; None where there is no such level, or no base.

        Where the guarantee changes within the window, its parts' seconds are added (C7, C12); a part without such a
        level is left out, with what was lost in it.
        """
        parts = [
            (*guarantee, part)
            for part in self._parts(window)
            for guarantee in [_guarantee(self._register, part)]
            if guarantee is not None
        ]
        figures = self._figures([part for *_, part in parts])
        found = [(level, share, each) for (level, share, _), each in zip(parts, figures, strict=True)]
        budget = error_budget(
            [Guaranteed(share=share, base=each.base, elapsed=each.base - each.to_come) for _, share, each in found],
            lost=sum((lost(each) for _, _, each in found), Fraction()),
        )
        if budget is None:
            return None
        level, share, _ = found[-1]
        return Budget(level=level, guaranteed=share, budget=budget)

    def change(self, earlier: Interval, later: Interval) -> Change | None:
        """What changed between two windows; None where one of them has no figure."""
        alike = self._adds(earlier) == self._adds(later)
        return change(_measured(self.figure(earlier)), _measured(self.figure(later)), alike=alike)

    def _adds(self, window: Interval) -> set[tuple[str, int]]:
        """What the window's versions of the SLA add up, and what that weighs together; 0 where nothing has a weight."""
        return {_added(version.sla) for version, _ in in_force(self._register, window)}

    def _figures(self, parts: Sequence[Interval]) -> list[AvailabilityFigure]:
        """The figures of parts that are added: an hour of each counts for as much, whatever units weigh in it (K1)."""
        if len(parts) == 1:
            return [self.figure(part) for part in parts]
        of_each = [stretches(self._register, self._incidents, part, self._until) for part in parts]
        together = iter(alike([each for of_part in of_each for each in of_part]))
        return [figure([next(together) for _ in of_part]) for of_part in of_each]

    def _parts(self, window: Interval) -> tuple[Interval, ...]:
        """The window's part in the term, cut where an availability level changes."""
        inside = window.clipped(self.term)
        if inside is None:
            return ()
        changes = {
            version.effective_from
            for versions in self._register.levels.values()
            for version in versions
            if version.definition is None or version.definition.measure.kind == "availability_at_least"
        }
        zone = self._register.zone
        return split(inside, [start_of_day(day, zone) for day in sorted(changes)])


def term_of(register: Register) -> Interval:
    """From the first SLA's first day to the last one's last: an SLA agreed later may end the contract earlier (S3).

    Raises `NothingAgreedYet`.
    """
    first, last = register.first_day, register.version_on(date.max).sla.term_to
    return Interval(start_of_day(first, register.zone), start_of_day(last + ONE_DAY, register.zone))


def lost(figure: AvailabilityFigure) -> Fraction:
    """The stopped time of a figure times its weight, in exact seconds."""
    return seconds(figure.down) if figure.lost is None else figure.lost.value


def _added(sla: Sla) -> tuple[str, int]:
    kind = sla.terms.availability_of
    weights = [] if kind == "service" else [unit.weight for unit in units_of(sla, kind)]
    return kind, sum(weights) if any(weight > 1 for weight in weights) else 0


def _guarantee(register: Register, part: Interval) -> tuple[str, Fraction] | None:
    """The first level that guarantees the whole contract's availability at the part's start, and what it guarantees."""
    for level in register.definitions_on(local_date(part.start, register.zone)):
        measure, bound = level.measure, level.guaranteed
        whole = whole_of(measure) == EVERYTHING and measure.per == "contract"  # of all stops, of everyone together
        if measure.kind == "availability_at_least" and bound is not None and whole:
            return level.key, Fraction(bound.amount) / _PER_CENT
    return None


def _measured(figure: AvailabilityFigure) -> Measured:
    return Measured(share=None if figure.ratio is None else figure.ratio.value, down=figure.down)
