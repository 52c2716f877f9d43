"""An incident as a figure of downtime sees it: what it stopped, from when to when, and how much of all that is.

Where the sides differ, where an end is known only by a report, and while an outage is open, there are bounds beside the
figure (C4, C23, J1).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

import msgspec

from slm_domain.facts import IncidentFacts
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.excluding import outages_after
from slm_domain.figures.intervals import Intervals, subtract, union
from slm_domain.figures.occurrences import WHOLE, Exclusion, Occurrence, Outage, contested
from slm_domain.sla import Side, Terms
from slm_domain.times import Times, claims, pick_of
from slm_domain.units import Unit, stopped_of_any, stopped_systems

Outages = tuple[Outage, ...]


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """The outages that the contract's terms pick, and the least and the most that is possible."""

    picked: Outages
    lowest: Outages
    highest: Outages

    def each(self, change: "Change") -> "Possible":
        """The same, each of the three changed."""
        return Possible(picked=change(self.picked), lowest=change(self.lowest), highest=change(self.highest))

    def freed(self, exclusions: Sequence[Exclusion], until: datetime) -> "Possible":
        """The same without the time of the exclusions, but for what they leave."""
        return Possible(
            picked=outages_after(self.picked, exclusions, until),
            lowest=outages_after(self.lowest, [each.at_least() for each in exclusions], until),
            highest=outages_after(self.highest, [each.at_most() for each in exclusions], until),
        )


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Outages with some time cut out of them, or cut down to some time, as they stand at `until`."""

    until: datetime
    without: Intervals = ()
    only: Calendar | None = None  # only within its opening hours

    def __call__(self, outages: Outages) -> Outages:
        known = ((found, outage.weight) for outage in outages if (found := outage.until(self.until)) is not None)
        return tuple(
            Outage(start=part.start, end=part.end, weight=weight)
            for interval, weight in known
            for part in subtract([interval] if self.only is None else self.only.open_intervals(interval), self.without)
        )


def time_of(outages: Outages, until: datetime) -> Intervals:
    """The time of the outages as they stand at the instant, once."""
    return union(found for outage in outages if (found := outage.until(until)) is not None)


def is_stop(incident: IncidentFacts, terms: Terms) -> bool:
    """Whether the incident can stop the service at all: not when void, of level C, or partial and not counted (A28)."""
    return not (incident.voided or incident.level == "C" or (incident.level == "B" and terms.partial_counts == "no"))


def of_service(incident: IncidentFacts, terms: Terms, until: datetime, units: Sequence[Unit]) -> Possible | None:
    """The incident's outage of the service; None without one.

    With `partial_counts: weight` each slice weighs as much as the units still stopped in it, of all `units` (A28). A
    stop of level A stops all of them, those that run again apart; one of level B those that it names.
    """
    if terms.partial_counts != "weight" or not (incident.level == "B" or incident.restorations):
        return _possible(claims(incident), terms, until)
    by_unit = [(unit, stopped_systems(incident, unit)) for unit in units]
    if incident.level == "A":
        by_unit = [(unit, () if systems is None else systems) for unit, systems in by_unit]
    return _weighed(incident, by_unit, terms, until)


def of_units(incident: IncidentFacts, units: Sequence[Unit], terms: Terms, until: datetime) -> Possible | None:
    """The incident's outage of several units together: while any of them is stopped; None when it stops none of them.

    With `partial_counts: weight` each slice weighs as much as those of them still stopped in it, of all these units.
    """
    if terms.partial_counts != "weight" or len(units) == 1:
        return _of_systems(incident, stopped_of_any(incident, units), terms, until)
    return _weighed(incident, [(unit, stopped_systems(incident, unit)) for unit in units], terms, until)


def of_named(incident: IncidentFacts, terms: Terms, until: datetime, units: Sequence[Unit]) -> Possible | None:
    """The outage of the service by what the incident names alone: while any of its systems is stopped.

    With `partial_counts: weight` each slice weighs as much as those of all `units` that it names and are still stopped.
    """
    if terms.partial_counts != "weight":
        return _of_systems(incident, incident.systems, terms, until)
    return _weighed(incident, [(unit, stopped_systems(incident, unit)) for unit in units], terms, until)


def occurrence(
    incident: str,
    possible: Possible,
    exclusions: Sequence[Exclusion],
    at_least: Sequence[Exclusion] | None = None,
    at_most: Sequence[Exclusion] | None = None,
    *,
    apart: Outages = (),
) -> Occurrence:
    """The incident's outages with what is claimed for them; bounds only where they differ from the figure."""
    certain = possible.lowest == possible.picked == possible.highest
    return Occurrence(
        incident=incident,
        outages=possible.picked,
        lowest=None if certain else possible.lowest,
        highest=None if certain else possible.highest,
        exclusions=tuple(exclusions),
        exclusions_at_least=None if at_least is None else tuple(at_least),
        exclusions_at_most=None if at_most is None else tuple(at_most),
        apart=apart,
    )


def _of_systems(
    incident: IncidentFacts, systems: tuple[str, ...] | None, terms: Terms, until: datetime
) -> Possible | None:
    if systems is None:
        return None
    return _possible(claims(incident, _restored_together(incident, systems)), terms, until)


def _weighed(
    incident: IncidentFacts,
    by_unit: Sequence[tuple[Unit, tuple[str, ...] | None]],
    terms: Terms,
    until: datetime,
) -> Possible | None:
    """Slices that weigh the units stopped in them ÷ all; a unit without stopped systems (None) is in none of them."""
    weights: dict[tuple[str, ...], int] = {}  # weight of the units that run again together
    for unit, systems in by_unit:
        if systems is not None:
            together = _restored_together(incident, systems)
            weights[together] = weights.get(together, 0) + unit.weight
    found = [(_possible(claims(incident, systems), terms, until), weight) for systems, weight in weights.items()]
    weighed = [(possible, weight) for possible, weight in found if possible is not None]
    if not weighed:
        return None
    everything = sum(unit.weight for unit, _ in by_unit)
    return Possible(
        picked=_added(((possible.picked, weight) for possible, weight in weighed), everything, until),
        lowest=_added(((possible.lowest, weight) for possible, weight in weighed), everything, until),
        highest=_added(((possible.highest, weight) for possible, weight in weighed), everything, until),
    )


def _restored_together(incident: IncidentFacts, systems: tuple[str, ...]) -> tuple[str, ...]:
    """Systems that stand for these: of those that the same restorations name one is enough."""
    by_restorations: dict[tuple[int, ...], str] = {}
    for system in systems:
        named = tuple(each.position for each in incident.restorations if system in each.systems)
        by_restorations.setdefault(named, system)
    return tuple(by_restorations.values())


def _possible(stated: Mapping[Side, Times], terms: Terms, until: datetime) -> Possible | None:
    chosen = pick_of(stated, terms.contested_times, until)
    if chosen is None:
        return None
    different = list(dict.fromkeys(stated.values()))
    if len(different) == 1:
        lowest, highest = _least(chosen), _whole(chosen)
    else:
        lowest, _ = contested([_least(each) for each in different], until)
        _, highest = contested([_whole(each) for each in different], until)
    by_report = chosen.ended_at is not None and chosen.known_by == "report"
    at_last = by_report and terms.restoration_between_reports == "at_last_report_before"
    return Possible(picked=_least(chosen) if at_last else _whole(chosen), lowest=lowest, highest=highest)


def _whole(times: Times) -> Outages:
    """All the time that the claim allows; an open outage stays open and runs to the instant of judgement (C4)."""
    return (Outage(start=times.started_at, end=times.ended_at),)


def _least(times: Times) -> Outages:
    """The time in which, by the claim, service was surely stopped."""
    known = times.known_stopped
    return (Outage(start=times.started_at, end=known),) if known > times.started_at else ()


def _added(parts: Iterable[tuple[Outages, int]], everything: int, until: datetime) -> Outages:
    """Outages of several units as one sequence of slices, each weighing the units stopped in it ÷ all."""
    changes: dict[datetime, int] = {}
    for outages, weight in parts:
        for outage in outages:
            known = outage.until(until)
            if known is not None:
                changes[known.start] = changes.get(known.start, 0) + weight
                changes[known.end] = changes.get(known.end, 0) - weight
    found: list[Outage] = []
    stopped, since = 0, until
    for instant in sorted(changes):
        if not changes[instant]:
            continue
        if stopped:
            found.append(Outage(start=since, end=instant, weight=min(Fraction(stopped, everything), WHOLE)))
        stopped, since = stopped + changes[instant], instant
    return tuple(found)
