"""Why an availability is what it is: every stretch of time behind it, with the entries it follows from (C2, C7, K1)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.availability import figure
from slm_domain.facts import IncidentFacts
from slm_domain.figures.buckets import seconds
from slm_domain.figures.periods import Interval
from slm_domain.figures.time_spent import Bucket, TimeSpent, time_spent
from slm_domain.month_figures import AvailabilityFigure, Ratio
from slm_domain.register import Register
from slm_domain.stops import evidence
from slm_domain.stretch import Portion, Stretch
from slm_domain.stretches import stretches


class SpentSlice(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in one bucket. `lost` is its length times its weight, in exact seconds; only of a stop.

    `entries` are the positions in the journal that it follows from: of an incident, or of who stated it as unmeasured.
    """

    bucket: Bucket
    start: datetime
    end: datetime
    length: timedelta
    weight: Ratio | None
    lost: Ratio | None
    incident: str | None
    entries: tuple[int, ...]


class BucketSum(msgspec.Struct, frozen=True, kw_only=True):
    """What the slices of a bucket come to. Of `to_come` only the opening hours belong to the base (`PartWorking`)."""

    bucket: Bucket
    slices: int
    total: timedelta


class PartWorking(msgspec.Struct, frozen=True, kw_only=True):
    """The time of the service, or of one unit, under one version of the SLA. It counts `weight` times in the figure.

    base and lost here, times the weight, added over all parts, are the base and the lost seconds of the figure.
    """

    sla_number: int
    unit: str | None
    weight: int
    slices: tuple[SpentSlice, ...]
    sums: tuple[BucketSum, ...]
    to_come: timedelta
    base: timedelta
    lost: Ratio


class AvailabilityWorking(msgspec.Struct, frozen=True, kw_only=True):
    """An availability figure, and the lists that add up to it."""

    figure: AvailabilityFigure
    parts: tuple[PartWorking, ...]


def why_available(
    register: Register, incidents: Sequence[IncidentFacts], interval: Interval, until: datetime
) -> AvailabilityWorking:
    """The figure of an interval and how it comes about. No parts before the first SLA."""
    found = stretches(register, incidents, interval, until)
    known = {incident.incident: incident for incident in incidents}
    return AvailabilityWorking(
        figure=figure(found),
        parts=tuple(
            part_working(register, known, stretch, portion) for stretch in found for portion in stretch.portions
        ),
    )


def part_working(
    register: Register, incidents: Mapping[str, IncidentFacts], stretch: Stretch, portion: Portion
) -> PartWorking:
    """Where the time of the service, or of one unit, went in a stretch."""
    downtime = portion.bounds.picked

    def entries(spent: TimeSpent) -> tuple[int, ...]:
        if spent.incident is not None:
            return entries_behind(incidents[spent.incident])
        return _stated(register, portion, spent.interval) if spent.bucket == "unmeasured" else ()

    slices = tuple(_slice(each, entries) for each in time_spent(downtime))
    return PartWorking(
        sla_number=stretch.version.number,
        unit=None if portion.unit is None else portion.unit.code,
        weight=stretch.weight_of(portion),
        slices=slices,
        sums=_sums(slices),
        to_come=portion.to_come,
        base=downtime.base + portion.to_come,
        lost=Ratio.of(downtime.buckets.lost),
    )


def _slice(spent: TimeSpent, entries: Callable[[TimeSpent], tuple[int, ...]]) -> SpentSlice:
    length = spent.interval.length
    return SpentSlice(
        bucket=spent.bucket,
        start=spent.interval.start,
        end=spent.interval.end,
        length=length,
        weight=None if spent.weight is None else Ratio.of(Fraction(spent.weight)),
        lost=None if spent.weight is None else Ratio.of(seconds(length) * spent.weight),
        incident=spent.incident,
        entries=entries(spent),
    )


def _sums(slices: Iterable[SpentSlice]) -> tuple[BucketSum, ...]:
    by_bucket: dict[Bucket, list[timedelta]] = {}
    for each in slices:
        by_bucket.setdefault(each.bucket, []).append(each.length)
    return tuple(
        BucketSum(bucket=bucket, slices=len(lengths), total=sum(lengths, timedelta()))
        for bucket, lengths in by_bucket.items()
    )


def entries_behind(incident: IncidentFacts) -> tuple[int, ...]:
    """What a stop rests on, with the restorations and reports in between."""
    between = {each.position for each in incident.restorations} | {each.position for each in incident.reports}
    return tuple(sorted({*evidence(incident), *between}))


def _stated(register: Register, portion: Portion, interval: Interval) -> tuple[int, ...]:
    systems = () if portion.unit is None else portion.unit.systems
    return tuple(
        sorted(
            each.position
            for each in register.unmeasured.values()
            if each.starts_at < interval.end
            and interval.start < each.ends_at
            and (not each.systems or not systems or set(each.systems) & set(systems))
        )
    )
