"""One outage of a provider's platform that stopped all its contracts at once (as J1): one incident per contract.

They share a correlation id, and their keys are made of it and the contract's code; each is told, restored, excluded
and disputed under its own contract.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from benchmarks.nationwide.agreements import EQUIPMENT
from benchmarks.nationwide.book import TOKYO, Book, opening_day
from benchmarks.nationwide.country import YEAR
from benchmarks.nationwide.wording import REJECTED
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import (
    AcceptExclusion,
    ClaimExclusion,
    EndOutage,
    RejectExclusion,
    ReportIncident,
    RestorePartly,
)
from slm_domain.commands.response import HandInIncidentReport, Notify, ReportProgress, ReportTriage, Triage
from slm_domain.sla import Side

PROVIDER = 0  # whose platform it was
BEGAN = datetime(YEAR, 12, 4, 10, 0, tzinfo=TOKYO)
CORRELATION = uuid5(UUID("6f7d2c1e-52a5-5b0e-9a57-0c2e5d1f7a31"), f"platform-outage-{BEGAN.date()}")
INCIDENT = f"platform-{BEGAN.date()}"


def strike(book: Book) -> None:
    """Write down the outage if the contract's provider is the one; restoration comes system by system, over days."""
    if book.who.lead.provider != PROVIDER:
        return
    systems = [system.code for system in book.sla.systems if system.code != EQUIPMENT]
    owners = {system.code: system.organisation for system in book.sla.systems}
    organisations = tuple(dict.fromkeys(owners[system] for system in systems))

    def write(
        at: datetime,
        kind: Callable[..., Command],
        what: str,
        /,
        *,
        occurred_at: datetime | None = None,
        **facts: object,
    ) -> None:
        side: Side = "municipality" if what.startswith("decide") else "provider"
        key = f"{CORRELATION}/{book.who.code}/{what}"
        book.write(at, kind, side, key, occurred_at=occurred_at, incident=INCIDENT, **facts)

    detected = BEGAN + timedelta(minutes=4)
    write(
        book.noted(detected, least=2, most=40),
        ReportIncident,
        "report",
        occurred_at=detected,
        level="A",
        systems=tuple(systems),
        organisations=organisations,
        phenomenon="基盤のストレージの障害により、全てのサービスが停止している。",
        outage_started_at=BEGAN,
        correlation=CORRELATION,
    )
    told = BEGAN + timedelta(minutes=45) + book.minutes(0, 30)
    write(book.noted(told), Notify, "notify", occurred_at=told, means="telephone")
    triaged = told + timedelta(minutes=60)
    write(book.noted(triaged), Triage, "triage", occurred_at=triaged)
    write(
        book.noted(triaged + timedelta(minutes=70)),
        ReportTriage,
        "triage-reported",
        occurred_at=triaged + timedelta(minutes=65),
    )
    day, waiting, restored = date(YEAR, 12, 5), list(systems), 0
    while True:
        at = datetime.combine(day, time(9, 0), TOKYO) + book.minutes(0, 50)
        back = [system for system in waiting if book.often(35)]
        waiting = [system for system in waiting if system not in back]
        if not waiting or day > date(YEAR, 12, 24):
            break
        if back:
            restored += 1
            write(at, RestorePartly, f"restore-{day}", systems=tuple(back), provisional=True, known_by="report")
        report = f"残る{len(waiting)}システムの復旧時期は未定であり、最悪の場合を想定されたい。"
        write(at + timedelta(minutes=1), ReportProgress, f"progress-{day}", report=report)
        day += timedelta(days=1)
    ended = datetime.combine(day, time(9, 0), TOKYO)
    write(at, EndOutage, "end", ended_at=ended, known_by="report")
    claimed = book.working_moment(opening_day(day + timedelta(days=3)))
    write(
        claimed, ClaimExclusion, "claim", exclusion="platform", ground="force-majeure", reason="装置の同時故障による。"
    )
    decided = book.working_moment(opening_day(claimed.date() + timedelta(days=5), 3))
    if book.often(15):
        write(decided, AcceptExclusion, "decide-accept", exclusion="platform")
    elif book.often(80):
        write(decided, RejectExclusion, "decide-reject", exclusion="platform", reason=REJECTED[1])
    handed_in = book.working_moment(opening_day(date(YEAR + 1, 1, 19)))
    write(handed_in, HandInIncidentReport, "incident-report", summary="ストレージの不具合。多重化の構成を改める。")
