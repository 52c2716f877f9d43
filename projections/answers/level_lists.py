"""Why a level's result is what it is: its items, what each adds to a count or ratio, or the stops of its periods."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

import msgspec

from projections.answers.listed import LineAnswer, ListAnswer, ListName, MeasuredIn, time_lists_of
from projections.answers.record import Record
from slm_domain.availability import Stretch
from slm_domain.availability import figure as availability_of
from slm_domain.dues import run_by
from slm_domain.figures.buckets import seconds
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.local_time import end_of_day, start_of_day
from slm_domain.figures.periods import Interval, Month
from slm_domain.figures.workings import Value
from slm_domain.items import Item, judge
from slm_domain.level_results import PeriodResult, results_of
from slm_domain.level_units import Unit, narrowed, units_of
from slm_domain.measures import PER_PERIOD
from slm_domain.month_figures import LevelFigure, Ratio
from slm_domain.readings_of_items import part_of
from slm_domain.sla import Level
from slm_domain.stopped import Failure, Stops
from slm_domain.time_lists import TimeKind

_ONE = Fraction(1)


def level_lists(record: Record, definition: Level, month: Month, figure: LevelFigure) -> list[ListAnswer]:
    """The lists of a level in a month, unit by unit where it is judged for each (C24)."""
    if definition.measure.kind not in PER_PERIOD:
        return [_items(record, definition, month, figure)]
    found: list[ListAnswer] = []
    stops = Stops(record.register, list(record.register.incidents.values()), record.standpoint.until)
    items = [item for item in record.items_of(month) if item.level == definition.key]
    for name, unit in units_of(record.register, definition.measure, month):
        of_unit = narrowed(record.register, items, unit)
        until = record.standpoint.until
        results = results_of(record.register, definition, month, of_unit, stops, unit, until)
        if definition.measure.source == "stops":
            for result in results:
                found += _of_stops(record, definition, result, stops.by(result.judged_at), unit, name=name)
        elif definition.measure.kind in {"count_at_least", "count_at_most"}:
            found += _counted(results, of_unit, name)
        else:
            for result in results:
                found += _of_items(record, definition, result, of_unit, name)
    return found


def _items(record: Record, definition: Level, month: Month, figure: LevelFigure) -> ListAnswer:
    """Each item of the month with its verdict; one that concerns several units counts for each."""
    items = [item for item in record.items if item.level == definition.key and item.month == str(month)]
    lines = [
        _line(item, _ONE, unit=name or None, verdict=judge(item, record.standpoint.until).verdict)
        for name, unit in units_of(record.register, definition.measure, month)
        for item in narrowed(record.register, items, unit)
    ]
    return _list("items", "count", lines, Fraction(figure.items), None)


def _counted(results: Sequence[PeriodResult], items: Sequence[Item], unit: str) -> list[ListAnswer]:
    """What was counted in the periods that the month tells of."""
    counted = [item for result in results for item in _inside(items, result) if item.succeeded]
    total = sum((result.reading.value or Fraction() for result in results), Fraction())
    return [_list("counted", "count", [_line(item, _ONE) for item in counted], total, unit or None)]


def _of_items(
    record: Record, definition: Level, result: PeriodResult, items: Sequence[Item], unit: str
) -> list[ListAnswer]:
    inside, of, until = _inside(items, result), _of(result, unit), result.judged_at
    reading = result.reading
    if definition.measure.kind == "grade_at_least":
        graded = [item for item in items if item.grade is not None and set(item.positions) <= set(reading.positions)]
        lines = [_line(item, Fraction(item.grade or 0)) for item in graded]
        return [_list("grades", "grade", lines, reading.value, of, least=True)] if lines else []
    if definition.measure.kind == "mean_at_most":
        return _of_mean(record, definition, result, inside, of)
    if not reading.working:  # nothing measured (C6)
        return []
    parts = [(item, found) for item in inside if (found := part_of(item, until)) is not None]
    part, whole = (_number(step.result.value) for step in reading.working[:2])
    return [
        _list("part", "count", [_line(item, Fraction(each)) for item, (each, _) in parts if each], part, of),
        _list("whole", "count", [_line(item, Fraction(each)) for item, (_, each) in parts], whole, of),
    ]


def _of_mean(
    record: Record, definition: Level, result: PeriodResult, items: Sequence[Item], of: str | None
) -> list[ListAnswer]:
    """The times that the mean is made of, and apart from them those of what is not done yet."""
    until, working = result.judged_at, result.reading.working
    finished = [item for item in items if item.end is not None and item.end <= until]
    lengths = [_number(each.value) for each in working[0].operands] if working else []
    still = [
        _line(item, seconds(run_by(record.register, definition.measure, item, until)))
        for item in items
        if item.end is None or item.end > until
    ]
    return _times(result, [_line(item, length) for item, length in zip(finished, lengths, strict=True)], still, of)


def _times(
    result: PeriodResult, over: Sequence[LineAnswer], still: Sequence[LineAnswer], of: str | None
) -> list[ListAnswer]:
    found: list[ListAnswer] = []
    if result.reading.working:
        found.append(_list("together", "seconds", over, _number(result.reading.working[0].result.value), of))
    if still:
        lasted = sum((each.amount.value for each in still), Fraction())
        found.append(_list("still_open", "seconds", still, lasted, of))
    return found


def _of_stops(
    record: Record, definition: Level, result: PeriodResult, stops: Stops, unit: Unit, *, name: str
) -> list[ListAnswer]:
    zone, of = record.register.zone, _of(result, name)
    interval = Interval(start_of_day(result.first, zone), end_of_day(result.last, zone))
    parts = stops.stretches(interval, unit)
    if definition.measure.kind == "availability_at_least":
        return time_lists_of(record.register, parts, stops.over(interval, unit).availability, of)
    if definition.measure.kind == "stopped_time_at_most":
        return _of_service(record, parts, "down", of)
    failures = stops.failures(interval, unit)
    if definition.measure.kind == "mean_at_most":
        over = [_failure(each, seconds(each.length)) for each in failures if each.over]
        still = [_failure(each, seconds(each.length)) for each in failures if not each.over]
        return _times(result, over, still, of)
    listed = _list("failures", "count", [_failure(each, _ONE) for each in failures], Fraction(len(failures)), of)
    if definition.measure.kind == "time_between_failures_at_least" and failures:
        return [*_of_service(record, parts, "up", of), listed]  # the time that is divided by their number
    return [listed]


def _of_service(record: Record, parts: Sequence[Stretch], kind: TimeKind, of: str | None) -> list[ListAnswer]:
    """Time of the service itself, or of the unit asked for: whatever the availability adds up by weight."""
    own = [msgspec.structs.replace(part, units=()) for part in parts]
    return [each for each in time_lists_of(record.register, own, availability_of(own), of) if each.name == kind]


def _inside(items: Sequence[Item], result: PeriodResult) -> list[Item]:
    """What the reading of the period is made of."""
    return [item for item in items if result.first <= item.day <= result.last and item.covered and not item.exempted]


def _of(result: PeriodResult, unit: str) -> str | None:
    named = [each for each in (None if result.alone else result.label, unit) if each]
    return " ".join(named) or None


def _line(item: Item, amount: Fraction, *, unit: str | None = None, verdict: Verdict | None = None) -> LineAnswer:
    return LineAnswer(
        what=item.subject,
        starts_at=item.start,
        ends_at=item.end,
        due=item.guaranteed_due or item.target_due,
        unit=unit,
        verdict=verdict,
        amount=Ratio.of(amount),
        entries=item.positions,
    )


def _failure(failure: Failure, amount: Fraction) -> LineAnswer:
    return LineAnswer(
        what=failure.incident,
        starts_at=failure.started_at,
        ends_at=failure.ended_at,
        amount=Ratio.of(amount),
        entries=failure.positions,
    )


def _number(value: Value) -> Fraction:
    """A value of a working as a number; a time in seconds."""
    return seconds(value) if isinstance(value, timedelta) else Fraction(value)


def _list(
    name: ListName,
    measured_in: MeasuredIn,
    lines: Sequence[LineAnswer],
    total: Fraction | None,
    of: str | None,
    *,
    least: bool = False,
) -> ListAnswer:
    return ListAnswer(
        name=name,
        of=of,
        measured_in=measured_in,
        by="least" if least else "sum",
        lines=tuple(lines),
        total=Ratio.of(Fraction() if total is None else total),
    )
