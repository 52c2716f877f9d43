"""The product's figures of the joint desk's year, against those of plain Python over the same file, and its README."""

from datetime import timedelta
from pathlib import Path

import pytest

from slm_domain.commands.review import HandInMonthlyReport
from slm_domain.month_figures import MonthFigures
from tests import joint_oracle
from tests.examples.deciding import EXAMPLES, commands
from tests.oracle import MINUTE, Line, read
from tests.projections.contract_histories import Desks

YEAR = EXAMPLES / "tosa-joint-desk" / "year.jsonl"
CONTRACT = "tosa-joint-desk-2025"
# What the oracle calls each verdict: it holds a value against the guarantee, and says apart what missed the target.
VERDICTS = {
    "met_target": "met",
    "met_guarantee": "met",
    "breach": "breach",
    "pending": "pending",
    "excluded": "excluded",
    "not_measured": "not measured",
    "not_applicable": "nothing",
}
Asked = tuple[int, str, MonthFigures]  # lines taken so far, month, what the product states


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return read(YEAR)


@pytest.fixture(scope="module")
def stated() -> list[Asked]:
    """What the product states at each handing in of the months before, and of the whole year after the last line."""
    desks, year, told = Desks(CONTRACT), commands("tosa-joint-desk/year.jsonl"), []
    for number, command in enumerate(year, start=1):
        assert command.at is not None
        assert desks.send(command, command.at), command.key
        months = [month for month in joint_oracle.MONTHS if month < f"{command.at:%Y-%m}"]
        if isinstance(command, HandInMonthlyReport):
            told += [(number, month, desks.figures(month, command.at)) for month in months[-2:]]
        elif number == len(year):
            told += [(number, month, desks.figures(month, command.at)) for month in months]
    return told


def of_oracle(lines: list[Line], number: int, month: str) -> Line:
    """Everything that both state of a month: each level's verdict, each municipality's figure, the money."""
    record = joint_oracle.as_of(lines, number, lines[number - 1]["at"])
    told = record.month(month)
    names = ("stopped", "availability", "units", "asked", "share", "bonus", "payable", "tax", "payment")
    return {name: told[name] for name in names} | {
        "levels": {level["key"]: record.verdict(level["key"], month) for level in record.sla["levels"]},
        "breaches": len(told["breached"]),
        "shortfalls": told["shortfalls"],
        "invoice": (record.accepted_month(month) or told)["payable"],
    }


def of_product(figures: MonthFigures) -> Line:
    assert figures.availability.ratio is not None
    assert figures.bonus_share is not None
    return {
        "stopped": minutes(figures.stopped),
        "availability": figures.availability.ratio.value,
        "units": {
            unit.unit: (minutes(unit.stopped), unit.availability.ratio.value)
            for unit in figures.organisations
            if unit.availability.ratio is not None
        },
        "asked": figures.share_before_cap.value,
        "share": figures.share.value,
        "bonus": figures.bonus_share.value,
        "payable": figures.payable_yen,
        "tax": figures.tax_yen,
        "payment": figures.payment_yen,
        "levels": {level.level: (VERDICTS[level.verdict.value], level.shortfall) for level in figures.levels},
        "breaches": figures.breaches,
        "shortfalls": figures.shortfalls,
        "invoice": figures.invoice_yen,
    }


def minutes(length: timedelta) -> int:
    whole, rest = divmod(length, MINUTE)
    assert not rest
    return whole


def test_all_twelve_months_agree_at_the_end_of_the_file(stated: list[Asked], lines: list[Line]) -> None:
    at_the_end = [asked for asked in stated if asked[0] == len(lines)]
    assert [month for _, month, _ in at_the_end] == joint_oracle.MONTHS
    for number, month, figures in at_the_end:
        assert of_product(figures) == of_oracle(lines, number, month), month


def test_every_report_agrees_as_it_was_handed_in_and_so_does_the_month_before_it(
    stated: list[Asked], lines: list[Line]
) -> None:
    handed_in = [asked for asked in stated if asked[0] != len(lines)]
    assert len({number for number, _, _ in handed_in}) == 14
    for number, month, figures in handed_in:
        assert of_product(figures) == of_oracle(lines, number, month), (month, lines[number - 1]["key"])


def test_the_readme_shows_the_year_as_it_is_computed(lines: list[Line]) -> None:
    readme = (YEAR.parent / "README.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in readme if row.startswith("| 202")] == joint_oracle.table(lines)


def test_the_oracle_knows_nothing_of_the_product() -> None:
    for module in Path(joint_oracle.__file__).parent.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert "slm_" not in text
        assert "projections" not in text
