"""A review: the month's report and its acceptance (定例報告・検査), or a re-examination (見直し・再検討)."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from slm_domain.aggregate import Aggregate, Event
from slm_domain.contract_refusals import BeforeItsBeginning, SideMayNot
from slm_domain.month_figures import MonthFigures, Outcome
from slm_domain.review_refusals import (
    AlreadyAccepted,
    ImprovementAlreadyPlanned,
    ImprovementsOpen,
    KindAndMonthDisagree,
    MonthNotAccepted,
    NoSuchImprovement,
    NothingToInspect,
    ReportAwaitsInspection,
    ReviewIsClosed,
    WrongKindOfReview,
)
from slm_domain.sla import Side, Words

ReviewKind = Literal["monthly", "yearly", "extraordinary"]


class ReviewOpened(Event["Review"], frozen=True):
    """A review begins: the acceptance of one month, or a re-examination because of breaches or once a year (T1).

    `level` and `because_of_month` name the breach that caused it, where one did.
    """

    NAME = "ReviewOpened.1"

    review: str
    kind: ReviewKind
    opened_by: Side
    month: str | None = None
    fiscal_year: int | None = None
    level: str | None = None
    because_of_month: str | None = None
    note: int | None = None

    def apply(self, review: "Review", /) -> None:
        review.code = self.review
        review.kind = self.kind
        review.month = self.month


class MonthlyReportHandedIn(Event["Review"], frozen=True):
    """The month's report, with the figures themselves: as of `position` and `until`, by these rules (C18, S11)."""

    NAME = "MonthlyReportHandedIn.1"

    month: str
    figures: MonthFigures
    position: int
    until: datetime
    rules_version: str
    handed_in_by: Side

    def apply(self, review: "Review", /) -> None:
        review.handed_in_at = self.occurred_at


class InspectionPassed(Event["Review"], frozen=True):
    """The municipality inspected the month's report and accepts it (検収, S2)."""

    NAME = "InspectionPassed.1"

    month: str
    inspected_by: Side

    def apply(self, review: "Review", /) -> None:
        review.handed_in_at = None
        review.accepted = True


class InspectionFailed(Event["Review"], frozen=True):
    """The municipality does not accept the month's report, and says why (S2)."""

    NAME = "InspectionFailed.1"

    month: str
    inspected_by: Side
    note: int

    def apply(self, review: "Review", /) -> None:
        review.handed_in_at = None


class ImprovementPlanned(Event["Review"], frozen=True):
    """A measure is planned to put right what fell short (S10, G18), with the day it is due."""

    NAME = "ImprovementPlanned.1"

    improvement: str
    level: str
    due: date
    planned_by: Side
    because_of_month: str | None = None
    note: int | None = None

    def apply(self, review: "Review", /) -> None:
        review.improvements.add(self.improvement)
        review.open_improvements[self.improvement] = self.occurred_at


class ImprovementCompleted(Event["Review"], frozen=True):
    """The measure was carried out, and its result reported to the users (S10)."""

    NAME = "ImprovementCompleted.1"

    improvement: str
    stated_by: Side
    note: int | None = None

    def apply(self, review: "Review", /) -> None:
        review.open_improvements.pop(self.improvement, None)


class ReviewClosed(Event["Review"], frozen=True):
    """The review ends with a decision (T4, T7)."""

    NAME = "ReviewClosed.1"

    outcome: Outcome
    closed_by: Side
    note: int | None = None

    def apply(self, review: "Review", /) -> None:
        review.closed = True


class Review(Aggregate):
    """A review's state, as far as later decisions ask for it."""

    KIND = "review"

    def __init__(self) -> None:
        self.code = ""
        self.kind: ReviewKind = "monthly"
        self.month: str | None = None
        self.handed_in_at: datetime | None = None  # of the report that waits for inspection
        self.accepted = False
        self.closed = False
        self.improvements: set[str] = set()
        self.open_improvements: dict[str, datetime] = {}

    @classmethod
    def open(cls, review_id: UUID, fact: ReviewOpened) -> Self:
        """Begin a review. Raises `KindAndMonthDisagree` when a monthly one names no month, or another one does."""
        if (fact.kind == "monthly") != (fact.month is not None):
            raise KindAndMonthDisagree(review=fact.review, kind=fact.kind)
        return cls.begin(review_id, fact)

    def hand_in(self, fact: MonthlyReportHandedIn) -> None:
        """Hand the month's report in, as `awaits_report` allows."""
        if self.awaits_report(fact.handed_in_by) != fact.month:
            raise WrongKindOfReview(review=self.code)
        self.record(fact)

    def awaits_report(self, side: Side) -> str:
        """The month whose report this side may hand in now; asked before its figures are computed.

        Raises `ReviewIsClosed`, `SideMayNot`, `WrongKindOfReview`, `AlreadyAccepted`, `ReportAwaitsInspection`.
        """
        self._open()
        if side != "provider":
            act = Words(ja="月次報告の提出", en="handing in the monthly report")
            raise SideMayNot(act=act, allowed="provider", side=side)
        if self.month is None:
            raise WrongKindOfReview(review=self.code)
        if self.accepted:
            raise AlreadyAccepted(month=self.month)
        if self.handed_in_at is not None:
            raise ReportAwaitsInspection(review=self.code)
        return self.month

    def inspect(self, fact: InspectionPassed | InspectionFailed) -> None:
        """Pass or fail the report that waits. Raises `SideMayNot`, `NothingToInspect`, `BeforeItsBeginning`."""
        self._open()
        if fact.inspected_by != "municipality":
            act = Words(ja="検査", en="inspection")
            raise SideMayNot(act=act, allowed="municipality", side=fact.inspected_by)
        if self.handed_in_at is None:
            raise NothingToInspect(review=self.code)
        if fact.occurred_at < self.handed_in_at:
            what = Words(ja="検査", en="the inspection")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=self.handed_in_at)
        self.record(fact)

    def plan_improvement(self, fact: ImprovementPlanned) -> None:
        """Plan a measure. Raises `ImprovementAlreadyPlanned`."""
        self._open()
        if fact.improvement in self.improvements:
            raise ImprovementAlreadyPlanned(improvement=fact.improvement)
        self.record(fact)

    def complete_improvement(self, fact: ImprovementCompleted) -> None:
        """Report a measure as carried out, also after the review ended with the decision to improve.

        Raises `NoSuchImprovement`, `BeforeItsBeginning`.
        """
        planned_at = self.open_improvements.get(fact.improvement)
        if planned_at is None:
            raise NoSuchImprovement(improvement=fact.improvement)
        if fact.occurred_at < planned_at:
            what = Words(ja=f"改善 {fact.improvement} の完了", en=f"the completion of {fact.improvement}")
            raise BeforeItsBeginning(what=what, at=fact.occurred_at, begin=planned_at)
        self.record(fact)

    def close(self, fact: ReviewClosed) -> None:
        """End the review. Raises `MonthNotAccepted`; `ImprovementsOpen` unless its outcome is to go on improving."""
        self._open()
        if self.month is not None and not self.accepted:
            raise MonthNotAccepted(month=self.month)
        if self.open_improvements and fact.outcome != "find_problems_and_improve":
            raise ImprovementsOpen(improvements=", ".join(sorted(self.open_improvements)))
        self.record(fact)

    def _open(self) -> None:
        if self.closed:
            raise ReviewIsClosed(review=self.code)
