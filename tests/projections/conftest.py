"""A contract in memory, agreed, with the closed days of its first year fixed: what most rules begin from."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from slm_domain.commands.contract import FixClosedDays
from slm_domain.commands.envelope import By, Command
from slm_domain.commands.incident import EndOutage, ReportIncident
from slm_domain.commands.review import HandInMonthlyReport, OpenReview, PassInspection
from slm_domain.figures.periods import FiscalYear
from slm_domain.figures.proposal import propose_closed_days
from tests.projections.contract_histories import CODE, TOKYO, Desks, agreed

SIDES = {
    "municipality": By(person="m1", side="municipality", organisation="shimanto-town"),
    "provider": By(person="p1", side="provider"),
}

Send = Callable[..., None]


def at(text: str) -> datetime:
    """A local time of the contract, written like 2025-04-10 16:30."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.fixture
def desks() -> Desks:
    made = Desks()
    for command in agreed():
        assert made.send(command, at("2025-03-20 09:00"))
    closed = tuple(sorted(propose_closed_days(FiscalYear(2025)).dates))
    fixed = FixClosedDays(contract=CODE, by=SIDES["municipality"], fiscal_year=2025, closed=closed)
    assert made.send(fixed, at("2025-03-20 09:00"))
    return made


@pytest.fixture
def send(desks: Desks) -> Send:
    """Send a command that must be accepted: its kind, when it is recorded, by which side, and its facts."""

    def sent(kind: type[Command], when: str, side: str = "municipality", /, **facts: Any) -> None:
        assert desks.send(kind(contract=CODE, by=SIDES[side], **facts), at(when)), (kind.__name__, facts)

    return sent


def stop(
    send: Send, incident: str, started: str, ended: str | None, *, level: str = "A", when: str | None = None
) -> None:
    """An outage as the municipality reports it."""
    facts = {"level": level, "systems": ("payroll",), "organisations": ("shimanto-town",)}
    began: dict[str, Any] = {"occurred_at": at(started), "outage_started_at": at(started)}
    send(ReportIncident, when or ended or started, incident=incident, **facts, **began)
    if ended is not None:
        send(EndOutage, when or ended, incident=incident, ended_at=at(ended))


def fault(send: Send, incident: str, when: str, *, level: str, occurred: str | None = None) -> None:
    """A fault without an outage."""
    facts = {"level": level, "systems": ("payroll",), "organisations": ("shimanto-town",)}
    send(ReportIncident, when, incident=incident, occurred_at=at(occurred or when), **facts)


def report(send: Send, month: str, when: str, *, passed: bool = True) -> None:
    """The month's report handed in by the provider and, with it, accepted by the municipality."""
    send(OpenReview, when, review=month, kind="monthly", month=month)
    send(HandInMonthlyReport, when, "provider", review=month)
    if passed:
        send(PassInspection, when, review=month)


def day(text: str) -> date:
    """A day, written like 2025-04-10."""
    return date.fromisoformat(text)
