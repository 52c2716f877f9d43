"""What a month comes to for each service level: its items judged together, its counts, its stops (docs/figures.md)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.figures.counted_days import counted_days
from slm_domain.figures.judgement import (
    Bound as Limit,
)
from slm_domain.figures.judgement import (
    Comparison,
    Judgement,
    Verdict,
    judge_count,
    judge_value,
    worst,
)
from slm_domain.figures.local_time import end_of_day
from slm_domain.figures.periods import Month
from slm_domain.items import Item, judge
from slm_domain.month_figures import AvailabilityFigure, LevelFigure, MissFigure, NamedValue
from slm_domain.register import Register
from slm_domain.sla import Bound, Level

_MINUTE = timedelta(minutes=1)
_MICROSECOND = timedelta(microseconds=1)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERIOD_MINUTES = {"minutes": 1, "hours": 60}


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """What of the month's stops a level asks for."""

    counted: timedelta
    availability: AvailabilityFigure
    positions: tuple[int, ...]


def level_figures(
    register: Register, month: Month, items: Sequence[Item], stopped: Stopped, until: datetime
) -> tuple[LevelFigure, ...]:
    """The month's result of every level in force in it.

    `items` are those of the whole fiscal year up to the month's end: a count per year needs them.
    """
    days = register.days_of(month)
    by_level: dict[str, list[Item]] = {}
    for item in items:
        by_level.setdefault(item.level, []).append(item)
    return tuple(
        _figure(register, version.definition, month, by_level.get(level, []), stopped, until)
        for level in register.levels
        if (version := register.level_on(level, days.first) or register.level_on(level, days.last)) is not None
        and version.definition is not None
    )


def _figure(  # noqa: PLR0917 -- one call from the one place above
    register: Register,
    definition: Level,
    month: Month,
    items: Sequence[Item],
    stopped: Stopped,
    until: datetime,
) -> LevelFigure:
    match definition.measure.kind:
        case "count_at_least":
            return _counted(register, definition, month, items, until)
        case "stopped_time_at_most":
            return _of_stops(definition, stopped)
        case "availability_at_least":
            return _of_availability(definition, stopped)
        case "duration_at_most" | "lead_at_least" | "obligation":
            of_month = [item for item in items if item.month == str(month)]
            return _of_items(definition, of_month, until)


def _of_items(definition: Level, items: Sequence[Item], until: datetime) -> LevelFigure:
    judged = [(item, judge(item, until)) for item in items]
    together = worst(judgement for _, judgement in judged)
    return LevelFigure(
        level=definition.key,
        verdict=together.verdict,
        shortfall=together.shortfall,
        guaranteed=definition.guaranteed,
        target=definition.target,
        measured=_measured(definition, items, until),
        items=len(items),
        misses=tuple(
            MissFigure(
                subject=item.subject,
                verdict=judgement.verdict,
                start=item.start,
                end=item.end,
                guaranteed_due=item.guaranteed_due,
                target_due=item.target_due,
                entries=item.positions,
            )
            for item, judgement in judged
            if judgement.shortfall or judgement.verdict in {Verdict.BREACH, Verdict.EXCLUDED, Verdict.PENDING}
        ),
        entries=_all_positions(items),
    )


def _measured(definition: Level, items: Sequence[Item], until: datetime) -> NamedValue | None:
    if not items:
        return None
    if definition.measure.kind == "obligation":
        met = sum(1 for item in items if item.met)
        return NamedValue(name="met", value=f"{met}/{len(items)}")
    if definition.measure.kind == "lead_at_least":
        overdue = [item.end - item.guaranteed_due for item in items if item.end and item.guaranteed_due]
        return NamedValue(name="latest_against_due", value=_iso(max(overdue))) if overdue else None
    lengths = [(item.end or until) - item.start for item in items if item.start is not None]
    return NamedValue(name="longest", value=_iso(max(lengths))) if lengths else None


def _counted(
    register: Register, definition: Level, month: Month, items: Sequence[Item], until: datetime
) -> LevelFigure:
    counted = [item for item in items if item.succeeded]
    zone = register.zone
    match definition.measure.period:
        case "day":
            days = [day for day in _expected(definition, month, register) if register.level_on(definition.key, day)]
            periods = [(str(day), [item for item in counted if item.day == day], end_of_day(day, zone)) for day in days]
        case "fiscal_year":
            year, days_of_month = register.fiscal_year_of(month), register.days_of(month)
            so_far = [item for item in counted if year.first <= item.day <= days_of_month.last]
            over = end_of_day(year.last, zone)
            closes = days_of_month.last == year.last
            periods = [(str(month.fiscal_year), so_far, over if closes else datetime.max.replace(tzinfo=over.tzinfo))]
        case _:
            of_month = [item for item in counted if item.month == str(month)]
            periods = [(str(month), of_month, end_of_day(register.days_of(month).last, zone))]
    judged = [(name, found, _judge_count(definition, found, over <= until)) for name, found, over in periods]
    together = worst(judgement for _, _, judgement in judged)
    shown = [item for _, found, _ in judged for item in found]
    return LevelFigure(
        level=definition.key,
        verdict=together.verdict,
        shortfall=together.shortfall,
        guaranteed=definition.guaranteed,
        target=definition.target,
        measured=NamedValue(name="count", value=str(len(shown))),
        items=len(periods),
        misses=tuple(
            MissFigure(
                subject=name,
                verdict=judgement.verdict,
                start=None,
                end=None,
                guaranteed_due=None,
                target_due=None,
                entries=_all_positions(found),
            )
            for name, found, judgement in judged
            if judgement.verdict in {Verdict.BREACH, Verdict.PENDING} or judgement.shortfall
        ),
        entries=_all_positions(shown),
    )


def _judge_count(definition: Level, found: Sequence[Item], over: bool) -> Judgement:  # noqa: FBT001 -- private, one caller
    def whole(bound: Bound | None) -> int | None:
        return None if bound is None else int(bound.amount)

    return judge_count(
        len(found), guaranteed=whole(definition.guaranteed), target=whole(definition.target), period_over=over
    )


def _expected(definition: Level, month: Month, register: Register) -> tuple[date, ...]:
    measure = definition.measure
    days = register.days_of(month)
    calendar = register.availability_calendar(max(days.first, _first_day(register)))
    weekdays = [_WEEKDAYS.index(name) for name in measure.weekdays]
    return counted_days(days, measure.period_days or "calendar", calendar, weekdays)


def _first_day(register: Register) -> date:
    return min(version.effective_from for version in register.slas)


def _of_stops(definition: Level, stopped: Stopped) -> LevelFigure:
    minutes = Fraction(stopped.counted // _MICROSECOND, _MINUTE // _MICROSECOND)
    judgement = judge_value(
        minutes, guaranteed=_most_minutes(definition.guaranteed), target=_most_minutes(definition.target)
    )
    return _single(definition, judgement, NamedValue(name="stopped", value=_iso(stopped.counted)), stopped)


def _of_availability(definition: Level, stopped: Stopped) -> LevelFigure:
    ratio = stopped.availability.ratio
    judgement = judge_value(
        None if ratio is None else ratio.value,
        guaranteed=_least_share(definition.guaranteed),
        target=_least_share(definition.target),
    )
    measured = None if ratio is None else NamedValue(name="availability", value=str(ratio.value))
    return _single(definition, judgement, measured, stopped)


def _single(definition: Level, judgement: Judgement, measured: NamedValue | None, stopped: Stopped) -> LevelFigure:
    return LevelFigure(
        level=definition.key,
        verdict=judgement.verdict,
        shortfall=judgement.shortfall,
        guaranteed=definition.guaranteed,
        target=definition.target,
        measured=measured,
        items=1,
        misses=(),
        entries=stopped.positions,
    )


def _most_minutes(bound: Bound | None) -> Limit | None:
    if bound is None:
        return None
    return Limit(comparison=Comparison.AT_MOST, value=Fraction(bound.amount) * _PERIOD_MINUTES[bound.unit])


def _least_share(bound: Bound | None) -> Limit | None:
    return None if bound is None else Limit(comparison=Comparison.AT_LEAST, value=Fraction(bound.amount) / 100)


def _all_positions(items: Sequence[Item]) -> tuple[int, ...]:
    return tuple(sorted({position for item in items for position in item.positions}))


def _iso(length: timedelta) -> str:
    text: str = msgspec.to_builtins(length)
    return text
