"""What a month comes to for each service level: its items judged together, or the periods that end in it.

An item has a verdict of its own; what is judged per period has one for each of its periods (docs/figures.md).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from slm_domain.deduction_lines import steps
from slm_domain.figures.judgement import MET_TARGET, Judgement, Verdict, worst
from slm_domain.figures.periods import Month
from slm_domain.item_values import values_of_items
from slm_domain.items import Item, judge_all
from slm_domain.level_results import PeriodResult, results_of, worst_result
from slm_domain.level_units import Unit, narrowed, units_of
from slm_domain.measured_values import exact
from slm_domain.measures import COMPARISONS, PER_PERIOD
from slm_domain.month_figures import LevelFigure, MissFigure, NamedValue, UnitVerdict, WorstPeriod
from slm_domain.readings import named
from slm_domain.readings_of_items import positions_of
from slm_domain.register import Register
from slm_domain.sla import Level
from slm_domain.stopped import Stops

_OVER = {Verdict.BREACH, Verdict.MET_GUARANTEE, Verdict.MET_TARGET}


def level_figures(  # noqa: PLR0917 -- one call from the month's figures
    register: Register,
    month: Month,
    items: Mapping[str, Sequence[Item]],
    stops: Stops,
    until: datetime,
    kept: Mapping[str, LevelFigure] = MappingProxyType({}),
) -> tuple[LevelFigure, ...]:
    """The month's result of every level in force in it.

    `items` are those of each level that the month's periods need: `level_periods.needed_from` says from which day on.
    `kept` are results, by level, that are known to be as they would come out.
    """
    days = register.days_of(month)
    return tuple(
        kept.get(level) or _figure(register, version.definition, month, items.get(level, ()), stops, until)
        for level in register.levels
        if (version := register.level_on(level, days.first) or register.level_on(level, days.last)) is not None
        and version.definition is not None
    )


def figure_of_stops(register: Register, definition: Level, month: Month, stops: Stops, until: datetime) -> LevelFigure:
    """The month's result of a level that is fed by stops, by these stops."""
    return _figure(register, definition, month, [], stops, until)


def _figure(  # noqa: PLR0917 -- one call from the one place above
    register: Register, definition: Level, month: Month, items: Sequence[Item], stops: Stops, until: datetime
) -> LevelFigure:
    units = units_of(register, definition.measure, month)
    results = [
        (name, _result(register, definition, month, narrowed(register, items, unit), stops, unit, until))
        for name, unit in units
    ]
    if definition.measure.per == "contract":
        return results[0][1]
    together = worst(Judgement(verdict=each.verdict, shortfall=each.shortfall) for _, each in results)
    leading = _leading(definition, [(name, each) for name, each in results if each.verdict is together.verdict])
    unit, lead = (None, None) if leading is None else leading
    return LevelFigure(
        level=definition.key,
        verdict=together.verdict,
        shortfall=together.shortfall,
        guaranteed=definition.guaranteed,
        target=definition.target,
        measured=None if lead is None else lead.measured,
        items=sum(each.items for _, each in results),
        misses=_each_once([miss for _, each in results for miss in each.misses]),
        entries=tuple(sorted({position for _, each in results for position in each.entries})),
        lowest=None if lead is None else lead.lowest,
        highest=None if lead is None else lead.highest,
        working=() if lead is None else lead.working,
        worst=None if lead is None else lead.worst,
        units=tuple(
            UnitVerdict(unit=name, verdict=each.verdict, shortfall=each.shortfall, measured=each.measured)
            for name, each in results
        ),
        unit=unit,
    )


def _leading(definition: Level, results: Sequence[tuple[str, LevelFigure]]) -> tuple[str, LevelFigure] | None:
    """Of units with the same verdict the one with the worst value: what is shown, and what tiers are held against."""
    known = [(value, each) for each in results if (value := exact(_held(each[1]))) is not None]
    if not known:
        return results[0] if results else None
    wants_much = COMPARISONS[definition.measure.kind][0] == "at_least" and definition.measure.kind != "lead_at_least"
    return (min if wants_much else max)(known, key=lambda each: each[0])[1]


def _held(figure: LevelFigure) -> NamedValue | None:
    """The value by which a result is as good or as bad as another: of several periods that of the worst."""
    return figure.measured if figure.worst is None else figure.worst.value


def _result(  # noqa: PLR0917 -- what a level's result is made of, each named
    register: Register,
    definition: Level,
    month: Month,
    items: Sequence[Item],
    stops: Stops,
    unit: Unit,
    until: datetime,
) -> LevelFigure:
    if definition.measure.kind in PER_PERIOD:
        return _of_periods(definition, results_of(register, definition, month, items, stops, unit, until))
    name = str(month)
    return _of_items(register, definition, [item for item in items if item.month == name], until)


def _of_items(register: Register, definition: Level, items: Sequence[Item], until: datetime) -> LevelFigure:
    judged = judge_all(items, until)
    together = worst(judged)
    measured, lowest, highest = values_of_items(register, definition.measure, _promised(items, judged), until)
    return LevelFigure(
        level=definition.key,
        verdict=together.verdict,
        shortfall=together.shortfall,
        guaranteed=definition.guaranteed,
        target=definition.target,
        measured=measured,
        items=len(items),
        misses=tuple(
            [
                _miss(item, judgement)
                for item, judgement in zip(items, judged, strict=True)
                if judgement is not MET_TARGET and _is_told(judgement)  # most are met: no more is asked of them
            ]
        ),
        entries=positions_of(items),
        lowest=lowest,
        highest=highest,
    )


def _miss(item: Item, judgement: Judgement) -> MissFigure:
    return MissFigure(
        subject=item.subject,
        verdict=judgement.verdict,
        start=item.start,
        end=item.end,
        guaranteed_due=item.guaranteed_due,
        target_due=item.target_due,
        entries=item.positions,
        freed=item.freed,
    )


def _is_told(judgement: Judgement) -> bool:
    """Whether the list of a level's misses tells of it."""
    verdict = judgement.verdict
    return judgement.shortfall or verdict is Verdict.BREACH or verdict is Verdict.EXCLUDED or verdict is Verdict.PENDING


def _promised(items: Sequence[Item], judged: Sequence[Judgement]) -> list[Item]:
    """Those that the level's value is made of.

    What was asked for after every cut-off and refused was promised to nobody: it is none of those met (A31).
    """
    return [
        item
        for item, judgement in zip(items, judged, strict=True)
        if item.covered and not item.exempted and not (item.cutoff and judgement.verdict is Verdict.NOT_APPLICABLE)
    ]


def _of_periods(definition: Level, results: Sequence[PeriodResult]) -> LevelFigure:
    together = worst(result.judgement for result in results)
    shown = worst_result(definition, results)
    reading = None if shown is None else shown.reading
    counts = reading is not None and reading.name == "count"
    if reading is None or counts:
        lowest, highest = _count_bounds(results)
    else:
        lowest, highest = named(reading, reading.lowest), named(reading, reading.highest)
    return LevelFigure(
        level=definition.key,
        verdict=together.verdict,
        shortfall=together.shortfall,
        guaranteed=definition.guaranteed,
        target=definition.target,
        measured=_counted(results) if counts else None if reading is None else named(reading, reading.value),
        items=len(results),
        misses=tuple(
            MissFigure(
                subject=result.label,
                verdict=result.judgement.verdict,
                start=None,
                end=None,
                guaranteed_due=None,
                target_due=None,
                entries=result.reading.positions,
                freed=result.freed,
            )
            for result in results
            if not result.alone and _is_told(result.judgement)
        ),
        entries=tuple(sorted({position for result in results for position in result.reading.positions})),
        lowest=lowest,
        highest=highest,
        working=() if reading is None else steps(reading.working),
        worst=_worst(definition, results),
    )


def _worst(definition: Level, results: Sequence[PeriodResult]) -> WorstPeriod | None:
    """The worst of several periods, by which tiers go: of those that owe something; else of all that are over.

    Where all of them left the measurement it is the worst of these: what it would have cost stays in view (G9).
    """
    if len(results) <= 1:
        return None
    over = [result for result in results if result.judgement.verdict in _OVER]
    if all(result.judgement.verdict is Verdict.EXCLUDED for result in results):
        over = list(results)
    owing = [result for result in over if not result.freed]
    missed = any(result.judgement.verdict is Verdict.BREACH for result in owing)
    found = worst_result(definition, owing if missed else over)
    value = None if found is None else named(found.reading, found.reading.value)
    if found is None or value is None:
        return None
    return WorstPeriod(period=found.label, value=value, entries=found.reading.positions)


def _counted(results: Sequence[PeriodResult]) -> NamedValue:
    """Counts of several periods add up."""
    return NamedValue(name="count", value=str(sum(result.reading.value or 0 for result in results)))


def _count_bounds(results: Sequence[PeriodResult]) -> tuple[NamedValue | None, NamedValue | None]:
    """The bounds of the count, where stops may count or not; none where the number is known."""
    readings = [result.reading for result in results]
    if all(each.lowest == each.value == each.highest for each in readings):
        return None, None
    lowest, highest = (sum(each.lowest or 0 for each in readings), sum(each.highest or 0 for each in readings))
    return NamedValue(name="count", value=str(lowest)), NamedValue(name="count", value=str(highest))


def _each_once(misses: Sequence[MissFigure]) -> tuple[MissFigure, ...]:
    """An item that concerns several organisations is told once."""
    return tuple(dict.fromkeys(misses))
