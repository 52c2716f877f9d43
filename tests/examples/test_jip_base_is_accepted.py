"""One outage over 53 organisations' contracts and 453 systems, known only as it was reported (J1)."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from slm_api.documents import canonical, read_document
from slm_domain.commands.contract import ProposeSla
from slm_domain.commands.incident import ReportIncident, RestorePartly
from tests.examples.deciding import EXAMPLES, MemoryJournals, commands

OUTAGE = "jip-base/commands.jsonl"
JST = timezone(timedelta(hours=9))


def test_no_line_is_refused_and_recorded_times_never_go_backwards() -> None:
    lines = commands(OUTAGE)
    MemoryJournals().send_all(lines)
    times = [command.at or datetime.max.replace(tzinfo=UTC) for command in lines]
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_it_is_one_incident_per_contract_with_one_correlation() -> None:
    reports = [command for command in commands(OUTAGE) if isinstance(command, ReportIncident)]
    assert sorted(report.contract for report in reports) == [f"jip-base-{number:02}" for number in range(1, 54)]
    assert len({report.correlation for report in reports}) == 1
    assert None not in {report.correlation for report in reports}
    assert sum(len(report.systems) for report in reports) == 453


def test_keys_are_made_from_the_correlation_and_the_contract() -> None:
    keys = [command.key or "" for command in commands(OUTAGE)]
    assert len(set(keys)) == len(keys)
    for command in commands(OUTAGE):
        assert (command.key or "").startswith(f"jip-base-2019-12-04/{command.contract}/")


@pytest.mark.parametrize(
    ("day", "running"),
    [
        (date(2019, 12, 14), 0),
        (date(2019, 12, 15), 315),
        (date(2019, 12, 18), 346),
        (date(2020, 1, 7), 442),
        (date(2020, 1, 21), 450),
    ],
)
def test_as_known_on_a_day_so_many_of_453_systems_run(day: date, running: int) -> None:
    known = [
        (command.contract, system)
        for command in commands(OUTAGE)
        if isinstance(command, RestorePartly) and command.at is not None and command.at.astimezone(JST).date() <= day
        for system in command.systems
    ]
    assert len(known) == len(set(known)) == running


def test_the_first_contract_embeds_the_authored_document() -> None:
    authored = read_document((EXAMPLES / "jip-base/sla.yaml").read_text(encoding="utf-8"), source="sla.yaml")
    first = next(command for command in commands(OUTAGE) if isinstance(command, ProposeSla))
    assert bytes(first.document) == canonical(authored.document)
