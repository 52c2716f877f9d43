"""The evaluated items (SLA評価項目): how the value of each comes about, and what it is held against (G1, G2, S5)."""

from decimal import Decimal
from typing import Literal

import msgspec

from slm_domain.sla.words import Words

FaultGrade = Literal["A", "B", "C"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ComparisonWord = Literal["at_least", "at_most", "below", "above"]


class FaultLevel(msgspec.Struct, frozen=True, kw_only=True):
    """An incident level (S6): its effect, when it is reported, and by which means."""

    code: FaultGrade
    effect: Words
    urgency: Words
    report: Literal["at_once", "at_once_in_hours", "next_service_day"]
    means: Words
    told: Words


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """One grade of a scale, the higher the better (J6)."""

    grade: int
    name: Words


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """Grades that a level can be held to: one of the ready-made scales (J6), or the parties' own."""

    code: str
    name: Words
    grades: tuple[Grade, ...]


BoundUnit = Literal["seconds", "minutes", "hours", "days", "months", "count", "percent", "grade", "met"]


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A guaranteed or target value: an amount and its unit. For an obligation the unit is "met" and the amount 1.

    `comparison` is the printed comparison word (C9): 以上 at_least, 以下・以内 at_most, 未満 below, 超える above. None
    is the word of the measure's kind: at least for what should be much, at most for what should be little.
    """

    amount: Decimal
    unit: BoundUnit
    and_words: Words | None = None  # what the figure cannot say: "and ad hoc", "by a tool, at once"
    comparison: ComparisonWord | None = None


MeasureKind = Literal[
    "duration_at_most",  # from a start event to an end event
    "lead_at_least",  # done so long before a moment, or accepted until so long before it (A31)
    "count_at_least",  # so often in each period
    "count_at_most",
    "ratio_at_least",  # so many of all: "answered within 30 s"
    "ratio_at_most",  # "abandoned"
    "mean_at_most",  # the mean of durations: mean time to recover (T2)
    "time_between_failures_at_least",  # up time of the period ÷ its failures
    "grade_at_least",  # on a scale (J6)
    "obligation",  # each occasion met or not
    "stopped_time_at_most",  # the period's stops together (C11)
    "availability_at_least",
]
IncidentMoment = Literal[
    "occurred",  # its outage began, as the term picks it (A23, C23); without an outage it was detected then
    "detected",
    "notified",
    "triaged",
    "triage_reported",
    "contacted",
    "arrived",
    "work_started",
    "recovered",
    "report_handed_in",
    "equipment_stop_told",
    "equipment_restored",
    "parts_needed",
    "dispatched",  # the provider sent someone on this call (A9)
    "meeting_reported",  # told in the regular meeting (A15, S33)
]
PeriodKind = Literal["day", "week", "month", "quarter", "half_year", "fiscal_year", "year", "term", "rolling"]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """How the value of a level comes about.

    A level is fed by incidents (their moments), by stops, or by recorded measurements. `clock` is the clock a duration
    runs in, `runs_from` whether it runs from receipt or, for what comes outside support hours, from the next opening
    day's start (S28), `pausable` whether pauses with a reason stop it (C14). "days" and "months" bounds follow
    `day_kind` (A13), `count_first_day` (A21), `due_shift` (A36) and `due_end` (C13).

    What is judged per `period` names it; "rolling" runs over `rolling_days` or `rolling_months` to the period's end (of
    each month). Daily counts say which days they expect. A ratio fed by times counts those `within` a time of all. A
    grade is one of its `scale`. `systems` and `organisations` narrow a level to some; `per` judges it for each.
    Extraordinary work outside support hours, at the municipality's request, is covered only if the measure says so
    (S5).
    """

    kind: MeasureKind
    source: Literal["incidents", "stops", "measurements"]
    start: IncidentMoment | None = None
    end: IncidentMoment | None = None
    clock: Literal["elapsed", "support_hours", "opening_hours"] = "elapsed"
    day_kind: Literal["calendar", "opening", "24h"] = "calendar"
    period: PeriodKind | None = None
    period_days: Literal["calendar", "opening", "scheduled"] | None = None  # A14
    weekdays: tuple[Weekday, ...] = ()  # with "scheduled" (S34)
    fault_levels: tuple[FaultGrade, ...] = ("A", "B", "C")
    site: str | None = None
    work: Literal["hardware", "system"] | None = None
    runs_from: Literal["receipt", "support_hours"] = "receipt"
    pausable: bool = False
    count_first_day: bool = False
    due_shift: Literal["none", "next_opening_day", "previous_opening_day"] = "none"
    due_end: Literal["end_of_day", "end_of_opening_hours"] = "end_of_day"
    rolling_days: int | None = None
    rolling_months: int | None = None
    week_starts_on: Weekday = "mon"
    within: Bound | None = None
    scale: str | None = None
    systems: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    per: Literal["contract", "organisation", "system"] = "contract"
    covers_extraordinary: bool = False


class DocumentKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The level's place in the printed table (大項目, サービスメニュー, サービス項目, サービス内容, 評価基準)."""

    major: str
    menu: str
    item: str
    content: str
    criterion: str
    clause: str


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One evaluated item (SLA評価項目): criterion, measurement method, guaranteed and target value (G1, G2).

    `catalogue` names the ready-made level that it was taken from, as people wrote it.
    """

    key: str
    name: Words
    document: DocumentKeys
    measure: Measure
    method: Words
    evidence: Words
    guaranteed: Bound | None = None
    target: Bound | None = None
    catalogue: str | None = None
