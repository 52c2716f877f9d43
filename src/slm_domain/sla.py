"""The agreed SLA as the domain reads it: the shape of the canonical SLA document (G1).

People author the document at the rim, where every error is told with path, reason and mend; what arrives here is its
canonical JSON, already checked. Percentages and amounts are decimals, never floats.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

Side = Literal["municipality", "provider"]
SIDES: tuple[Side, Side] = ("municipality", "provider")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A name or sentence for people, in both languages."""

    ja: str
    en: str


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """A body that belongs to one side of the contract."""

    code: str
    name: Words


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One side: its organisations, and the one that acts for all of them (`lead` is an organisation's code)."""

    lead: str
    organisations: tuple[Organisation, ...]


class Fee(msgspec.Struct, frozen=True, kw_only=True):
    """The monthly fee (S1, G28). `rounding` rounds the payable yen once (C16); tax fractions are always cut (S1)."""

    monthly_yen: int
    includes_tax: bool
    tax_percent: Decimal
    rounding: Literal["down", "up", "half_up"] = "down"


class WeeklyHours(msgspec.Struct, frozen=True, kw_only=True):
    """Weekly hours as `HH:MM-HH:MM` shifts per weekday; a break is the gap between two shifts (A1).

    `closed` says which closed days apply: those fixed per fiscal year ("japanese_municipal", C22) or none ("never").
    """

    name: Words
    mon: tuple[str, ...] = ()
    tue: tuple[str, ...] = ()
    wed: tuple[str, ...] = ()
    thu: tuple[str, ...] = ()
    fri: tuple[str, ...] = ()
    sat: tuple[str, ...] = ()
    sun: tuple[str, ...] = ()
    closed: Literal["japanese_municipal", "never"] = "japanese_municipal"


class System(msgspec.Struct, frozen=True, kw_only=True):
    """A business system or piece of equipment that the contract covers, for one organisation."""

    code: str
    name: Words
    organisation: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place where someone has to arrive (S8, A8)."""

    code: str
    name: Words


class FaultLevel(msgspec.Struct, frozen=True, kw_only=True):
    """An incident level (S6): its effect, when it is reported, and by which means."""

    code: Literal["A", "B", "C"]
    effect: Words
    urgency: Words
    report: Literal["at_once", "at_once_in_hours", "next_service_day"]
    means: Words
    told: Words


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A guaranteed or target value: an amount and its unit. For an obligation the unit is "met" and the amount 1."""

    amount: Decimal
    unit: Literal["minutes", "hours", "days", "count", "percent", "met"]
    and_words: Words | None = None  # what the figure cannot say: "and ad hoc", "by a tool, at once"


MeasureKind = Literal[
    "duration_at_most",  # from a start event to an end event
    "lead_at_least",  # done so long before a moment (A31)
    "count_at_least",  # so often in each period
    "obligation",  # each occasion met or not
    "stopped_time_at_most",  # the month's stops together (C11)
    "availability_at_least",
]
IncidentMoment = Literal[
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
]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """How the value of a level comes about.

    A level is fed by incidents (their moments, or their stops) or by recorded measurements. `clock` is the clock a
    duration runs in; "days" bounds follow `day_kind` (A13). Counts name their `period` and, per day, which days.
    """

    kind: MeasureKind
    source: Literal["incidents", "stops", "measurements"]
    start: IncidentMoment | None = None
    end: IncidentMoment | None = None
    clock: Literal["elapsed", "support_hours", "opening_hours"] = "elapsed"
    day_kind: Literal["calendar", "opening", "24h"] = "calendar"
    period: Literal["day", "month", "fiscal_year"] | None = None
    period_days: Literal["calendar", "opening", "scheduled"] | None = None  # A14
    weekdays: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = ()  # with "scheduled" (S34)
    fault_levels: tuple[Literal["A", "B", "C"], ...] = ("A", "B", "C")
    site: str | None = None
    work: Literal["hardware", "system"] | None = None


class DocumentKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The level's place in the printed table (大項目, サービスメニュー, サービス項目, サービス内容, 評価基準)."""

    major: str
    menu: str
    item: str
    content: str
    criterion: str
    clause: str


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One evaluated item (SLA評価項目): criterion, measurement method, guaranteed and target value (G1, G2)."""

    key: str
    name: Words
    document: DocumentKeys
    measure: Measure
    method: Words
    evidence: Words
    guaranteed: Bound | None = None
    target: Bound | None = None


class LateIncrements(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="late_increments"):
    """A share when late and a further share for each further step (S8 (1), (2), (5); C10, A7)."""

    code: str
    clause: str
    name: Words
    level: str
    first_percent: Decimal
    step_minutes: int
    step_percent: Decimal
    counting: Literal["passed", "started"] = "passed"
    excused_when_told_in_time: bool = False  # S8: accident or disaster, told before the due time (A10)


class PerOccasion(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="per_occasion"):
    """A share for each occasion on which an obligation was not met (S8 (3), A11)."""

    code: str
    clause: str
    name: Words
    level: str
    percent: Decimal


class FeeTimesAvailability(msgspec.Struct, frozen=True, kw_only=True, tag_field="rule", tag="fee_times_availability"):
    """When the month's stops pass the cumulative threshold, the fee is fee x availability (S8 (4), A4)."""

    code: str
    clause: str
    name: Words
    level: str
    composition: Literal["share_of_full_fee", "of_reduced_fee"] = "share_of_full_fee"


DeductionRule = LateIncrements | PerOccasion | FeeTimesAvailability


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """When a stop on this ground has to be told (C21, G22, S17). `lead_days` are calendar days, for "before"."""

    kind: Literal["before", "right_after", "none"]
    lead_days: int = 0
    content: Words | None = None


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A ground for a stop or a miss, with its two flags, never merged (G9, A24)."""

    code: str
    clause: str
    name: Words
    leaves_measurement: bool  # measurement exclusion (免責される事項, G1)
    frees_from_damages: bool  # liability exemption (免責, G32)
    notice: Notice


class OperatingRule(msgspec.Struct, frozen=True, kw_only=True):
    """Who reports or does what, to whom, when (G1)."""

    code: str
    clause: str
    who: Words
    what: Words
    whom: Words
    when: Words


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The readings this contract chose, each printed on the report (DOMAIN C, DOMAIN-DETAIL A)."""

    exclusion_policy: Literal["remove", "count_as_up"] = "count_as_up"  # C5
    contested_times: Literal["municipality", "provider", "lowest", "highest"] = "municipality"  # C23
    min_stop_minutes: int | None = None  # A2
    cumulative_threshold_minutes: int | None = None  # C11
    stop_length_measured: Literal["clipped_to_hours", "whole"] = "clipped_to_hours"  # A3
    stop_remedy: Literal["deduction", "payment", "both"] = "deduction"  # A5
    deduction_base: Literal["tax_included", "tax_excluded"] = "tax_included"  # A6
    arrival_clock_start: Literal["contact", "dispatch", "triage"] = "contact"  # A9
    arrival_clock: Literal["elapsed", "support_hours"] = "elapsed"  # A9
    force_majeure_scope: Literal["arrival", "all"] = "arrival"  # A10
    parts_unit: Literal["occasion", "part", "month"] = "occasion"  # A11
    restore_clock: Literal["elapsed", "opening"] = "elapsed"  # A12
    first_report: Literal["as_level", "meeting_only"] = "as_level"  # A15
    notify_levels_covered: Literal["at_once_levels", "all"] = "at_once_levels"  # A16
    inspection_days: int = 10  # S2
    inspection_start: Literal["end_of_work_period", "report_received"] = "end_of_work_period"  # A18
    inspection_days_kind: Literal["calendar", "opening"] = "calendar"  # A19
    due_shift: Literal["none", "next_opening_day", "previous_opening_day"] = "none"  # A36
    report_due_opening_day: int = 5  # S2: 翌月第５開庁日
    pro_rata: Literal["none", "calendar_month", "year"] = "none"  # A20
    partial_counts: Literal["no", "full", "weight"] = "full"  # A28
    lead_kind: Literal["at_least", "cutoff_at_most"] = "at_least"  # A31
    next_service_day_at: Literal["start", "end"] = "end"  # A32
    planned_stop_counts: Literal["no", "yes"] = "no"  # A35
    money_follows_correction: Literal["adjustment_in_month_of_correction", "no"] = "adjustment_in_month_of_correction"
    deduction_cap_percent: Decimal = Decimal(100)  # C16


class Sla(msgspec.Struct, frozen=True, kw_only=True):
    """The agreed set of service levels at a moment, with everything in G1 (SLA記述書)."""

    document: Literal["slm/sla/1"]
    contract: str
    title: Words
    municipality: Party
    provider: Party
    term_from: date
    term_to: date  # last day
    time_zone: str
    fee: Fee
    calendars: dict[str, WeeklyHours]
    availability_calendar: str
    support_calendar: str
    systems: tuple[System, ...]
    sites: tuple[Site, ...] = ()
    fault_levels: tuple[FaultLevel, ...] = ()
    levels: tuple[Level, ...] = ()
    deductions: tuple[DeductionRule, ...] = ()
    grounds: tuple[Ground, ...] = ()
    operating_rules: tuple[OperatingRule, ...] = ()
    user_duties: tuple[Words, ...] = ()
    terms: Terms = Terms()

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the contract's months and calendars (C1)."""
        return ZoneInfo(self.time_zone)


@lru_cache(maxsize=256)  # documents are immutable, some 30 kB, and read again with every command
def read_sla(canonical: bytes) -> Sla:
    """The SLA from its canonical JSON. Raises `msgspec.ValidationError` when it is not of this shape."""
    return msgspec.json.decode(canonical, type=Sla)
