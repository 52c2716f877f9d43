"""Which issued months an entry can have changed, and which of them surely stay as they are known.

A month's figures follow from facts and from the instant of judgement. A month is settled at an instant when nothing of
it is left to time: it is over, and so is everything that happened in it, by every claim. Judged later, it comes to the
same, as long as no entry changes what it is made of.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from projections.register_fold import Books
from slm_domain.earlier import any_looks_back
from slm_domain.exclusions import allowance_runs_on, effect_stands
from slm_domain.facts import ExemptionFact, IncidentFacts, LevelVersion, Measured, UnmeasuredTime
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Month
from slm_domain.items import Item, items_of_incident, items_of_measurement
from slm_domain.known_items import items_of_incidents
from slm_domain.level_periods import reaches_beyond_its_month
from slm_domain.possible_times import Extents
from slm_domain.register import Register
from slm_domain.sla import LateIncrements, Tiers
from slm_domain.touched import Touched

Months = set[str]


def can_reach(books: Books, touched: Touched, last: date) -> bool:
    """Whether what the entry speaks of can lie on `last`, the last day of an issued month, or before: asked of all.

    Most entries speak of the running month, after the last that is issued. An announcement changes nothing told before
    it: a claim can name a planned stop only once that was announced.
    """
    if touched.measurement is not None:
        if books.items.day_of(touched.level or "", touched.measurement) <= last:
            return True
        before = touched.before
        return isinstance(before, Measured) and local_date(before.began, books.register.zone) <= last
    if touched.incident is not None:
        register = books.register
        if not register.slas:
            return False
        now, earlier = register.incidents[touched.incident], touched.before
        if local_date(_earliest(now), register.zone) <= last:
            return True
        return isinstance(earlier, IncidentFacts) and local_date(_earliest(earlier), register.zone) <= last
    return touched.planned_stop is None


class Reach:
    """The months that one entry can have changed, of those known to be issued. Asked for after the entry was taken.

    `told` is every month that is to be looked at because of the entry, issued or not; `changed` those of them whose
    facts the entry changed, so that only time can have changed the others.
    """

    def __init__(self, books: Books, touched: Touched, known: Iterable[str], until: datetime) -> None:
        self._books = books
        self._register = books.register
        self._known = set(known)
        self._until = until
        if touched.incident is not None:
            self.told, self.changed = self._of_incident(touched)
        elif touched.measurement is not None:
            self.told, self.changed = self._of_measurement(touched)
        else:
            # Agreements, levels and closed days can change all: what began in March can be due in April.
            self.told, self.changed = set(self._known), self._of_all(touched)
        self.told, self.changed = self._and_later(self.told), self._and_later(self.changed)

    def _of_incident(self, touched: Touched) -> tuple[Months, Months]:
        now, before = self._register.incidents[touched.incident or ""], touched.before
        versions = [now] if before is None else [before, now]
        facts = [each for each in versions if isinstance(each, IncidentFacts)]
        told = set[str]().union(*(self._and_beyond(self._months_of_incident(each)) for each in facts))
        return told, set() if self._says_the_same(facts) else set(told)

    def _of_measurement(self, touched: Touched) -> tuple[Months, Months]:
        now, before = self._register.measured[touched.level or "", touched.measurement or ""], touched.before
        versions = [now] if before is None else [before, now]
        facts = [each for each in versions if isinstance(each, Measured)]
        told = set[str]().union(*(self._and_beyond(self._months_of_measurement(each)) for each in facts))
        same = len({replace(each, positions=()) for each in facts}) < len(facts)
        return told, set() if same else set(told)

    def _of_all(self, touched: Touched) -> Months:
        if touched.exemption is not None:
            return self._of_exemption(touched.exemption)
        if touched.version is not None:
            return self._of_version(touched.version)
        if touched.unmeasured_time is not None:
            return self._of_unmeasured(touched.unmeasured_time)
        if touched.fiscal_year is not None and not touched.other_days:
            return set()
        return set(self._known)

    def _of_exemption(self, fact: ExemptionFact) -> Months:
        """An exemption counts once it is accepted, for what it names."""
        if fact.status != "accepted":
            return set()
        measured = self._register.measured.get((fact.level, fact.subject))
        if measured is not None:
            return self._and_beyond(self._months_of_measurement(measured))
        return set(self._known)

    def _of_version(self, version: LevelVersion) -> Months:
        """A version changes the months from its first day on, if it asks for what was asked for before."""
        others = [each for each in self._register.levels[version.level] if each is not version]
        asked = [each.definition.measure for each in others if each.definition is not None]
        if others and version.definition is not None and version.definition.measure not in asked:
            return set(self._known)
        register = self._register
        return {month for month in self._known if register.days_of(Month.parse(month)).last >= version.effective_from}

    def _of_unmeasured(self, stated: UnmeasuredTime) -> Months:
        register = self._register
        found = set()
        for month in self._known:
            interval = register.interval_of(Month.parse(month))
            if stated.starts_at < interval.end and (interval.start < stated.ends_at or _looks_far(register)):
                found.add(month)
        return found

    def _and_beyond(self, months: Months) -> Months:
        """The months, and the issued ones after the first of them where a level looks back further than its month."""
        if not months or not _looks_far(self._register):
            return months
        first = min(months)
        return months | {month for month in self._known if month >= first}

    def _and_later(self, months: Months) -> Months:
        """The months, and those after the first of them where money or an allowance depends on earlier months."""
        if not months or not runs_on(self._register):
            return months
        first = min(months)
        return months | {month for month in self._known if month >= first}

    def _months_of_incident(self, facts: IncidentFacts) -> Months:
        register = self._register
        if facts.voided or not register.slas:
            return set()
        stated = [at for each in facts.statements for at in (each.started_at, each.ended_at) if at is not None]
        if facts.settled is not None:
            stated += [facts.settled.started_at, facts.settled.ended_at]
        elif not any(each.ended_at for each in facts.statements):
            stated.append(self._until)
        found = {item.month for item in self._items_of(facts)}
        if any(each.started_at for each in facts.statements):
            month = register.month_of(local_date(min(stated), register.zone))
            last = register.month_of(local_date(max(stated), register.zone))
            while month <= last:
                found.add(str(month))
                month = month.next
        return found

    def _months_of_measurement(self, measured: Measured) -> Months:
        return {item.month for item in items_of_measurement(self._register, measured)}

    def _items_of(self, facts: IncidentFacts) -> Sequence[Item]:
        if self._register.incidents[facts.incident] is facts:
            return self._books.items.of_incident(facts)
        return tuple(items_of_incident(self._register, facts))  # as they were before the entry

    def _says_the_same(self, facts: Sequence[IncidentFacts]) -> bool:
        """Whether the entry left the incident's stop and its items as they were."""
        if len(facts) == 1:
            return False
        before, now = facts
        if not _same_stop(before, now):
            return False
        return _without_positions(self._items_of(before)) == _without_positions(self._items_of(now))


# What of an incident its stop depends on; all else reaches figures by its items.
_OF_THE_STOP = (
    "level",
    "systems",
    "organisations",
    "detected_at",
    "voided",
    "statements",
    "settled",
    "exclusions",
    "restorations",
    "reports",
    "extraordinary",
)


def _same_stop(before: IncidentFacts, now: IncidentFacts) -> bool:
    return all(getattr(before, name) == getattr(now, name) for name in _OF_THE_STOP)


def runs_on(register: Register) -> bool:
    """Whether a month's money or exclusions depend on the months before it."""
    return any_looks_back(register) or allowance_runs_on(register)


def is_settled(books: Books, month: Month, at: datetime) -> bool:
    """Whether nothing of the month is left to time at the instant: judged any later it comes to the same."""
    register = books.register
    if not _are_stops_over(register, month, at):
        return False
    first = dict.fromkeys(register.levels, date.min) if runs_on(register) else books.items.first_days(month)
    if not all(books.items.are_done(level, since, month, at) for level, since in first.items()):
        return False
    counted = _counted_while_late(register)
    items = items_of_incidents(register, month, books.items, first, but_done_at=at)
    return all(_is_settled_item(item, at, counted) for item in items)


def _are_stops_over(register: Register, month: Month, at: datetime) -> bool:
    """Whether the month is over at the instant, and with it every stop that began in it or before, by every claim."""
    over = register.interval_of(month).end
    if over > at:
        return False
    for incident in register.incidents.values():
        reach = incident.reach
        if reach is None or incident.voided or reach.start >= over:
            continue
        if any(times.ended_at is None or times.ended_at > at for times in incident.claims.values()):
            return False
        if not _do_exclusions_stand(register, incident, at):
            return False
    return True


def _do_exclusions_stand(register: Register, incident: IncidentFacts, at: datetime) -> bool:
    """Whether nothing of what the incident's claims come to is left to time: no notice can still be given (C21)."""
    return all(
        effect_stands(register, version.sla, incident, claim, at)
        for claim in incident.exclusions
        for version in register.slas
    )


def settled_levels(books: Books, month: Month, at: datetime) -> set[str]:
    """The levels of which nothing is left to time at the instant."""
    register = books.register
    if register.interval_of(month).end > at:
        return set()
    open_stops = set[str]() if _are_stops_over(register, month, at) else stopped_levels(books)
    counted = set(register.levels)  # an overdue item's value is told, and grows
    first = books.items.first_days(month)
    items = items_of_incidents(register, month, books.items, first, but_done_at=at)
    open_ones = {item.level for item in items if not _is_settled_item(item, at, counted)}
    return {
        level
        for level, since in first.items()
        if level not in open_ones | open_stops and books.items.are_done(level, since, month, at)
    }


def touched_levels(books: Books, touched: Touched) -> set[str]:
    """The levels whose result in some month the entry can have changed."""
    levels = books.register.levels
    if touched.level is not None:
        return {touched.level}
    if touched.incident is not None:
        now, before = books.register.incidents[touched.incident], touched.before
        same = isinstance(before, IncidentFacts) and _same_stop(before, now)
        sources = {"incidents"} if same else {"incidents", "stops"}
        return {level for level in levels if _sources(books, level) & sources}
    if touched.unmeasured_time is not None:
        return stopped_levels(books)
    if touched.fiscal_year is not None and not touched.other_days:
        return set()
    return set(levels)


def stopped_levels(books: Books) -> set[str]:
    """The levels that are fed by stops: an open one changes them with time, whatever items say."""
    return {level for level in books.register.levels if "stops" in _sources(books, level)}


def _sources(books: Books, level: str) -> set[str]:
    definitions = [version.definition for version in books.register.levels[level]]
    return {definition.measure.source for definition in definitions if definition is not None}


def _is_settled_item(item: Item, at: datetime, counted: Collection[str]) -> bool:
    """Whether the item's verdict is final: it is done, only counted, or overdue where being later costs no more."""
    if item.extents is not None and any(moment is not None and moment > at for moment in _moments(item.extents)):
        return False  # how long it may have lasted is told up to the instant (C23)
    if item.start is None or (item.end is not None and item.end <= at):
        return True
    if item.level in counted or any(pause.ended_at is None for pause in item.pauses):
        return False
    dues = [due for due in (item.guaranteed_due, item.target_due, item.within_due) if due is not None]
    if item.guaranteed_due is None and item.within_due is None:
        return False
    return all(due < at for due in dues)


def _moments(extents: Extents) -> tuple[datetime | None, ...]:
    return *extents.least, *extents.most


def _counted_while_late(register: Register) -> set[str]:
    """The levels whose value counts besides their verdict: what is undone costs more the later it gets."""
    by_value = {
        rule.level
        for version in register.slas
        for rule in version.sla.deductions
        if isinstance(rule, LateIncrements | Tiers)
    }
    means = {
        version.level
        for versions in register.levels.values()
        for version in versions
        if version.definition is not None and version.definition.measure.kind == "mean_at_most"
    }
    return by_value | means


def _looks_far(register: Register) -> bool:
    measures = [
        version.definition.measure
        for versions in register.levels.values()
        for version in versions
        if version.definition is not None
    ]
    return reaches_beyond_its_month(measures)


def _earliest(facts: IncidentFacts) -> datetime:
    """The first instant that is said of an incident: nothing of it began before."""
    said = [facts.detected_at]
    said += [at for each in facts.statements for at in (each.started_at, each.ended_at) if at is not None]
    if facts.settled is not None:
        said.append(facts.settled.started_at)
    said += [each.at for each in facts.moments]
    said += [each.contacted_at for each in facts.calls]
    said += [each.dispatched_at for each in facts.calls if each.dispatched_at is not None]
    said += [each.arrived_at for each in facts.calls if each.arrived_at is not None]
    said += [each.work_started_at for each in facts.calls if each.work_started_at is not None]
    said += [each.at for each in facts.parts]
    said += [each.told_at for each in facts.equipment]
    return min(said)


def _without_positions(items: Sequence[Item]) -> list[Item]:
    return [replace(item, positions=()) for item in items]
