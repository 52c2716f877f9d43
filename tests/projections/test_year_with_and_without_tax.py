"""The table of a year says whether its yen have the tax inside, and adds only what is alike (A6)."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from projections.answers.reports import year
from slm_api.cli.screen import Screen
from slm_api.cli.year_view import print_year
from slm_domain.commands.contract import ProposeSla, SignSla
from tests.projections.conftest import SIDES, at
from tests.projections.contract_histories import CODE, JOURNAL, Desks, agreed_sla, agreeing_on
from tests.projections.examples import recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool


def tax_added_from(day: date, *, known_at: str) -> Desks:
    """The contract of 2025, whose fee has the tax inside; from the day on the tax is added to it."""
    desks, sla = Desks(), replace(agreed_sla(), term_to=date(2027, 3, 31))
    later = replace(sla, fee=replace(sla.fee, includes_tax=False))
    for command in agreeing_on(sla):
        assert desks.send(command, at("2025-03-20 09:00"))
    document = msgspec.Raw(msgspec.json.encode(later))
    town, firm = SIDES["municipality"], SIDES["provider"]
    assert desks.send(ProposeSla(contract=CODE, by=town, document=document, effective_from=day), at(known_at))
    for side in (town, firm):
        assert desks.send(SignSla(contract=CODE, by=side, number=2), at(known_at))
    return desks


async def test_a_fee_of_the_next_year_does_not_change_what_this_years_yen_are(pool: "Pool") -> None:
    desks = tax_added_from(date(2026, 4, 1), known_at="2026-05-10 09:00")
    source = await recorded(pool, {JOURNAL: desks.drafts})
    assert [(await year(source, CODE, number)).includes_tax for number in (2025, 2026)] == [True, False]


async def test_yen_with_and_without_tax_are_told_apart_and_not_added_up(
    pool: "Pool", capsys: pytest.CaptureFixture[str]
) -> None:
    desks = tax_added_from(date(2025, 6, 1), known_at="2025-06-10 09:00")
    source = await recorded(pool, {JOURNAL: desks.drafts})
    answer = await year(source, CODE, 2025)
    assert (answer.includes_tax, answer.tax_added) == (None, ("2025-06",))
    print_year(Screen("en"), answer)
    text = " ".join(capsys.readouterr().out.split())
    assert "2025-06*‡§" in text
    assert "yen exclude tax in months with §, include it in the others, and are not added up" in text
    # April, May and June are 1,000,000 each, whatever is inside: no 3,000,000 stands anywhere
    assert "1,000,000" in text
    assert "3,000,000" not in text
