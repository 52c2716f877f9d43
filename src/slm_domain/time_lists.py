"""Why an availability is what it is: the time of an interval, list by list, each adding up to its bucket (C2, C7)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, get_args

import msgspec

from slm_domain.deduction_lines import steps
from slm_domain.explaining import entries_behind, part_working
from slm_domain.figures.buckets import seconds
from slm_domain.figures.downtime_figure import Downtime
from slm_domain.figures.edges import intervals_of
from slm_domain.figures.periods import Interval
from slm_domain.figures.time_spent import TimeSpent, beyond_allowance, beyond_announced, extraordinary
from slm_domain.figures.whereabouts import hours_to_come
from slm_domain.figures.workings import Amount, Operation, step
from slm_domain.month_figures import AvailabilityFigure, WorkingStep
from slm_domain.register import Register
from slm_domain.stretch import Portion, Stretch

TimeKind = Literal["up", "down", "lost", "excluded", "unmeasured", "to_come", "outside_hours"]
TIME_KINDS: tuple[TimeKind, ...] = get_args(TimeKind)
ApartKind = Literal["extraordinary", "beyond_announced", "beyond_allowance"]


_APART: dict[ApartKind, Callable[[Downtime], Iterable[TimeSpent]]] = {
    "extraordinary": extraordinary,
    "beyond_announced": beyond_announced,
    "beyond_allowance": beyond_allowance,
}


class TimeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One interval of a list, in exact seconds times `weight`: that of its unit, of lost time the outage's share too.

    `incident` is what stopped or was excluded, `unit` the system or organisation where those are added up; `entries`
    are the positions of what was said of it.
    """

    interval: Interval
    weight: Fraction
    unit: str | None
    incident: str | None
    entries: tuple[int, ...]

    @property
    def amount(self) -> Fraction:
        """What it adds to its list, in exact seconds."""
        return seconds(self.interval.length) * self.weight


def time_lists(register: Register, parts: Sequence[Stretch]) -> dict[TimeKind, tuple[TimeLine, ...]]:
    """The lists of the stretches: of their service, or of the units that their availability adds up.

    "up", "down", "excluded" and "unmeasured" are the judged opening hours; "lost" is "down" with the outages' weights.
    """
    found: dict[TimeKind, list[TimeLine]] = {kind: [] for kind in TIME_KINDS}
    for part in parts:
        for portion in part.portions:
            for kind, line in _lines(register, part, portion):
                found[kind].append(line)
    return {kind: tuple(lines) for kind, lines in found.items()}


def apart_lists(register: Register, parts: Sequence[Stretch]) -> dict[ApartKind, tuple[TimeLine, ...]]:
    """What is told apart inside other lists: of "up" the extraordinary work, of "down" what was accepted all the same.

    Extraordinary work outside support hours is no stop (S5). What a planned stop that is claimed does not cover is down
    although the claim was accepted, and so is that for which no allowance of its ground is left (C21).
    """
    portions = [(part, portion, portion.bounds.picked) for part in parts for portion in part.portions]
    return {
        kind: tuple(
            _apart(register, part, portion, spent) for part, portion, figure in portions for spent in times_of(figure)
        )
        for kind, times_of in _APART.items()
    }


def base_working(parts: Sequence[Stretch], figure: AvailabilityFigure) -> tuple[WorkingStep, ...]:
    """How the availability comes of the lists' totals: the base added up, less what was lost, divided (C2).

    Excluded and unmeasured time is named where the terms leave it in the base. Nothing where there is no figure (C6).
    """
    if figure.ratio is None:
        return ()
    kept = Fraction(0), Fraction(0)
    for part in parts:
        buckets, terms = part.buckets(), part.base_terms
        excluded = seconds(buckets.excluded) if terms.exclusions == "count_as_up" else Fraction(0)
        unmeasured = seconds(buckets.unmeasured) if terms.unmeasured == "stays_in_base" else Fraction(0)
        kept = kept[0] + excluded, kept[1] + unmeasured
    base = {Amount.UP: seconds(figure.up), Amount.DOWN: seconds(figure.down)}
    others = {Amount.EXCLUDED: kept[0], Amount.UNMEASURED: kept[1], Amount.TO_COME: seconds(figure.to_come)}
    base |= {name: length for name, length in others.items() if length}
    whole = sum(base.values(), Fraction(0))
    gone = seconds(figure.down) if figure.lost is None else figure.lost.value
    return steps(
        (
            step(Operation.PLUS, base, (Amount.BASE, whole)),
            step(Operation.MINUS, {Amount.BASE: whole, Amount.LOST: gone}, (Amount.AVAILABLE, whole - gone)),
            step(
                Operation.DIVIDED_BY,
                {Amount.AVAILABLE: whole - gone, Amount.BASE: whole},
                (Amount.AVAILABILITY, (whole - gone) / whole),
            ),
        )
    )


def _apart(register: Register, part: Stretch, portion: Portion, spent: TimeSpent) -> TimeLine:
    incident = register.incidents[spent.incident or ""]
    announced = {
        register.planned_stops[claim.planned_stop].position
        for claim in incident.exclusions
        if claim.planned_stop in register.planned_stops
    }
    return TimeLine(
        interval=spent.interval,
        weight=Fraction(part.weight_of(portion)),
        unit=None if portion.unit is None else portion.unit.code,
        incident=spent.incident,
        entries=tuple(sorted({*entries_behind(incident), *announced})),
    )


def _lines(register: Register, part: Stretch, portion: Portion) -> Iterator[tuple[TimeKind, TimeLine]]:
    working = part_working(register, register.incidents, part, portion)
    for each in working.slices:
        if each.bucket == "to_come":
            continue  # the base takes its opening hours alone
        line = TimeLine(
            interval=Interval(each.start, each.end),
            weight=Fraction(part.weight_of(portion)),
            unit=working.unit,
            incident=each.incident,
            entries=each.entries,
        )
        yield each.bucket, line
        if each.weight is not None:
            yield "lost", msgspec.structs.replace(line, weight=line.weight * each.weight.value)
    for interval in intervals_of(hours_to_come(portion.bounds.picked.frame)):
        weight = Fraction(part.weight_of(portion))
        yield "to_come", TimeLine(interval=interval, weight=weight, unit=working.unit, incident=None, entries=())
