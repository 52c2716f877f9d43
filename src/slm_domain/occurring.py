"""An incident as an occurrence of a figure: what it stops there, and what exclusions take out (C5, C21)."""

from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial

import msgspec

from slm_domain.allowances import Allowances, Bound, Stopping
from slm_domain.announced import not_announced
from slm_domain.exclusions import Exclusions
from slm_domain.facts import IncidentFacts, PlannedStop, SlaVersion
from slm_domain.figures.allowances import NOT_BEYOND, Beyond, Used
from slm_domain.figures.buckets import BaseTerms
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.downtime_terms import DowntimeTerms
from slm_domain.figures.frame import NOTHING_ELSE, Frame
from slm_domain.figures.judged_stops import Stop
from slm_domain.figures.local_time import local_date, start_of_day
from slm_domain.figures.occurrences import Exclusion, Occurrence, Outage
from slm_domain.figures.periods import Interval
from slm_domain.in_force import in_force
from slm_domain.outages import Change, Possible, is_stop, occurrence, of_named, of_service, of_units, time_of
from slm_domain.register import Register
from slm_domain.sla import FaultGrade, Terms
from slm_domain.units import Unit, stopped_of_any, units_of

Units = tuple[Unit, ...]


class Occurring:
    """The occurrences of the figures of one part of an interval, under one version of the SLA, judged at `until`.

    A figure is that of some units together, each by its calendar, or with no units that of the service; with `stops_of`
    it is that of stops of these levels alone. `for_damages`: of what the stops cost, where time freed from damages
    counts as up (G9).
    """

    def __init__(
        self,
        register: Register,
        version: SlaVersion,
        part: Interval,
        until: datetime,
        *,
        for_damages: bool = False,
        stops_of: Sequence[FaultGrade] = (),
        limiting: Exclusions | None = None,
    ) -> None:
        self._register, self._version, self._part, self._until = register, version, part, until
        self._terms = version.sla.terms
        self._for_damages = for_damages
        self._stops_of_levels = stops_of
        self._first_day = max(local_date(part.start, version.sla.zone), register.first_day)
        self._known: dict[tuple[int, Units], Beyond] = {}
        self._in_full: dict[str, Occurrence | None] = {}
        self.exclusions = Exclusions(register, version, until, limiting)

    def of(self, incident: IncidentFacts, units: Units, calendar: Calendar) -> Occurrence | None:
        """The incident's outage of these units together, or with none named of the service."""
        plain = not units and not incident.extraordinary
        if plain and not incident.exclusions:
            return self._register.outages.of_service(incident, self._version, self._until, self._weighing)
        plain = plain and not self._for_damages
        if plain and (known := self._register.outages.get(incident, self._version, self._until)) is not None:
            return known
        found = self._worked_out(incident, units, calendar)
        if plain and found is not None and self.exclusions.stand_alone(incident):
            self._register.outages.keep(incident, self._version, self._until, found)
        return found

    def _worked_out(self, incident: IncidentFacts, units: Units, calendar: Calendar) -> Occurrence | None:
        possible = self._possible(incident, units)
        if possible is None:
            return None
        apart: tuple[Outage, ...] = ()
        if incident.extraordinary:  # outside support hours, at the municipality's request, it is no stop (S5)
            asked_for, possible = possible, possible.each(self._supported)
            apart = Change(until=self._until, without=time_of(possible.picked, self._until))(asked_for.picked)
        left = partial(self._left, units)
        possible = self._charged(incident, possible, units)
        beyond = NOT_BEYOND
        if self.exclusions.limited(incident) and (known := incident.known_at(self._until)) is not None:
            beyond = self.beyond_allowances(units, calendar).within(known)
        claims = [self.exclusions.of(incident, left, beyond.picked)]
        if not beyond.is_certain:
            claims += (self.exclusions.of(incident, left, each) for each in (beyond.least, beyond.most))
        return occurrence(incident.incident, possible, *claims, apart=apart)

    def in_full(self, incident: IncidentFacts, units: Units) -> Occurrence | None:
        """The same with every accepted claim in full, whatever its allowance."""
        possible = self._possible(incident, units)
        if possible is None:
            return None
        if incident.extraordinary:
            possible = possible.each(self._supported)
        return occurrence(
            incident.incident, self._charged(incident, possible, units), self._exclusions_in_full(units, incident)
        )

    def _charged(self, incident: IncidentFacts, possible: Possible, units: Units) -> Possible:
        """Its outages as the figure takes them: as they cost without what is only freed from damages (G9)."""
        freeing = self.freeing(incident, units) if self._for_damages else ()
        return possible.freed(freeing, self._until) if freeing else possible

    def freeing(self, incident: IncidentFacts, units: Units) -> tuple[Exclusion, ...]:
        """What of it stays down in the figure and costs nothing (G9)."""
        return self.exclusions.freeing(incident, partial(self._left, units))

    def beyond_allowances(self, units: Units, calendar: Calendar) -> Beyond:
        """The time for which no allowance is left in the figure of these units, or of the service."""
        key = id(calendar), units
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._allowances(units, calendar).beyond(self._part)
        return known

    def used_allowances(self, calendar: Calendar) -> list[Used]:
        """What is used of the allowances in the figure of the service, in the months or years of the part."""
        return self._allowances((), calendar).used(self._part)

    def _allowances(self, units: Units, calendar: Calendar) -> Allowances:
        return Allowances(
            self._version.sla,
            self.exclusions,
            [each for each in self._stopping if not units or stopped_of_any(each.incident, units) is not None],
            self._until,
            occurrence_of=lambda incident: self.in_full(incident, units),
            exclusions_of=partial(self._exclusions_in_full, units),
            stops_of=partial(self._stops_of, units),
            frame_of=partial(self._frame, units, calendar),
            earlier=partial(self._earlier, units, calendar),
            since=self._since,
        )

    def _earlier(
        self, units: Units, calendar: Calendar, before: Interval
    ) -> Iterator[tuple[Allowances, Interval, Beyond]]:
        """By each SLA before this one: the figure limited by these allowances, and what its own did not cover (C12)."""
        for version, part in in_force(self._register, before):
            then = partial(
                Occurring,
                self._register,
                version,
                part,
                self._until,
                for_damages=self._for_damages,
                stops_of=self._stops_of_levels,
            )
            gone = then().beyond_allowances(units, calendar)
            yield then(limiting=self.exclusions)._allowances(units, calendar), part, gone  # noqa: SLF001 -- its own kind

    @property
    def _since(self) -> datetime:
        """From when on this version was in force; the first one from the beginning."""
        day = self._version.effective_from
        if all(day <= version.effective_from for version in self._register.slas):
            return datetime.min.replace(tzinfo=UTC)
        return start_of_day(day, self._version.sla.zone)

    def by_service(self, *, own: bool) -> bool:
        """Whether the service's own length says which incidents are stops (C24); `own`: of the service's own figure."""
        return not own and self._terms.min_stop_minutes is not None and self._terms.threshold_scope == "contract"

    def downtime_terms(self, *, own: bool) -> DowntimeTerms:
        """What counts as a stop in a figure of units, or in the service's `own`."""
        terms = downtime_terms(self._terms)
        return msgspec.structs.replace(terms, min_stop=None) if self.by_service(own=own) else terms

    def _possible(self, incident: IncidentFacts, units: Units) -> Possible | None:
        if units:
            return of_units(incident, units, self._terms, self._until)
        return of_service(incident, self._terms, self._until, self._weighing)

    def _exclusions_in_full(self, units: Units, incident: IncidentFacts) -> tuple[Exclusion, ...]:
        return self.exclusions.of(incident, partial(self._left, units))

    def _left(self, units: Units, incident: IncidentFacts, announced: Sequence[PlannedStop]) -> Possible | None:
        """What stays stopped of the units beside what is announced; None where nothing does (C21)."""
        everything = not units and self._terms.partial_counts == "weight"
        rest = not_announced(incident, announced, self._version.sla, weighing_all=everything)
        if rest is None:
            return None
        if units:
            stays = of_units(rest, units, self._terms, self._until)
        else:
            stays = of_named(rest, self._terms, self._until, self._weighing)
        return stays.each(self._supported) if stays is not None and incident.extraordinary else stays

    @cached_property
    def _stopping(self) -> list[Stopping]:
        """All incidents of the record that stop anything that is asked about: what may use up an allowance."""
        levels = self._stops_of_levels
        return [
            Stopping(incident, known, self.exclusions.limited(incident))
            for incident in self._register.incidents.values()
            if (not levels or incident.level in levels) and is_stop(incident, self._terms)
            if (known := incident.known_at(self._until)) is not None
        ]

    def _stops_of(self, units: Units, incidents: Sequence[IncidentFacts], bound: Bound) -> Container[str] | None:
        """Which are long enough a stop of the service, where that decides, whatever an allowance covers (C11, C24)."""
        if not self.by_service(own=not units):
            return None
        return {each.incident for each in incidents if self._is_stop_of_service(each, bound)}

    def _is_stop_of_service(self, incident: IncidentFacts, bound: Bound) -> bool:
        if incident.incident not in self._in_full:
            self._in_full[incident.incident] = self.in_full(incident, ())
        found = self._in_full[incident.incident]
        if found is None:
            return False
        looked_at = bound(found)
        return Stop.of(looked_at, looked_at.outages, self._frame_of_service).is_stop

    def _frame(self, units: Units, calendar: Calendar, interval: Interval) -> Frame | None:
        """What of an interval a figure judges: while an SLA was in force. Where something is down, it is measured."""
        parts = [part for _, part in in_force(self._register, interval)]
        if not parts:
            return None
        terms = self.downtime_terms(own=not units)
        return Frame.of(Interval(parts[0].start, parts[-1].end), self._until, calendar, terms, NOTHING_ELSE)

    @cached_property
    def _frame_of_service(self) -> Frame:
        calendar = self._register.availability_calendar(self._first_day)
        return Frame.of(self._part, self._until, calendar, self.downtime_terms(own=True), NOTHING_ELSE)

    @cached_property
    def _supported(self) -> Change:
        """Outages cut down to support hours."""
        return Change(until=self._until, only=self._register.support_calendar(self._first_day))

    @cached_property
    def _weighing(self) -> Units:
        weighed = self._terms.partial_counts == "weight"
        return units_of(self._version.sla, self._terms.partial_weight_by) if weighed else ()


def downtime_terms(terms: Terms) -> DowntimeTerms:
    """What counts as a stop under the contract's terms (A2, A3, C2, C5)."""
    return DowntimeTerms(
        base=BaseTerms(exclusions=terms.exclusion_policy, unmeasured=terms.unmeasured),
        min_stop=None if terms.min_stop_minutes is None else timedelta(minutes=terms.min_stop_minutes),
        stop_length=terms.stop_length_measured,
    )
