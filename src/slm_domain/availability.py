"""Availability over any interval: opening hours, what stopped in them, and bounds where times are contested (C2)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

import msgspec

from slm_domain.facts import IncidentFacts, SlaVersion
from slm_domain.figures.buckets import BaseTerms, Buckets, ExclusionPolicy, seconds, total
from slm_domain.figures.display import percent
from slm_domain.figures.downtime import DowntimeBounds, DowntimeTerms, downtime_bounds
from slm_domain.figures.intervals import split
from slm_domain.figures.local_time import in_utc, local_date, start_of_day
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure, Ratio
from slm_domain.register import Register
from slm_domain.sla import Terms
from slm_domain.times import occurrence


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an interval in which one version of the SLA was in force, and its downtime.

    `to_come` is opening time after the instant of judgement: it belongs to the base (C2), nothing stopped in it yet.
    """

    version: SlaVersion
    bounds: DowntimeBounds
    to_come: timedelta

    @property
    def base(self) -> timedelta:
        """The base of availability: opening hours of the whole stretch, by the contract's policy (C2)."""
        return self.bounds.picked.base + self.to_come


def stretches(
    register: Register, incidents: Sequence[IncidentFacts], interval: Interval, until: datetime
) -> tuple[Stretch, ...]:
    """The downtime of an interval, split where the SLA's version changes (C12). Before the first SLA there is none."""
    found = []
    for version, part in _in_force(register, interval):
        sla = version.sla
        touching = [incident for incident in incidents if _touches(incident, part, until)]
        known = (occurrence(incident, sla.terms, until) for incident in touching)
        calendar = register.calendar(sla.availability_calendar, local_date(part.start, sla.zone))
        bounds = downtime_bounds(
            [each for each in known if each is not None],
            period=part,
            until=until,
            calendar=calendar,
            terms=downtime_terms(sla.terms),
        )
        later = max(part.start, in_utc(until))
        to_come = calendar.open_time(Interval(later, part.end)) if later < part.end else timedelta()
        found.append(Stretch(version=version, bounds=bounds, to_come=to_come))
    return tuple(found)


def availability(
    register: Register, incidents: Sequence[IncidentFacts], interval: Interval, until: datetime
) -> AvailabilityFigure:
    """The figure of an interval. Stretches add seconds, never percentages (C7)."""
    return figure(stretches(register, incidents, interval, until))


def figure(parts: Sequence[Stretch]) -> AvailabilityFigure:
    """The figure that the stretches come to together; no figure where there are none (C6)."""
    picked = total(part.bounds.picked.buckets for part in parts)
    to_come = sum((part.to_come for part in parts), timedelta())
    ratio = _ratio([(part.base, part.bounds.picked.buckets.lost) for part in parts])
    possible = [
        _ratio([(which.base + part.to_come, which.buckets.lost) for part, which in each])
        for each in (
            [(part, part.bounds.lowest) for part in parts],
            [(part, part.bounds.picked) for part in parts],
            [(part, part.bounds.highest) for part in parts],
        )
    ]
    known = [each for each in possible if each is not None]
    return AvailabilityFigure(
        base=sum((part.base for part in parts), timedelta()),
        up=picked.up,
        down=picked.down,
        excluded=picked.excluded,
        outside_hours=picked.outside_hours,
        to_come=to_come,
        ratio=_as_ratio(ratio),
        shown=None if ratio is None else percent(ratio, digits=2, towards="down"),
        lowest=_as_ratio(min(known, default=None)),
        highest=_as_ratio(max(known, default=None)),
        if_removed=_as_ratio(_under(picked, to_come, "remove")),
        if_counted_as_up=_as_ratio(_under(picked, to_come, "count_as_up")),
        provisional=any(part.bounds.picked.provisional for part in parts),
    )


def downtime_terms(terms: Terms) -> DowntimeTerms:
    """What counts as a stop under the contract's terms (A2, A3, C5)."""
    return DowntimeTerms(
        base=BaseTerms(exclusions=terms.exclusion_policy, unmeasured="stays_in_base"),
        min_stop=None if terms.min_stop_minutes is None else timedelta(minutes=terms.min_stop_minutes),
        stop_length=terms.stop_length_measured,
    )


def _in_force(register: Register, interval: Interval) -> list[tuple[SlaVersion, Interval]]:
    """The interval cut where another SLA takes effect, each part with the one in force; nothing before the first."""
    starts = [start_of_day(version.effective_from, version.sla.zone) for version in register.slas]
    if not starts or interval.end <= min(starts):
        return []
    agreed = Interval(max(interval.start, min(starts)), interval.end)
    return [(register.version_on(local_date(part.start, register.zone)), part) for part in split(agreed, starts)]


def _touches(incident: IncidentFacts, part: Interval, until: datetime) -> bool:
    """Whether any claim of the outage reaches into the interval: a quick look before the exact one."""
    if incident.settled is not None:
        return incident.settled.started_at < part.end and incident.settled.ended_at > part.start
    starts = [statement.started_at for statement in incident.statements if statement.started_at is not None]
    if not starts or min(starts) >= part.end:
        return False
    ends = [statement.ended_at for statement in incident.statements if statement.ended_at is not None]
    return max(ends, default=until) > part.start


def _ratio(parts: Sequence[tuple[timedelta, Fraction]]) -> Fraction | None:
    base = sum((seconds(each) for each, _ in parts), Fraction())
    lost = sum((each for _, each in parts), Fraction())
    return None if base == 0 else (base - lost) / base


def _under(buckets: Buckets, to_come: timedelta, exclusions: ExclusionPolicy) -> Fraction | None:
    terms = BaseTerms(exclusions=exclusions, unmeasured="stays_in_base")
    return _ratio([(buckets.base(terms) + to_come, buckets.lost)])


def _as_ratio(value: Fraction | None) -> Ratio | None:
    return None if value is None else Ratio.of(value)
