"""A period that has not ended says so, wherever it is told; and a year shows the bonuses of its months."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from projections.answers.availability import availability
from projections.answers.periods import Asked
from projections.answers.reports import monthly_report, year
from projections.answers.standpoint import AsOf
from slm_api.cli.availability_view import print_availability
from slm_api.cli.report_view import print_report
from slm_api.cli.screen import Screen
from slm_api.cli.year_view import print_year
from slm_domain.figures.periods import Month
from slm_domain.identity import journal_id
from tests.projections.contract_histories import CODE, TOKYO
from tests.projections.examples import joint_year, recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

JOINT = "tosa-joint-desk-2025"
MID_JUNE = AsOf(instant=datetime(2025, 6, 15, 12, tzinfo=TOKYO))
AFTER = AsOf(instant=datetime(2026, 3, 20, tzinfo=TOKYO))
JULY_1 = AsOf(instant=datetime(2025, 7, 1, tzinfo=TOKYO))


async def test_a_period_is_running_until_the_instant_at_which_it_ends(pool: "Pool") -> None:
    source = await recorded(pool)
    for as_of, running in ((MID_JUNE, ["2025-06"]), (JULY_1, ["2025-07"])):
        months = (await availability(source, CODE, as_of, Asked(by="month"))).periods
        assert [row.window for row in months if row.running] == running
    (term,) = (await availability(source, CODE, MID_JUNE, Asked(by="term"))).periods
    assert term.running
    assert not any(row.running for row in (await availability(source, CODE, MID_JUNE)).windows)  # they end where asked


async def test_after_the_term_no_period_is_running(pool: "Pool") -> None:
    source = await recorded(pool, {journal_id(JOINT): joint_year()})
    (the_year,) = (await availability(source, JOINT, AFTER, Asked(by="fiscal_year"))).periods
    assert (the_year.cut_at_end, the_year.running) == (True, False)  # the term ended on 15 March
    march = await monthly_report(source, JOINT, Month(2026, 3), AFTER)
    assert not march.running


async def test_tables_and_the_report_of_a_running_month_say_up_to_when_they_tell(
    pool: "Pool", capsys: pytest.CaptureFixture[str]
) -> None:
    source = await recorded(pool)
    months = await availability(source, CODE, MID_JUNE, Asked(by="month"))
    report = await monthly_report(source, CODE, Month(2025, 6), MID_JUNE)
    of_year = await year(source, CODE, 2025, MID_JUNE)
    assert report.running
    assert of_year.running == "2025-06"
    told = {"ja": "進行中（2025-06-15 12:00 まで）", "en": "running, as of 2025-06-15 12:00"}
    for screen in (Screen("ja"), Screen("en")):
        print_availability(screen, months)
        availabilities = shown(capsys)
        print_report(screen, report)
        reported = shown(capsys)
        print_year(screen, of_year)
        for one in (availabilities, reported, shown(capsys)):
            assert told[screen.language] in one
    print_report(Screen("en"), await monthly_report(source, CODE, Month(2025, 5), MID_JUNE))
    assert "running, as of" not in capsys.readouterr().out


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


async def test_a_year_shows_the_bonuses_of_its_months(pool: "Pool", capsys: pytest.CaptureFixture[str]) -> None:
    source = await recorded(pool, {journal_id(JOINT): joint_year()})
    print_year(Screen("ja"), await year(source, JOINT, 2025))
    lines = capsys.readouterr().out.splitlines()
    assert any("加算率" in line for line in lines)
    may = next(line.split() for line in lines if line.strip().startswith("2025-05"))
    assert may[may.index("824,000") - 2 :][:3] == ["—", "3", "824,000"]  # no deduction, 3 % more


async def test_a_year_without_bonuses_has_no_column_for_them(pool: "Pool", capsys: pytest.CaptureFixture[str]) -> None:
    print_year(Screen("ja"), await year(await recorded(pool), CODE, 2025))
    assert "加算率" not in capsys.readouterr().out
