"""Rules of a review: the month's report and its inspection, improvements, and how a review ends (S2, S10, T4)."""

from datetime import date
from typing import get_args

import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.envelope import Command
from slm_domain.commands.review import (
    CloseReview,
    CompleteImprovement,
    FailInspection,
    HandInMonthlyReport,
    OpenReview,
    PassInspection,
    PlanImprovement,
)
from slm_domain.contract import MonthUnderReview
from slm_domain.contract_refusals import BeforeItsBeginning, OutsideTheTerm, SideMayNot, SlaNotAgreed
from slm_domain.month_figures import Outcome
from slm_domain.review import (
    ImprovementCompleted,
    ImprovementPlanned,
    InspectionFailed,
    InspectionPassed,
    MonthlyReportHandedIn,
    ReviewClosed,
    ReviewOpened,
)
from slm_domain.review_refusals import (
    AlreadyAccepted,
    ImprovementAlreadyPlanned,
    ImprovementsOpen,
    KindAndMonthDisagree,
    MonthAlreadyUnderReview,
    MonthNotAccepted,
    MonthNotOver,
    NoSuchImprovement,
    NoSuchReview,
    NothingToInspect,
    ReportAwaitsInspection,
    ReviewAlreadyOpened,
    ReviewIsClosed,
    WrongKindOfReview,
)
from slm_domain.service_level_refusals import NoSuchLevel
from tests.domain.agreement import (
    AGREED,
    CODE,
    DRAFT,
    NOW,
    PROPOSE,
    PROVIDER_SIGNS,
    TOWN_SIGNS,
    figures,
    jst,
    municipality,
    provider,
)
from tests.domain.scenario import Facts, refused, scenario

APRIL = provider(OpenReview, review="april", kind="monthly", month="2025-04")
HAND_IN = provider(HandInMonthlyReport, review="april", occurred_at=jst(5, 9))
PASS = municipality(PassInspection, review="april", occurred_at=jst(5, 9, 12))
FAIL = municipality(FailInspection, review="april", reason="one stop is missing", occurred_at=jst(5, 9, 12))
OPENED: list[Command] = [*AGREED, APRIL]
WAITING: list[Command] = [*OPENED, HAND_IN]
ACCEPTED: list[Command] = [*WAITING, PASS]

RE_EXAMINE = municipality(OpenReview, review="re-1", kind="extraordinary", level="register")
RE_EXAMINED: list[Command] = [*AGREED, RE_EXAMINE]


# --- Opening


def test_the_review_of_a_month_takes_the_month_up() -> None:
    then: Facts = [
        MonthUnderReview(occurred_at=NOW, month="2025-04", review="april"),
        ReviewOpened(occurred_at=NOW, review="april", kind="monthly", opened_by="provider", month="2025-04"),
    ]
    scenario(given=AGREED, when=APRIL, then=then)


def test_a_re_examination_names_the_breach_it_comes_from() -> None:
    when = replace(RE_EXAMINE, because_of_month="2025-04", fiscal_year=2025, reason="two breaches")
    then: Facts = [
        ReviewOpened(
            occurred_at=NOW,
            review="re-1",
            kind="extraordinary",
            opened_by="municipality",
            fiscal_year=2025,
            level="register",
            because_of_month="2025-04",
            note=2,
        ),
        NoteWritten(occurred_at=NOW, text="two breaches"),
    ]
    scenario(given=AGREED, when=when, then=then)


def test_a_review_is_opened_once() -> None:
    scenario(given=OPENED, when=APRIL, then=refused(ReviewAlreadyOpened, review="april"))


def test_a_month_has_one_review() -> None:
    then = refused(MonthAlreadyUnderReview, month="2025-04", taken_by="april")
    scenario(given=OPENED, when=replace(APRIL, review="april-again"), then=then)


@pytest.mark.parametrize("month", ["2025-03", "2030-04"])
def test_a_month_under_review_lies_in_the_term(month: str) -> None:
    then = refused(OutsideTheTerm, asked=month, term_from=date(2025, 4, 1), term_to=date(2030, 3, 31))
    scenario(given=AGREED, when=replace(APRIL, month=month), then=then)


def test_a_month_before_the_first_sla_took_effect_has_no_report() -> None:
    given = [DRAFT, replace(PROPOSE, effective_from=date(2025, 5, 1)), PROVIDER_SIGNS, TOWN_SIGNS]
    then = refused(OutsideTheTerm, asked="2025-04", term_from=date(2025, 5, 1))
    scenario(given=given, when=APRIL, then=then)


@pytest.mark.parametrize("when", [replace(APRIL, month=None), replace(RE_EXAMINE, month="2025-04")])
def test_a_monthly_review_and_no_other_names_its_month(when: Command) -> None:
    scenario(given=AGREED, when=when, then=refused(KindAndMonthDisagree))


def test_without_an_agreed_sla_there_is_nothing_to_review() -> None:
    scenario(given=[DRAFT], when=APRIL, then=refused(SlaNotAgreed, code=CODE))


def test_a_review_of_a_level_names_one_of_the_sla() -> None:
    scenario(given=AGREED, when=replace(RE_EXAMINE, level="speed"), then=refused(NoSuchLevel, level="speed"))


# --- The report and its inspection


def test_the_report_carries_the_figures_of_the_record_and_where_they_were_taken() -> None:
    handed_in = MonthlyReportHandedIn(
        occurred_at=jst(5, 9),
        month="2025-04",
        figures=figures("2025-04"),
        position=13,  # draft, proposal, two signatures, agreement, six levels, the month taken up, its review
        until=NOW,
        rules_version="1",
        handed_in_by="provider",
    )
    scenario(given=OPENED, when=HAND_IN, then=[handed_in])


def test_the_provider_hands_the_report_in() -> None:
    when = municipality(HandInMonthlyReport, review="april")
    scenario(given=OPENED, when=when, then=refused(SideMayNot, allowed="provider", side="municipality"))


def test_a_report_is_handed_in_where_the_month_is_reviewed() -> None:
    scenario(given=AGREED, when=HAND_IN, then=refused(NoSuchReview, review="april"))
    elsewhere = replace(HAND_IN, review="re-1")
    scenario(given=RE_EXAMINED, when=elsewhere, then=refused(WrongKindOfReview, review="re-1"))


def test_a_month_is_reported_when_it_is_over() -> None:
    when = replace(HAND_IN, occurred_at=jst(4, 30, 23, 59))
    scenario(given=OPENED, when=when, then=refused(MonthNotOver, month="2025-04", at=jst(4, 30, 23, 59)))


def test_a_report_under_inspection_is_not_exchanged() -> None:
    scenario(given=WAITING, when=HAND_IN, then=refused(ReportAwaitsInspection, review="april"))


def test_the_municipality_accepts_the_report() -> None:
    passed = InspectionPassed(occurred_at=jst(5, 9, 12), month="2025-04", inspected_by="municipality")
    scenario(given=WAITING, when=PASS, then=[passed])


def test_the_municipality_says_why_a_report_fails_and_another_is_handed_in() -> None:
    then: Facts = [
        NoteWritten(occurred_at=jst(5, 9, 12), text="one stop is missing"),
        InspectionFailed(occurred_at=jst(5, 9, 12), month="2025-04", inspected_by="municipality", note=3),
    ]
    scenario(given=WAITING, when=FAIL, then=then)
    again = replace(PASS, occurred_at=jst(5, 12))
    passed = InspectionPassed(occurred_at=jst(5, 12), month="2025-04", inspected_by="municipality")
    scenario(given=[*WAITING, FAIL, HAND_IN], when=again, then=[passed])


@pytest.mark.parametrize("kind", [PassInspection, FailInspection])
def test_the_provider_does_not_inspect(kind: type[Command]) -> None:
    reason = {"reason": "too good"} if kind is FailInspection else {}
    when = provider(kind, review="april", **reason)
    scenario(given=WAITING, when=when, then=refused(SideMayNot, allowed="municipality", side="provider"))


@pytest.mark.parametrize("given", [OPENED, [*WAITING, FAIL], ACCEPTED])
def test_what_was_not_handed_in_is_not_inspected(given: list[Command]) -> None:
    scenario(given=given, when=PASS, then=refused(NothingToInspect, review="april"))


def test_the_inspection_comes_after_the_report() -> None:
    early = replace(PASS, occurred_at=jst(5, 8))
    scenario(given=WAITING, when=early, then=refused(BeforeItsBeginning, at=jst(5, 8), begin=jst(5, 9)))


def test_an_accepted_month_is_not_reported_again() -> None:
    scenario(given=ACCEPTED, when=HAND_IN, then=refused(AlreadyAccepted, month="2025-04"))


def test_the_review_of_a_month_ends_after_its_acceptance() -> None:
    close = municipality(CloseReview, review="april", outcome="continue")
    scenario(given=WAITING, when=close, then=refused(MonthNotAccepted, month="2025-04"))
    closed = ReviewClosed(occurred_at=NOW, outcome="continue", closed_by="municipality")
    scenario(given=ACCEPTED, when=close, then=[closed])


# --- Improvements

PLAN = provider(
    PlanImprovement,
    review="re-1",
    improvement="im-1",
    level="register",
    due=date(2025, 7, 31),
    measure="enter changes the same day",
    because_of_month="2025-04",
)
COMPLETE = provider(CompleteImprovement, review="re-1", improvement="im-1", result="it is done")
END = municipality(CloseReview, review="re-1", outcome="find_problems_and_improve", conclusion="go on")
PLANNED: list[Command] = [*RE_EXAMINED, PLAN]


def test_an_improvement_is_planned_with_its_due_day() -> None:
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="enter changes the same day"),
        ImprovementPlanned(
            occurred_at=NOW,
            improvement="im-1",
            level="register",
            due=date(2025, 7, 31),
            planned_by="provider",
            because_of_month="2025-04",
            note=2,
        ),
    ]
    scenario(given=RE_EXAMINED, when=PLAN, then=then)


def test_an_improvement_is_planned_once() -> None:
    scenario(given=PLANNED, when=PLAN, then=refused(ImprovementAlreadyPlanned, improvement="im-1"))


def test_an_improvement_is_completed_with_its_result() -> None:
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="it is done"),
        ImprovementCompleted(occurred_at=NOW, improvement="im-1", stated_by="provider", note=4),
    ]
    scenario(given=PLANNED, when=COMPLETE, then=then)


@pytest.mark.parametrize("given", [RE_EXAMINED, [*PLANNED, COMPLETE]])
def test_only_an_improvement_under_way_is_completed(given: list[Command]) -> None:
    scenario(given=given, when=COMPLETE, then=refused(NoSuchImprovement, improvement="im-1"))


def test_an_improvement_is_completed_after_it_was_planned() -> None:
    early = replace(COMPLETE, occurred_at=jst(6, 19))
    scenario(given=PLANNED, when=early, then=refused(BeforeItsBeginning, at=jst(6, 19), begin=NOW))


def test_improvements_are_completed_before_a_review_ends_unless_it_ends_with_improving() -> None:
    content = replace(END, outcome="continue")
    scenario(given=PLANNED, when=content, then=refused(ImprovementsOpen, improvements="im-1"))
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="go on"),
        ReviewClosed(occurred_at=NOW, outcome="find_problems_and_improve", closed_by="municipality", note=4),
    ]
    scenario(given=PLANNED, when=END, then=then)


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_a_review_ends_with_any_of_the_four_outcomes(outcome: Outcome) -> None:
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="go on"),
        ReviewClosed(occurred_at=NOW, outcome=outcome, closed_by="municipality", note=2),
    ]
    scenario(given=RE_EXAMINED, when=replace(END, outcome=outcome), then=then)


def test_what_a_closed_review_left_to_improve_is_still_completed() -> None:
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="it is done"),
        ImprovementCompleted(occurred_at=NOW, improvement="im-1", stated_by="provider", note=6),
    ]
    scenario(given=[*PLANNED, END], when=COMPLETE, then=then)


@pytest.mark.parametrize("when", [END, replace(PLAN, improvement="im-2")])
def test_nothing_new_begins_in_a_closed_review(when: Command) -> None:
    scenario(given=[*PLANNED, END], when=when, then=refused(ReviewIsClosed, review="re-1"))
