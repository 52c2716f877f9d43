"""The figures of one month, as a report states them: exact, with the pieces they came from.

These are the shapes of an answer and of the figures kept in `MonthlyReportHandedIn`. Durations are exact (`timedelta`,
ISO 8601 in JSON), ratios are exact, money is whole yen. `entries` are positions in the contract's journal.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal, Self

import msgspec

from slm_domain.figures.judgement import Verdict
from slm_domain.sla import Bound


class Ratio(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class StopFigure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One stop of the month: what of it counts, and why (C11, C25)."""

    incident: str
    started_at: datetime
    ended_at: datetime | None
    in_month: timedelta  # inside opening hours, inside the month
    whole: timedelta  # inside opening hours, the whole occurrence less what is excluded (C25)
    excluded: timedelta  # accepted exclusions inside the month (C5)
    counted: timedelta  # what of `in_month` counts as stopped
    reason: str  # why it counts or not
    lowest: timedelta  # counted, by the claims most favourable to the provider
    highest: timedelta
    contested: bool
    entries: tuple[int, ...]
    beyond_announced: timedelta = timedelta()  # counts, since the planned stop that is claimed does not cover it (C21)
    extraordinary: timedelta = timedelta()  # of `in_month`: work outside support hours, which is no stop (S5)


class AvailabilityFigure(msgspec.Struct, frozen=True, kw_only=True):
    """Availability over an interval (C2): buckets that sum to the period, the contract's figure and the other policy's.

    `ratio` is None when nothing was measured or the base is zero (算定不能, C6). `shown` is the percentage rounded
    towards the failing side (C8). `lost` is the stopped time times its weight, in exact seconds; None where nothing is
    weighted and it is `down`.
    """

    base: timedelta
    up: timedelta
    down: timedelta
    excluded: timedelta
    outside_hours: timedelta
    to_come: timedelta  # opening hours after `until`; they belong to the base
    ratio: Ratio | None
    shown: str | None
    lowest: Ratio | None
    highest: Ratio | None
    if_removed: Ratio | None  # what the figure would be under each exclusion policy (C5)
    if_counted_as_up: Ratio | None
    provisional: bool  # a year's closed days are not fixed yet (C22)
    unmeasured: timedelta = timedelta()  # opening hours of which nobody knows whether the service ran (C2)
    lost: Ratio | None = None
    if_nothing_excluded: Ratio | None = None  # the figure without any exclusion; None where nothing is excluded


class UnitAvailability(msgspec.Struct, frozen=True, kw_only=True):
    """The availability of one system, or of one organisation, by its own calendar (C24, A33)."""

    unit: str
    weight: int
    stopped: timedelta
    availability: AvailabilityFigure


class NamedValue(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value with its name: a number or a ratio "104/105" as text, a duration as ISO 8601."""

    name: str
    value: str


class WorkingStep(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of a calculation that a person can follow: the operation on the operands gives the result."""

    operation: str
    operands: tuple[NamedValue, ...]
    result: NamedValue


class MissFigure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One item or period that missed a value, is excused or exempted, or is not over yet.

    `freed`: an accepted exemption frees from its damages, so that nothing is deducted for it (G32).
    """

    subject: str
    verdict: Verdict
    start: datetime | None
    end: datetime | None
    guaranteed_due: datetime | None
    target_due: datetime | None
    entries: tuple[int, ...]
    freed: bool = False


class UnitVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A level's result for one organisation or system, where it is judged for each (C24)."""

    unit: str
    verdict: Verdict
    shortfall: bool
    measured: NamedValue | None


class WorstPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """Of several periods that end in the month, days or weeks, the one whose value tiers are held against (C9).

    It is the worst of those that an exemption neither takes out of the measurement nor frees from damages (G9, G32).
    """

    period: str
    value: NamedValue
    entries: tuple[int, ...]


class LevelFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A level's result in the month: how many items, which missed, the verdict, and what was measured.

    `measured` names what its value is: the longest duration, the latest against its due time (of leads, and of notices
    of which one waits for the next service day), a count, a ratio, a mean, a grade, the stopped time, the availability,
    how many of how many were met. `shortfall` says that the target was missed.
    `lowest` and `highest` bound the value where knowledge is partial; `working` says how it came about; `units` are the
    results of the organisations or systems that the level is judged for, and `unit` the one whose value is shown: the
    worst, the first of several. `worst` is told where several periods end in the month: counts of them are added up in
    `measured`, and what tiers cost goes by one of them. `freed`: it is in breach by stops that accepted exclusions free
    from damages, and costs nothing (G9).
    """

    level: str
    verdict: Verdict
    shortfall: bool
    guaranteed: Bound | None
    target: Bound | None
    measured: NamedValue | None
    items: int
    misses: tuple[MissFigure, ...]
    entries: tuple[int, ...]
    lowest: NamedValue | None = None
    highest: NamedValue | None = None
    working: tuple[WorkingStep, ...] = ()
    units: tuple[UnitVerdict, ...] = ()
    worst: WorstPeriod | None = None
    freed: bool = False
    unit: str | None = None


class DeductionFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One deduction, or bonus: its rule and clause, its share of the month's fee, and how the share came about.

    What is `excused` has its share shown and is not added: told in time (S8); `freed` from damages by an accepted
    exemption (G32); or it `left_measurement` by one, so that nothing is deducted, and the other flag of its ground
    speaks of other damages alone (G9). `remedy` says whether the share is taken from the fee, paid by the provider, or
    both (A5).
    """

    rule: str
    clause: str
    level: str
    subject: str
    share: Ratio
    excused: bool
    working: tuple[WorkingStep, ...]
    entries: tuple[int, ...]
    remedy: Literal["deduction", "payment", "both"] = "deduction"
    freed: bool = False
    left_measurement: bool = False


Excuse = Literal["left_measurement", "freed", "told_in_time"]


def excuse_of(line: DeductionFigure) -> Excuse:
    """Why an excused deduction costs nothing. That it was not measured comes first: then nothing follows from it."""
    if line.left_measurement:
        return "left_measurement"
    return "freed" if line.freed else "told_in_time"


class CapFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A cap that took effect (C16, T1): what was asked for before it, what was left, as shares of the month's fee.

    `kind` says whose cap it is: a rule's, the month's, that of twelve months, a bonus's, or that of all bonuses. What
    is `paid` is cut to what the deductions leave of the cap (A5).
    """

    kind: Literal["rule", "month", "rolling_twelve_months", "bonus", "bonuses"]
    rule: str  # empty but for a rule's or a bonus's
    before: Ratio
    after: Ratio
    spared: Ratio
    paid: bool = False


class AdjustmentFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction recorded in this month changes in an accepted month's fee (C20): positive is paid more.

    `yen` are in the basis of this month: with the tax inside, or without. `tax_yen` is their own tax, in them or on
    them, where the corrected month is taxed by other terms, and `working` how both come about; None where they are
    taxed with this month's sum.
    """

    month: str
    position: int
    yen: int
    tax_yen: int | None = None
    working: tuple[WorkingStep, ...] = ()


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
    fee_working: tuple[WorkingStep, ...]
    issued_payable_yen: int | None  # as in the report that was accepted, None before
    adjustments: tuple[AdjustmentFigure, ...]
    invoice_yen: int
    invoice_tax_yen: int
    organisations: tuple[UnitAvailability, ...] = ()  # of a joint contract (C24)
    bonuses: tuple[DeductionFigure, ...] = ()  # shares added (T1)
    bonus_share: Ratio | None = None  # after the bonuses' caps; None where the SLA knows no bonus
    payment_yen: int = 0  # what the provider pays instead of, or besides, a reduced fee (A5)
    payment_working: tuple[WorkingStep, ...] = ()
    caps: tuple[CapFigure, ...] = ()  # those that took effect
    payment_share: Ratio | None = None  # after the caps; None where the SLA lets nothing be paid (A5)
    invoice_working: tuple[WorkingStep, ...] = ()  # where the invoice is not just this month's payable (C20)
    damages_cap_yen: int | None = None  # the most of other damages, for a cause in this month (G10 art. 23)
    issued_payment_yen: int | None = None  # as accepted, where money follows no correction (C20); else None

    @property
    def owed_payment_yen(self) -> int:
        """What the provider pays for the month's stops (A5): as now known, or where the terms say so as accepted."""
        return self.payment_yen if self.issued_payment_yen is None else self.issued_payment_yen


Outcome = Literal["continue", "consider_new_service", "find_problems_and_improve", "set_new_indicators"]
