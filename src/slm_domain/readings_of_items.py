"""Counts, ratios, means and grades over a period: numerators and denominators are added, never percentages (C7)."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from itertools import chain

from slm_domain.dues import possible_runs, run_by
from slm_domain.figures.buckets import seconds
from slm_domain.figures.workings import Amount, Operation, Quantity, Working, step
from slm_domain.items import Item
from slm_domain.level_periods import LevelPeriod
from slm_domain.level_units import Unit, parts_of
from slm_domain.mean_bounds import Lasted, mean_bounds
from slm_domain.readings import Reading, number_of
from slm_domain.register import Register
from slm_domain.sla import Measure


def count(items: Sequence[Item], *, over: bool) -> Reading:
    """How many there were. Before the period is over there can only be more."""
    counted = [item for item in items if item.succeeded]
    return number_of(len(counted), positions_of(counted), over=over)


def ratio(items: Sequence[Item], until: datetime, *, over: bool) -> Reading:
    """So many of all: parts and wholes added. Fed by times, those done in time of all that have been decided.

    What is neither done nor late yet could go either way, and so could what was in time by one claim and late by
    another (C23); the verdict keeps to the claim that the terms pick. A whole of 0 brings nothing.
    """
    decided = [found for item in items if (found := part_of(item, until)) is not None]
    part = sum(each for each, _ in decided)
    whole = sum(each for _, each in decided)
    open_ones = len(items) - len(decided)
    value = Fraction(part, whole) if whole else None
    everything = whole + open_ones
    least = Fraction(part, everything) if everything else None
    most = Fraction(part + open_ones, everything) if everything else None
    fewer, more = _contested(items, until)
    return Reading(
        name="ratio",
        value=value,
        lowest=Fraction(part - fewer, everything) if everything else None,
        highest=Fraction(part + open_ones + more, everything) if everything else None,
        least=least if over else Fraction(0),
        most=most if over else Fraction(1),
        positions=positions_of(items),
        working=(
            _added([each for each, _ in decided], (Amount.PART, part)),
            _added([each for _, each in decided], (Amount.WHOLE, whole)),
            step(Operation.DIVIDED_BY, {Amount.PART: part, Amount.WHOLE: whole}, (Amount.RATIO, value)),
        )
        if value is not None
        else (),
    )


def mean(register: Register, measure: Measure, items: Sequence[Item], until: datetime, *, over: bool) -> Reading:
    """The mean of the times of what was finished, judged as if what is open lasted until now and may last longer."""
    return mean_of([_lasted(register, measure, item, until) for item in items], positions_of(items), over=over)


def mean_of(times: Sequence[Lasted], positions: tuple[int, ...], *, over: bool) -> Reading:
    """The mean of the times that count and are over."""
    finished = [each.length for each in times if each.counted and each.over]
    still_open = [each.length for each in times if each.counted and not each.over]
    together = sum(finished, Fraction())
    value = together / len(finished) if finished else None
    lengths = [*finished, *still_open]
    at_least = sum(lengths, Fraction()) / len(lengths) if lengths else None
    lowest, highest = mean_bounds(times)
    known = over and not still_open
    return Reading(
        name="mean",
        value=value if value is not None else at_least,
        lowest=lowest,
        highest=highest,
        least=value if known else (at_least if over else Fraction(0)),
        most=value if known else None,
        positions=positions,
        working=(
            _added(finished, (Amount.TOGETHER, together)),
            step(
                Operation.DIVIDED_BY,
                {Amount.TOGETHER: together, Amount.FINISHED: len(finished)},
                (Amount.MEAN, value),
            ),
        )
        if value is not None
        else (),
    )


def grade(register: Register, items: Sequence[Item], period: LevelPeriod, unit: Unit, *, over: bool) -> Reading:
    """The lowest grade in force in the period: the last assessment of each before it, and those in it (J6).

    An assessment is in force until all that it assessed is assessed again, together or one by one.
    """
    graded = sorted((item for item in items if item.grade is not None), key=_when)
    last: dict[str, Item] = {}
    for item in graded:
        if item.day < period.first:
            last.update(dict.fromkeys(parts_of(register, unit, item, period.last), item))
    in_force = [*dict.fromkeys(last.values()), *(item for item in graded if period.first <= item.day <= period.last)]
    grades = [item.grade for item in in_force if item.grade is not None]
    value = Fraction(min(grades)) if grades else None
    return Reading(
        name="grade",
        value=value,
        lowest=value,
        highest=value,
        least=value if over else None,
        most=value,
        positions=positions_of(in_force),
        working=(
            Working(
                operation=Operation.LEAST,
                operands=tuple(Quantity(name=Amount.IN_FORCE, value=each) for each in grades),
                result=Quantity(name=Amount.GRADE, value=min(grades)),
            ),
        )
        if grades
        else (),
    )


def positions_of(items: Sequence[Item]) -> tuple[int, ...]:
    """The entries that the items came from."""
    return tuple(sorted(set(chain.from_iterable([item.positions for item in items]))))


def part_of(item: Item, until: datetime) -> tuple[int, int] | None:
    """What the item brings to a ratio, so many of how many; None while it could still be in time or late."""
    if item.part is not None and item.whole is not None:
        return item.part, item.whole
    if _is_done(item, until):
        return int(item.end is not None and item.within_due is not None and _in_time(item, item.end)), 1
    if item.within_due is not None and until > item.within_due:
        return 0, 1
    return None


def _contested(items: Sequence[Item], until: datetime) -> tuple[int, int]:
    """How many of those in time may have been late, and of those late in time, by other claims of their outage."""
    fewer = more = 0
    for item in items:
        found = None if item.extents is None or item.part is not None else part_of(item, until)
        if found is None or item.extents is None:
            continue
        first, last = item.extents.least[1], item.extents.most[1]
        fewer += found == (1, 1) and (last is None or not _in_time(item, last))
        more += found == (0, 1) and _in_time(item, first)
    return fewer, more


def _in_time(item: Item, done: datetime) -> bool:
    due = item.within_due
    return due is not None and (done < due if item.within_strict else done <= due)


def _is_done(item: Item, until: datetime) -> bool:
    return item.end is not None and item.end <= until


def _lasted(register: Register, measure: Measure, item: Item, until: datetime) -> Lasted:
    """How long its clock ran, pauses left out (C14)."""
    over = _is_done(item, until)
    least, most = possible_runs(register, measure, item, until)
    return Lasted(
        length=seconds(run_by(register, measure, item, item.end if over and item.end is not None else until)),
        over=over,
        least=seconds(least),
        most=None if most is None else seconds(most),
    )


def _added(parts: Sequence[int | Fraction], result: tuple[Amount, int | Fraction]) -> Working:
    return Working(
        operation=Operation.PLUS,
        operands=tuple(Quantity(name=Amount.ITEM, value=part) for part in parts),
        result=Quantity(name=result[0], value=result[1]),
    )


def _when(item: Item) -> tuple[datetime | None, tuple[int, ...]]:
    return item.end, item.positions
