"""The product's figures of the Shimanto year, against those of plain Python over the same file."""

from datetime import datetime, timedelta

import pytest

from slm_domain.commands.envelope import Command
from slm_domain.commands.review import HandInMonthlyReport, PassInspection
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import MonthFigures
from tests import oracle
from tests.examples.deciding import EXAMPLES, commands
from tests.projections.contract_histories import Desks

YEAR = "shimanto-town/year.jsonl"
MONTHS = [f"{2025 + number // 12}-{number % 12 + 1:02}" for number in range(3, 15)]
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def lines() -> list[oracle.Line]:
    return oracle.read(EXAMPLES / YEAR)


def recorded_at(command: Command) -> datetime:
    assert command.at is not None
    return command.at


def of_oracle(lines: list[oracle.Line], month: str, until: datetime) -> oracle.Line:
    told = oracle.figures(lines, month, until)
    told["breached"] = {level for level, verdict in told.pop("verdicts").items() if verdict == oracle.BREACH}
    return told | {"deductions": sorted(told["deductions"])}


def of_product(figures: MonthFigures) -> oracle.Line:
    assert figures.availability.ratio is not None
    return {
        "opening_days": figures.opening_days,
        "opening_minutes": figures.opening_time / MINUTE,
        "stopped_minutes": figures.stopped / MINUTE,
        "availability": figures.availability.ratio.value,
        "breached": {level.level for level in figures.levels if level.verdict is Verdict.BREACH},
        "breaches": figures.breaches,
        "shortfalls": figures.shortfalls,
        "deductions": sorted((line.rule, line.share.value) for line in figures.deductions if not line.excused),
        "payable": figures.payable_yen,
        "tax": figures.tax_yen,
        "adjustment": sum(adjustment.yen for adjustment in figures.adjustments),
        "invoice": figures.invoice_yen,
        "invoice_tax": figures.invoice_tax_yen,
    }


Asked = tuple[int, str, datetime, oracle.Line]  # lines taken so far, month, until, what the product states


@pytest.fixture(scope="module")
def stated() -> list[Asked]:
    """What the product states after each handing in and each acceptance, and of the whole year after the last line."""
    desks, year, told = Desks(), commands(YEAR), []
    for number, command in enumerate(year, start=1):
        assert desks.send(command, recorded_at(command)), command.key
        until = recorded_at(command)
        asked = [month for month in MONTHS if month < f"{until:%Y-%m}"]
        if isinstance(command, HandInMonthlyReport | PassInspection):
            told += [(number, month, until, of_product(desks.figures(month, until))) for month in asked[-1:]]
        elif number == len(year):
            told += [(number, month, until, of_product(desks.figures(month, until))) for month in asked]
    return told


def test_all_twelve_months_agree_at_the_end_of_the_file(stated: list[Asked], lines: list[oracle.Line]) -> None:
    at_the_end = [asked for asked in stated if asked[0] == len(lines)]
    assert [month for _, month, _, _ in at_the_end] == MONTHS
    for _, month, until, product in at_the_end:
        assert product == of_oracle(lines, month, until), month


def test_reported_months_agree_at_each_handing_in_and_each_acceptance(
    stated: list[Asked], lines: list[oracle.Line]
) -> None:
    assert len({until for _, _, until, _ in stated}) == 13 + 12 + 1
    for number, month, until, product in stated:
        assert product == of_oracle(lines[:number], month, until), (month, until)
