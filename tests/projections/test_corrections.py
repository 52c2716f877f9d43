"""A correction restates what was issued: both figures can be asked for, and the report says what changed and why."""

from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from projections.answers.ledger import ledger
from projections.answers.reports import monthly_report, year
from projections.answers.standpoint import AsOf
from projections.answers.verification import differences, verify_issued
from slm_domain import codec
from slm_domain.figures.periods import Month
from slm_domain.review import MonthlyReportHandedIn
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.examples import recorded, shimanto_year

if TYPE_CHECKING:
    from slm_journal.database import Pool

APRIL = Month(2025, 4)
CORRECTION = 188  # the position at which the outage of 10 April was said to have ended twenty minutes later


async def test_the_report_of_april_before_and_after_its_correction_has_the_two_figures(pool: "Pool") -> None:
    source = await recorded(pool)
    before = await monthly_report(source, CODE, APRIL, AsOf(position=CORRECTION - 1))
    after = await monthly_report(source, CODE, APRIL, AsOf(position=CORRECTION))
    assert (before.figures.payable_yen, before.figures.invoice_yen) == (890_476, 890_476)
    assert (after.figures.payable_yen, after.figures.invoice_yen) == (888_662, 890_476)
    assert before.figures.availability.ratio is not None
    assert after.figures.availability.ratio is not None
    assert before.figures.availability.ratio.value == Fraction(11_025 - 105, 11_025)
    assert after.figures.availability.ratio.value == Fraction(11_025 - 125, 11_025)
    assert before.changes == ()
    assert before.issued == after.issued  # what was issued never changes


async def test_the_change_names_the_entry_what_it_changed_and_why(pool: "Pool") -> None:
    source = await recorded(pool)
    (change,) = (await monthly_report(source, CODE, APRIL)).changes
    assert (change.position, change.event, change.subject) == (CORRECTION, "TimesCorrected.1", "inc-2025-001")
    assert change.recorded_month == "2025-05"
    assert (change.before.payable_yen, change.after.payable_yen) == (890_476, 888_662)
    assert change.reason is not None
    assert change.reason.startswith("監視ログを精査したところ")


async def test_the_money_follows_in_the_month_of_the_correction(pool: "Pool") -> None:
    source = await recorded(pool)
    months = {each.month: each for each in (await year(source, CODE, 2025)).months}
    (adjustment,) = months["2025-05"].adjustments
    assert (adjustment.month, adjustment.position, adjustment.yen) == ("2025-04", CORRECTION, 888_662 - 890_476)
    assert months["2025-05"].invoice_yen == months["2025-05"].payable_yen + adjustment.yen
    assert sum(each.invoice_yen for each in months.values()) == sum(each.payable_yen for each in months.values())


async def test_a_line_of_the_ledger_names_its_entries(pool: "Pool") -> None:
    source = await recorded(pool)
    (stop,) = (await ledger(source, CODE, APRIL, level="stop")).levels
    assert CORRECTION in stop.stops[0].entries
    assert CORRECTION in stop.result.entries


async def test_every_report_of_the_year_comes_out_again_as_issued(pool: "Pool") -> None:
    verified = (await verify_issued(await recorded(pool), CODE)).reports
    assert len(verified) == 13
    assert [each for each in verified if each.differences] == []


async def test_an_issued_figure_that_was_tampered_with_is_named_by_its_path(pool: "Pool") -> None:
    drafts = list(shimanto_year())
    number = next(n for n, one in enumerate(drafts) if one.name == MonthlyReportHandedIn.NAME)
    issued = codec.decode(drafts[number].name, drafts[number].payload)
    assert isinstance(issued, MonthlyReportHandedIn)
    figures = issued.figures
    wrong = msgspec.structs.replace(figures, payable_yen=figures.payable_yen + 1, stops=())
    assert {each.path for each in differences(wrong, figures)} == {"payable_yen", "stops"}
    payload = codec.encode(msgspec.structs.replace(issued, figures=wrong))
    drafts[number] = msgspec.structs.replace(drafts[number], payload=payload)

    source = await recorded(pool, {JOURNAL: drafts[: number + 1]})
    (april,) = (await verify_issued(source)).reports
    assert april.month == "2025-04"
    found = {each.path: (each.issued, each.recomputed) for each in april.differences}
    assert found["payable_yen"] == ("890477", "890476")
    assert found.keys() == {"payable_yen", "stops"}


async def test_a_report_issued_under_earlier_rules_is_held_to_what_it_stated_and_no_more(pool: "Pool") -> None:
    source = await recorded(pool)
    now = (await monthly_report(source, CODE, APRIL)).figures
    more = msgspec.structs.replace(now, payment_yen=5, payable_yen=now.payable_yen + 1)
    assert {each.path for each in differences(now, more, as_stated=True)} == {"payable_yen"}  # silent on payments then
    assert {each.path for each in differences(now, more)} == {"payable_yen", "payment_yen"}
    assert {each.path for each in differences(more, now, as_stated=True)} == {"payable_yen", "payment_yen"}


async def test_reports_are_computed_again_as_of_a_position_or_an_instant(pool: "Pool") -> None:
    source = await recorded(pool)
    everything = await verify_issued(source, CODE)
    first = everything.reports[0]
    before = await verify_issued(source, CODE, AsOf(position=first.position - 1))
    assert before.reports == ()
    just_then = await verify_issued(source, CODE, AsOf(position=first.position))
    assert just_then.reports == (first,)
    of_all = await verify_issued(source, None, AsOf(instant=just_then.until))
    assert of_all.reports == (first,)
    assert await verify_issued(source, cut=of_all.cut) == of_all
