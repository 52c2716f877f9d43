"""The figures of one month, as a report states them: exact, with the pieces they came from.

These are the shapes of an answer and of the figures kept in `MonthlyReportHandedIn`. Durations are exact (`timedelta`,
ISO 8601 in JSON), ratios are exact, money is whole yen. `entries` are positions in the contract's journal.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal, Self

import msgspec

from slm_domain.figures.judgement import Verdict


class Ratio(msgspec.Struct, frozen=True, kw_only=True):
    """An exact ratio, in lowest terms."""

    numerator: int
    denominator: int

    @classmethod
    def of(cls, value: Fraction) -> Self:
        """The ratio of this value."""
        return cls(numerator=value.numerator, denominator=value.denominator)

    @property
    def value(self) -> Fraction:
        """The ratio as a number to compute with."""
        return Fraction(self.numerator, self.denominator)


class StopFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One stop of the month: what of it counts, and why (C11, C25)."""

    incident: str
    started_at: datetime
    ended_at: datetime | None
    in_month: timedelta  # inside opening hours, inside the month
    whole: timedelta  # inside opening hours, the whole occurrence (C25)
    counted: timedelta  # what of `in_month` counts as stopped
    reason: str  # why it counts or not
    lowest: timedelta  # counted, by the claims most favourable to the provider
    highest: timedelta
    contested: bool
    entries: tuple[int, ...]


class AvailabilityFigure(msgspec.Struct, frozen=True, kw_only=True):
    """Availability over an interval (C2): buckets that sum to the period, the contract's figure and the other policy's.

    `ratio` is None when nothing was measured or the base is zero (算定不能, C6). `shown` is the percentage rounded
    towards the failing side (C8).
    """

    base: timedelta
    up: timedelta
    down: timedelta
    excluded: timedelta
    outside_hours: timedelta
    ratio: Ratio | None
    shown: str | None
    lowest: Ratio | None
    highest: Ratio | None
    with_exclusions_removed: Ratio | None
    without_exclusions: Ratio | None
    provisional: bool  # a year's closed days are not fixed yet (C22)


class MissFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One item that missed a value, or is not done yet past its due time."""

    subject: str
    verdict: Verdict
    start: datetime | None
    end: datetime | None
    due: datetime | None
    entries: tuple[int, ...]


class LevelFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A level's result in the month: how many items, which missed, the verdict, and what was measured."""

    level: str
    verdict: Verdict
    guaranteed: str | None
    target: str | None
    measured: str | None
    items: int
    misses: tuple[MissFigure, ...]
    entries: tuple[int, ...]


class WorkingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a calculation that a person can follow: what it is, and its value as printed."""

    what: str
    value: str


class DeductionFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One deduction: its rule and clause, its share of the month's fee, and how the share came about."""

    rule: str
    clause: str
    level: str
    subject: str
    share: Ratio
    excused: bool
    working: tuple[WorkingLine, ...]
    entries: tuple[int, ...]


class AdjustmentFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction recorded in this month changes in an accepted month's fee (C20): positive is paid more."""

    month: str
    position: int
    yen: int


class MonthFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a monthly report states in numbers."""

    month: str
    opening_days: int
    opening_time: timedelta
    provisional: bool
    stops: tuple[StopFigure, ...]
    stopped: timedelta
    availability: AvailabilityFigure
    levels: tuple[LevelFigure, ...]
    breaches: int
    shortfalls: int
    deductions: tuple[DeductionFigure, ...]
    share_before_cap: Ratio
    share: Ratio
    fee_yen: int
    payable_yen: int
    tax_yen: int
    fee_working: tuple[WorkingLine, ...]
    adjustments: tuple[AdjustmentFigure, ...]
    invoice_yen: int
    invoice_tax_yen: int


Outcome = Literal["continue", "consider_new_service", "find_problems_and_improve", "set_new_indicators"]
