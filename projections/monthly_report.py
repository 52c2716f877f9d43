"""What was reported for a month, was it accepted, and what changed since? (S2, S11, C18, C20)

The figures themselves are computed when asked, from the rows of the other read models; here stand the reports as
issued, and every entry that restated one of them, with what it changed.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from projections.projection import Placed, Row
from slm_domain.earlier import MonthsBefore, any_looks_back
from slm_domain.exclusions import allowance_runs_on
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Month
from slm_domain.items import Item
from slm_domain.known_items import KnownItems, items_for
from slm_domain.level_periods import reaches_beyond_its_month
from slm_domain.month import month_figures
from slm_domain.month_figures import MonthFigures
from slm_domain.posting import POSTED, Posting, Touched
from slm_domain.restating import Inspection, Issue, Restatement, Summary, accepted_figures
from slm_domain.review import (
    ImprovementCompleted,
    ImprovementPlanned,
    InspectionFailed,
    InspectionPassed,
    MonthlyReportHandedIn,
    ReviewOpened,
)


class IssuedReport(Row, frozen=True):
    """A month's report as it was handed in."""

    TABLE: ClassVar[str] = "issued_report"
    KEY: ClassVar[tuple[str, ...]] = ("month", "position")

    month: str
    position: int
    review: str
    handed_in_at: datetime
    recorded_at: datetime
    of_position: int
    until: datetime
    rules_version: str
    inspection: Inspection
    inspected_at: datetime | None
    payable_yen: int
    figures: MonthFigures


class RestatementRow(Row, frozen=True):
    """An entry that changed the figures of an issued month."""

    TABLE: ClassVar[str] = "restatement"
    KEY: ClassVar[tuple[str, ...]] = ("month", "position")

    month: str
    position: int
    recorded_at: datetime
    recorded_month: str
    event: str
    subject: str
    payable_before_yen: int
    payable_after_yen: int
    before: Summary
    after: Summary


class ImprovementRow(Row, frozen=True):
    """A measure planned in a review, and its completion (S10, G18)."""

    TABLE: ClassVar[str] = "improvement"
    KEY: ClassVar[tuple[str, ...]] = ("improvement", "review")

    improvement: str
    review: str
    level: str
    due: date
    because_of_month: str | None
    planned_position: int
    planned_at: datetime
    completed_position: int | None
    completed_at: datetime | None


class ReportState:
    """The register, the reports issued so far, and the figures each issued month has after the last entry."""

    def __init__(self, posting: Posting | None = None) -> None:
        self.posting = Posting() if posting is None else posting
        self.items = KnownItems(self.posting.register)
        self.reviews: dict[UUID, str] = {}
        self.issues: dict[str, list[Issue]] = {}
        self.known: dict[str, Summary] = {}
        self.restatements: dict[str, list[Restatement]] = {}
        self.improvements: dict[tuple[str, str], ImprovementRow] = {}

    def items_of(self, month: Month) -> list[Item]:
        """The items that the month's figures need: its own, and for longer periods also those before."""
        return list(items_for(self.posting.register, month, self.items))


class MonthlyReport:
    """The read model."""

    name = "monthly_report"
    version = 3
    tables: tuple[type[Row], ...] = (IssuedReport, RestatementRow, ImprovementRow)
    handles = POSTED | {
        kind.NAME
        for kind in (
            ReviewOpened,
            MonthlyReportHandedIn,
            InspectionPassed,
            InspectionFailed,
            ImprovementPlanned,
            ImprovementCompleted,
        )
    }

    def begin(self, _journal_id: UUID) -> ReportState:
        """Nothing is issued."""
        return ReportState()

    def fold(self, state: ReportState, entry: Placed) -> Iterable[str]:
        """Take the entry: a report and its inspection, an improvement, or what restates an issued month."""
        match entry.event:
            case ReviewOpened() as opened:
                state.reviews[entry.originator_id] = opened.review
                return ()
            case MonthlyReportHandedIn() as report:
                return self._issue(state, entry, report)
            case InspectionPassed() | InspectionFailed() as inspection:
                latest = state.issues[inspection.month][-1]
                outcome: Inspection = "passed" if isinstance(inspection, InspectionPassed) else "failed"
                state.issues[inspection.month][-1] = replace(
                    latest, inspection=outcome, inspected_at=inspection.occurred_at
                )
                return (_month_sheet(inspection.month),)
            case ImprovementPlanned() | ImprovementCompleted() as improvement:
                return self._improve(state, entry, improvement)
            case _:
                before = _months_before(state, entry) if state.known else set()
                touched = state.posting.post(entry.originator_id, entry.position, entry.event)
                if touched is not None:
                    state.items.forget(touched)
                if touched is None or not state.known:
                    return ()
                return self._restate(state, entry, touched, before)

    def rows(self, state: ReportState, sheet: str) -> Iterable[Row]:
        """The rows of a month, or of the improvements of a review."""
        kind, _, rest = sheet.partition("/")
        if kind == "review":
            yield from (row for (_, review), row in state.improvements.items() if review == rest)
            return
        for issue in state.issues.get(rest, ()):
            yield IssuedReport(
                month=issue.month,
                position=issue.position,
                review=issue.review,
                handed_in_at=issue.handed_in_at,
                recorded_at=issue.recorded_at,
                of_position=issue.of_position,
                until=issue.until,
                rules_version=issue.rules_version,
                inspection=issue.inspection,
                inspected_at=issue.inspected_at,
                payable_yen=issue.figures.payable_yen,
                figures=issue.figures,
            )
        for restatement in state.restatements.get(rest, ()):
            yield RestatementRow(
                month=restatement.month,
                position=restatement.position,
                recorded_at=restatement.recorded_at,
                recorded_month=restatement.recorded_month,
                event=restatement.event,
                subject=restatement.subject,
                payable_before_yen=restatement.before.payable_yen,
                payable_after_yen=restatement.after.payable_yen,
                before=restatement.before,
                after=restatement.after,
            )

    def _issue(self, state: ReportState, entry: Placed, report: MonthlyReportHandedIn) -> tuple[str, ...]:
        state.issues.setdefault(report.month, []).append(
            Issue(
                month=report.month,
                position=entry.position,
                review=state.reviews[entry.originator_id],
                handed_in_at=report.occurred_at,
                recorded_at=entry.recorded_at,
                of_position=report.position,
                until=report.until,
                rules_version=report.rules_version,
                figures=report.figures,
                inspection="waiting",
                inspected_at=None,
            )
        )
        state.known[report.month] = Summary.of(report.figures)
        return (_month_sheet(report.month),)

    def _improve(
        self, state: ReportState, entry: Placed, event: ImprovementPlanned | ImprovementCompleted
    ) -> tuple[str, ...]:
        review = state.reviews[entry.originator_id]
        key = event.improvement, review
        if isinstance(event, ImprovementPlanned):
            state.improvements[key] = ImprovementRow(
                improvement=event.improvement,
                review=review,
                level=event.level,
                due=event.due,
                because_of_month=event.because_of_month,
                planned_position=entry.position,
                planned_at=event.occurred_at,
                completed_position=None,
                completed_at=None,
            )
        else:
            state.improvements[key] = replace(
                state.improvements[key], completed_position=entry.position, completed_at=event.occurred_at
            )
        return (f"review/{review}",)

    def _restate(self, state: ReportState, entry: Placed, touched: Touched, before: set[str]) -> list[str]:
        sheets = []
        register = state.posting.register
        issued = accepted_figures([issue for issues in state.issues.values() for issue in issues])
        months_before = MonthsBefore(register, state.items_of, issued, entry.recorded_at)
        found = before | _months_after(state, entry, touched)
        if found and (any_looks_back(register) or allowance_runs_on(register)):  # later ones too
            found |= {month for month in state.known if month >= min(found)}
        for month in sorted(found & state.known.keys()):
            now = Summary.of(_figures(state, month, months_before, entry.recorded_at))
            known = state.known[month]
            if now == known:
                continue
            state.known[month] = now
            register = state.posting.register
            state.restatements.setdefault(month, []).append(
                Restatement(
                    month=month,
                    position=entry.position,
                    recorded_at=entry.recorded_at,
                    recorded_month=str(register.month_of(local_date(entry.recorded_at, register.zone))),
                    event=getattr(entry.event, "NAME", ""),
                    subject=touched.incident or touched.measurement or touched.level or "",
                    before=known,
                    after=now,
                )
            )
            sheets.append(_month_sheet(month))
        return sheets


def _month_sheet(month: str) -> str:
    return f"month/{month}"


def _months_before(state: ReportState, entry: Placed) -> set[str]:
    """The months that what the entry speaks of has stops or items in, before the entry."""
    incident = state.posting.incident_of(entry.originator_id)
    if incident is not None:
        return _and_later(state, _months_of_incident(state, incident, entry.recorded_at))
    level = state.posting.level_of(entry.originator_id)
    measurement = getattr(entry.event, "measurement", None)
    if level is None or measurement is None:
        return set()
    return _and_later(state, _months_of_measurement(state, level, measurement))


def _months_after(state: ReportState, entry: Placed, touched: Touched) -> set[str]:
    """The issued months that the entry can have changed by what it says. What it did change is then computed."""
    if touched.incident is not None:
        return _and_later(state, _months_of_incident(state, touched.incident, entry.recorded_at))
    if touched.measurement is not None:
        return _and_later(state, _months_of_measurement(state, touched.level or "", touched.measurement))
    # An agreement or a level can change all, and so can a year's closed days: what began in March can be due in April,
    # and a stop can go on in it.
    # An announcement changes nothing told before it: a claim can name a planned stop only once that was announced.
    return set() if touched.planned_stop is not None else set(state.known)


def _and_later(state: ReportState, months: set[str]) -> set[str]:
    """The months, and the issued ones after the first of them where a level looks back further than its month."""
    if not months:
        return months
    register = state.posting.register
    measures = [
        version.definition.measure
        for versions in register.levels.values()
        for version in versions
        if version.definition is not None
    ]
    if not reaches_beyond_its_month(measures):
        return months
    first = min(months)
    return months | {month for month in state.known if month >= first}


def _months_of_incident(state: ReportState, incident: str, until: datetime) -> set[str]:
    register = state.posting.register
    facts = register.incidents[incident]
    if facts.voided or not register.slas:
        return set()
    stated = [at for each in facts.statements for at in (each.started_at, each.ended_at) if at is not None]
    if facts.settled is not None:
        stated += [facts.settled.started_at, facts.settled.ended_at]
    elif not any(each.ended_at for each in facts.statements):
        stated.append(until)
    found = {item.month for item in state.items.of_incident(facts)}
    if any(each.started_at for each in facts.statements):
        month = register.month_of(local_date(min(stated), register.zone))
        last = register.month_of(local_date(max(stated), register.zone))
        while month <= last:
            found.add(str(month))
            month = month.next
    return found


def _months_of_measurement(state: ReportState, level: str, measurement: str) -> set[str]:
    measured = state.posting.register.measured.get((level, measurement))
    if measured is None:
        return set()
    return {item.month for item in state.items.of_measurement(measured)}


def _figures(state: ReportState, month: str, months_before: MonthsBefore, until: datetime) -> MonthFigures:
    asked, register = Month.parse(month), state.posting.register
    incidents, items = list(register.incidents.values()), state.items_of(asked)
    earlier = months_before.before(asked)
    return month_figures(register, asked, incidents=incidents, items=items, until=until, earlier=earlier)
