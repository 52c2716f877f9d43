"""How a contract begins and changes: drafted, signed, days fixed, levels revised or retired, stops announced."""

from calendar import SUNDAY
from datetime import date, datetime, time, timedelta

import msgspec
from msgspec.structs import replace

from benchmarks.nationwide.book import DAY, FIRST_DAY, Book, is_open, opening_day
from benchmarks.nationwide.case import Case
from benchmarks.nationwide.country import YEAR
from benchmarks.nationwide.measuring import RETIRED
from slm_domain.commands.contract import AnnouncePlannedStop, DraftContract, FixClosedDays, ProposeSla, SignSla
from slm_domain.commands.incident import AcceptExclusion, ClaimExclusion, EndOutage, ReportIncident
from slm_domain.commands.service_level import ApproveRevision, ProposeRevision, RetireLevel
from slm_domain.commands.unmeasured import StateUnmeasuredTime, WithdrawUnmeasuredTime
from slm_domain.figures.periods import FiscalYear
from slm_domain.figures.proposal import propose_closed_days

_REVISED = "restore-work"  # a level that every family has; half of those who revise it get the approval
_PLANNED_STOPS = {"village": 1, "town": 2, "city": 3, "metropolis": 4}


def begin(book: Book) -> None:
    """Draft the contract in March, propose and sign its SLA, fix the closed days; the next year's in January."""
    day = opening_day(date(YEAR, 3, 3), book.chance.randrange(15))
    sla = book.sla
    at = book.working_moment(day)
    book.write(
        at,
        DraftContract,
        "municipality",
        "draft",
        title=sla.title,
        time_zone=sla.time_zone,
        municipality=sla.municipality,
        provider=sla.provider,
    )
    document = msgspec.Raw(msgspec.json.encode(sla, order="sorted"))
    book.write(
        at + book.minutes(5, 60), ProposeSla, "provider", "sla-1", document=document, effective_from=sla.term_from
    )
    signed = book.working_moment(opening_day(day + DAY, 1))
    book.write(signed, SignSla, "municipality", "sla-1.sign.municipality", number=1)
    book.write(signed + book.minutes(10, 90), SignSla, "provider", "sla-1.sign.provider", number=1)
    for year, on in ((YEAR, opening_day(day + DAY, 3)), (YEAR + 1, opening_day(date(YEAR + 1, 1, 19)))):
        closed = tuple(sorted(propose_closed_days(FiscalYear(year)).dates))
        fixed = book.working_moment(on)
        book.write(fixed, FixClosedDays, "municipality", f"closed-days-{year}", fiscal_year=year, closed=closed)


def change(book: Book) -> date | None:
    """Revise a level in some contracts, retire one in a few: the day from which that is no longer measured."""
    if book.often(25):
        _revise(book)
    if not book.often(4) or RETIRED not in book.levels:
        return None
    effective = date(YEAR, 11, 1)
    at = book.working_moment(opening_day(date(YEAR, 10, 6), book.chance.randrange(10)))
    reason = "対象の業務を別の契約に移すため。"
    book.write(
        at, RetireLevel, "municipality", f"{RETIRED}.retire", level=RETIRED, effective_from=effective, reason=reason
    )
    return effective


def _revise(book: Book) -> None:
    level = book.levels[_REVISED]
    if level.guaranteed is None:
        return
    stricter = replace(level, guaranteed=replace(level.guaranteed, amount=level.guaranteed.amount / 2))
    proposed = book.working_moment(opening_day(date(YEAR, 8, 18), book.chance.randrange(10)))
    book.write(
        proposed,
        ProposeRevision,
        "municipality",
        f"{_REVISED}.revise",
        level=_REVISED,
        revision="revision-1",
        definition=stricter,
        effective_from=date(YEAR, 10, 1),
        reason="復旧の目標を見直す。",
    )
    if book.often(60):
        approved = book.working_moment(opening_day(proposed.date() + DAY, 5))
        key = f"{_REVISED}.approve"
        book.write(approved, ApproveRevision, "provider", key, level=_REVISED, revision="revision-1")


def plan_stops(book: Book) -> None:
    """Planned stops on Sundays: announced, held, claimed and mostly accepted. One in six is announced too late."""
    times = _PLANNED_STOPS[book.who.lead.size]
    for number in range(1, times + 1):
        day = _sunday(FIRST_DAY + timedelta(days=300 * number // (times + 1) + book.chance.randrange(40)))
        starts = book.moment(day, time(9, 0))
        ends = starts + book.minutes(60, 300)
        announced_day = opening_day(day - timedelta(days=10 if book.often(16) else 24))
        systems = tuple(system.code for system in book.sla.systems[:2])
        organisations = tuple(dict.fromkeys(system.organisation for system in book.sla.systems[:2]))
        code = f"stop-{number}"
        book.write(
            book.working_moment(announced_day),
            AnnouncePlannedStop,
            "provider",
            code,
            planned_stop=code,
            ground="planned-maintenance",
            starts_at=starts,
            ends_at=ends,
            systems=systems,
            organisations=organisations,
            purpose="基盤ソフトウェアの更新のため停止する。",
        )
        _hold(book, code, Case(book, f"planned-{number}", starts, "B", systems), ends - book.minutes(0, 30))


def _hold(book: Book, planned_stop: str, case: Case, ended: datetime) -> None:
    case.say(
        ReportIncident,
        "provider",
        "report",
        case.detected,
        level="B",
        systems=case.systems,
        organisations=case.organisations,
        outage_started_at=case.detected,
    )
    case.say(EndOutage, "provider", "end", None, after=ended, ended_at=ended)
    case.say(
        ClaimExclusion,
        "provider",
        "claim",
        None,
        exclusion="planned",
        ground="planned-maintenance",
        planned_stop=planned_stop,
    )
    if book.often(90):
        decided = book.working_moment(opening_day(case.detected.date() + DAY, 2))
        case.later(decided, AcceptExclusion, "municipality", "accept", exclusion="planned")


def lose_sight(book: Book) -> None:
    """In some contracts nobody measured for some hours; one in three takes that back."""
    if not book.often(20):
        return
    day = opening_day(FIRST_DAY + timedelta(days=book.chance.randrange(330)))
    starts = book.moment(day, time(10, 0), within=120)
    ends = starts + book.minutes(30, 200)
    at = book.noted(ends, most=60)
    reason = "監視装置を交換し、その間は測っていない。"
    book.write(
        at,
        StateUnmeasuredTime,
        "provider",
        "unmeasured-1",
        unmeasured="unmeasured-1",
        starts_at=starts,
        ends_at=ends,
        systems=(book.sla.systems[0].code,),
        reason=reason,
    )
    if book.often(33):
        withdrawn = book.working_moment(opening_day(day + DAY, 4))
        reason = "予備の監視装置の記録が見つかった。"
        key = "unmeasured-1.withdraw"
        book.write(withdrawn, WithdrawUnmeasuredTime, "provider", key, unmeasured="unmeasured-1", reason=reason)


def _sunday(day: date) -> date:
    while day.weekday() != SUNDAY or is_open(day):
        day += DAY
    return day
