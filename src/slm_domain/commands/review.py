"""Commands on a review: open and close it, the month's report and inspection, improvements."""

from typing import Annotated

import msgspec

from slm_domain.commands.envelope import Code, Command, Day, FiscalYearNumber, Text
from slm_domain.contract import MonthUnderReview
from slm_domain.desk import Desk
from slm_domain.figures.periods import Month
from slm_domain.figures.spans import month_span
from slm_domain.month_figures import Outcome
from slm_domain.review import (
    ImprovementCompleted,
    ImprovementPlanned,
    InspectionFailed,
    InspectionPassed,
    MonthlyReportHandedIn,
    Review,
    ReviewClosed,
    ReviewKind,
    ReviewOpened,
)
from slm_domain.review_refusals import MonthNotOver, ReviewAlreadyOpened

MonthText = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="A month, YYYY-MM.")]


class OpenReview(Command, frozen=True, tag=True):
    """Begin a review: the acceptance of a month's report, or a re-examination."""

    review: Code
    kind: ReviewKind
    month: MonthText | None = None
    fiscal_year: FiscalYearNumber | None = None
    level: Code | None = None
    because_of_month: MonthText | None = None
    reason: Text | None = None

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        contract.sla  # noqa: B018 -- without an agreed SLA there is nothing to review; this raises SlaNotAgreed
        if desk.find(Review, self.review) is not None:
            raise ReviewAlreadyOpened(review=self.review)
        if self.level is not None:
            desk.level(self.level)
        at = self.moment(desk)
        review = Review.open(
            desk.id_of(Review, self.review),
            ReviewOpened(
                occurred_at=at,
                review=self.review,
                kind=self.kind,
                opened_by=self.by.side,
                month=self.month,
                fiscal_year=self.fiscal_year,
                level=self.level,
                because_of_month=self.because_of_month,
                note=None if self.reason is None else 2,  # the note is the aggregate's second event
            ),
        )
        review.write(self.reason, at=at)
        if self.month is not None:
            contract.take_up(MonthUnderReview(occurred_at=at, month=self.month, review=self.review))
        desk.put(review)


class OnReview(Command, frozen=True):
    """A command on a review that was opened."""

    review: Code


class HandInMonthlyReport(OnReview, frozen=True, tag=True):
    """Hand the month's report in (S2). Its figures are computed from the record, not sent."""

    def _decide(self, desk: Desk) -> None:
        contract = desk.contract()
        review = desk.review(self.review)
        month = review.awaits_report(self.by.side)
        at = self.moment(desk)
        if at < month_span(Month.parse(month), contract.sla.start).interval(contract.sla.zone).end:
            raise MonthNotOver(month=month, at=at)
        quoted = desk.quoted(month)
        review.hand_in(
            MonthlyReportHandedIn(
                occurred_at=at,
                month=month,
                figures=quoted.figures,
                position=quoted.position,
                until=quoted.until,
                rules_version=quoted.rules_version,
                handed_in_by=self.by.side,
            )
        )


class PassInspection(OnReview, frozen=True, tag=True):
    """Accept the month's report (検収)."""

    BINDS = True

    def _decide(self, desk: Desk) -> None:
        review = desk.review(self.review)
        review.inspect(
            InspectionPassed(occurred_at=self.moment(desk), month=review.month or "", inspected_by=self.by.side)
        )


class FailInspection(OnReview, frozen=True, tag=True):
    """Do not accept the month's report, and say why."""

    BINDS = True

    reason: Text

    def _decide(self, desk: Desk) -> None:
        review = desk.review(self.review)
        at = self.moment(desk)
        note = review.write(self.reason, at=at)
        review.inspect(
            InspectionFailed(occurred_at=at, month=review.month or "", inspected_by=self.by.side, note=note or 0)
        )


class PlanImprovement(OnReview, frozen=True, tag=True):
    """Plan a measure that puts right what fell short (S10)."""

    improvement: Code
    level: Code
    due: Day
    measure: Text
    because_of_month: MonthText | None = None

    def _decide(self, desk: Desk) -> None:
        desk.level(self.level)
        review = desk.review(self.review)
        at = self.moment(desk)
        note = review.write(self.measure, at=at)
        review.plan_improvement(
            ImprovementPlanned(
                occurred_at=at,
                improvement=self.improvement,
                level=self.level,
                due=self.due,
                planned_by=self.by.side,
                because_of_month=self.because_of_month,
                note=note,
            )
        )


class CompleteImprovement(OnReview, frozen=True, tag=True):
    """Report a measure as carried out, with its result."""

    improvement: Code
    result: Text | None = None

    def _decide(self, desk: Desk) -> None:
        review = desk.review(self.review)
        at = self.moment(desk)
        note = review.write(self.result, at=at)
        review.complete_improvement(
            ImprovementCompleted(occurred_at=at, improvement=self.improvement, stated_by=self.by.side, note=note)
        )


class CloseReview(OnReview, frozen=True, tag=True):
    """End the review with a decision (T4, T7)."""

    BINDS = True

    outcome: Outcome
    conclusion: Text | None = None

    def _decide(self, desk: Desk) -> None:
        review = desk.review(self.review)
        at = self.moment(desk)
        note = review.write(self.conclusion, at=at)
        review.close(ReviewClosed(occurred_at=at, outcome=self.outcome, closed_by=self.by.side, note=note))
