"""What the two sides say of an outage's times and grounds afterwards: contested, corrected, settled, claimed, voided.

Some of it only after the month's report was accepted, which restates that month.
"""

from datetime import time, timedelta

from benchmarks.nationwide.book import ACCEPTED_OF_TEN, DAY, DECIDED_OF_TEN, opening_day
from benchmarks.nationwide.case import Case
from benchmarks.nationwide.wording import CONTESTED, CORRECTED, REJECTED
from slm_domain.commands.corrections import CorrectMoment
from slm_domain.commands.incident import (
    AcceptExclusion,
    ClaimExclusion,
    ContestTimes,
    CorrectTimes,
    EndOutage,
    ProposeSettlement,
    ProposeVoid,
    RejectExclusion,
    ReopenOutage,
    SettleTimes,
    VoidIncident,
)

_GROUNDS = ("municipality-default", "force-majeure")


def dispute(case: Case) -> None:
    """At most one kind of dispute for an outage; two thirds have none."""
    drawn = case.book.chance.randrange(100)
    for share, kind in _KINDS:
        if drawn < share:
            kind(case)
            return
        drawn -= share


def contested(case: Case) -> None:
    """The municipality states another end; half are settled, some are left open."""
    book = case.book
    day = opening_day(case.ended.date() + DAY, book.chance.randint(0, 6))
    at = max(book.working_moment(day), case.at)
    longer = case.ended + book.minutes(3, 40)
    if longer > at:
        return
    case.later(at, ContestTimes, "municipality", "contest", reason=book.chance.choice(CONTESTED), ended_at=longer)
    if book.often(60):
        proposed = book.working_moment(opening_day(day + DAY, 2))
        middle = case.ended + (longer - case.ended) / 2
        case.later(proposed, ProposeSettlement, "provider", "settlement", started_at=case.started, ended_at=middle)
        case.later(book.working_moment(opening_day(day + DAY, 5)), SettleTimes, "municipality", "settle")


def corrected(case: Case) -> None:
    """The provider restates its end: within the week, or up to two months later, when the month is accepted."""
    book = case.book
    days_later = book.chance.randint(25, 60) if book.often(40) else book.chance.randint(0, 4)
    at = max(book.working_moment(opening_day(case.ended.date() + timedelta(days=1 + days_later))), case.at)
    ended = case.ended + book.minutes(2, 25) if book.often(50) else case.ended - timedelta(minutes=1)
    if case.started < ended < at:
        case.later(at, CorrectTimes, "provider", "correct", reason=book.chance.choice(CORRECTED), ended_at=ended)


def reopened(case: Case) -> None:
    """It was not over: the end is taken back and stated again."""
    case.say(ReopenOutage, "provider", "reopen", None, reason="同じ現象が再び起きている。")
    ended = case.at + case.book.minutes(10, 90)
    case.say(EndOutage, "provider", "end-again", None, after=ended, ended_at=ended)
    case.ends(case.started, ended)


def claimed(case: Case) -> None:
    """The provider claims a ground; accepted, rejected or left open."""
    book = case.book
    at = max(book.working_moment(opening_day(case.ended.date() + DAY)), case.at)
    case.later(at, ClaimExclusion, "provider", "claim", exclusion="ex-1", ground=book.chance.choice(_GROUNDS))
    decided = book.working_moment(opening_day(at.date() + DAY, 3))
    drawn = book.chance.randrange(10)
    if drawn < ACCEPTED_OF_TEN:
        case.later(decided, AcceptExclusion, "municipality", "accept", exclusion="ex-1")
    elif drawn < DECIDED_OF_TEN:
        reason = book.chance.choice(REJECTED)
        case.later(decided, RejectExclusion, "municipality", "reject", exclusion="ex-1", reason=reason)


def moment_corrected(case: Case) -> None:
    """The provider corrects when it arrived, or when the result of the triage was told."""
    book = case.book
    at = max(book.working_moment(opening_day(case.ended.date() + DAY, 1)), case.at)
    reason = book.chance.choice(CORRECTED)
    if case.arrived is not None:
        corrected_to = case.arrived + book.minutes(1, 4)
        case.later(
            max(at, corrected_to),
            CorrectMoment,
            "provider",
            "correct-arrival",
            corrects="arrived",
            corrected_to=corrected_to,
            reason=reason,
            call="call-1",
        )


def voided(case: Case) -> None:
    """It was no incident of the service: both sides agree that it does not count."""
    book = case.book
    day = opening_day(case.ended.date() + DAY, 9)  # when its report and all else has been handed in
    reason = "利用者の端末の誤操作であった。"
    case.later(book.moment(day, time(11, 0), within=50), ProposeVoid, "provider", "void", reason=reason)
    case.later(book.moment(day, time(13, 0), within=50), VoidIncident, "municipality", "voided")


_KINDS = ((10, contested), (9, corrected), (3, reopened), (9, claimed), (3, moment_corrected), (2, voided))
