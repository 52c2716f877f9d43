"""The deductions of a month: each rule of the SLA applied to the items and stops it speaks of (S8, C10, C16)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.availability import Stretch
from slm_domain.figures.buckets import total
from slm_domain.figures.deadlines import clock_time
from slm_domain.figures.deductions import Increments, increments, per_occasion
from slm_domain.figures.periods import Interval, Month
from slm_domain.figures.stops import StopTotal
from slm_domain.figures.workings import Quantity, Value, Working
from slm_domain.items import Item
from slm_domain.month_figures import DeductionFigure, NamedValue, Ratio, WorkingStep
from slm_domain.register import Register
from slm_domain.sla import FeeTimesAvailability, LateIncrements, PerOccasion, Sla

_PERCENT = Fraction(1, 100)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A deduction as a figure to show, with the exact share that reaches the fee."""

    figure: DeductionFigure
    share: Fraction
    excused: bool


def deductions_of(  # noqa: PLR0917 -- one call, from the month's figures
    register: Register, sla: Sla, month: Month, items: Sequence[Item], parts: Sequence[Stretch], until: datetime
) -> tuple[list[Line], Line | None]:
    """The month's deductions but for the stops', and the stops' own: they compose differently (A4)."""
    of_month = [item for item in items if item.month == str(month)]
    lines: list[Line] = []
    stop: Line | None = None
    for rule in sla.deductions:
        for_rule = [item for item in of_month if item.level == rule.level]
        match rule:
            case LateIncrements():
                lines.extend(line for item in for_rule if (line := _late(register, rule, item, until)) is not None)
            case PerOccasion():
                lines.extend(_missing(rule, item) for item in for_rule if item.met is False)
            case FeeTimesAvailability():
                stop = _stops(rule, sla, parts)
    return lines, stop


def _late(register: Register, rule: LateIncrements, item: Item, until: datetime) -> Line | None:
    done = item.end or until
    if item.start is None or item.guaranteed_due is None or done <= item.guaranteed_due:
        return None
    version = register.level_on(item.level, item.day)
    clock = "elapsed" if version is None or version.definition is None else version.definition.measure.clock
    calendar = (
        register.support_calendar(item.day) if clock == "support_hours" else register.availability_calendar(item.day)
    )
    result = increments(
        Increments(
            due=clock_time(Interval(item.start, item.guaranteed_due), clock, calendar),
            first_share=Fraction(rule.first_percent) * _PERCENT,
            step=timedelta(minutes=rule.step_minutes),
            step_share=Fraction(rule.step_percent) * _PERCENT,
            counting=rule.counting,
        ),
        clock_time(Interval(item.start, done), clock, calendar),
    )
    if not result.share:
        return None
    excused = item.excused and rule.excused_when_told_in_time
    return _line(rule, item.subject, result.share, result.working, item.positions, excused=excused)


def _missing(rule: PerOccasion, item: Item) -> Line:
    result = per_occasion(1, Fraction(rule.percent) * _PERCENT)
    return _line(rule, item.subject, result.share, result.working, item.positions)


def _stops(rule: FeeTimesAvailability, sla: Sla, parts: Sequence[Stretch]) -> Line | None:
    minutes = sla.terms.cumulative_threshold_minutes
    stopped = sum((part.bounds.picked.down for part in parts), timedelta())
    buckets = total(part.bounds.picked.buckets for part in parts)
    base = sum((part.base for part in parts), timedelta())
    months = StopTotal(
        stopped=stopped,
        threshold=None if minutes is None else timedelta(minutes=minutes),
        passed=stopped > timedelta(minutes=minutes or 0),
        base=base,
        lost=buckets.lost,
        availability=_together(base, buckets.lost),
    )
    if not months.share:
        return None
    incidents = {each.incident for part in parts for each in part.bounds.picked.slices}
    return _line(rule, ", ".join(sorted(incidents)), months.share, months.working, ())


def _together(base: timedelta, lost: Fraction) -> Fraction | None:
    seconds = Fraction(base // timedelta(microseconds=1), 1_000_000)
    return None if seconds == 0 else (seconds - lost) / seconds


def _line(
    rule: LateIncrements | PerOccasion | FeeTimesAvailability,
    subject: str,
    share: Fraction,
    working: Iterable[Working],
    positions: tuple[int, ...],
    *,
    excused: bool = False,
) -> Line:
    return Line(
        figure=DeductionFigure(
            rule=rule.code,
            clause=rule.clause,
            level=rule.level,
            subject=subject,
            share=Ratio.of(share),
            excused=excused,
            working=steps(working),
            entries=positions,
        ),
        share=share,
        excused=excused,
    )


def steps(workings: Iterable[Working]) -> tuple[WorkingStep, ...]:
    """Workings in the shape of an answer: numbers and ratios as text, durations in ISO 8601."""
    return tuple(
        WorkingStep(
            operation=working.operation.value,
            operands=tuple(_named(operand) for operand in working.operands),
            result=_named(working.result),
        )
        for working in workings
    )


def _named(quantity: Quantity) -> NamedValue:
    return NamedValue(name=quantity.name.value, value=_text(quantity.value))


def _text(value: Value) -> str:
    if isinstance(value, timedelta):
        text: str = msgspec.to_builtins(value)
        return text
    return str(value)
