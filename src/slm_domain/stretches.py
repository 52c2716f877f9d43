"""The downtime of an interval, version by version of the SLA: of the service, and of each unit of it (C2, C12, K1)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

import msgspec

from slm_domain.exclusions import Effect, effect_of
from slm_domain.facts import IncidentFacts, SlaVersion
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime import (
    Downtime,
    DowntimeBounds,
    DowntimeTerms,
    Surroundings,
    downtime_bounds,
    downtime_in,
)
from slm_domain.figures.frame import NOTHING_ELSE, Frame
from slm_domain.figures.local_time import in_utc, local_date
from slm_domain.figures.occurrences import ExclusionStatus, Occurrence
from slm_domain.figures.periods import Interval
from slm_domain.in_force import in_force
from slm_domain.occurring import Occurring
from slm_domain.outages import is_stop
from slm_domain.register import Register
from slm_domain.sla import FaultGrade, Terms
from slm_domain.stretch import Portion, Stretch, alike
from slm_domain.units import Unit, UnitKind, units_of, units_within
from slm_domain.unmeasured import nobody_knows, unmeasured_of


def stretches(
    register: Register,
    incidents: Sequence[IncidentFacts],
    interval: Interval,
    until: datetime,
    *,
    for_damages: bool = False,
    stops_of: Sequence[FaultGrade] = (),
) -> tuple[Stretch, ...]:
    """The downtime of an interval, split where the SLA's version changes (C12). Before the first SLA there is none.

    `for_damages`: as it costs, where time that is only freed from damages counts as up (G9). `stops_of`, here and
    below: the incidents are those of these levels, and the figure has its allowances for itself.
    """
    return _stretches(register, incidents, interval, until, for_damages=for_damages, stops_of=stops_of)


def stretches_for_damages(
    register: Register,
    incidents: Sequence[IncidentFacts],
    interval: Interval,
    until: datetime,
    *,
    known: tuple[Stretch, ...],
    stops_of: Sequence[FaultGrade] = (),
) -> tuple[Stretch, ...]:
    """The same for what the stops cost: time freed from damages counts as up, whatever the figure says of it (G9).

    `known` are the stretches of the figure: they are the answer where no claim frees without leaving it.
    """
    if not frees_from_damages(register, incidents, until, known):
        return known
    return _stretches(register, incidents, interval, until, for_damages=True, stops_of=stops_of)


def frees_from_damages(
    register: Register, incidents: Sequence[IncidentFacts], until: datetime, known: Sequence[Stretch]
) -> bool:
    """Whether an accepted claim only frees one of the incidents from damages, by the SLA of any of the stretches."""
    return any(
        effect_of(register, part.version.sla, incident, claim, until) is Effect.FREES_FROM_DAMAGES
        for part in known
        for incident in incidents
        for claim in incident.exclusions
    )


def unit_stretches(
    register: Register,
    incidents: Sequence[IncidentFacts],
    interval: Interval,
    until: datetime,
    kind: UnitKind,
    *,
    for_damages: bool = False,
    stops_of: Sequence[FaultGrade] = (),
) -> dict[str, tuple[Stretch, ...]]:
    """The downtime of each system, or of each organisation, by its own calendar, in the order of the document (A33).

    With `threshold_scope: organisation` a stop's minimum length is held against the unit's own stop, else against that
    of the whole service (C24).
    """
    found: dict[str, list[Stretch]] = {}
    for version, part in in_force(register, interval):
        judging = _Judging(register, version, part, until, incidents, for_damages=for_damages, stops_of=stops_of)
        for unit in units_of(version.sla, kind):
            found.setdefault(unit.code, []).append(Stretch(version=version, service=judging.of_unit(unit)))
    return {code: tuple(parts) for code, parts in found.items()}


def narrowed_stretches(  # noqa: PLR0917 -- what narrows a figure, each named
    register: Register,
    incidents: Sequence[IncidentFacts],
    interval: Interval,
    until: datetime,
    systems: tuple[str, ...],
    organisations: tuple[str, ...],
    *,
    for_damages: bool = False,
    stops_of: Sequence[FaultGrade] = (),
) -> tuple[Stretch, ...]:
    """The downtime of some systems or organisations together: time in which any of them is stopped counts once (C3).

    Opening hours are those of their organisation, where they have one in common, else the contract's (A33). Where the
    availability adds up systems or organisations, it adds up these; one organisation by itself is one unit. A version
    of the SLA that knows none of them has no part in the figure.
    """
    found: list[Stretch] = []
    for version, part in in_force(register, interval):
        alone = not systems and len(organisations) == 1
        kind = "organisations" if alone else _added_by(version.sla.terms)
        units = units_within(version.sla, kind, systems=systems, organisations=organisations)
        if units:
            judging = _Judging(register, version, part, until, incidents, for_damages=for_damages, stops_of=stops_of)
            found.append(judging.narrowed(units))
    return alike(found)


def _added_by(terms: Terms) -> UnitKind:
    """The units that a figure of several is made of: those it adds up, or those that a partial stop is weighed by."""
    if terms.availability_of != "service":
        return terms.availability_of
    return terms.partial_weight_by if terms.partial_counts == "weight" else "organisations"


class _Judging:
    """One version's part of the interval, judged at `until`."""

    def __init__(
        self,
        register: Register,
        version: SlaVersion,
        part: Interval,
        until: datetime,
        incidents: Sequence[IncidentFacts],
        *,
        for_damages: bool,
        stops_of: Sequence[FaultGrade],
    ) -> None:
        self._register, self._version, self._part, self._until = register, version, part, until
        self._terms = version.sla.terms
        self._incidents = [each for each in incidents if is_stop(each, self._terms) and _touches(each, part, until)]
        self._occurring = Occurring(register, version, part, until, for_damages=for_damages, stops_of=stops_of)
        self._first_day = local_date(part.start, version.sla.zone)
        self._frames: dict[int, Frame] = {}
        self._known: dict[tuple[int, tuple[Occurrence, ...], tuple[str, ...]], Portion] = {}

    def stretch(self) -> Stretch:
        """The service, and the units where the availability adds them up."""
        kind = self._terms.availability_of
        units = () if kind == "service" else units_of(self._version.sla, kind)
        return Stretch(version=self._version, service=self._service, units=tuple(self.of_unit(unit) for unit in units))

    def narrowed(self, units: Sequence[Unit]) -> Stretch:
        """These units together, and each of them where the availability adds them up."""
        if len(units) == 1:
            return Stretch(version=self._version, service=self.of_unit(units[0]))
        added = () if self._terms.availability_of == "service" else tuple(self.of_unit(unit) for unit in units)
        calendar = self._register.common_calendar(self._first_day, [unit.organisation for unit in units])
        return Stretch(version=self._version, service=self._together(units, calendar), units=added)

    def of_unit(self, unit: Unit) -> Portion:
        """The downtime of a unit by its own calendar. Units with the same hours and outages are judged once."""
        calendar = self._register.availability_calendar(self._first_day, unit.organisation)
        return msgspec.structs.replace(self._together((unit,), calendar), unit=unit)

    def _together(self, units: Sequence[Unit], calendar: Calendar) -> Portion:
        found = (self._occurring.of(each, tuple(units), calendar) for each in self._concerned(units))
        occurrences = tuple(each for each in found if each is not None)
        systems = tuple(system for unit in units for system in unit.systems)
        key = id(calendar), occurrences, systems if self._register.unmeasured else ()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._portion(occurrences, calendar, systems, own=False)
        return known

    def _concerned(self, units: Sequence[Unit]) -> Sequence[IncidentFacts]:
        """The incidents that can stop the units; for the only system of a unit those that name it are known."""
        if len(units) == 1 and units[0].kind == "systems" and len(units[0].systems) == 1:
            return self._naming.get(units[0].systems[0], ())
        return self._incidents

    @cached_property
    def _service(self) -> Portion:
        calendar = self._register.availability_calendar(self._first_day)
        of = self._occurring.of
        occurrences = tuple(found for each in self._incidents if (found := of(each, (), calendar)) is not None)
        return self._portion(occurrences, calendar, [system.code for system in self._version.sla.systems], own=True)

    @cached_property
    def _naming(self) -> Mapping[str, Sequence[IncidentFacts]]:
        """The incidents that can stop each system: those that name it, and those that name none."""
        systems = [system.code for system in self._version.sla.systems]
        found: dict[str, list[IncidentFacts]] = {code: [] for code in systems}
        for incident in self._incidents:
            for code in dict.fromkeys(incident.systems or systems):
                if code in found:
                    found[code].append(incident)
        return found

    def _portion(
        self, occurrences: Sequence[Occurrence], calendar: Calendar, systems: Sequence[str], *, own: bool
    ) -> Portion:
        surroundings = Surroundings(unmeasured=nobody_knows(unmeasured_of(self._register, systems), occurrences))
        by_service, terms = self._occurring.by_service(own=own), self._occurring.downtime_terms(own=own)

        def figure(these: Sequence[Occurrence], service: Downtime | None) -> Downtime:
            long_enough = None if service is None else {each.incident for each in service.stops if each.is_stop}
            return downtime_in(self._frame(calendar, terms, surroundings), these, long_enough)

        if by_service:
            bounds = self._bounds_by_service(occurrences, figure)
        else:
            bounds = downtime_bounds(
                occurrences,
                period=self._part,
                until=self._until,
                calendar=calendar,
                terms=terms,
                surroundings=surroundings,
                kept=self._register.stops if own else None,
            )
        return Portion(bounds=bounds, to_come=self._to_come(calendar))

    def _frame(self, calendar: Calendar, terms: DowntimeTerms, surroundings: Surroundings) -> Frame:
        """The time in which a stop can count: the same for all units with the same hours and nothing else known."""
        if surroundings != NOTHING_ELSE:
            return Frame.of(self._part, self._until, calendar, terms, surroundings)
        known = self._frames.get(id(calendar))
        if known is None or known.terms != terms:
            known = self._frames[id(calendar)] = Frame.of(self._part, self._until, calendar, terms, surroundings)
        return known

    def _bounds_by_service(
        self, occurrences: Sequence[Occurrence], figure: Callable[[Sequence[Occurrence], Downtime | None], Downtime]
    ) -> DowntimeBounds:
        """The unit's bounds, where the service's own length says which incidents are stops, in each of the bounds."""
        service = self._service.bounds
        picked = figure(occurrences, service.picked)
        unexcluded = self._unexcluded(occurrences, figure)
        if service.lowest is service.highest and not any(each.has_bounds for each in occurrences):
            return DowntimeBounds(lowest=picked, picked=picked, highest=picked, unexcluded=unexcluded)
        return DowntimeBounds(
            lowest=figure([each.at_least() for each in occurrences], service.lowest),
            picked=picked,
            highest=figure([each.at_most() for each in occurrences], service.highest),
            unexcluded=unexcluded,
        )

    def _unexcluded(
        self, occurrences: Sequence[Occurrence], figure: Callable[[Sequence[Occurrence], Downtime | None], Downtime]
    ) -> Downtime | None:
        accepted = any(claim.status is ExclusionStatus.ACCEPTED for each in occurrences for claim in each.exclusions)
        if not accepted:
            return None
        without = [each.unexcluded() for each in occurrences]
        return figure(without, self._service.unexcluded or self._service.bounds.picked)

    def _to_come(self, calendar: Calendar) -> timedelta:
        later = max(self._part.start, in_utc(self._until))
        return calendar.open_time(Interval(later, self._part.end)) if later < self._part.end else timedelta()


def _stretches(
    register: Register,
    incidents: Sequence[IncidentFacts],
    interval: Interval,
    until: datetime,
    *,
    for_damages: bool,
    stops_of: Sequence[FaultGrade],
) -> tuple[Stretch, ...]:
    return alike(
        [
            _Judging(register, version, part, until, incidents, for_damages=for_damages, stops_of=stops_of).stretch()
            for version, part in in_force(register, interval)
        ]
    )


def _touches(incident: IncidentFacts, part: Interval, until: datetime) -> bool:
    """Whether any claim of the outage reaches into the interval: a quick look before the exact one."""
    reach = incident.reach
    return reach is not None and reach.start < part.end and (until if reach.end is None else reach.end) > part.start
