"""Why an availability is what it is: the time of an interval, list by list, each adding up to its bucket (C2, C7)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Literal

import msgspec

from slm_domain.deduction_lines import steps
from slm_domain.figures.buckets import seconds
from slm_domain.figures.downtime import Downtime
from slm_domain.figures.edges import Edges, intervals_of, shared
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.occurrences import ExclusionStatus
from slm_domain.figures.periods import Interval
from slm_domain.figures.whereabouts import hours_to_come, outside_hours
from slm_domain.figures.workings import Amount, Operation, step
from slm_domain.month_figures import AvailabilityFigure, WorkingStep
from slm_domain.register import Register
from slm_domain.stops import evidence
from slm_domain.stretches import Portion, Stretch

TimeKind = Literal["up", "down", "lost", "excluded", "unmeasured", "to_come", "outside_hours"]


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
    kinds: dict[TimeKind, Callable[[Register, Portion], Iterator[TimeLine]]] = {
        "up": lambda _, each: _plain(each, _picked(each).went.up),
        "down": lambda known, each: _down(known, each, by_share=False),
        "lost": lambda known, each: _down(known, each, by_share=True),
        "excluded": _excluded,
        "unmeasured": _unmeasured,
        "to_come": lambda _, each: _plain(each, hours_to_come(_picked(each).frame)),
        "outside_hours": lambda _, each: _plain(each, outside_hours(_picked(each).frame)),
    }
    return {
        kind: tuple(line for part in parts for portion in part.portions for line in lines(register, portion))
        for kind, lines in kinds.items()
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


def _picked(portion: Portion) -> Downtime:
    return portion.bounds.picked


def _plain(portion: Portion, edges: Edges) -> Iterator[TimeLine]:
    for interval in intervals_of(edges):
        yield _line(portion, interval)


def _down(register: Register, portion: Portion, *, by_share: bool) -> Iterator[TimeLine]:
    for piece in _picked(portion).slices:
        entries = evidence(register.incidents[piece.incident])
        share = piece.weight if by_share else Fraction(1)
        yield _line(portion, piece.interval, share=share, incident=piece.incident, entries=entries)


def _excluded(register: Register, portion: Portion) -> Iterator[TimeLine]:
    downtime = _picked(portion)
    for interval in intervals_of(downtime.went.excluded):
        of = [stop.incident for stop in downtime.stops if _overlaps(stop, interval)]
        entries = {position for incident in of for position in _accepted(register, incident)}
        entries |= {
            stop.position
            for stop in register.planned_stops.values()
            if not of and _meet(stop.starts_at, stop.ends_at, interval)
        }
        yield _line(portion, interval, incident=", ".join(of) or None, entries=tuple(sorted(entries)))


def _unmeasured(register: Register, portion: Portion) -> Iterator[TimeLine]:
    for interval in intervals_of(_picked(portion).went.unmeasured):
        entries = {
            stated.position
            for stated in register.unmeasured.values()
            if _meet(stated.starts_at, stated.ends_at, interval)
        }
        yield _line(portion, interval, entries=tuple(sorted(entries)))


def _line(
    portion: Portion,
    interval: Interval,
    *,
    share: Fraction = Fraction(1),
    incident: str | None = None,
    entries: tuple[int, ...] = (),
) -> TimeLine:
    return TimeLine(
        interval=interval,
        weight=share * portion.weight,
        unit=None if portion.unit is None else portion.unit.code,
        incident=incident,
        entries=entries,
    )


def _overlaps(stop: Stop, interval: Interval) -> bool:
    return bool(stop.excluded) and bool(shared(stop.excluded, [interval.start, interval.end]))


def _accepted(register: Register, incident: str) -> set[int]:
    """The entries of the exclusions that were accepted."""
    claims = register.incidents[incident].exclusions
    accepted = ExclusionStatus.ACCEPTED.value
    return {position for claim in claims if claim.status == accepted for position in claim.positions}


def _meet(starts_at: datetime, ends_at: datetime, interval: Interval) -> bool:
    return starts_at < interval.end and interval.start < ends_at
