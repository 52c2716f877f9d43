"""The oracle is checked by hand, so that it may check the product."""

import ast
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from tests import oracle

YEAR = Path(__file__).parents[1] / "examples" / "shimanto-town" / "year.jsonl"
END = datetime.fromisoformat("2026-04-30T00:00:00+09:00")


@pytest.fixture(scope="module")
def lines() -> list[oracle.Line]:
    return oracle.read(YEAR)


def test_it_is_plain_python_of_at_most_200_lines() -> None:
    text = Path(oracle.__file__).read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported == {"collections", "datetime", "fractions", "json", "pathlib", "sys", "typing"}
    assert len(text.splitlines()) <= 200


def test_april_as_accepted_keeps_890_476_yen(lines: list[oracle.Line]) -> None:
    april = oracle.figures(lines, "2025-04", datetime.fromisoformat("2025-05-08T16:00:00+09:00"))
    assert (april["opening_days"], april["opening_minutes"], april["stopped_minutes"]) == (21, 11_025, 105)
    assert april["availability"] == Fraction(11_025 - 105, 11_025)
    assert april["deductions"] == [("late-hardware", Fraction(10, 100)), ("stop", Fraction(105, 11_025))]
    assert (april["payable"], april["tax"]) == (890_476, 80_952)


def test_the_correction_of_april_is_paid_in_may(lines: list[oracle.Line]) -> None:
    april = oracle.figures(lines, "2025-04", END)
    assert (april["stopped_minutes"], april["payable"]) == (125, 888_662)
    assert april["invoice"] == 890_476
    may = oracle.figures(lines, "2025-05", END)
    assert (may["adjustment"], may["invoice"]) == (888_662 - 890_476, 1_000_000 - 1_814)


def test_sixty_minutes_in_total_keep_the_fee_and_sixty_one_do_not(lines: list[oracle.Line]) -> None:
    may, june = (oracle.figures(lines, month, END) for month in ("2025-05", "2025-06"))
    assert (may["stopped_minutes"], may["payable"]) == (60, 1_000_000)
    assert (june["stopped_minutes"], june["payable"]) == (61, 1_000_000 * (11_025 - 61) // 11_025)


def test_the_fiscal_year_has_242_opening_days_and_january_19(lines: list[oracle.Line]) -> None:
    record = oracle.Record(lines)
    assert len({at // oracle.DAY for at in record.opening(*oracle.bounds("2025-04", 12))}) == 242
    assert len({at // oracle.DAY for at in record.opening(*oracle.bounds("2026-01"))}) == 19


@pytest.mark.parametrize(
    ("month", "payable"),
    [
        ("2025-07", 893_073),  # 10 % for a delay told too late; 80 settled minutes of 11,550
        ("2025-08", 950_000),  # a missing part; the voided outage does not count
        ("2025-09", 961_428),  # 3 % for equipment 3 h 30 late; the stop without due notice, 90 minutes of 10,500
        ("2025-10", 1_000_000),  # the carrier's two hours are excluded, what outlasts them is under 60 minutes
        ("2025-11", 977_248),  # 20 of a stop of 60 over two months, 120 of two that overlap, 75 over a long weekend
        ("2025-12", 1_000_000),  # 45 of a stop of 75 over the New Year
        ("2026-01", 900_000),  # 10 % for 16 minutes late; 30 minutes of the stop keep the fee
        ("2026-02", 990_476),  # an exclusion still disputed counts as down: 90 minutes of 9,450
        ("2026-03", 1_000_000),
    ],
)
def test_the_other_months_come_to_what_was_computed_by_hand(lines: list[oracle.Line], month: str, payable: int) -> None:
    assert oracle.figures(lines, month, END)["payable"] == payable
