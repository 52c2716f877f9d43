"""The Shimanto year is a command file that a record accepts from the first line to the last."""

import json
from itertools import pairwise

from slm_api.documents import canonical, read_document
from slm_domain.commands.contract import FixClosedDays, ProposeSla
from slm_domain.commands.incident import VoidIncident
from slm_domain.commands.review import HandInMonthlyReport, PassInspection
from slm_domain.figures.periods import FiscalYear
from slm_domain.figures.proposal import propose_closed_days
from tests.examples.deciding import EXAMPLES, MemoryJournals, commands

YEAR = "shimanto-town/year.jsonl"
MONTHS = [*(f"2025-{month:02}" for month in range(4, 13)), *(f"2026-{month:02}" for month in range(1, 4))]


def test_no_line_of_the_year_is_refused_and_each_records_something() -> None:
    journals = MemoryJournals()
    for command in commands(YEAR):
        assert journals.send(command), command.key


def test_recorded_times_never_go_backwards() -> None:
    times = [command.at for command in commands(YEAR) if command.at is not None]
    assert len(times) == len(commands(YEAR))
    assert all(earlier <= later for earlier, later in pairwise(times))


def test_nothing_is_stated_of_a_time_after_it_was_recorded() -> None:
    for command in commands(YEAR):
        assert command.at is not None
        assert command.occurred_at is None or command.occurred_at <= command.at, command.key


def test_every_line_has_a_key_of_its_own() -> None:
    keys = [command.key for command in commands(YEAR)]
    assert None not in keys
    assert len(set(keys)) == len(keys)


def test_the_proposed_document_is_the_authored_one_in_its_canonical_form() -> None:
    authored = read_document((EXAMPLES / "shimanto-town/sla.yaml").read_text(encoding="utf-8"), source="sla.yaml")
    (proposal,) = [command for command in commands(YEAR) if isinstance(command, ProposeSla)]
    assert bytes(proposal.document) == canonical(authored.document)


def test_the_fixed_closed_days_are_the_national_holidays_and_the_year_end() -> None:
    fixed = {command.fiscal_year: command.closed for command in commands(YEAR) if isinstance(command, FixClosedDays)}
    assert sorted(fixed) == [2025, 2026]
    for year, closed in fixed.items():
        assert frozenset(closed) == propose_closed_days(FiscalYear(start=year)).dates


def test_every_month_of_the_fiscal_year_is_reported_and_accepted_once() -> None:
    lines = commands(YEAR)
    reported = [command.review for command in lines if isinstance(command, HandInMonthlyReport)]
    accepted = [command.review for command in lines if isinstance(command, PassInspection)]
    assert accepted == [f"monthly-{month}" for month in MONTHS]
    assert sorted(set(reported)) == accepted
    assert [review for review in accepted if reported.count(review) > 1] == ["monthly-2025-12"]


def test_a_void_needs_both_sides_and_the_year_has_one() -> None:
    voided = [command for command in commands(YEAR) if isinstance(command, VoidIncident)]
    assert [command.by.side for command in voided] == ["municipality"]


def test_every_command_states_its_time_in_the_zone_of_the_contract() -> None:
    for line in (EXAMPLES / YEAR).read_text(encoding="utf-8").splitlines():
        assert json.loads(line)["at"].endswith("+09:00")
