"""A report's money on the screen: every deduction, bonus, cap and payment with its clause, in both languages (C16)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

import msgspec
import pytest

from projections.answers.reports import ChangeAnswer, ReportAnswer
from projections.answers.standpoint import Standpoint
from slm_api.cli.fee_view import print_deductions, print_fee
from slm_api.cli.issued_view import print_changes
from slm_api.cli.screen import Screen
from slm_api.cli.shown import amount
from slm_api.term_words import bonus_words, rule_words
from slm_domain.deduction_lines import steps
from slm_domain.figures.adjustments import Adjustment
from slm_domain.figures.invoice import invoice_due
from slm_domain.month_figures import AdjustmentFigure, MonthFigures
from slm_domain.paying import tax_terms
from slm_domain.restating import Summary
from slm_domain.sla import Bonus, Bound, FeeTimesAvailability, RepeatBreach, Sla, Tier, Tiers
from tests.charging import LATER, at, availability_level, desks_of, percent, rule, sla_with, stop

NOON = datetime(2025, 4, 10, 3, 0, tzinfo=UTC)
TIERS = rule(
    Tiers,
    code="tiers",
    tiers=(
        Tier(when=percent("99.5", "below"), percent=Decimal(10)),
        Tier(when=percent("99.0", "below"), percent=Decimal(30)),
    ),
    cap_percent=Decimal(20),
)
BONUS = rule(Bonus, code="bonus", percent=Decimal(2), cap_percent=Decimal(3))


def answer_of(sla: Sla, figures: MonthFigures) -> ReportAnswer:
    standpoint = Standpoint(
        contract="c", journal_id=UUID(int=1), position=1, until=NOON, time_zone="Asia/Tokyo", simulated=False
    )
    return ReportAnswer(
        standpoint=standpoint,
        title=sla.title,
        municipality=sla.municipality,
        provider=sla.provider,
        month=figures.month,
        first_day=date(2025, 4, 1),
        last_day=date(2025, 4, 30),
        running=False,
        figures=figures,
        levels=sla.levels,
        claims=(),
        allowances=(),
        fee=sla.fee,
        rules=sla.deductions,
        bonuses=sla.bonuses,
        grounds=sla.grounds,
        terms=sla.terms,
        report_due=NOON,
        inspection_due=NOON,
        covered=sla.systems,
        systems=(),
        budget=None,
        previous=None,
        year_before=None,
        issued=(),
        changes=(),
        improvements=(),
    )


def printed(sla: Sla, figures: MonthFigures, language: Literal["ja", "en"], capsys: pytest.CaptureFixture[str]) -> str:
    answer, screen = answer_of(sla, figures), Screen(language)
    print_deductions(screen, answer)
    print_fee(screen, answer)
    return " ".join(capsys.readouterr().out.split())


def of_april(length: timedelta, **fields: Any) -> tuple[Sla, MonthFigures]:
    sla = sla_with(**fields)
    desks = desks_of(sla)
    stop(desks, "i1", at(4, 10), length)
    return sla, desks.figures("2025-04", LATER)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "availability 30 % 2025-04 1",
                "achieved 98.9931… % < tier 99 % = share 30 %",
                "cap of the rule (rule): 30 % → 20 % (10 % cut off)",
                "whole fee 100 % − deducted 20 % = remaining 80 %",
            ],
        ),
        (
            "ja",
            ["規則の上限（rule）：30 % → 20 %（10 % を切り捨て）", "達成値 98.9931… % ＜ 区分 99 % ＝ 減額率 30 %"],
        ),
    ],
)
def test_a_tier_and_its_cap_are_told_line_by_line(
    language: Literal["ja", "en"], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sla, figures = of_april(timedelta(minutes=111), deductions=(TIERS,))
    shown = printed(sla, figures, language, capsys)
    for line in expected:
        assert line in shown


def test_a_cap_is_said_to_be_applied_and_the_two_sums_have_names_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tiers = msgspec.structs.replace(TIERS, cap_percent=None)
    terms = {"deduction_cap_percent": Decimal(20)}
    sla, figures = of_april(timedelta(minutes=111), deductions=(tiers,), terms=terms)
    shown = printed(sla, figures, "ja", capsys)
    assert "減額率 30 % ＝ 減額率の合計 30 %" in shown
    assert "減額率の合計 30 % に 上限 20 % を適用 ＝ 適用する減額率 20 %" in shown
    assert "sum of shares 30 % capped by cap 20 % = deducted 20 %" in printed(sla, figures, "en", capsys)


def test_an_invoice_with_an_adjustment_works_out_its_tax(capsys: pytest.CaptureFixture[str]) -> None:
    sla, figures = of_april(timedelta(minutes=1))
    due = invoice_due(
        figures.payable_yen,
        figures.tax_yen,
        tax_terms(sla),
        accepted=figures.payable_yen,
        adjustments=[Adjustment(yen=-3_889)],
    )
    adjusted = msgspec.structs.replace(
        figures,
        adjustments=(AdjustmentFigure(month="2025-03", position=9, yen=-3_889),),
        invoice_yen=due.amount,
        invoice_tax_yen=due.tax,
        invoice_working=steps(due.working),
    )
    shown = printed(sla, adjusted, "ja", capsys)
    # 1,000,000 - 3,889 = 996,111; of it 10/110 are 90,555.54, cut
    assert "検収時の支払額 1,000,000 ＋ 訂正による調整 -3,889 ＝ 請求額 996,111" in shown
    assert (
        "請求額 996,111 × 税の割合 9.09… % (1/11) ＝ 端数処理前 90,555.54… "
        "端数処理前 90,555.54… 切り捨て ＝ 消費税 90,555" in shown
    )
    assert "請求額 996,111 円（うち消費税 90,555 円）" in shown


def test_a_bonus_has_a_heading_of_its_own_and_is_added_to_what_remains(capsys: pytest.CaptureFixture[str]) -> None:
    sla, figures = of_april(timedelta(minutes=1), bonuses=(BONUS,), level=availability_level(target="99.9"))
    shown = printed(sla, figures, "en", capsys)
    assert "Bonuses availability 2 % 2025-04 1" in shown
    assert "remaining 100 % + bonus 2 % = paid 102 %" in shown
    assert "invoice 1,020,000 yen" in shown


def test_a_payment_for_stops_stands_apart_from_the_fee(capsys: pytest.CaptureFixture[str]) -> None:
    rules = (rule(FeeTimesAvailability, code="stop"),)
    sla, figures = of_april(timedelta(minutes=105), deductions=rules, terms={"stop_remedy": "payment"})
    shown = printed(sla, figures, "en", capsys)
    assert "invoice 1,000,000 yen" in shown
    assert "to be paid for stops: 9,523 yen" in shown
    assert "停止による支払い 9,523 円" in printed(sla, figures, "ja", capsys)


def test_a_correction_tells_what_it_changed_of_the_payment(capsys: pytest.CaptureFixture[str]) -> None:
    rules = (rule(FeeTimesAvailability, code="stop"),)
    # April 2025 is open 183:45 = 11,025 minutes: 1,000,000 x 105 / 11,025 = 9,523.8; x 60 / 11,025 = 5,442.1. Cut.
    sla, before = of_april(timedelta(minutes=105), deductions=rules, terms={"stop_remedy": "payment"})
    _, after = of_april(timedelta(minutes=60), deductions=rules, terms={"stop_remedy": "payment"})
    change = ChangeAnswer(
        position=9,
        recorded_at=NOON,
        recorded_month="2025-05",
        event="TimesCorrected",
        subject="i1",
        before=Summary.of(before),
        after=Summary.of(after),
        reason=None,
    )
    print_changes(Screen("en"), msgspec.structs.replace(answer_of(sla, after), changes=(change,)))
    shown = " ".join(capsys.readouterr().out.split())
    assert "payment by the provider 9,523 → 5,442" in shown
    assert "payable" not in shown  # the fee is the same


def test_the_limit_of_other_damages_is_told_with_its_amount_and_what_is_never_owed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sla, figures = of_april(timedelta(minutes=1), terms={"damages_cap_months": 12, "liquidated_damages": "no"})
    english = printed(sla, figures, "en", capsys)
    assert "at most 12,000,000 yen, 12 times the fee" in english
    assert "never lost profits" in english
    assert "besides what is deducted" in english
    assert "12 か月分、12,000,000 円" in printed(sla, figures, "ja", capsys).replace("分、 12", "分、12")


def test_every_rule_and_bonus_has_words_in_both_languages() -> None:
    again = rule(RepeatBreach, times=2, within_months=3, percent=Decimal(5))
    assert (
        rule_words(again).en == "5 % in a month of breach with at least 2 breaches within 3 months, it included (C16)"
    )
    assert rule_words(TIERS).en == (
        "by the value achieved: below 99.5 %: 10 %, below 99.0 %: 30 %; the largest that applies, alone (C9); "
        "at most 20 % a month (C16)"
    )
    assert "99.5％未満 10 %" in rule_words(TIERS).ja
    assert "上限 3 %" in bonus_words(BONUS).ja
    bare = msgspec.structs.replace(TIERS, tiers=(Tier(when=percent("99.5"), percent=Decimal(10)),))
    assert "99.5％を割ったとき 10 %" in rule_words(bare).ja


def test_an_invoice_says_whether_its_tax_is_inside_or_added(capsys: pytest.CaptureFixture[str]) -> None:
    sla, figures = of_april(timedelta(minutes=1))
    assert "請求額 1,000,000 円（うち消費税 90,909 円）" in printed(sla, figures, "ja", capsys)
    added = msgspec.structs.replace(sla.fee, includes_tax=False)
    sla, figures = of_april(timedelta(minutes=1), fee=added)
    assert "請求額 1,000,000 円（別に消費税 100,000 円）" in printed(sla, figures, "ja", capsys)
    assert "invoice 1,000,000 yen, and tax 100,000 yen" in printed(sla, figures, "en", capsys)


def test_a_stop_that_the_provider_pays_for_is_not_said_to_reduce_the_fee() -> None:
    stops = rule(FeeTimesAvailability, level="stop")
    assert "fee × availability" in rule_words(stops).en
    assert rule_words(stops, "payment").en == "the provider pays the fee × (1 − availability) (A5)"
    assert rule_words(stops, "payment").ja == "月額×（1−稼働率）を受注者が支払う（A5）"


@pytest.mark.parametrize(("many", "shown"), [("1", "1 month"), ("2", "2 months")])
def test_one_month_is_said_in_the_singular(many: str, shown: str) -> None:
    assert amount(Bound(amount=Decimal(many), unit="months"), Screen("en")) == shown
