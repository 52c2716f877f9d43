"""A correction of May, recorded in June, from which month on the SLA taxes the fee by other terms (C20, A6)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec.structs import replace

from projections.answers.explanation import explanation
from projections.answers.reports import monthly_report
from projections.answers.verification import verify_issued
from slm_api.cli.fee_view import print_fee
from slm_api.cli.screen import Screen
from slm_domain.commands.contract import ProposeSla, SignSla
from slm_domain.commands.incident import CorrectTimes
from slm_domain.figures.periods import Month
from slm_domain.sla import Tier, Tiers
from tests.charging import FIRM, TOWN, at, desks_of, percent, rule, sla_with, stop
from tests.projections.contract_histories import CODE, JOURNAL, Desks
from tests.projections.examples import recorded
from tests.projections.test_later_months_restated import issued

if TYPE_CHECKING:
    from slm_journal.database import Pool

MAY, JUNE = Month(2025, 5), Month(2025, 6)
TIERS = rule(Tiers, tiers=(Tier(when=percent("99.5", "below"), percent=Decimal(5)),))


def corrected_in_june(*, may: dict[str, Any], june: dict[str, Any]) -> Desks:
    """May is accepted at 950,000 of 1,000,000 and corrected on 4 June to all of it; June comes to 95 % of 1,200,000.

    May has 20 opening days of 525 minutes, June 21: a stop of 60 minutes leaves less than 99.5 %, one of a minute more.
    """
    sla = sla_with(deductions=(TIERS,))
    desks = desks_of(replace(sla, fee=replace(sla.fee, **may)))
    later = replace(sla, fee=replace(sla.fee, monthly_yen=1_200_000, **june))
    document = msgspec.Raw(msgspec.json.encode(later))
    proposed = ProposeSla(contract=CODE, by=TOWN, document=document, effective_from=date(2025, 6, 1))
    assert desks.send(proposed, at(5, 7))
    for side in (TOWN, FIRM):
        assert desks.send(SignSla(contract=CODE, by=side, number=2), at(5, 7))
    stop(desks, "i1", at(5, 8), timedelta(minutes=60), recorded=at(5, 9))
    issued(desks, "2025-05", at(6, 3), accepted=True)
    shorter = CorrectTimes(contract=CODE, by=TOWN, incident="i1", ended_at=at(5, 8, 9, 1), reason="the router's log")
    assert desks.send(shorter, at(6, 4))
    stop(desks, "i2", at(6, 10), timedelta(minutes=120), recorded=at(6, 11))
    issued(desks, "2025-06", at(7, 2), accepted=True)
    return desks


@pytest.mark.parametrize(
    ("may", "june", "adds", "invoice"),
    # The taxes are worked out in tests/figures/test_adjustments.py
    [
        ({"includes_tax": True}, {"includes_tax": False}, (45_454, 4_546), (1_185_454, 118_546)),
        ({"tax_percent": Decimal(8)}, {}, (50_000, 3_704), (1_190_000, 107_340)),
        ({}, {}, (50_000, None), (1_190_000, 108_181)),
    ],
)
async def test_it_is_settled_in_the_basis_of_june_with_the_tax_of_may(
    pool: "Pool",
    may: dict[str, Any],
    june: dict[str, Any],
    adds: tuple[int, int | None],
    invoice: tuple[int, int],
) -> None:
    source = await recorded(pool, {JOURNAL: corrected_in_june(may=may, june=june).drafts})
    accepted = (await monthly_report(source, CODE, MAY)).figures
    assert (accepted.issued_payable_yen, accepted.payable_yen) == (950_000, 1_000_000)
    found = (await monthly_report(source, CODE, JUNE)).figures
    (adjustment,) = found.adjustments
    assert found.payable_yen == 1_140_000
    assert (adjustment.month, adjustment.yen, adjustment.tax_yen) == ("2025-05", *adds)
    assert (found.invoice_yen, found.invoice_tax_yen) == invoice
    assert [each.differences for each in (await verify_issued(source, CODE)).reports] == [(), ()]


async def test_each_month_explains_it_in_its_own_basis(pool: "Pool", capsys: pytest.CaptureFixture[str]) -> None:
    desks = corrected_in_june(may={"includes_tax": True}, june={"includes_tax": False})
    source = await recorded(pool, {JOURNAL: desks.drafts})
    (restated,) = [one for one in (await explanation(source, CODE, MAY, of="fee")).lists if one.name == "restated"]
    assert [line.amount.value for line in restated.lines] == [950_000, 50_000]  # with the tax inside
    (invoice,) = [one for one in (await explanation(source, CODE, JUNE, of="fee")).lists if one.name == "invoice"]
    assert [line.amount.value for line in invoice.lines] == [1_140_000, 45_454]  # without it
    answer = await monthly_report(source, CODE, JUNE)
    for language, expected in {
        "en": (
            "adjustment for the correction of 2025-05: +45,454 yen, its tax by the terms of 2025-05 +4,546 yen",
            "tax as corrected 90,909 − tax before the correction 86,363 = tax of the adjustment 4,546",
            "change of the payable 50,000 − tax of the adjustment 4,546 = adjustment 45,454",
            "taxed by this month's terms 1,140,000 + adjustment 45,454 = invoice 1,185,454",
            "its tax 114,000 + tax of the adjustment 4,546 = tax 118,546",
            "invoice 1,185,454 + tax 118,546 = gross 1,304,000",
            "invoice 1,185,454 yen, and tax 118,546 yen",
        ),
        "ja": (
            "2025-05 の訂正による調整 +45,454 円、2025-05 の条件による消費税 +4,546 円",
            "訂正後の消費税 90,909 − 訂正前の消費税 86,363 ＝ 調整の消費税 4,546",
            "支払額の増減 50,000 − 調整の消費税 4,546 ＝ 訂正による調整 45,454",
            "その消費税 114,000 ＋ 調整の消費税 4,546 ＝ 消費税 118,546",
        ),
    }.items():
        print_fee(Screen("ja" if language == "ja" else "en"), answer)
        shown = " ".join(capsys.readouterr().out.split())
        for line in expected:
            assert line in shown
