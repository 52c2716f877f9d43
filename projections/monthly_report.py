"""What was reported for a month, was it accepted, and what changed since? (S2, S11, C18, C20)

The figures themselves are computed when asked, from the rows of the other read models; here stand the reports as
issued, and every entry that restated one of them, with what it changed.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from msgspec.structs import replace

from projections.projection import Placed, Row
from projections.reached_months import Reach, can_reach, is_settled, runs_on, settled_levels, touched_levels
from projections.register_fold import REGISTER, Books
from slm_domain.earlier import MonthsBefore
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Month
from slm_domain.items import Item
from slm_domain.known_items import items_for
from slm_domain.month import month_figures
from slm_domain.month_figures import LevelFigure, MonthFigures
from slm_domain.posting import POSTED
from slm_domain.restating import Inspection, Issue, Restatement, Summary, accepted_figures
from slm_domain.review import (
    ImprovementCompleted,
    ImprovementPlanned,
    InspectionFailed,
    InspectionPassed,
    MonthlyReportHandedIn,
    ReviewOpened,
)
from slm_domain.rules import RULES_VERSION
from slm_domain.touched import Touched


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
    """The reports issued so far, and the figures each issued month has after the last entry.

    `known_at` says by when a month's known figures were judged with today's rules, `settled` which of these months
    come to the same whenever they are judged.
    """

    def __init__(self, books: Books | None = None) -> None:
        self.books = Books() if books is None else books
        self.reviews: dict[UUID, str] = {}
        self.issues: dict[str, list[Issue]] = {}
        self.known: dict[str, Summary] = {}
        self.last_day = date.min  # of the known months
        self.known_at: dict[str, datetime] = {}
        self.levels: dict[str, tuple[LevelFigure, ...]] = {}  # of each known month
        self.settled: set[str] = set()
        self.posted = 0  # the position of the last entry that changed the register
        self.restatements: dict[str, list[Restatement]] = {}
        self.improvements: dict[tuple[str, str], ImprovementRow] = {}

    def items_of(self, month: Month, *, without: Collection[str] = ()) -> list[Item]:
        """The items that the month's figures need: its own, and for longer periods also those before.

        Those of the levels `without` whose results are known and have no price are left out.
        """
        return items_for(self.books.register, month, self.books.items, without=without)

    def stays(self, month: str) -> bool:
        """Whether the known figures of a month whose facts did not change hold at any later instant."""
        if month in self.settled:
            return True
        at = self.known_at.get(month)
        if at is None or not is_settled(self.books, Month.parse(month), at):
            return False
        self.settled.add(month)
        return True

    def kept_levels(self, month: str, touched: set[str]) -> dict[str, LevelFigure]:
        """The results of the month's levels that neither an entry on the levels touched nor time can have changed."""
        at = self.known_at.get(month)
        if at is None:
            return {}
        settled = settled_levels(self.books, Month.parse(month), at) - touched
        return {figure.level: figure for figure in self.levels[month] if figure.level in settled}

    def know(self, month: str, figures: MonthFigures, at: datetime | None) -> None:
        """What a month comes to, judged at an instant; None when it was not judged by today's rules and facts."""
        self.known[month] = Summary.of(figures)
        self.levels[month] = figures.levels
        self.last_day = max(self.last_day, self.books.register.days_of(Month.parse(month)).last)
        self.settled.discard(month)
        if at is None:
            self.known_at.pop(month, None)
        else:
            self.known_at[month] = at

    def doubt_after(self, month: str) -> None:
        """The months after this one may come to something else, once its report is another or is accepted."""
        if runs_on(self.books.register):
            for later in [each for each in self.known if each > month]:
                self.settled.discard(later)
                self.known_at.pop(later, None)


class MonthlyReport:
    """The read model."""

    name = "monthly_report"
    version = 5
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
    shared = REGISTER

    def begin(self, _journal_id: UUID, books: Books) -> ReportState:
        """Nothing is issued."""
        return ReportState(books)

    def fold(self, state: ReportState, entry: Placed, touched: Touched | None) -> Iterable[str]:
        """Take the entry: a report and its inspection, an improvement, or what restates an issued month."""
        if touched is not None:
            state.posted = entry.position
            if not state.known or not can_reach(state.books, touched, state.last_day):
                return ()
            return self._restate(state, entry, touched)
        match entry.event:
            case ReviewOpened() as opened:
                state.reviews[entry.originator_id] = opened.review
            case MonthlyReportHandedIn() as report:
                return self._issue(state, entry, report)
            case InspectionPassed() | InspectionFailed() as inspection:
                latest = state.issues[inspection.month][-1]
                outcome: Inspection = "passed" if isinstance(inspection, InspectionPassed) else "failed"
                state.issues[inspection.month][-1] = replace(
                    latest, inspection=outcome, inspected_at=inspection.occurred_at
                )
                state.doubt_after(inspection.month)
                return (_month_sheet(inspection.month),)
            case ImprovementPlanned() | ImprovementCompleted() as improvement:
                return self._improve(state, entry, improvement)
            case _:
                pass  # proposed only
        return ()

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
        by_todays_rules = report.rules_version == RULES_VERSION and report.position >= state.posted
        state.know(report.month, report.figures, report.until if by_todays_rules else None)
        state.doubt_after(report.month)
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

    def _restate(self, state: ReportState, entry: Placed, touched: Touched) -> list[str]:
        sheets: list[str] = []
        reach = Reach(state.books, touched, state.known, entry.recorded_at)
        told = sorted(
            month for month in reach.told & state.known.keys() if month in reach.changed or not state.stays(month)
        )
        if not told:
            return sheets
        register = state.books.register
        issued = accepted_figures([issue for issues in state.issues.values() for issue in issues])
        months_before = MonthsBefore(register, state.items_of, issued, entry.recorded_at)
        levels = touched_levels(state.books, touched)
        for month in told:
            known, kept = state.known[month], state.kept_levels(month, levels)
            state.know(month, _figures(state, month, months_before, entry.recorded_at, kept), entry.recorded_at)
            now = state.known[month]
            if now == known:
                continue
            state.restatements.setdefault(month, []).append(
                Restatement(
                    month=month,
                    position=entry.position,
                    recorded_at=entry.recorded_at,
                    recorded_month=register.month_name(local_date(entry.recorded_at, register.zone)),
                    event=entry.name,
                    subject=touched.incident or touched.measurement or touched.level or "",
                    before=known,
                    after=now,
                )
            )
            sheets.append(_month_sheet(month))
        return sheets


def _month_sheet(month: str) -> str:
    return f"month/{month}"


def _figures(
    state: ReportState, month: str, months_before: MonthsBefore, until: datetime, kept: Mapping[str, LevelFigure]
) -> MonthFigures:
    asked, register = Month.parse(month), state.books.register
    earlier = months_before.before(asked)
    priced = {rule.level for version in register.slas for rule in version.sla.deductions}
    return month_figures(
        register,
        asked,
        incidents=list(register.incidents.values()),
        items=state.items_of(asked, without=kept.keys() - priced),
        until=until,
        earlier=earlier,
        kept=kept,
    )
