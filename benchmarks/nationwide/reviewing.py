"""The months' reports: handed in, inspected, accepted or not; what was missed is improved; a yearly review."""

from datetime import date, time, timedelta

from benchmarks.nationwide.book import DAY, Book, opening_day
from benchmarks.nationwide.country import YEAR
from benchmarks.nationwide.recording import Recording
from benchmarks.nationwide.wording import CONCLUSIONS, FAILED, MEASURES, RESULTS
from slm_domain.commands.review import (
    CloseReview,
    CompleteImprovement,
    FailInspection,
    HandInMonthlyReport,
    OpenReview,
    PassInspection,
    PlanImprovement,
)
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import FiscalYear, Month

_FAILS_PERCENT = 8


def review_months(book: Book) -> None:
    """A monthly review of each month of the year, the last two in April and so after the year's end."""
    for month in FiscalYear(YEAR).months():
        if month.first <= book.last_day:
            _review_month(book, month)


def review_year(book: Book) -> None:
    """The yearly review in March, and in some contracts an extraordinary one because of a month."""
    opened = book.working_moment(opening_day(date(YEAR + 1, 3, 2), book.chance.randrange(8)))
    code = f"yearly-{YEAR}"
    book.write(
        opened, OpenReview, "municipality", code, review=code, kind="yearly", fiscal_year=YEAR, reason="年次の見直し。"
    )
    closed = book.working_moment(opening_day(opened.date() + DAY, 4))
    outcome = book.chance.choice(("continue", "continue", "consider_new_service", "set_new_indicators"))
    book.write(
        closed, CloseReview, "municipality", f"{code}.close", review=code, outcome=outcome, conclusion=CONCLUSIONS[1]
    )
    if book.often(30):
        _reexamine(book)


def _reexamine(book: Book) -> None:
    month = Month(YEAR, 5 + book.chance.randrange(6))
    opened = book.working_moment(opening_day(month.next.last - timedelta(days=6)))
    level = book.chance.choice(tuple(book.levels))
    book.write(
        opened,
        OpenReview,
        "provider",
        "extraordinary-1",
        review="extraordinary-1",
        kind="extraordinary",
        level=level,
        because_of_month=str(month),
    )
    closed = book.working_moment(opening_day(opened.date() + DAY, 6))
    key = "extraordinary-1.close"
    book.write(closed, CloseReview, "municipality", key, review="extraordinary-1", outcome="continue")


def _review_month(book: Book, month: Month) -> None:
    code = f"monthly-{month}"
    day = opening_day(month.next.first, book.chance.randint(1, 4))
    at = book.moment(day, time(10, 0), within=200)
    book.write(at, OpenReview, "provider", code, review=code, kind="monthly", month=str(month))
    handed_in = at + book.minutes(5, 90)
    book.write(handed_in, HandInMonthlyReport, "provider", f"{code}.report", review=code)
    inspected = opening_day(day + DAY, book.chance.randint(0, 3))
    if book.often(_FAILS_PERCENT):
        failed = book.moment(inspected, time(9, 30), within=60)
        key, reason = f"{code}.fail", book.chance.choice(FAILED)
        book.write(failed, FailInspection, "municipality", key, review=code, reason=reason)
        again = book.moment(opening_day(inspected + DAY), time(10, 0), within=100)
        book.write(again, HandInMonthlyReport, "provider", f"{code}.report-2", review=code)
        inspected = opening_day(again.date() + DAY)
    passed = book.moment(inspected, time(13, 0), within=120)
    book.write(passed, PassInspection, "municipality", f"{code}.pass", review=code)

    def conclude(recording: Recording) -> None:
        _conclude(book, code, str(month), inspected, recording)

    book.when_recorded(book.moment(inspected, time(15, 30), within=30), conclude)


def _conclude(book: Book, code: str, month: str, day: date, recording: Recording) -> None:
    """Plan a measure for up to two levels in breach, then close the review; measures are carried out within weeks."""
    figures = recording.handed_in(month)
    missed = [level.level for level in figures.levels if level.verdict is Verdict.BREACH][:2]
    at = book.moment(day, time(16, 5), within=20)
    for number, level in enumerate(missed, 1):
        improvement = f"improvement-{number}"
        book.write(
            at + number * timedelta(seconds=30),
            PlanImprovement,
            "provider",
            f"{code}.{improvement}",
            review=code,
            improvement=improvement,
            level=level,
            due=day + timedelta(days=40),
            measure=book.chance.choice(MEASURES),
            because_of_month=month,
        )
        done = book.working_moment(opening_day(day + timedelta(days=10 + book.chance.randrange(35))))
        if book.often(85):
            book.write(
                done,
                CompleteImprovement,
                "provider",
                f"{code}.{improvement}.done",
                review=code,
                improvement=improvement,
                result=book.chance.choice(RESULTS),
            )
    book.write(
        at + book.minutes(3, 30),
        CloseReview,
        "municipality",
        f"{code}.close",
        review=code,
        outcome="find_problems_and_improve" if missed else "continue",
        conclusion=book.chance.choice(CONCLUSIONS),
    )
