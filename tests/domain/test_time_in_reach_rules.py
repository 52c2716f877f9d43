"""Days and instants that no record can speak of are refused in every field that states one, and nothing is recorded."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from slm_domain.commands.contract import AnnouncePlannedStop, FixClosedDays
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import ReportIncident
from slm_domain.commands.intake import COMMANDS
from slm_domain.commands.review import OpenReview
from slm_domain.commands.service_level import RecordMeasurement, RetireLevel
from slm_domain.commands.unmeasured import StateUnmeasuredTime
from slm_domain.contract_refusals import BeyondTheRecord
from slm_domain.plausible import FIRST_YEAR, LAST_YEAR, YEARS_PATTERN, in_reach
from tests.domain.agreement import AGREED, DRAFT, jst, municipality, provider
from tests.domain.scenario import KeptJournal, refused, scenario

NO_TIME = datetime(1, 1, 1, tzinfo=UTC)  # what a program writes that has none: Go's zero time
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-12)))
STOP = provider(
    AnnouncePlannedStop,
    planned_stop="p",
    ground="maintenance",
    starts_at=jst(7, 1),
    ends_at=LAST,
    systems=("payroll",),
    organisations=("town",),
)
INCIDENT = provider(ReportIncident, incident="i", level="A", systems=("payroll",), organisations=("town",))
LEAD = provider(RecordMeasurement, level="jobs", measurement="1", start=jst(6, 1))
GAP = provider(StateUnmeasuredTime, unmeasured="u", starts_at=NO_TIME, ends_at=jst(6, 1))
CLOSED = municipality(FixClosedDays, fiscal_year=2025, closed=(date(2025, 4, 1), date(9999, 12, 31)))


@pytest.mark.parametrize(
    ("command", "field", "given"),
    [
        (replace(INCIDENT, outage_started_at=NO_TIME), "outage_started_at", "0001-01-01T00:00:00+00:00"),
        (replace(INCIDENT, occurred_at=NO_TIME), "occurred_at", "0001-01-01T00:00:00+00:00"),
        (replace(INCIDENT, at=NO_TIME), "at", "0001-01-01T00:00:00+00:00"),
        (replace(LEAD, end=LAST), "end", "9999-12-31T23:59:59-12:00"),
        (GAP, "starts_at", "0001-01-01T00:00:00+00:00"),
        (STOP, "ends_at", "9999-12-31T23:59:59-12:00"),
        (municipality(RetireLevel, level="jobs", effective_from=date(9999, 12, 31)), "effective_from", "9999-12-31"),
        (CLOSED, "closed[1]", "9999-12-31"),
        (replace(CLOSED, fiscal_year=99999, closed=()), "fiscal_year", "99999"),
        (provider(OpenReview, review="r", kind="monthly", month="0000-01"), "month", "0000-01"),
        (provider(OpenReview, review="r", kind="yearly", fiscal_year=-1), "fiscal_year", "-1"),
    ],
)
def test_a_time_beyond_the_record_is_refused_with_its_field_and_what_was_given(
    command: Command, field: str, given: str
) -> None:
    then = refused(BeyondTheRecord, field=field, given=given, first=FIRST_YEAR, last=LAST_YEAR)
    scenario(given=AGREED, when=command, then=then)


@pytest.mark.parametrize("year", [FIRST_YEAR, LAST_YEAR])
def test_the_first_and_the_last_year_that_a_record_can_speak_of_are_in_reach(year: int) -> None:
    assert KeptJournal(DRAFT.contract).send(replace(DRAFT, occurred_at=None, at=datetime(year, 12, 31, tzinfo=UTC)))


def test_what_is_already_stored_is_replayed_however_far_it_lies() -> None:
    journal = KeptJournal(DRAFT.contract)
    for command in (*AGREED, INCIDENT):
        journal.send(command)
    stored = journal.entries[-1]
    payload = msgspec.json.decode(stored.payload or b"")
    journal.entries[-1] = stored._replace(
        payload=msgspec.json.encode({**payload, "occurred_at": "0001-01-01T00:00:00Z"})
    )
    assert journal.send(provider(ReportIncident, incident="j", level="C", systems=(), organisations=("town",)))


def test_the_schema_of_each_command_shows_the_years_of_its_days_and_instants() -> None:
    kinds = list(COMMANDS.values())
    _, shapes = msgspec.json.schema_components(kinds, ref_template="{name}")
    for kind in kinds:
        for field in msgspec.structs.fields(kind):
            if {date, datetime} & set(_plain(field.type)):
                assert YEARS_PATTERN in str(shapes[kind.__name__]["properties"][field.encode_name]), field.name


def test_the_pattern_in_schemas_and_the_years_say_the_same() -> None:
    for year in range(10_000):
        assert bool(re.match(YEARS_PATTERN, f"{year:04}-04-01")) is in_reach(year), year


def _plain(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _plain(part)
