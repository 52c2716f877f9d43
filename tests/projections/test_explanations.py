"""Every figure of every month of the examples: its lists add up to it, and name the entries that it came from."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from projections.answers.explanation import FIGURE_NAMES, ExplanationAnswer, explanation
from projections.answers.ledger import NoSuchLevel
from projections.answers.listed import ListAnswer
from projections.answers.reports import monthly_report
from projections.answers.standpoint import NOW, AsOf, Source
from slm_domain.figures.buckets import seconds
from slm_domain.figures.periods import Month
from slm_domain.month_figures import MonthFigures
from tests.projections.contract_histories import CODE
from tests.projections.engine.histories import Draft
from tests.projections.examples import jip_base, recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

YEAR = [Month(2025, 4).plus(number) for number in range(12)]
AUTUMN = [Month(2019, 11), Month(2019, 12), Month(2020, 1)]


def added(one: ListAnswer) -> Fraction:
    amounts = [line.amount.value for line in one.lines]
    return min(amounts) if one.by == "least" else sum(amounts, Fraction())


def agrees(answer: ExplanationAnswer) -> None:
    for one in answer.lists:
        assert added(one) == one.total.value, (answer.month, answer.figure, one.name, one.of)
    known = {entry.position for entry in answer.entries}
    assert {position for one in answer.lists for line in one.lines for position in line.entries} <= known


def named(answer: ExplanationAnswer, name: str) -> Fraction:
    return sum((one.total.value for one in answer.lists if one.name == name), Fraction())


async def every_figure_agrees(source: Source, contract: str, month: Month, as_of: AsOf = NOW) -> MonthFigures:
    figures = (await monthly_report(source, contract, month, as_of)).figures
    for level in figures.levels:
        answer = await explanation(source, contract, month, as_of, level=level.level)
        agrees(answer)
        assert answer.result == level
        if level.measured is not None and level.measured.name == "count":
            assert named(answer, "counted") == Fraction(level.measured.value)
        if level.measured is not None and level.measured.name == "stopped":
            assert named(answer, "down") == seconds(figures.stopped)
    for figure in FIGURE_NAMES:
        agrees(await explanation(source, contract, month, as_of, of=figure))
    why = await explanation(source, contract, month, as_of, of="availability")
    time = figures.availability
    # no instant is in two lists, and none is left out: judged hours, those to come, and the closed time between
    assert named(why, "up") == seconds(time.up)
    assert named(why, "down") == seconds(time.down)
    base = named(why, "up") + named(why, "down") + named(why, "excluded") + named(why, "to_come")
    assert base == seconds(time.base)  # both examples count exclusions as up (S9)
    if time.ratio is not None:
        assert 1 - named(why, "down") / base == time.ratio.value
        assert why.working[-1].result.value == str(time.ratio.value)
    costs = await explanation(source, contract, month, as_of, of="deductions")
    assert named(costs, "deductions") == figures.share_before_cap.value
    if figures.deductions:
        assert named(costs, "deducted") == figures.share.value
    fee = await explanation(source, contract, month, as_of, of="fee")
    assert named(fee, "invoice") == figures.invoice_yen
    corrected = figures.issued_payable_yen not in {None, figures.payable_yen}
    assert not corrected or named(fee, "restated") == figures.payable_yen
    return figures


@pytest.mark.parametrize("month", YEAR, ids=str)
async def test_in_the_shimanto_year_every_list_adds_up_to_its_figure(pool: "Pool", month: Month) -> None:
    source = await recorded(pool)
    figures = await every_figure_agrees(source, CODE, month)
    assert figures.levels


async def test_while_a_month_is_running_the_lists_add_up_too(pool: "Pool") -> None:
    source = await recorded(pool)
    for position in (60, 101, 400):
        as_of = AsOf(position=position)
        answer = await explanation(source, CODE, Month(2025, 4), as_of)
        await every_figure_agrees(source, CODE, Month.of(answer.standpoint.until.date()), as_of)


async def test_in_the_jip_base_outage_every_list_adds_up_to_its_figure(pool: "Pool") -> None:
    source = await recorded(pool, first_contract())
    for month in AUTUMN:
        await every_figure_agrees(source, "jip-base-01", month)


async def test_the_entries_say_what_was_recorded_by_whom(pool: "Pool") -> None:
    source = await recorded(pool)
    why = await explanation(source, CODE, Month(2025, 4))
    (stops,) = [one for one in why.lists if one.name == "down"]
    assert stops.lines
    for line in stops.lines:
        events = [entry.event for entry in why.entries if entry.position in line.entries]
        assert "IncidentReported.1" in events or "OutageStarted.1" in events


async def test_an_accepted_month_that_was_corrected_tells_what_changed_it_and_where_that_is_settled(
    pool: "Pool",
) -> None:
    source = await recorded(pool)
    corrected = [
        (month, figures)
        for month in YEAR
        if (figures := (await monthly_report(source, CODE, month)).figures).issued_payable_yen
        not in {None, figures.payable_yen}
    ]
    assert corrected
    for month, figures in corrected:
        fee = await explanation(source, CODE, month, of="fee")
        (restated,) = [one for one in fee.lists if one.name == "restated"]
        accepted, *since = restated.lines
        assert accepted.because == "as_accepted"
        assert accepted.amount.value == figures.issued_payable_yen
        for line in since:
            assert line.because == "settled_by_adjustment"
            assert line.settled_in is not None
            settling = (await monthly_report(source, CODE, Month.parse(line.settled_in))).figures
            settled = [one.yen for one in settling.adjustments if (one.position,) == line.entries]
            assert settled == [line.amount.value]
            assert settling.invoice_working


async def test_what_is_excluded_names_the_entries_of_its_acceptance(pool: "Pool") -> None:
    why = await explanation(await recorded(pool), CODE, Month(2025, 10))
    (excluded,) = [one for one in why.lists if one.name == "excluded"]
    (line,) = excluded.lines
    # Two hours of the outage of 21 October: claimed at 725, accepted at 854
    assert (line.what, line.amount.value) == ("inc-2025-021", Fraction(7200))
    assert {725, 854} <= set(line.entries)
    assert {"ExclusionClaimed.1", "ExclusionAccepted.1"} <= {entry.event for entry in why.entries}


async def test_a_level_that_is_not_in_the_month_is_refused(pool: "Pool") -> None:
    with pytest.raises(NoSuchLevel):
        await explanation(await recorded(pool), CODE, Month(2025, 4), level="nothing")


def first_contract() -> dict[UUID, Sequence[Draft]]:
    return dict(list(jip_base().items())[:1])
