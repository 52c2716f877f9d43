"""A month's money explained on the screen: reasons, clauses, yen and caps, in both languages (C16, C20)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from uuid import UUID

import msgspec
import pytest

from projections.answers.explanation import ExplanationAnswer, FigureName
from projections.answers.listed import LineAnswer, ListAnswer
from projections.answers.money_lists import MoneyLists
from projections.answers.standpoint import Standpoint
from slm_api.cli.explanation_view import print_explanation
from slm_api.cli.screen import Screen
from slm_domain.month_figures import NamedValue, Ratio, WorkingStep
from tests.charging import LATER, at, called, desks_of, exempt, late_hardware, minutes, sla_with, stop, words

NOON = datetime(2025, 5, 10, 3, 0, tzinfo=UTC)


def printed(
    of: FigureName,
    lists: list[ListAnswer],
    working: tuple[WorkingStep, ...],
    language: Literal["ja", "en"],
    capsys: pytest.CaptureFixture[str],
) -> str:
    standpoint = Standpoint(
        contract="c", journal_id=UUID(int=1), position=1, until=NOON, time_zone="Asia/Tokyo", simulated=False
    )
    answer = ExplanationAnswer(
        standpoint=standpoint,
        title=words("c"),
        month="2025-04",
        first_day=date(2025, 4, 1),
        last_day=date(2025, 4, 30),
        figure=of,
        level=None,
        result=None,
        availability=None,
        lists=tuple(lists),
        working=working,
        entries=(),
    )
    print_explanation(Screen(language), answer)
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Deductions, before caps",
                "late i1/c1 1 10.00 % 0.00 % 0 freed: exemption accepted",
                "late i2/c1 1 10.00 % 10.00 % 100,000",
                "Deducted, after caps",
                "— 10.00 % 100,000 before caps",
                "late -4.00 % -40,000 cap of the rule",
                "total 6.00 % 60,000",
                "fee of the month 1,000,000 × deducted 6 % = deducted 60,000",
            ],
        ),
        (
            "ja",
            [
                "減額率の合計",
                "late i1/c1 1 10.00 % 0.00 % 0 免除（免責事由の承認）",
                "適用する減額率",
                "late -4.00 % -40,000 規則の上限",
                "当月の月額 1,000,000 × 適用する減額率 6 % ＝ 減額 60,000",
            ],
        ),
    ],
)
def test_deductions_are_told_with_reason_clause_and_yen_and_lead_through_the_caps(
    language: Literal["ja", "en"], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sla = sla_with(deductions=(msgspec.structs.replace(late_hardware(), cap_percent=Decimal(6)),))
    desks = desks_of(sla)
    for code, day in (("i1", 10), ("i2", 11)):
        stop(desks, code, at(4, day), minutes(1))
        called(desks, code, at(4, day), at(4, day, 11, 1))
    exempt(desks, "arrival-hardware", "i1/c1", "force-majeure")
    money = MoneyLists(sla, desks.figures("2025-04", LATER))
    shown = printed("deductions", money.lists(), money.working(), language, capsys)
    for line in expected:
        assert line in shown


def test_a_fee_corrected_since_it_was_accepted_says_why_the_lists_differ(capsys: pytest.CaptureFixture[str]) -> None:
    def yen(amount: int) -> Ratio:
        return Ratio.of(Fraction(amount))

    accepted = LineAnswer(what="2025-04", because="as_accepted", amount=yen(986_111))
    since = LineAnswer(
        what="i1", because="settled_by_adjustment", settled_in="2025-05", amount=yen(3_889), entries=(18,)
    )
    lists = [
        ListAnswer(name="invoice", measured_in="yen", lines=(accepted,), total=yen(986_111)),
        ListAnswer(name="restated", measured_in="yen", lines=(accepted, since), total=yen(990_000)),
    ]
    step = WorkingStep(operation="plus", operands=(), result=NamedValue(name="payable", value="990000"))
    shown = printed("fee", lists, (step,), "en", capsys)
    assert "2025-04 986,111 as accepted" in shown
    assert "i1 3,889 settled in the invoice of the month it was made 2025-05 18" in shown
    assert "corrected since accepted; the invoice goes by what was accepted" in shown
    assert "請求額では訂正した月に調整 2025-05" in printed("fee", lists, (step,), "ja", capsys)
