"""Three agreements for histories drawn at random: that of the example, every measure there is, and the other terms."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec.structs import replace

from slm_domain.sla import (
    Allowance,
    Bonus,
    Bound,
    BoundUnit,
    ComparisonWord,
    DeductionRule,
    DocumentKeys,
    FeeTimesAvailability,
    Grade,
    Ground,
    LateIncrements,
    Level,
    Measure,
    MeasureKind,
    Organisation,
    PerOccasion,
    RepeatBreach,
    Scale,
    Sla,
    System,
    Terms,
    Tier,
    Tiers,
    WeeklyHours,
    Words,
)
from tests.projections.contract_histories import agreed_sla

SAME = Words(ja="例", en="an example")
GRADES = Scale(code="care", name=SAME, grades=tuple(Grade(grade=number, name=SAME) for number in range(4)))


@cache
def agreements() -> tuple[Sla, ...]:
    """The SLAs that a drawn history can begin with."""
    return agreed_sla(), every_measure(), other_terms()


@cache
def every_measure() -> Sla:
    """Two municipalities, and a level of every kind, source, clock and period; the terms are those of the example."""
    sla = agreed_sla()
    return replace(
        sla,
        municipality=replace(
            sla.municipality,
            organisations=(
                Organisation(code="shimanto-town", name=SAME, weight=2, fee_share_percent=Decimal(60)),
                Organisation(code="nakatosa-town", name=SAME, calendar="late", weight=1, fee_share_percent=Decimal(40)),
            ),
        ),
        calendars={**sla.calendars, "late": _late_hours(sla.calendars["opening"])},
        systems=(
            *(replace(each, weight=2) if each.code == "payroll" else each for each in sla.systems),
            System(code="library", name=SAME, organisation="nakatosa-town", weight=3),
            System(code="registry", name=SAME, organisation="nakatosa-town", group="group-1"),
        ),
        scales=(GRADES,),
        levels=(*(_covering_extraordinary(each) for each in sla.levels), *FURTHER_LEVELS),
    )


@cache
def other_terms() -> Sla:
    """The same levels where each term is read the other way, and money goes by the other rules."""
    sla = every_measure()
    return replace(
        sla,
        fee=replace(sla.fee, includes_tax=False, rounding="half_up", tax_rounding="up"),
        term_to=date(2026, 3, 10),
        deductions=OTHER_DEDUCTIONS,
        bonuses=(
            Bonus(
                code="good-month",
                clause="9",
                name=SAME,
                level="up-month",
                percent=Decimal(2),
                cap_percent=Decimal(3),
                only_without_breach=False,
            ),
        ),
        grounds=tuple(_other_ground(each) for each in sla.grounds),
        terms=Terms(
            exclusion_policy="remove",
            unmeasured="remove",
            contested_times="highest",
            restoration_between_reports="at_last_report_before",
            availability_of="organisations",
            cumulative_threshold_minutes=90,
            threshold_scope="organisation",
            stop_length_measured="whole",
            stop_remedy="payment",
            deduction_base="tax_excluded",
            arrival_clock_start="dispatch",
            arrival_clock="support_hours",
            force_majeure_scope="all",
            parts_unit="part",
            restore_clock="opening",
            first_report="meeting_only",
            notify_levels_covered="all",
            inspection_start="report_received",
            inspection_days_kind="opening",
            due_shift="next_opening_day",
            month_first_day=16,
            pro_rata="calendar_month",
            partial_counts="weight",
            partial_weight_by="organisations",
            lead_kind="cutoff_at_most",
            next_service_day_at="start",
            deduction_cap_percent=Decimal(50),
            rolling_cap_percent=Decimal(20),
        ),
    )


def _late_hours(opening: WeeklyHours) -> WeeklyHours:
    """Shorter days with a break, and open on Saturdays."""
    hours = ("10:00-19:00",)
    return replace(
        opening, mon=hours, tue=hours, wed=hours, thu=hours, fri=hours, sat=("10:00-13:00",), breaks=("12:00-13:00",)
    )


def _covering_extraordinary(level: Level) -> Level:
    if level.key != "job-registration":
        return level
    return replace(level, measure=replace(level.measure, covers_extraordinary=True))


def _other_ground(ground: Ground) -> Ground:
    """Planned stops have an allowance and count as down when told too late; other grounds excuse the unreachable."""
    if ground.code == "planned-maintenance":
        notice = replace(ground.notice, when_missed="counts_as_down")
        return replace(ground, notice=notice, allowance=Allowance(per="fiscal_year", minutes=180))
    return ground


def _level(  # noqa: PLR0917 -- a level of the list below in a line or two
    key: str,
    kind: MeasureKind,
    amount: int | str,
    unit: BoundUnit,
    source: str,
    target: int | str | None = None,
    comparison: ComparisonWord | None = None,
    **measure: Any,
) -> Level:
    def bound(value: int | str) -> Bound:
        return Bound(amount=Decimal(value), unit=unit, comparison=comparison)

    return Level(
        key=key,
        name=SAME,
        document=DocumentKeys(major="例", menu=key, item=key, content=key, criterion=key, clause=key),
        measure=Measure(kind=kind, source=source, **measure),  # type: ignore[arg-type]  # the source is one of three
        method=SAME,
        evidence=SAME,
        guaranteed=bound(amount),
        target=None if target is None else bound(target),
    )


_OWN = ("payroll", "library")
FURTHER_LEVELS = (
    _level("up-month", "availability_at_least", "99.5", "percent", "stops", target="99.9", period="month"),
    _level("up-quarter", "availability_at_least", "99.6", "percent", "stops", period="quarter"),
    _level("up-three-months", "availability_at_least", "99.7", "percent", "stops", period="rolling", rolling_months=3),
    _level("up-thirty-days", "availability_at_least", "99", "percent", "stops", period="rolling", rolling_days=30),
    _level("up-towns", "availability_at_least", "99", "percent", "stops", period="month", per="organisation"),
    _level("up-systems", "availability_at_least", "99", "percent", "stops", period="year", per="system", systems=_OWN),
    _level("stops-a-week", "count_at_most", 0, "count", "stops", period="week", week_starts_on="sat"),
    _level("between", "time_between_failures_at_least", 30, "days", "stops", period="half_year"),
    _level("mean-recovery", "mean_at_most", 3, "hours", "incidents", start="detected", end="recovered", period="term"),
    _level(
        "told-in-time",
        "ratio_at_least",
        90,
        "percent",
        "incidents",
        start="detected",
        end="notified",
        period="fiscal_year",
        within=Bound(amount=Decimal(20), unit="minutes"),
        runs_from="support_hours",
    ),
    _level(
        "put-right",
        "duration_at_most",
        8,
        "hours",
        "incidents",
        target=4,
        start="detected",
        end="recovered",
        clock="support_hours",
        pausable=True,
    ),
    _level("meeting", "duration_at_most", 1, "months", "incidents", start="detected", end="meeting_reported"),
    _level(
        "sent-out",
        "duration_at_most",
        5,
        "days",
        "incidents",
        start="contacted",
        end="dispatched",
        day_kind="opening",
        due_shift="next_opening_day",
        due_end="end_of_opening_hours",
        pausable=True,
    ),
    _level("answered", "ratio_at_least", 90, "percent", "measurements", period="month", per="organisation"),
    _level("abandoned", "ratio_at_most", 5, "percent", "measurements", comparison="below", period="week"),
    _level("mean-work", "mean_at_most", 2, "days", "measurements", period="quarter", per="system", systems=_OWN),
    _level("complaints", "count_at_most", 1, "count", "measurements", period="month"),
    _level("care", "grade_at_least", 2, "grade", "measurements", target=3, period="quarter", scale="care"),
    _level("care-own", "grade_at_least", 1, "grade", "measurements", period="month", scale="care", per="organisation"),
    _level("forms", "obligation", 1, "met", "measurements", organisations=("nakatosa-town",)),
)

OTHER_DEDUCTIONS: tuple[DeductionRule, ...] = (
    Tiers(
        code="tiers",
        clause="1",
        name=SAME,
        level="up-month",
        tiers=tuple(
            Tier(when=Bound(amount=Decimal(below), unit="percent", comparison="below"), percent=Decimal(percent))
            for below, percent in (("99.5", 10), ("99", 15), ("95", 50))
        ),
        cap_percent=Decimal(40),
    ),
    Tiers(
        code="tiers-quarter",
        clause="2",
        name=SAME,
        level="up-quarter",
        tiers=(Tier(when=Bound(amount=Decimal("99.6"), unit="percent", comparison="below"), percent=Decimal("2.5")),),
    ),
    RepeatBreach(code="again", clause="3", name=SAME, level="up-month", times=2, within_months=3, percent=Decimal(5)),
    FeeTimesAvailability(code="stop", clause="4", name=SAME, level="stop", composition="of_reduced_fee"),
    LateIncrements(
        code="late",
        clause="5",
        name=SAME,
        level="put-right",
        first_percent=Decimal(1),
        step_minutes=30,
        step_percent=Decimal("0.5"),
        counting="started",
        excused_when_told_in_time=True,
        cap_percent=Decimal(5),
    ),
    LateIncrements(
        code="late-arrival",
        clause="6",
        name=SAME,
        level="arrival-hardware",
        first_percent=Decimal(2),
        step_minutes=60,
        step_percent=Decimal(1),
        excused_when_told_in_time=True,
    ),
    PerOccasion(code="parts", clause="7", name=SAME, level="spare-parts", percent=Decimal(1), cap_percent=Decimal(2)),
    Tiers(
        code="answered",
        clause="8",
        name=SAME,
        level="answered",
        tiers=(Tier(when=Bound(amount=Decimal(90), unit="percent", comparison="below"), percent=Decimal(1)),),
    ),
)
