"""Contracts to compute: the example's agreement made larger, and a record of so many incidents a month.

Everything follows from the numbers asked for: no chance, no clock. The facts come about as in the product, by posting
entries; what the entries say is plausible in kind and mixture, not in its details.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from msgspec import json
from msgspec.structs import replace

from benchmarks.incidents import incident_entries
from slm_api.documents import canonical, read_document
from slm_domain.aggregate import Event
from slm_domain.contract import ClosedDaysFixed, SlaAgreed, SlaProposed
from slm_domain.figures.periods import FiscalYear, Month
from slm_domain.figures.proposal import propose_closed_days
from slm_domain.posting import Posting
from slm_domain.service_level import LevelDefined, MeasurementRecorded
from slm_domain.sla import Bound, Level, Measure, Sla, System, Words, read_sla

SHIMANTO = Path(__file__).parents[1] / "examples" / "shimanto-town" / "sla.yaml"
# Levels of the example that a large contract does without, so that with availability there are twenty.
LEFT_OUT = frozenset(
    {
        "hardware-configuration",
        "licence-versions",
        "manuals-media",
        "generation-ledger",
        "restore-work",
        "access-rights",
    }
)
YEAR = FiscalYear(2025)
FAILED_ON = 11  # the day of each month whose counted work fails


def contract(*, systems: int, incidents_a_month: int, months: Iterable[Month], number: int = 0) -> Posting:
    """The record of a contract with 20 levels: its agreement, its closed days, and these months' incidents and work."""
    sla = agreement(systems)
    posting = Posting()
    entries = [*_agreed(sla), *(entry for month in months for entry in _month(sla, month, incidents_a_month, number))]
    for position, (originator, event) in enumerate(entries, start=1):
        posting.post(originator, position, event)
    return posting


@cache
def agreement(systems: int) -> Sla:
    """The example's agreement with so many systems, 19 of its levels, and one of availability."""
    example = read_sla(canonical(read_document(SHIMANTO.read_bytes(), source=SHIMANTO.name).document))
    town = example.municipality.lead
    return replace(
        example,
        systems=tuple(
            System(code=code, name=Words(ja=code, en=code), organisation=town)
            for code in (f"system-{number}" for number in range(1, systems + 1))
        ),
        levels=(*(level for level in example.levels if level.key not in LEFT_OUT), _availability(example.levels[0])),
        operating_rules=(),
        user_duties=(),
    )


def judged_at(month: Month) -> datetime:
    """When the month's report is made: noon of the eighth of the next month."""
    return datetime(month.next.year, month.next.month, 8, 3, tzinfo=UTC)


def _availability(like: Level) -> Level:
    return replace(
        like,
        key="availability",
        measure=Measure(kind="availability_at_least", source="stops", clock="opening_hours", period="month"),
        guaranteed=Bound(amount=Decimal("99.5"), unit="percent"),
        target=Bound(amount=Decimal("99.9"), unit="percent"),
    )


def _agreed(sla: Sla) -> Iterator[tuple[UUID, Event[Any]]]:
    """The entries a record begins with."""
    of_contract, at = _id("contract"), datetime(2025, 3, 3, tzinfo=UTC)
    yield (
        of_contract,
        SlaProposed(
            occurred_at=at,
            number=1,
            document=json.encode(sla, order="sorted").decode(),
            digest="",
            effective_from=sla.term_from,
            proposed_by="provider",
        ),
    )
    yield of_contract, SlaAgreed(occurred_at=at, number=1, effective_from=sla.term_from)
    for level in sla.levels:
        yield (
            _id(level.key),
            LevelDefined(occurred_at=at, key=level.key, definition=level, effective_from=sla.term_from, sla_number=1),
        )
    for year in (YEAR, YEAR.next):
        closed = tuple(sorted(propose_closed_days(year).dates))
        yield (
            of_contract,
            ClosedDaysFixed(occurred_at=at, fiscal_year=year.start, closed=closed, fixed_by="municipality"),
        )


def _month(sla: Sla, month: Month, incidents: int, number: int) -> Iterator[tuple[UUID, Event[Any]]]:
    begins = month.interval(sla.zone)
    for place in range(incidents):
        kind = number + month.month * incidents + place
        detected = begins.start + begins.length * place // incidents + timedelta(minutes=37 * kind % 480)
        code = f"{month}-{place}"
        for event in incident_entries(code, kind, detected, sla):
            yield _id(code), event
    for level in sla.levels:
        if level.measure.source == "measurements":
            for day in month.days():
                yield from ((_id(level.key), event) for event in _measured(level, day))


def _measured(level: Level, day: date) -> Iterator[MeasurementRecorded]:
    """One measurement a day of what is timed, met or counted by day; one a month or a year of what is counted so."""
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    match level.measure.kind, level.measure.period:
        case "duration_at_most" | "lead_at_least", _:
            end = at + timedelta(hours=7 * day.day % 90)
            yield MeasurementRecorded(occurred_at=at, measurement=str(day), stated_by="provider", start=at, end=end)
        case "obligation", _:
            yield MeasurementRecorded(occurred_at=at, measurement=str(day), stated_by="provider", met=day.day != 1)
        case "count_at_least", "fiscal_year" if (day.month, day.day) != (YEAR.first.month, 1):
            return
        case "count_at_least", "month" if day.day != 1:
            return
        case _:
            yield MeasurementRecorded(
                occurred_at=at, measurement=str(day), stated_by="provider", succeeded=day.day != FAILED_ON
            )


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)
