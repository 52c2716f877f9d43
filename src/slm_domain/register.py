"""The register of a contract: all facts together, with the versions in force at a time and the calendars they name."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from slm_domain.agreed_calendars import Role, agreed_calendar, calendar_through, named_for
from slm_domain.facts import (
    Exempted,
    ExemptionFact,
    FixedYear,
    IncidentFacts,
    LevelVersion,
    Measured,
    PlannedStop,
    SlaVersion,
    UnmeasuredTime,
)
from slm_domain.figures.calendars import Calendar
from slm_domain.figures.kept_stops import KeptStops
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import FiscalYear, Interval, Month
from slm_domain.figures.proposal import propose_closed_days
from slm_domain.figures.spans import Span, Start, month_of, month_span, span_of
from slm_domain.known_outages import KnownOutages
from slm_domain.sla import Level, Sla, Terms

_NOT_EXEMPTED = Exempted()


class NothingAgreedYet(ValueError):
    """A figure was asked for a time before any SLA was in force."""


class Register:
    """Facts of one contract. The fold changes them; figures only read them."""

    def __init__(self) -> None:
        self.slas: list[SlaVersion] = []
        self.levels: dict[str, list[LevelVersion]] = {}
        self.years: dict[int, FixedYear] = {}
        self.planned_stops: dict[str, PlannedStop] = {}
        self.unmeasured: dict[str, UnmeasuredTime] = {}
        self.incidents: dict[str, IncidentFacts] = {}
        self.measured: dict[tuple[str, str], Measured] = {}
        self.exemptions: dict[tuple[str, str], ExemptionFact] = {}  # by level and code
        self.outages = KnownOutages()
        self.stops = KeptStops()
        self._calendars: dict[tuple[str, str], Calendar] = {}
        self._through_all: dict[tuple[Role, int, str | None], Calendar] = {}
        self._owners: tuple[int, dict[str, str]] = 0, {}
        self._first: tuple[Sla, ZoneInfo, Start] | None = None
        self._month_names: dict[date, str] = {}

    def sla_on(self, day: date) -> Sla:
        """The SLA in force on a day; before the first one, `NothingAgreedYet`."""
        return self.version_on(day).sla

    def version_on(self, day: date) -> SlaVersion:
        """The version of the SLA in force on a day. Raises `NothingAgreedYet`."""
        latest: SlaVersion | None = None
        for version in self.slas:
            if version.effective_from <= day and (
                latest is None or (latest.effective_from, latest.number) < (version.effective_from, version.number)
            ):
                latest = version
        if latest is None:
            raise NothingAgreedYet(day)
        return latest

    def sla_for(self, day: date) -> Sla:
        """The SLA by which something that began on a day is read: before the first one, the first."""
        return self.sla_on(max(day, min(version.effective_from for version in self.slas)))

    def terms_for(self, day: date) -> Terms:
        """The terms by which something that began on a day is read."""
        return self.sla_for(day).terms

    @property
    def owners(self) -> dict[str, str]:
        """The organisation of each system that any version of the SLA names: of the latest that does."""
        if self._owners[0] != len(self.slas):
            found = {each.code: each.organisation for version in self.slas for each in version.sla.systems}
            self._owners = len(self.slas), found
        return self._owners[1]

    @property
    def first_day(self) -> date:
        """The first day of the first SLA. Raises `NothingAgreedYet`."""
        if not self.slas:
            raise NothingAgreedYet
        return min(version.effective_from for version in self.slas)

    @property
    def zone(self) -> ZoneInfo:
        """The contract's zone: that of its first SLA. Raises `NothingAgreedYet`."""
        first, slas = self._first, self.slas
        if first is not None and slas and first[0] is slas[0].sla:  # asked for with every entry
            return first[1]
        if not slas:
            raise NothingAgreedYet
        return self._of_first()[1]

    @property
    def start(self) -> Start:
        """Where the contract's months and fiscal years begin (C15): no later SLA changes it."""
        return self._of_first()[2] if self.slas else Start()

    def month_of(self, day: date) -> Month:
        """The contract's month in which the day falls, named by the calendar month in which it begins (C15)."""
        return month_of(day, self.start)

    def month_name(self, day: date) -> str:
        """The name of that month, such as `2025-04`."""
        first, slas = self._first, self.slas
        if slas and (first is None or first[0] is not slas[0].sla):
            self._of_first()  # forgets the names of another first SLA
        known = self._month_names.get(day)
        if known is None:
            known = self._month_names[day] = str(self.month_of(day))
        return known

    def days_of(self, month: Month) -> Span:
        """The days of the contract's month: from the first to the last, or from the 16th to the next 15th (C15)."""
        return month_span(month, self.start)

    def interval_of(self, month: Month) -> Interval:
        """The contract's month as an interval in the contract's zone (C15). Raises `NothingAgreedYet`."""
        return self.days_of(month).interval(self.zone)

    def fiscal_year_of(self, month: Month) -> Span:
        """The days of the contract's fiscal year: its twelve months from the one that begins in April on (C15)."""
        return span_of("fiscal_year", self.days_of(month).first, self.start)

    def months(self, until: datetime) -> list[Month]:
        """The months of the contract's terms that have begun by `until`. An SLA agreed again may have another term."""
        if not self.slas:
            return []
        month = self.month_of(min(version.effective_from for version in self.slas))
        ends = max(version.sla.term_to for version in self.slas)
        last = min(self.month_of(ends), self.month_of(local_date(until, self.zone)))
        months = []
        while month <= last:
            if self.has_served_day(month):
                months.append(month)
            month = month.next
        return months

    def has_served_day(self, month: Month) -> bool:
        """Whether a day of the month lies in the term of the SLA that is in force in it."""
        first = min((version.effective_from for version in self.slas), default=date.max)
        days = self.days_of(month)
        if days.last < first:
            return False
        sla = self.sla_on(max(days.first, first))
        return sla.term_from <= days.last and days.first <= sla.term_to

    def in_term(self, day: date) -> bool:
        """Whether the day lies in the term of the SLA in force on it: outside it nothing is owed. False before it."""
        if len(self.slas) == 1:  # as in most contracts
            (version,) = self.slas
            return version.effective_from <= day and version.sla.term_from <= day <= version.sla.term_to
        try:
            sla = self.sla_on(day)
        except NothingAgreedYet:
            return False
        return sla.term_from <= day <= sla.term_to

    def level_on(self, level: str, day: date) -> LevelVersion | None:
        """The version of a level in force on a day (C12); None before it is defined and after it is retired."""
        versions = self.levels.get(level, ())
        if len(versions) == 1:
            (only,) = versions
            return only if only.effective_from <= day and only.definition is not None else None
        latest: LevelVersion | None = None
        for version in versions:
            if version.effective_from <= day and (
                latest is None or (latest.effective_from, latest.position) < (version.effective_from, version.position)
            ):
                latest = version
        return None if latest is None or latest.definition is None else latest

    def exempted(self, level: str, subject: str) -> Exempted:
        """What the accepted exemptions of an item, or of a period, do together (C5, G9)."""
        if not self.exemptions:
            return _NOT_EXEMPTED
        accepted = {
            fact.ground
            for fact in self.exemptions.values()
            if fact.level == level and fact.subject == subject and fact.status == "accepted"
        }
        if not accepted:
            return _NOT_EXEMPTED
        known = {ground.code: ground for version in self.slas for ground in version.sla.grounds}
        grounds = [known[code] for code in accepted]
        return Exempted(
            leaves_measurement=any(ground.leaves_measurement for ground in grounds),
            frees_from_damages=any(ground.frees_from_damages for ground in grounds),
        )

    def definitions_on(self, day: date) -> list[Level]:
        """The levels in force on a day, in the order of the SLA document."""
        found = [self.level_on(level, day) for level in self.levels]
        return [version.definition for version in found if version is not None and version.definition is not None]

    def calendar(self, name: str, day: date) -> Calendar:
        """A calendar of the SLA in force on a day by its name, with the closed days fixed so far (C22)."""
        version = self.version_on(day)
        key = str(version.position), name
        known = self._calendars.get(key)
        if known is None:
            known = agreed_calendar(version.sla.calendars[name], version.sla.zone, self._fixed)
            self._calendars[key] = known
        return known

    def availability_calendar(self, day: date, organisation: str | None = None) -> Calendar:
        """The calendar that is the base of availability (S4, A1), an organisation's own where it keeps one (A33).

        It runs through all documents: from each one's first day on the hours are those of that document (C14). Raises
        `NothingAgreedYet` for a day before the first.
        """
        return self._through("availability", day, organisation)

    def common_calendar(self, day: date, organisations: Iterable[str]) -> Calendar:
        """The opening hours that these organisations have in common (A33).

        Where they keep different ones, or none is named, it is the contract's. Raises `NothingAgreedYet`.
        """
        found = [self.availability_calendar(day, each) for each in organisations]
        kept = {id(each): each for each in found}
        return next(iter(kept.values())) if len(kept) == 1 else self.availability_calendar(day)

    def support_calendar(self, day: date) -> Calendar:
        """The calendar of support hours (S4, A1), through all documents. Raises `NothingAgreedYet`."""
        return self._through("support", day, None)

    def closed_days_of(self, fiscal_year: int) -> frozenset[date]:
        """The closed days of a fiscal year that figures are computed with: as fixed, else as proposed (C22)."""
        fixed = self.years.get(fiscal_year)
        return propose_closed_days(FiscalYear(fiscal_year)).dates if fixed is None else frozenset(fixed.closed)

    def fix_year(self, year: FixedYear) -> None:
        """Take a fiscal year's closed days; calendars computed before are forgotten."""
        self.years[year.fiscal_year] = year
        self._calendars.clear()
        self._through_all.clear()

    def _through(self, role: Role, day: date, organisation: str | None) -> Calendar:
        """Organisations whose documents name the same calendars share one: its hours are worked out once."""
        self.version_on(day)
        key = role, len(self.slas), organisation
        known = self._through_all.get(key)
        if known is None:
            versions = self._in_turn()
            since = f"{role} since {len(self.slas)} by name"
            names = since, " ".join(named_for(each.sla, role, organisation) for each in versions)
            known = self._calendars.get(names)
            if known is None:
                known = self._calendars[names] = calendar_through(versions, role, organisation, self._fixed)
            self._through_all[key] = known
        return known

    def _of_first(self) -> tuple[Sla, ZoneInfo, Start]:
        """The first SLA with its zone and where its months begin: asked for with every item, and kept."""
        first = self.slas[0].sla
        if self._first is None or self._first[0] is not first:
            self._first = first, first.zone, first.start
            self._month_names.clear()
        return self._first

    def _in_turn(self) -> list[SlaVersion]:
        """The versions in the order in which they take effect; of those from one day on the last agreed counts."""
        last = {version.effective_from: version for version in sorted(self.slas, key=lambda version: version.number)}
        return [last[day] for day in sorted(last)]

    @property
    def _fixed(self) -> dict[FiscalYear, frozenset[date]]:
        return {FiscalYear(year.fiscal_year): frozenset(year.closed) for year in self.years.values()}
