"""Money over a change of the SLA: which of the two agreements a correction is settled by, and what a cap adds up."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from slm_domain.commands.contract import ProposeSla, SignSla
from slm_domain.commands.incident import CorrectTimes
from slm_domain.month_figures import Ratio
from slm_domain.sla import Sla, Tier, Tiers
from tests.charging import FIRM, LATER, TOWN, at, desks_of, percent, rule, sla_with, stop
from tests.projections.contract_histories import CODE, Desks
from tests.projections.test_later_months_restated import issued

FOLLOWS, STAYS = "adjustment_in_month_of_correction", "no"


def tier(share: int) -> Tiers:
    """So many percent of the fee in a month below 99.5 %."""
    made: Tiers = rule(Tiers, tiers=(Tier(when=percent("99.5", "below"), percent=Decimal(share)),))
    return made


def agreed_then(first: Sla, second: Sla, *, from_month: int) -> Desks:
    """The first SLA from April 2025 on, the second from the other month on."""
    desks = desks_of(first)
    document = msgspec.Raw(msgspec.json.encode(second))
    proposed = ProposeSla(contract=CODE, by=TOWN, document=document, effective_from=date(2025, from_month, 1))
    assert desks.send(proposed, at(4, 2))
    for side in (TOWN, FIRM):
        assert desks.send(SignSla(contract=CODE, by=side, number=2), at(4, 2))
    return desks


def with_terms(sla: Sla, **terms: Any) -> Sla:
    return replace(sla, terms=replace(sla.terms, **terms))


@pytest.mark.parametrize(
    ("may", "june", "settled", "invoice"),
    [(FOLLOWS, STAYS, [("2025-05", 50_000)], 1_050_000), (STAYS, FOLLOWS, [], 1_000_000)],
)
def test_whether_a_correction_is_settled_is_for_the_terms_of_the_month_that_was_accepted(
    may: str, june: str, settled: list[tuple[str, int]], invoice: int
) -> None:
    # May, 20 days of 525 minutes, was accepted with 60 of them stopped (99.43 %): 950,000 of 1,000,000. A correction of
    # June leaves one minute, so all of it is owed. June's own terms say what becomes of corrections of June.
    sla = with_terms(sla_with(deductions=(tier(5),)), money_follows_correction=may)
    desks = agreed_then(sla, with_terms(sla, money_follows_correction=june), from_month=6)
    stop(desks, "i1", at(5, 8), timedelta(minutes=60), recorded=at(5, 9))
    issued(desks, "2025-05", at(6, 3), accepted=True)
    shorter = CorrectTimes(contract=CODE, by=TOWN, incident="i1", ended_at=at(5, 8, 9, 1), reason="the router's log")
    assert desks.send(shorter, at(6, 4))
    accepted, settling = desks.figures("2025-05", LATER), desks.figures("2025-06", LATER)
    assert (accepted.invoice_yen, accepted.payable_yen) == (950_000, 1_000_000)
    assert [(each.month, each.yen) for each in settling.adjustments] == settled
    assert settling.invoice_yen == invoice


@pytest.mark.parametrize(
    ("before", "after", "payable"),
    # The same fee throughout, 1,000,000 without and 1,100,000 with the tax. April takes all that the cap leaves it, a
    # tenth of its fee. In June three fees allow 300,000 without tax, of which 100,000 are used: a fifth of June's fee.
    [
        ({"monthly_yen": 1_100_000, "includes_tax": True}, {"monthly_yen": 1_000_000, "includes_tax": False}, 800_000),
        ({"monthly_yen": 1_000_000, "includes_tax": False}, {"monthly_yen": 1_100_000, "includes_tax": True}, 880_000),
    ],
)
def test_a_cap_of_twelve_months_adds_fees_that_are_alike_where_the_tax_comes_to_be_inside_or_beside_them(
    before: dict[str, Any], after: dict[str, Any], payable: int
) -> None:
    plain = with_terms(sla_with(deductions=(tier(50),)), rolling_cap_percent=Decimal(10))
    first, second = (replace(plain, fee=replace(plain.fee, tax_percent=Decimal(10), **fee)) for fee in (before, after))
    desks = agreed_then(first, second, from_month=6)
    for code, month, day in (("i1", 4, 8), ("i2", 6, 9)):
        stop(desks, code, at(month, day), timedelta(minutes=120))
    assert desks.figures("2025-04", LATER).share == Ratio(numerator=1, denominator=10)
    june = desks.figures("2025-06", LATER)
    assert (june.share, june.payable_yen) == (Ratio(numerator=1, denominator=5), payable)
