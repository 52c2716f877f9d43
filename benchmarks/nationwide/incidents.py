"""An incident from its detection to its report: told, triaged, called for, repaired, ended, and sometimes disputed.

What happens in which share of them is stated where it is drawn. A case is written down in the order in which it went
on; what is said of it later (a correction after the month was accepted) is written down then.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

from benchmarks.nationwide.agreements import EQUIPMENT
from benchmarks.nationwide.book import DAY, TOKYO, Book, last_opening_day, opening_day
from benchmarks.nationwide.case import Case
from benchmarks.nationwide.disputes import dispute
from benchmarks.nationwide.wording import CAUSES, PHENOMENA, PROGRESS, REASONS
from slm_domain.commands.incident import EndOutage, Reclassify, ReportIncident, RestorePartly, StartOutage
from slm_domain.commands.pauses import PauseClock, ResumeClock
from slm_domain.commands.response import (
    Arrive,
    Contact,
    Dispatch,
    HandInIncidentReport,
    NeedPart,
    Notify,
    Recover,
    ReportAtMeeting,
    ReportProgress,
    ReportTriage,
    RestoreEquipment,
    StartWork,
    TellDelay,
    TellEquipmentStop,
    Triage,
)
from slm_domain.figures.periods import Month
from slm_domain.sla import Side

_NIGHT_PERCENT = 25
_OUTAGES_PERCENT, _FAULTS_PERCENT = 50, 42  # of the incidents; the rest are stops of equipment
_LASTS = (7, 12, 20, 35, 50, 61, 75, 90, 130, 200, 330, 700)  # minutes


def incident(book: Book, number: int, day: date) -> None:
    """An incident of that day: an outage, a fault without one, or equipment in the hall that stopped."""
    code = f"inc-{number:04}"
    at_night = book.often(_NIGHT_PERCENT)
    detected = book.moment(day, time(0, 0), within=1439) if at_night else book.working_moment(day)
    drawn = book.chance.randrange(100)
    if drawn < _OUTAGES_PERCENT:
        outage(book, code, detected)
    elif drawn < _OUTAGES_PERCENT + _FAULTS_PERCENT or not _has_equipment(book):
        fault(book, code, detected)
    else:
        equipment_stop(book, code, detected)


def outage(book: Book, code: str, detected: datetime) -> None:
    """An incident of level A or B with its outage."""
    chance = book.chance
    started = detected - book.minutes(0, 12)
    lasts = timedelta(minutes=chance.choice(_LASTS) + chance.randrange(9))
    ended = max(started + lasts, detected + timedelta(minutes=6))
    everything = book.often(20)
    case = Case(book, code, detected, "A" if everything else "B", case_systems(book, everything=everything))
    told_by: Side = "municipality" if book.often(35) else "provider"
    later_start = book.often(15)
    case.say(
        ReportIncident,
        told_by,
        "report",
        detected,
        level=case.level,
        systems=case.systems,
        organisations=case.organisations,
        phenomenon=chance.choice(PHENOMENA),
        outage_started_at=None if later_start else started,
    )
    respond(case)
    if later_start:
        case.say(StartOutage, "provider", "start", None, started_at=started)
    call(case)
    progress(case, ended)
    if len(case.systems) > 1 and book.often(30):
        back = started + (ended - started) * 2 // 3
        if back > detected:
            case.say(RestorePartly, "provider", "restored", back, systems=case.systems[:1], provisional=book.often(50))
    if book.often(5):
        higher: Literal["A", "B"] = "B" if case.level == "A" else "A"
        case.say(Reclassify, "municipality", "reclassify", None, level=higher, reason="影響の範囲を確認したため。")
    case.say(EndOutage, "provider", "end", None, after=ended, ended_at=ended)
    case.ends(started, ended)
    dispute(case)
    report(case, ended)


def fault(book: Book, code: str, detected: datetime) -> None:
    """An incident of level C: no service is affected; it is told in the regular meeting."""
    case = Case(book, code, detected, "C", case_systems(book, everything=False) if book.often(60) else ())
    case.say(
        ReportIncident,
        "provider",
        "report",
        detected,
        level="C",
        systems=case.systems,
        organisations=case.organisations,
        phenomenon=book.chance.choice(PHENOMENA) if book.often(50) else None,
    )
    respond(case)
    if book.often(40):
        call(case)
    recovered = max(case.at, detected + book.minutes(30, 3000))
    case.say(Recover, "provider", "recover", recovered)
    if book.often(70):
        meeting = regular_meeting(recovered.date())
        case.later(meeting, ReportAtMeeting, "provider", "meeting", occurred_at=meeting)
    report(case, recovered)


def equipment_stop(book: Book, code: str, detected: datetime) -> None:
    """Equipment in the hall stopped and was restored."""
    case = Case(book, code, detected, "C", (EQUIPMENT,))
    case.say(
        ReportIncident,
        "municipality",
        "report",
        detected,
        level="C",
        systems=case.systems,
        organisations=case.organisations,
        phenomenon="庁舎内の機器が停止した。",
    )
    case.say(TellEquipmentStop, "municipality", "equipment", detected, equipment=EQUIPMENT)
    respond(case)
    if book.often(25):
        case.say(PauseClock, "provider", "pause", case.at, reason=REASONS[0], equipment=EQUIPMENT)
        case.say(ResumeClock, "provider", "resume", case.at + book.minutes(30, 240), equipment=EQUIPMENT)
    restored = case.at + book.minutes(20, 2000)
    case.say(RestoreEquipment, "provider", "equipment-restored", restored, equipment=EQUIPMENT)
    case.say(Recover, "provider", "recover", restored)
    report(case, restored)


def regular_meeting(after: date) -> datetime:
    """The next regular meeting: on the last opening day of the month, or of the next one."""
    month = Month.of(after)
    day = last_opening_day(month.last)
    if day <= after:
        day = last_opening_day(month.next.last)
    return datetime.combine(day, time(10, 0), TOKYO)


def respond(case: Case) -> None:
    """The municipality is told, the fault triaged, and the result told. Some are late: one notice in twelve."""
    book, detected = case.book, case.detected
    notified = detected + (book.minutes(31, 90) if book.often(8) else book.minutes(3, 28))
    case.say(Notify, "provider", "notify", notified, means="telephone" if case.level != "C" else "mail")
    triaged = notified + book.minutes(5, 45)
    case.say(Triage, "provider", "triage", triaged)
    reported = triaged + (book.minutes(61, 120) if book.often(6) else book.minutes(5, 55))
    case.say(ReportTriage, "provider", "triage-reported", reported)


def call(case: Case) -> None:
    """The provider is called, to a site or to work from afar. One arrival in ten is late; some delays are told."""
    book = case.book
    site, work = book.chance.choice(_places(book))
    called = case.at
    extraordinary = book.often(2)
    case.say(Contact, "municipality", "call", called, call="call-1", site=site, work=work, extraordinary=extraordinary)
    if book.often(12):
        case.say(PauseClock, "municipality", "pause", called + book.minutes(2, 6), reason=REASONS[1], call="call-1")
        case.say(ResumeClock, "municipality", "resume", called + book.minutes(8, 20), call="call-1", reason=REASONS[1])
    if site is not None and book.often(60):
        case.say(Dispatch, "provider", "dispatch", case.at + book.minutes(1, 9), call="call-1")
    if book.often(6):
        told = case.at + book.minutes(1, 10)
        case.say(
            TellDelay, "provider", "delay", told, call="call-1", ground="force-majeure", reason="積雪のため迂回する。"
        )
    if site is None:
        case.say(StartWork, "provider", "work", case.at + book.minutes(3, 70), call="call-1")
    else:
        arrived = case.at + (book.minutes(95, 260) if book.often(10) else book.minutes(8, 60))
        case.say(Arrive, "provider", "arrive", arrived, call="call-1")
        case.arrived = arrived
        if book.often(50):
            case.say(StartWork, "provider", "work", arrived, call="call-1")
    if book.often(12):
        case.say(NeedPart, "provider", "part", case.at, part="power-supply", ready=book.often(85))


def progress(case: Case, ended: datetime) -> None:
    """Status reports every two hours of a long stop, four at most (J4)."""
    told = case.detected + timedelta(hours=2)
    for number in range(1, 5):
        if told >= ended:
            return
        case.say(
            ReportProgress,
            "provider",
            f"progress-{number}",
            told,
            report=case.book.chance.choice(PROGRESS),
            expected_end=told + timedelta(hours=3) if number % 2 else None,
        )
        told += timedelta(hours=2)


def report(case: Case, ended: datetime) -> None:
    """The incident report, mostly within three days; one in twelve late, one in twenty never."""
    book = case.book
    if book.often(5):
        return
    day = opening_day(ended.date() + DAY, book.chance.randint(3, 8) if book.often(8) else book.chance.randint(0, 1))
    handed_in = max(book.working_moment(day), case.at)
    summary = book.chance.choice(CAUSES)
    case.later(handed_in, HandInIncidentReport, "provider", "incident-report", occurred_at=handed_in, summary=summary)


def case_systems(book: Book, *, everything: bool) -> tuple[str, ...]:
    """Systems of one organisation: all, or one to three."""
    owner = book.chance.choice(book.who.members).code
    owned = [system.code for system in book.sla.systems if system.organisation == owner and system.code != EQUIPMENT]
    return tuple(owned if everything else book.chance.sample(owned, min(len(owned), book.chance.randint(1, 3))))


def _has_equipment(book: Book) -> bool:
    return any(system.code == EQUIPMENT for system in book.sla.systems)


def _places(book: Book) -> list[tuple[str | None, Literal["hardware", "system"] | None]]:
    return [(None, None), (None, None), *((site.code, work) for site in book.sla.sites for work in _WORK)]


_WORK: tuple[Literal["hardware", "system"], ...] = ("hardware", "system")
