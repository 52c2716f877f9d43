"""What of a period was stopped, for the levels that ask: the time, the availability, the failures (C2, C11, C25)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from slm_domain.availability import Stretch, figure, stretches
from slm_domain.facts import IncidentFacts
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.periods import Interval
from slm_domain.level_units import EVERYTHING, Unit, narrowed
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.stops import evidence
from slm_domain.times import picked


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
    availability: AvailabilityFigure
    positions: tuple[int, ...]


def stopped_of(parts: Sequence[Stretch], positions: tuple[int, ...]) -> Stopped:
    """The stretches together."""
    return Stopped(
        counted=_down(parts),
        lowest=sum((part.bounds.lowest.down for part in parts), timedelta()),
        highest=sum((part.bounds.highest.down for part in parts), timedelta()),
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

    def know(self, interval: Interval, stopped: Stopped) -> None:
        """Take what was computed already."""
        self._known[interval, EVERYTHING] = stopped

    def over(self, interval: Interval, unit: Unit = EVERYTHING) -> Stopped:
        """What of the interval was stopped."""
        known = self._known.get((interval, unit))
        if known is None:
            incidents = self._of(unit)
            parts = stretches(self._register, incidents, interval, self._until)
            named = {line.incident for part in parts for line in part.bounds.picked.lines}
            positions = {at for each in incidents if each.incident in named for at in evidence(each)}
            known = stopped_of(parts, tuple(sorted(positions)))
            self._known[interval, unit] = known
        return known

    def failures(self, interval: Interval, unit: Unit = EVERYTHING) -> tuple[Failure, ...]:
        """The stops that count and whose first counted time lies in the interval, each by itself, as they began.

        So a stop that goes on into the next period is one failure, of the period in which it began (C7).
        """
        found = []
        for incident in self._of(unit):
            if not incident.statements and incident.settled is None:
                continue
            terms = self._register.terms_for(local_date(incident.detected_at, self._register.zone))
            times = picked(incident, terms.contested_times, self._until)
            if times is None:
                continue
            start = in_utc(times.started_at)
            end = self._until if times.ended_at is None else min(in_utc(times.ended_at), in_utc(self._until))
            if start >= interval.end or end <= interval.start or end <= start:
                continue
            whole = _down(stretches(self._register, [incident], Interval(start, end), self._until))
            before = (
                _down(stretches(self._register, [incident], Interval(start, interval.start), self._until))
                if start < interval.start
                else timedelta()
            )
            inside = Interval(max(start, interval.start), min(end, interval.end))
            if before or not _down(stretches(self._register, [incident], inside, self._until)):
                continue
            found.append(
                Failure(
                    incident=incident.incident,
                    started_at=start,
                    length=whole,
                    over=times.ended_at is not None and in_utc(times.ended_at) <= in_utc(self._until),
                    positions=evidence(incident),
                )
            )
        return tuple(sorted(found, key=lambda failure: (failure.started_at, failure.incident)))

    def _of(self, unit: Unit) -> list[IncidentFacts]:
        return narrowed(self._register, self._incidents, unit)


def _down(parts: Sequence[Stretch]) -> timedelta:
    return sum((part.bounds.picked.down for part in parts), timedelta())
