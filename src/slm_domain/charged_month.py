"""What a month's rules of money are applied to: its items, the levels' results, its stops, and the months before it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

import msgspec

from slm_domain.availability import Stretch
from slm_domain.figures.periods import Interval, Month
from slm_domain.figures.spans import Span, span_of
from slm_domain.items import Item
from slm_domain.month_figures import LevelFigure
from slm_domain.register import Register
from slm_domain.sla import Level, Measure, Sla


class EarlierMonth(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules of a month ask of a month before it, as now known.

    `fee` is what was charged before deductions, `credited` what the deductions took after all caps, in exact yen.
    """

    month: Month
    fee: Fraction
    credited: Fraction
    breached: frozenset[str]


class ChargedMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month, and everything its rules ask for. `items` are those of the month, `levels` its results by key.

    `by_organisation` are the stops of each municipality organisation, where they are charged apart (C24). `earlier` are
    the months before, in order, where a rule looks back.
    """

    register: Register
    sla: Sla
    month: Month
    until: datetime
    items: Sequence[Item] = ()
    levels: Mapping[str, LevelFigure] = {}
    parts: Sequence[Stretch] = ()
    by_organisation: Mapping[str, Sequence[Stretch]] = {}
    earlier: Sequence[EarlierMonth] = ()

    @property
    def span(self) -> Span:
        """The contract's month: from any day (C15)."""
        return self.register.days_of(self.month)

    @property
    def interval(self) -> Interval:
        """The contract's month as instants."""
        return self.register.interval_of(self.month)

    @property
    def is_over(self) -> bool:
        """Whether the month has ended at `until`."""
        return self.interval.end <= self.until

    def definition(self, level: str) -> Level | None:
        """The version of a level that the month is judged by; None where none was in force in it."""
        version = self.register.level_on(level, self.span.first) or self.register.level_on(level, self.span.last)
        return None if version is None else version.definition

    def closes(self, measure: Measure) -> bool:
        """Whether a period that the measure is judged by ends in this month: only then does its value cost or earn."""
        match measure.period:
            case None | "rolling":
                return True
            case "term":
                return self.sla.term_to in self.span
            case "day" | "week":
                return True
            case period:
                return span_of(period, self.span.last, self.register.start).last in self.span
