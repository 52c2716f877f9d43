"""The joint desk's year is a command file that a record accepts from the first line to the last."""

import json
from itertools import pairwise

from slm_api.documents import canonical, read_document
from slm_domain.commands.contract import FixClosedDays, ProposeSla
from slm_domain.commands.review import FailInspection, HandInMonthlyReport, PassInspection
from slm_domain.figures.periods import FiscalYear
from slm_domain.figures.proposal import propose_closed_days
from tests.examples.deciding import EXAMPLES, MemoryJournals, commands

YEAR = "tosa-joint-desk/year.jsonl"
MONTHS = [*(f"2025-{month:02}" for month in range(4, 13)), *(f"2026-{month:02}" for month in range(1, 4))]
# What neither Shimanto's year nor the outage of Jip-Base has.
ONLY_HERE = {
    "AcceptExemption",
    "ClaimExemption",
    "Dispatch",
    "PauseClock",
    "RejectExemption",
    "ReportAtMeeting",
    "ResumeClock",
    "StateUnmeasuredTime",
}


def kinds(name: str) -> set[str]:
    return {type(command).__name__ for command in commands(name)}


def test_no_line_of_the_year_is_refused_and_each_records_something() -> None:
    journals = MemoryJournals()
    for command in commands(YEAR):
        assert journals.send(command), command.key


def test_lines_are_in_the_order_of_their_recording_with_a_key_each_and_nothing_is_stated_of_the_future() -> None:
    lines = commands(YEAR)
    times = [command.at for command in lines if command.at is not None]
    assert len(times) == len(lines)
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert all(command.occurred_at is None or command.occurred_at <= command.at for command in lines if command.at)
    keys = {command.key for command in lines}
    assert None not in keys
    assert len(keys) == len(lines)
    for line in (EXAMPLES / YEAR).read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["at"].endswith("+09:00")


def test_the_proposed_document_is_the_authored_one_in_its_canonical_form() -> None:
    authored = read_document((EXAMPLES / "tosa-joint-desk/sla.yaml").read_text(encoding="utf-8"), source="sla.yaml")
    (proposal,) = [command for command in commands(YEAR) if isinstance(command, ProposeSla)]
    assert bytes(proposal.document) == canonical(authored.document)


def test_the_closed_days_of_both_years_are_fixed_as_the_library_proposes_them() -> None:
    fixed = {command.fiscal_year: command.closed for command in commands(YEAR) if isinstance(command, FixClosedDays)}
    assert sorted(fixed) == [2025, 2026]
    for year, closed in fixed.items():
        assert frozenset(closed) == propose_closed_days(FiscalYear(start=year)).dates


def test_every_month_is_accepted_once_and_the_two_that_failed_were_handed_in_again() -> None:
    lines = commands(YEAR)
    reported = [command.review for command in lines if isinstance(command, HandInMonthlyReport)]
    accepted = [command.review for command in lines if isinstance(command, PassInspection)]
    failed = [command.review for command in lines if isinstance(command, FailInspection)]
    assert sorted(accepted) == [f"monthly-{month}" for month in MONTHS]
    assert sorted(reported) == sorted([*accepted, *failed])
    assert failed == ["monthly-2025-07", "monthly-2025-08"]


def test_it_does_what_the_other_examples_do_not() -> None:
    elsewhere = kinds("shimanto-town/year.jsonl") | kinds("jip-base/commands.jsonl")
    assert kinds(YEAR) - elsewhere == ONLY_HERE
