"""A level that is judged per period: what each period told of a month comes to, and its verdict (C7, C12)."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from slm_domain.figures.counted_days import counted_days
from slm_domain.figures.judgement import Judgement, Verdict, worst
from slm_domain.figures.local_time import ONE_DAY, end_of_day, start_of_day
from slm_domain.figures.periods import Interval, Month
from slm_domain.items import Item
from slm_domain.level_periods import WEEKDAYS, LevelPeriod, periods_told
from slm_domain.level_units import Unit, keeps
from slm_domain.measures import COMPARISONS
from slm_domain.readings import Reading, judge_reading
from slm_domain.readings_of_items import count, grade, mean, ratio
from slm_domain.readings_of_stops import (
    availability,
    failure_count,
    mean_stop,
    stopped_time,
    time_between_failures,
)
from slm_domain.register import Register
from slm_domain.sla import Level
from slm_domain.stopped import Stops


class PeriodResult(msgspec.Struct, frozen=True, kw_only=True):
    """A period of a level: its value so far or at its end, and the verdict.

    `first` is the first day that counts: that of the period, or of the contract's term where that begins within it.
    `alone`: it is the month itself, and the level's own verdict tells of it. `freed`: an accepted exemption frees from
    the damages of a miss. `judged_at`: now, or for one that goes on after the month the month's end.
    """

    label: str
    first: date
    last: date
    reading: Reading
    judgement: Judgement
    alone: bool
    freed: bool
    judged_at: datetime


def results_of(  # noqa: PLR0917 -- what a result is made of, each named
    register: Register,
    definition: Level,
    month: Month,
    items: Sequence[Item],
    stops: Stops,
    unit: Unit,
    until: datetime,
) -> list[PeriodResult]:
    """The periods of the level that the month tells of, in order, each by the version in force in it (C12).

    One that goes on after the month is told as it stood at the month's end, whenever it is asked for (C18).
    """
    last = register.days_of(month).last
    so_far = min(until, end_of_day(last, register.zone))
    return [
        _result(
            register,
            version.definition,
            period,
            items,
            stops.by(so_far) if period.running else stops,
            unit,
            so_far if period.running else until,
        )
        for period in _periods(register, definition, month, unit)
        if (version := register.level_on(definition.key, min(period.last, last))) is not None
        and version.definition is not None
    ]


def worst_result(definition: Level, results: Sequence[PeriodResult]) -> PeriodResult | None:
    """The result that is shown for all: of those with the worst verdict, the one with the worst value."""
    verdict = worst(result.judgement for result in results).verdict
    worst_ones = [result for result in results if result.judgement.verdict is verdict]
    rises = COMPARISONS[definition.measure.kind][0] == "at_least"
    known = [result for result in worst_ones if result.reading.value is not None]
    if not known:
        return worst_ones[0] if worst_ones else None
    return (min if rises else max)(known, key=lambda result: result.reading.value or 0)


def _result(  # noqa: PLR0917 -- as above
    register: Register,
    definition: Level,
    period: LevelPeriod,
    items: Sequence[Item],
    stops: Stops,
    unit: Unit,
    until: datetime,
) -> PeriodResult:
    zone = register.zone
    of_stops = definition.measure.kind in {"stopped_time_at_most", "availability_at_least"}
    alone = of_stops and definition.measure.period in {None, "month"}
    # A month's stops are judged as they stand while the month is running; so S9 reads them.
    over = alone or (not period.running and end_of_day(period.last, zone) <= until)
    counted = [item for item in items if item.covered and not item.exempted]
    interval = Interval(start_of_day(period.first, zone), start_of_day(period.last + ONE_DAY, zone))
    reading = _reading(register, definition, period, interval, counted, stops, unit, until, over=over)
    exempted = register.exempted(definition.key, period.label)
    judgement = judge_reading(definition, reading, over=over)
    if exempted.leaves_measurement:
        judgement = Judgement(verdict=Verdict.EXCLUDED)
    return PeriodResult(
        label=period.label,
        first=max(period.first, register.first_day),
        last=period.last,
        reading=reading,
        judgement=judgement,
        alone=alone,
        freed=exempted.frees_from_damages,
        judged_at=until,
    )


def _reading(  # noqa: PLR0911, PLR0917 -- one line for each kind; what a reading is made of, each named
    register: Register,
    definition: Level,
    period: LevelPeriod,
    interval: Interval,
    items: Sequence[Item],
    stops: Stops,
    unit: Unit,
    until: datetime,
    *,
    over: bool,
) -> Reading:
    measure = definition.measure
    inside = [item for item in items if period.first <= item.day <= period.last]
    of_stops = measure.source == "stops"
    match measure.kind:
        case "count_at_least" | "count_at_most":
            return failure_count(stops, interval, unit, over=over) if of_stops else count(inside, over=over)
        case "ratio_at_least" | "ratio_at_most":
            return ratio(inside, until, over=over)
        case "mean_at_most":
            if of_stops:
                return mean_stop(stops, interval, unit, over=over)
            return mean(register, measure, inside, until, over=over)
        case "grade_at_least":
            return grade(register, items, period, unit, over=over)
        case "time_between_failures_at_least":
            return time_between_failures(stops, interval, unit, over=over)
        case "stopped_time_at_most":
            return stopped_time(stops.over(interval, unit), over=over)
        case _:
            return availability(stops.over(interval, unit), over=over)


def _periods(register: Register, definition: Level, month: Month, unit: Unit) -> list[LevelPeriod]:
    """The periods told; of days those on which something is expected, by the opening days of the unit (A14, A33)."""
    measure, days = definition.measure, register.days_of(month)
    first_day = max(days.first, min(version.effective_from for version in register.slas))
    periods = periods_told(measure, register.sla_on(first_day), month)
    if measure.period != "day":
        return list(periods)
    weekdays = [WEEKDAYS.index(name) for name in measure.weekdays]
    calendar = register.common_calendar(first_day, keeps(register, unit))
    expected = set(counted_days(days, measure.period_days or "calendar", calendar, weekdays))
    return [period for period in periods if period.first in expected]
