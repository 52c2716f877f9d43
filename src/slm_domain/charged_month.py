"""What a month's rules of money are applied to: its items, the levels' results, its stops, and the months before it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

import msgspec

from slm_domain.charged_levels import ChargedLevels
from slm_domain.charged_stops import MonthStops
from slm_domain.facts import Exempted
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.local_time import end_of_day
from slm_domain.figures.periods import Month
from slm_domain.figures.spans import Span
from slm_domain.items import Item
from slm_domain.level_periods import periods_told
from slm_domain.level_units import whole_of
from slm_domain.month_figures import LevelFigure
from slm_domain.register import Register
from slm_domain.sla import Level, Measure, Sla


class EarlierMonth(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules of a month ask of a month before it, as now known.

    `net` is what was charged before deductions without tax, `gross` with it, in exact yen; `credited_share` the share
    of it that was deducted and paid after all caps. `breached` are the levels in breach of which a period ended in it,
    but for those that an accepted exemption, or accepted exclusions of their stops, free from damages (G32).
    """

    month: Month
    net: Fraction
    gross: Fraction
    credited_share: Fraction
    breached: frozenset[str]


class ChargedMonth(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A month, and everything its rules ask for.

    `items` are those of each level, of the month and of others that its periods need; `levels` are its results by key.

    `as_charged` are the levels' results as they cost. `earlier` are the months before, in order, where a rule looks
    back.
    """

    register: Register
    sla: Sla
    month: Month
    until: datetime
    items: Mapping[str, Sequence[Item]] = {}
    levels: Mapping[str, LevelFigure] = {}
    stops: MonthStops
    as_charged: ChargedLevels
    earlier: Sequence[EarlierMonth] = ()

    def items_of(self, level: str) -> Sequence[Item]:
        """The month's items of a level, in their order: each rule looks at those of one."""
        name = str(self.month)
        return [item for item in self.items.get(level, ()) if item.month == name]

    @property
    def span(self) -> Span:
        """The contract's month: from any day (C15)."""
        return self.register.days_of(self.month)

    @property
    def is_over(self) -> bool:
        """Whether the month has ended at `until`; the contract's last one ends with its term."""
        return end_of_day(min(self.span.last, self.sla.term_to), self.register.zone) <= self.until

    def definition(self, level: str) -> Level | None:
        """The version of a level that the month is judged by; None where none was in force in it."""
        version = self.register.level_on(level, self.span.first) or self.register.level_on(level, self.span.last)
        return None if version is None else version.definition

    def ended(self, measure: Measure) -> tuple[str, ...]:
        """The labels of the measure's periods that end in this month: only then does their value cost or earn (C12)."""
        return tuple(each.label for each in periods_told(measure, self.sla, self.month) if not each.running)

    def exempted(self, definition: Level) -> Exempted:
        """What accepted exemptions do together to the level's periods that the month tells of, if they do to each."""
        told = periods_told(definition.measure, self.sla, self.month)
        found = [self.register.exempted(definition.key, each.label) for each in told]
        if not found or not all(each.leaves_measurement or each.frees_from_damages for each in found):
            return Exempted()
        leaves = all(each.leaves_measurement for each in found)
        frees = all(each.frees_from_damages for each in found)
        return Exempted(leaves_measurement=leaves, frees_from_damages=frees or not leaves)

    def leaves_anything_out(self, definition: Level) -> bool:
        """Whether anything left the measurement of the level's periods that end in this month (C5)."""
        measure = definition.measure
        if measure.source == "stops":
            stopped = self.stops.of(whole_of(measure)).counted
            return any(part.buckets().excluded for part in stopped)
        ended = [each for each in periods_told(measure, self.sla, self.month) if not each.running]
        exempted = (item.day for item in self.items.get(definition.key, ()) if item.exempted)
        return any(each.first <= day <= each.last for day in exempted for each in ended)

    def freed(self, found: LevelFigure) -> bool:
        """Whether accepted exemptions free all that the level missed in this month from damages (G32)."""
        return is_freed(self.register, self.sla, self.month, found)


def is_freed(register: Register, sla: Sla, month: Month, found: LevelFigure) -> bool:
    """Whether accepted exemptions free all that a level missed in a month from damages, item by item or as periods."""
    missed = [miss for miss in found.misses if miss.verdict is Verdict.BREACH]
    if missed:
        return all(miss.freed for miss in missed)
    ended = periods_ended(register, sla, month, found.level)
    return bool(ended) and all(register.exempted(found.level, label).frees_from_damages for label in ended)


def periods_ended(register: Register, sla: Sla, month: Month, level: str) -> tuple[str, ...]:
    """The labels of the periods of a level that end in a month; none where it is not in force."""
    version = register.level_on(level, register.days_of(month).last)
    if version is None or version.definition is None:
        return ()
    return tuple(each.label for each in periods_told(version.definition.measure, sla, month) if not each.running)
