"""What of a period was stopped, for the levels that ask: the time, the availability, the failures (C2, C11, C25)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

import msgspec

from slm_domain.availability import Stretch, figure, narrowed_stretches, stretches
from slm_domain.facts import IncidentFacts
from slm_domain.figures.downtime import Downtime
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.periods import Interval
from slm_domain.level_units import EVERYTHING, Unit, narrowed
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.sla import Sla
from slm_domain.stops import evidence
from slm_domain.times import claims, picked
from slm_domain.units import UnitKind, stopped_of_any, units_within


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A stop that counts, or may count: the counted time of the whole occurrence, while it is open to the instant.

    `counted`: the terms pick it as one. `certain`: it is one whatever is contested or known by reports only. `least`
    and `most` are the time that it may turn out to count, `most` None without an upper limit (C4, C23).
    """

    incident: str
    started_at: datetime
    ended_at: datetime | None  # of its outage; None while that is open
    length: timedelta
    over: bool
    counted: bool
    certain: bool
    least: timedelta
    most: timedelta | None
    positions: tuple[int, ...]


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """What of a period was stopped."""

    counted: timedelta
    lowest: timedelta
    highest: timedelta
    up: timedelta  # of the service, or of the unit asked for, whatever the availability adds up
    least_up: timedelta  # the same while the most is stopped that is possible
    most_up: timedelta
    availability: AvailabilityFigure
    positions: tuple[int, ...]


def stopped_of(parts: Sequence[Stretch], positions: tuple[int, ...]) -> Stopped:
    """The stretches together."""
    return Stopped(
        counted=sum((part.bounds.picked.down for part in parts), timedelta()),
        lowest=sum((part.bounds.lowest.down for part in parts), timedelta()),
        highest=sum((part.bounds.highest.down for part in parts), timedelta()),
        up=sum((part.bounds.picked.buckets.up for part in parts), timedelta()),
        least_up=sum((part.bounds.highest.buckets.up for part in parts), timedelta()),
        most_up=sum((part.bounds.lowest.buckets.up for part in parts), timedelta()),
        availability=figure(parts),
        positions=positions,
    )


class _Counted(msgspec.Struct, frozen=True):
    """The counted time of one occurrence by one of the possible figures: when it begins, and how long it is."""

    begins: datetime | None
    length: timedelta

    @classmethod
    def of(cls, figures: Sequence[Downtime]) -> "_Counted":
        return cls(
            min((each.slices[0].interval.start for each in figures if each.slices), default=None),
            sum((each.down for each in figures), timedelta()),
        )

    def begins_before(self, instant: datetime) -> bool:
        return self.begins is not None and self.begins < instant

    def begins_in(self, interval: Interval) -> bool:
        return self.begins_before(interval.end) and not self.begins_before(interval.start)


class Stops:
    """The stops of a contract as they stand at `until`, asked period by period.

    `for_damages`: as they cost, where time that is only freed from damages counts as up (G9).
    """

    def __init__(
        self, register: Register, incidents: Sequence[IncidentFacts], until: datetime, *, for_damages: bool = False
    ) -> None:
        self._register = register
        self._incidents = incidents
        self._until = until
        self._for_damages = for_damages
        self._known: dict[tuple[Interval, Unit], Stopped] = {}
        self._earlier: dict[datetime, Stops] = {}

    @property
    def until(self) -> datetime:
        """The instant of judgement."""
        return self._until

    def know(self, interval: Interval, stopped: Stopped) -> None:
        """Take what was computed already."""
        self._known[interval, EVERYTHING] = stopped

    def by(self, instant: datetime) -> "Stops":
        """The same as they stood at the instant, where that is earlier: what stopped afterwards is not told."""
        if instant >= self._until:
            return self
        if instant not in self._earlier:
            self._earlier[instant] = Stops(self._register, self._incidents, instant, for_damages=self._for_damages)
        return self._earlier[instant]

    def over(self, interval: Interval, unit: Unit = EVERYTHING) -> Stopped:
        """What of the interval was stopped."""
        known = self._known.get((interval, unit))
        if known is None:
            incidents = self._of(unit)
            parts = self._stretches(incidents, interval, unit)
            named = {line.incident for part in parts for line in part.bounds.picked.lines}
            positions = {at for each in incidents if each.incident in named for at in evidence(each)}
            known = stopped_of(parts, tuple(sorted(positions)))
            self._known[interval, unit] = known
        return known

    def stretches(self, interval: Interval, unit: Unit = EVERYTHING) -> tuple[Stretch, ...]:
        """The stretches that the answer over the interval comes from."""
        return self._stretches(self._of(unit), interval, unit)

    def failures(self, interval: Interval, unit: Unit = EVERYTHING) -> tuple[Failure, ...]:
        """The stops that count and whose first counted time lies in the interval, each by itself, as they began.

        So a stop that goes on into the next period is one failure, of the period in which it began (C7).
        """
        return tuple(failure for failure in self.possible_failures(interval, unit) if failure.counted)

    def possible_failures(self, interval: Interval, unit: Unit = EVERYTHING) -> tuple[Failure, ...]:
        """The same with those that would count by another claim, or may once it is known when they ended (C23)."""
        found = [self._failure(incident, interval, unit) for incident in self._of(unit)]
        return tuple(
            sorted(
                (failure for failure in found if failure is not None),
                key=lambda failure: (failure.started_at, failure.incident),
            )
        )

    def _failure(self, incident: IncidentFacts, interval: Interval, unit: Unit) -> Failure | None:
        reach, until = incident.reach, in_utc(self._until)
        if reach is None:
            return None
        start, end = in_utc(reach.start), until if reach.end is None else min(in_utc(reach.end), until)
        if start >= end or Interval(start, end).clipped(interval) is None:
            return None
        systems = self._systems(incident, unit)
        parts = self._stretches([incident], Interval(start, end), unit)
        least = _Counted.of([part.bounds.lowest for part in parts])
        picked_time = _Counted.of([part.bounds.picked for part in parts])
        most = _Counted.of([part.bounds.highest for part in parts])
        stated = list(claims(incident, systems).values())
        starts = {in_utc(each.started_at) for each in stated}
        # Where all agree on the start, an end moves the first counted time no more: it lies there, or there is none.
        latest = most if len(starts) == 1 else least
        counted = picked_time.begins_in(interval)
        if not counted and not (most.begins_before(interval.end) and not latest.begins_before(interval.start)):
            return None
        is_open = any(each.ended_at is None or in_utc(each.ended_at) > until for each in stated)
        times = picked(incident, self._sla(incident).terms.contested_times, self._until, systems)
        ended_at = None if times is None or times.ended_at is None else in_utc(times.ended_at)
        if ended_at is not None and ended_at > until:
            ended_at = None
        certain = least.begins_before(interval.end) and not most.begins_before(interval.start)
        if not certain and counted and least.begins is None:
            whole = not any(claim.status == "accepted" for claim in incident.exclusions)  # else it may be left out
            certain = whole and self._any_second_counts and starts == {picked_time.begins}
        return Failure(
            incident=incident.incident,
            started_at=start if times is None else in_utc(times.started_at),
            ended_at=ended_at,
            length=picked_time.length,
            over=ended_at is not None,
            counted=counted,
            certain=certain,
            least=least.length if least.begins is not None else min(self._shortest, most.length),
            most=None if is_open else most.length,
            positions=evidence(incident),
        )

    @cached_property
    def _any_second_counts(self) -> bool:
        """Whether an outage that begins in opening hours is a stop as soon as it has begun, by every version."""
        terms = [version.sla.terms for version in self._register.slas]
        return all(each.min_stop_minutes is None and each.restoration_between_reports == "at_report" for each in terms)

    @cached_property
    def _shortest(self) -> timedelta:
        """How long a stop that counts has counted at least, by every version of the SLA.

        Time that leaves the base is in a stop's length and not in what it counts, so no length is sure where some does.
        """
        terms = [version.sla.terms for version in self._register.slas]
        sure = all(each.stop_length_measured == "clipped_to_hours" and each.unmeasured != "remove" for each in terms)
        return timedelta(minutes=min(each.min_stop_minutes or 0 for each in terms)) if sure else timedelta()

    def _sla(self, incident: IncidentFacts) -> Sla:
        return self._register.sla_for(local_date(incident.detected_at, self._register.zone))

    def _systems(self, incident: IncidentFacts, unit: Unit) -> tuple[str, ...] | None:
        """The systems whose outage is asked about: those of a unit run again apart from the rest (C3)."""
        if not unit.is_part:
            return None
        kind: UnitKind = "systems" if unit.systems else "organisations"
        asked = units_within(self._sla(incident), kind, systems=unit.systems, organisations=unit.organisations)
        return stopped_of_any(incident, asked)

    def _stretches(self, incidents: Sequence[IncidentFacts], interval: Interval, unit: Unit) -> tuple[Stretch, ...]:
        """Those of the service, or of the systems and organisations that the level asks about, by their own hours."""
        damages = self._for_damages
        if not unit.is_part:
            return stretches(
                self._register, incidents, interval, self._until, for_damages=damages, stops_of=unit.stops_of
            )
        asked = unit.systems, unit.organisations
        return narrowed_stretches(
            self._register,
            incidents,
            interval,
            self._until,
            *asked,
            for_damages=damages,
            stops_of=unit.stops_of,
        )

    def _of(self, unit: Unit) -> Sequence[IncidentFacts]:
        return incidents_of(self._register, self._incidents, unit)


def incidents_of(register: Register, incidents: Sequence[IncidentFacts], unit: Unit) -> Sequence[IncidentFacts]:
    """The incidents whose stops are asked about: those that concern the unit, of the levels that it names."""
    found = narrowed(register, incidents, unit)
    return [each for each in found if each.level in unit.stops_of] if unit.stops_of else found
