"""The monthly report's rules: what is issued stays, what is recorded later restates it (C18, C20)."""

from datetime import timedelta

from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import ImprovementRow, IssuedReport, RestatementRow
from slm_domain.commands.contract import FixClosedDays
from slm_domain.commands.incident import CorrectTimes, EndOutage, ProposeVoid, ReopenOutage, VoidIncident
from slm_domain.commands.review import CompleteImprovement, FailInspection, HandInMonthlyReport, PlanImprovement
from tests.projections.conftest import Send, at, day, fault, report, stop
from tests.projections.contract_histories import Desks
from tests.projections.folds import folded

MINUTE = timedelta(minutes=1) // timedelta(microseconds=1)


def restatements(desks: Desks) -> list[RestatementRow]:
    return sorted(folded(MONTHLY_REPORT, desks.drafts).rows(RestatementRow), key=lambda row: (row.position, row.month))


def test_an_entry_about_an_issued_month_that_changes_no_figure_restates_nothing(desks: Desks, send: Send) -> None:
    report(send, "2025-04", "2025-05-07 10:00")
    fault(send, "i1", "2025-05-08 10:00", level="C", occurred="2025-04-28 10:00")
    assert restatements(desks) == []


def test_a_stop_reported_after_the_issue_restates_its_month_entry_by_entry(desks: Desks, send: Send) -> None:
    report(send, "2025-04", "2025-05-07 10:00")
    stop(send, "i1", "2025-04-10 16:30", None, when="2025-05-08 10:00")
    send(CorrectTimes, "2025-05-09 10:00", incident="i1", started_at=at("2025-04-30 16:00"), reason="誤記")
    reported, started, corrected = restatements(desks)
    assert {(row.month, row.recorded_month, row.subject) for row in (reported, started, corrected)} == {
        ("2025-04", "2025-05", "i1")
    }
    assert reported.event == "IncidentReported.1"
    assert reported.after.breaches == reported.before.breaches + 1  # nobody was told of it in time
    assert (started.event, started.payable_before_yen) == ("OutageStarted.1", 1_000_000)
    assert started.payable_after_yen == corrected.payable_before_yen < corrected.payable_after_yen
    assert corrected.after.stopped_microseconds == 75 * MINUTE


def test_an_end_taken_back_leaves_the_stop_open_until_another_is_stated(desks: Desks, send: Send) -> None:
    # Wednesday 30 April: 10:00 to 12:00 is 120 minutes, to closing at 17:15 it is 435, to 13:00 it is 180.
    stop(send, "i1", "2025-04-30 10:00", "2025-04-30 12:00")
    report(send, "2025-04", "2025-05-07 10:00")
    send(ReopenOutage, "2025-05-08 10:00", incident="i1", reason="12時の復旧は確認の誤り")
    send(EndOutage, "2025-05-08 11:00", incident="i1", ended_at=at("2025-04-30 13:00"))
    reopened, ended = restatements(desks)
    assert (reopened.event, ended.event) == ("OutageReopened.1", "OutageEnded.1")
    assert reopened.before.stopped_microseconds == 120 * MINUTE
    assert reopened.after.stopped_microseconds == ended.before.stopped_microseconds == 435 * MINUTE
    assert ended.after.stopped_microseconds == 180 * MINUTE


def test_where_one_side_takes_its_end_back_that_of_the_other_stands(desks: Desks, send: Send) -> None:
    # The municipality's end (C23) is 12:00: 120 minutes. Taken back, the provider's 11:00 is all that is stated: 60.
    stop(send, "i1", "2025-04-30 10:00", "2025-04-30 12:00")
    send(EndOutage, "2025-04-30 12:00", "provider", incident="i1", ended_at=at("2025-04-30 11:00"))
    report(send, "2025-04", "2025-05-07 10:00")
    send(ReopenOutage, "2025-05-08 10:00", incident="i1", reason="誤って記録した")
    (reopened,) = restatements(desks)
    assert reopened.before.stopped_microseconds == 120 * MINUTE
    assert reopened.after.stopped_microseconds == 60 * MINUTE


def test_a_stop_over_two_issued_months_restates_both_by_one_entry(desks: Desks, send: Send) -> None:
    stop(send, "i1", "2025-04-30 16:00", "2025-05-01 10:00")
    report(send, "2025-04", "2025-06-05 10:00")
    report(send, "2025-05", "2025-06-05 10:00")
    send(ProposeVoid, "2025-06-06 10:00", incident="i1", reason="重複")
    send(VoidIncident, "2025-06-06 11:00", "provider", incident="i1")
    rows = restatements(desks)
    assert [row.month for row in rows] == ["2025-04", "2025-05"]
    assert len({row.position for row in rows}) == 1
    assert [row.after.stopped_microseconds for row in rows] == [0, 0]


def test_closed_days_of_the_next_year_restate_march_when_a_stop_goes_on_in_april(desks: Desks, send: Send) -> None:
    stop(send, "i1", "2026-03-31 16:30", "2026-04-01 09:00")  # 45 minutes and 30: together a stop
    report(send, "2026-03", "2026-04-07 10:00")
    send(FixClosedDays, "2026-04-08 10:00", fiscal_year=2026, closed=(day("2026-04-01"),))
    (row,) = restatements(desks)
    assert (row.month, row.before.stopped_microseconds, row.after.stopped_microseconds) == ("2026-03", 45 * MINUTE, 0)


def test_a_report_that_failed_and_is_handed_in_again_stands_beside_the_first(desks: Desks, send: Send) -> None:
    report(send, "2025-04", "2025-05-07 10:00", passed=False)
    send(FailInspection, "2025-05-08 10:00", review="2025-04", reason="不備")
    send(HandInMonthlyReport, "2025-05-09 10:00", "provider", review="2025-04")
    first, second = sorted(folded(MONTHLY_REPORT, desks.drafts).rows(IssuedReport), key=lambda row: row.position)
    assert (first.inspection, first.inspected_at) == ("failed", at("2025-05-08 10:00"))
    assert (second.inspection, second.inspected_at) == ("waiting", None)
    assert second.of_position == second.position - 1
    assert second.until == second.recorded_at


def test_an_improvement_is_planned_in_its_review_and_completed_once(desks: Desks, send: Send) -> None:
    report(send, "2025-04", "2025-05-07 10:00")
    about = {"review": "2025-04", "improvement": "a1"}
    why = {"level": "stop", "due": day("2025-09-30"), "measure": "冗長化", "because_of_month": "2025-04"}
    send(PlanImprovement, "2025-05-10 10:00", "provider", **about, **why)
    send(CompleteImprovement, "2025-08-01 10:00", "provider", **about, result="完了")
    (row,) = folded(MONTHLY_REPORT, desks.drafts).rows(ImprovementRow)
    assert (row.level, row.review, row.due, row.because_of_month) == ("stop", "2025-04", day("2025-09-30"), "2025-04")
    assert row.completed_at == at("2025-08-01 10:00")
    assert row.completed_position is not None
    assert row.planned_position < row.completed_position
