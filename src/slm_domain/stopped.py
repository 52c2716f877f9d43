"""What of a period was stopped, for the levels that ask: the time, the availability, the failures (C2, C11, C25)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from slm_domain.availability import Stretch, figure, narrowed_stretches, stretches
from slm_domain.facts import IncidentFacts
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.periods import Interval
from slm_domain.level_units import EVERYTHING, Unit, narrowed
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.stops import evidence
from slm_domain.times import Times, picked
from slm_domain.units import UnitKind, stopped_of_any, units_within


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A stop that counts: the counted time of the whole occurrence, up to the instant of judgement while it is open."""

    incident: str
    started_at: datetime
    length: timedelta
    over: bool
    positions: tuple[int, ...]


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """What of a period was stopped."""

    counted: timedelta
    lowest: timedelta
    highest: timedelta
    up: timedelta  # of the service, or of the unit asked for, whatever the availability adds up
    availability: AvailabilityFigure
    positions: tuple[int, ...]


def stopped_of(parts: Sequence[Stretch], positions: tuple[int, ...]) -> Stopped:
    """The stretches together."""
    return Stopped(
        counted=sum((part.bounds.picked.down for part in parts), timedelta()),
        lowest=sum((part.bounds.lowest.down for part in parts), timedelta()),
        highest=sum((part.bounds.highest.down for part in parts), timedelta()),
        up=sum((part.bounds.picked.buckets.up for part in parts), timedelta()),
        availability=figure(parts),
        positions=positions,
    )


class Stops:
    """The stops of a contract as they stand at `until`, asked period by period."""

    def __init__(self, register: Register, incidents: Sequence[IncidentFacts], until: datetime) -> None:
        self._register = register
        self._incidents = incidents
        self._until = until
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
            self._earlier[instant] = Stops(self._register, self._incidents, instant)
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
        found = [self._failure(incident, interval, unit) for incident in self._of(unit)]
        return tuple(
            sorted(
                (failure for failure in found if failure is not None),
                key=lambda failure: (failure.started_at, failure.incident),
            )
        )

    def _failure(self, incident: IncidentFacts, interval: Interval, unit: Unit) -> Failure | None:
        times = self._times(incident, unit)
        if times is None:
            return None
        start, until = in_utc(times.started_at), in_utc(self._until)
        end = until if times.ended_at is None else min(in_utc(times.ended_at), until)
        inside = Interval(start, end).clipped(interval) if start < end else None
        if inside is None or not self._down([incident], inside, unit):
            return None
        if start < interval.start and self._down([incident], Interval(start, interval.start), unit):
            return None
        return Failure(
            incident=incident.incident,
            started_at=start,
            length=self._down([incident], Interval(start, end), unit),
            over=times.ended_at is not None and in_utc(times.ended_at) <= until,
            positions=evidence(incident),
        )

    def _times(self, incident: IncidentFacts, unit: Unit) -> Times | None:
        """The picked times of the outage; of a unit to when what it asks about runs again (C3)."""
        sla = self._register.sla_for(local_date(incident.detected_at, self._register.zone))
        systems: tuple[str, ...] | None = None
        if unit.is_part:
            kind: UnitKind = "systems" if unit.systems else "organisations"
            asked = units_within(sla, kind, systems=unit.systems, organisations=unit.organisations)
            systems = stopped_of_any(incident, asked)
        return picked(incident, sla.terms.contested_times, self._until, systems)

    def _down(self, incidents: Sequence[IncidentFacts], interval: Interval, unit: Unit) -> timedelta:
        parts = self._stretches(incidents, interval, unit)
        return sum((part.bounds.picked.down for part in parts), timedelta())

    def _stretches(self, incidents: Sequence[IncidentFacts], interval: Interval, unit: Unit) -> tuple[Stretch, ...]:
        """Those of the service, or of the systems and organisations that the level asks about, by their own hours."""
        if not unit.is_part:
            return stretches(self._register, incidents, interval, self._until)
        return narrowed_stretches(self._register, incidents, interval, self._until, unit.systems, unit.organisations)

    def _of(self, unit: Unit) -> list[IncidentFacts]:
        return incidents_of(self._register, self._incidents, unit)


def incidents_of(register: Register, incidents: Sequence[IncidentFacts], unit: Unit) -> list[IncidentFacts]:
    """The incidents whose stops are asked about: those that concern the unit, of the levels that it names."""
    found = narrowed(register, incidents, unit)
    return [each for each in found if each.level in unit.stops_of] if unit.stops_of else found
