"""The items of a register, worked out once for each incident and measurement as they stand.

What an incident brings to the levels is asked for again whenever a month's figures are computed anew, and changes only
with an entry about it, or with one about the agreement. Nothing of it depends on the instant of judgement.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from slm_domain.facts import IncidentFacts, Measured
from slm_domain.figures.local_time import local_date, start_of_day
from slm_domain.figures.periods import Month
from slm_domain.items import Item, items_of_incident, items_of_measurement_on, needed_from
from slm_domain.register import Register
from slm_domain.touched import Touched

Items = tuple[Item, ...]
Key = tuple[str, str]  # level and measurement
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_MOST = 20_000  # incidents and measurements kept of a register, some 3 kB each


class KnownItems:
    """Items kept for a register that is being filled, and its measurements by month.

    Whoever fills the register says what each entry touched.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._of_incident: dict[str, Items] = {}
        self._done_by: dict[str, tuple[Items, datetime | None]] = {}  # of an incident's items, when all of them were
        self._of_measurement: dict[Key, Items] = {}
        self._days: dict[Key, date] = {}  # on which each measurement began
        self._done: dict[str, dict[str, tuple[datetime, datetime]]] = {}  # level -> month -> its latest start and end
        self._placed: dict[str, dict[str, dict[str, None]]] = {}  # level -> month -> measurements as they were entered
        self._first: dict[Month, dict[str, date]] = {}
        self._place_all()

    def first_days(self, month: Month) -> Mapping[str, date]:
        """The first day of which a month's figures need the items of each level. Raises `NothingAgreedYet`."""
        known = self._first.get(month)
        if known is None:
            register = self._register
            known = self._first[month] = {level: needed_from(register, level, month) for level in register.levels}
        return known

    def day_of(self, level: str, measurement: str) -> date:
        """The day on which a measurement of the register began. Raises `NothingAgreedYet`."""
        return self._days.get((level, measurement)) or self._place(self._register.measured[level, measurement])

    def month_of(self, level: str, measurement: str) -> str:
        """The name of the month to which a measurement of the register belongs. Raises `NothingAgreedYet`."""
        return self._register.month_name(self.day_of(level, measurement))

    def are_done(self, level: str, since: date, month: Month, at: datetime) -> bool:
        """Whether all that was measured of a level from that day on, up to the month's end, was done by the instant."""
        register, last = self._register, str(month)
        first = "" if since == date.min else register.month_name(since)
        leads = all(
            version.definition is None or version.definition.measure.kind == "lead_at_least"
            for version in register.levels[level]
        )
        return all(
            (latest_start if leads else latest_end) <= at  # what has a lead is done at its start
            for name, (latest_start, latest_end) in self._done.get(level, {}).items()
            if first <= name <= last
        )

    def measured(self, level: str, since: date, month: Month) -> Iterator[Measured]:
        """A level's measurements that began from that day on, up to the end of the month, month by month."""
        months, register, last = self._placed.get(level), self._register, str(month)
        if months is None:
            return
        if since == date.min:
            names, begins = sorted(name for name in months if name <= last), None
        else:
            first, begins = register.month_name(since), start_of_day(since, register.zone)
            names = [last] if first == last else sorted(name for name in months if first <= name <= last)
        for name in names:
            for measurement in months.get(name, ()):
                measured = register.measured[level, measurement]
                if begins is None or begins <= measured.began:
                    yield measured

    def of_incident(self, incident: IncidentFacts) -> Items:
        """All items that an incident of the register brings to the levels in force."""
        known = self._of_incident.get(incident.incident)
        if known is None:
            self._make_room()
            known = self._of_incident[incident.incident] = tuple(items_of_incident(self._register, incident))
        return known

    def is_done(self, incident: IncidentFacts, at: datetime) -> bool:
        """Whether all that the incident brings was done by the instant, by every claim: no later one changes it."""
        items = self.of_incident(incident)
        known = self._done_by.get(incident.incident)
        if known is None or known[0] is not items:
            known = self._done_by[incident.incident] = items, done_by(items)
        return known[1] is not None and known[1] <= at

    def of_measurement(self, measured: Measured) -> Items:
        """The item of a measurement of the register, if its level was in force."""
        key = measured.level, measured.measurement
        known = self._of_measurement.get(key)
        if known is None:
            self._make_room()
            day = self._days.get(key) or self._place(measured)
            known = self._of_measurement[key] = items_of_measurement_on(self._register, measured, day)
        return known

    def of_measurements(self, level: str, measurements: Iterable[str]) -> Items:
        """The items of some of a level's measurements in the register, in their order."""
        kept, measured = self._of_measurement, self._register.measured
        found: list[Item] = []
        for measurement in measurements:
            key = level, measurement
            found += kept.get(key) or self.of_measurement(measured[key])
        return tuple(found)

    def forget(self, touched: Touched) -> None:
        """Forget the items that an entry can have changed."""
        if touched.version is not None or touched.agreement:
            self._first.clear()
        if touched.measurement is not None:
            key = touched.level or "", touched.measurement
            self._of_measurement.pop(key, None)
            if self._register.slas:
                self._place(self._register.measured[key])
        elif touched.incident is not None:
            self._of_incident.pop(touched.incident, None)
        elif touched.exemption is not None:  # its subject is a measurement, or an incident or a part of one
            fact = touched.exemption
            self._of_measurement.pop((fact.level, fact.subject), None)
            for code in [code for code in self._of_incident if f"{fact.subject}/".startswith(f"{code}/")]:
                del self._of_incident[code]
        elif touched.level is not None:
            self._of_incident.clear()
            for key in [key for key in self._of_measurement if key[0] == touched.level]:
                del self._of_measurement[key]
        elif touched.agreement or touched.other_days:
            self._of_incident.clear()
            self._of_measurement.clear()
            self._place_all()

    def _place_all(self) -> None:
        self._days.clear()
        self._placed.clear()
        self._done.clear()
        if self._register.slas:
            for measured in self._register.measured.values():
                self._place(measured)

    def _place(self, measured: Measured) -> date:
        """Take the measurement into its month. Raises `NothingAgreedYet`."""
        register = self._register
        level, measurement = key = measured.level, measured.measurement
        day, known = local_date(measured.began, register.zone), self._days.get(key)
        month = register.month_name(day)
        if day != known:
            months = self._placed.setdefault(level, {})
            if known is not None:
                del months[register.month_name(known)][measurement]
            self._days[key] = day
            months.setdefault(month, {})[measurement] = None
        if measured.start is not None and measured.end is not None:
            self._note(level, month, measured.start, measured.end)
        return day

    def _note(self, level: str, month: str, start: datetime, end: datetime) -> None:
        months = self._done.setdefault(level, {})
        known = months.get(month)
        months[month] = (start, end) if known is None else (max(known[0], start), max(known[1], end))

    def _make_room(self) -> None:
        if len(self._of_incident) + len(self._of_measurement) >= _MOST:
            self._of_incident.clear()
            self._of_measurement.clear()


def done_by(items: Iterable[Item]) -> datetime | None:
    """When all of the items were done, by every claim of what they lasted; None for never."""
    last = _LONG_AGO
    for item in items:
        moments: list[datetime | None] = [] if item.start is None else [item.end]
        if item.extents is not None:
            moments += [*item.extents.least, *item.extents.most]
        for moment in moments:
            if moment is None:
                return None
            last = max(last, moment)
    return last


def items_for(register: Register, month: Month, known: KnownItems, *, without: Collection[str] = ()) -> list[Item]:
    """The items that the month's figures need: its own, and for longer periods also those before.

    Measurements of the levels `without` are left out.
    """
    first = known.first_days(month)
    found = list(items_of_incidents(register, month, known, first))
    for level, since in first.items():
        if level not in without:
            for measured in known.measured(level, since, month):
                found += known.of_measurement(measured)
    return found


def items_of_incidents(
    register: Register,
    month: Month,
    known: KnownItems,
    first: Mapping[str, date],
    *,
    but_done_at: datetime | None = None,
) -> Iterator[Item]:
    """Those of incidents, from each level's first day on; but for those of incidents of which all was done by then."""
    last = register.days_of(month).last
    return (
        item
        for facts in register.incidents.values()
        if but_done_at is None or not known.is_done(facts, but_done_at)
        for item in known.of_incident(facts)
        if first[item.level] <= item.day <= last
    )
