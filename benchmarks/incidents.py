"""The entries of an incident, by its number: what happens in every second, fifth, tenth … of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

from slm_domain.aggregate import Event
from slm_domain.incident_events import (
    Arrived,
    Contacted,
    DelayTold,
    EquipmentRestored,
    EquipmentStopTold,
    ExclusionAccepted,
    ExclusionClaimed,
    FaultLevelCode,
    IncidentReported,
    IncidentReportHandedIn,
    Notified,
    OutageEnded,
    OutageStarted,
    PartsNeeded,
    Recovered,
    TimesContested,
    Triaged,
    TriageReported,
    WorkStarted,
)
from slm_domain.sla import Sla

_LEVELS: tuple[FaultLevelCode, ...] = ("A", "B", "B", "B", "C")
_Work = Literal["hardware", "system"]
_CALLS: tuple[tuple[str | None, _Work | None], ...] = (
    ("computer-room", None),
    ("town-hall", "hardware"),
    ("town-hall", "system"),
    (None, None),
)


def incident_entries(code: str, number: int, detected: datetime, sla: Sla) -> Iterator[Event[Any]]:
    """Everything that is written down of the incident. Its outage lasts 5 minutes to 5 hours; level C has none."""
    level = _LEVELS[number % len(_LEVELS)]
    ended = detected + timedelta(minutes=5 + 53 * number % 295)
    affected = tuple(sla.systems[(number * 7 + further) % len(sla.systems)].code for further in range(1 + number % 3))
    yield IncidentReported(
        occurred_at=detected,
        incident=code,
        level=level,
        systems=tuple(dict.fromkeys(affected)),
        organisations=(sla.municipality.lead,),
        reported_by="municipality",
    )
    if level != "C":
        yield OutageStarted(occurred_at=detected, stated_by="municipality")
    yield Notified(occurred_at=_after(detected, 10 + number % 25), means="telephone", stated_by="provider")
    yield Triaged(occurred_at=_after(detected, 20), stated_by="provider")
    yield TriageReported(occurred_at=_after(detected, 20 + 13 * number % 70), stated_by="provider")
    if number % 2 == 0:
        yield from _call(number, detected)
    if level == "C":
        yield Recovered(occurred_at=ended, stated_by="provider")
    else:
        yield OutageEnded(occurred_at=ended, stated_by="municipality")
        yield from _disputes(number, detected, ended)
    yield from _spares(number, detected, ended)
    yield IncidentReportHandedIn(occurred_at=_after(ended, 60 + 367 * number % 5000), stated_by="provider")


def _call(number: int, detected: datetime) -> Iterator[Event[Any]]:
    """Every second incident: the provider is called, mostly to come. One in five is late; some delays are told."""
    site, work = _CALLS[number // 2 % len(_CALLS)]
    called = _after(detected, 15)
    yield Contacted(occurred_at=called, call="call-1", site=site, work=work, stated_by="municipality")
    if number % 20 == 0:
        yield DelayTold(occurred_at=_after(called, 20), call="call-1", ground="accident", stated_by="provider")
    if site is None:
        yield WorkStarted(occurred_at=_after(called, 5 + number % 70), call="call-1", stated_by="provider")
    else:
        yield Arrived(
            occurred_at=_after(called, 5 + 31 * number % 25 if number % 10 else 95 + number % 130),
            call="call-1",
            stated_by="provider",
        )


def _disputes(number: int, detected: datetime, ended: datetime) -> Iterator[Event[Any]]:
    """Every tenth outage is contested, every sixth claimed to leave the measurement, half of those with success."""
    if number % 10 == 1:
        yield TimesContested(occurred_at=ended, stated_by="provider", note=1, started_at=_after(detected, 3))
    if number % 6 == 0:
        yield ExclusionClaimed(occurred_at=ended, exclusion="x", ground="municipality-equipment", claimed_by="provider")
    if number % 12 == 0:
        yield ExclusionAccepted(occurred_at=ended, exclusion="x", decided_by="municipality")


def _spares(number: int, detected: datetime, ended: datetime) -> Iterator[Event[Any]]:
    if number % 15 == 0:
        yield PartsNeeded(occurred_at=_after(detected, 30), part="disk", ready=number % 30 == 0, stated_by="provider")
    if number % 25 == 0:
        yield EquipmentStopTold(occurred_at=detected, equipment="printer", stated_by="municipality")
        yield EquipmentRestored(occurred_at=_after(ended, 20 * 60), equipment="printer", stated_by="provider")


def _after(instant: datetime, minutes: int) -> datetime:
    return instant + timedelta(minutes=minutes)
