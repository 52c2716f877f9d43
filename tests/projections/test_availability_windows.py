"""Availability by any period, and over windows that roll to any instant: the Shimanto year and the Jip-Base outage."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from projections.answers.availability import AvailabilityAnswer, WindowAnswer, availability
from projections.answers.periods import Asked, EndsLaterThanKnown, Rolling, TooManyPeriods
from projections.answers.reports import year
from projections.answers.standpoint import NOW, AsOf, Source
from slm_domain.figures.spans import SPAN_KINDS
from tests.projections.contract_histories import CODE, TOKYO
from tests.projections.examples import jip_base, recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

JULY_1 = AsOf(instant=datetime(2025, 7, 1, tzinfo=TOKYO))


async def asked(source: Source, as_of: AsOf = NOW, **what: Any) -> AvailabilityAnswer:
    return await availability(source, CODE, as_of, Asked(**what))


def together(rows: Sequence[WindowAnswer]) -> tuple[timedelta, timedelta, timedelta, timedelta]:
    """Base, down, excluded and hours outside, added (C7)."""
    figures = [row.figure for row in rows]
    return (
        sum((figure.base for figure in figures), timedelta()),
        sum((figure.down for figure in figures), timedelta()),
        sum((figure.excluded for figure in figures), timedelta()),
        sum((figure.outside_hours for figure in figures), timedelta()),
    )


async def test_the_periods_of_a_year_add_up_to_it_whatever_their_kind(pool: "Pool") -> None:
    source = await recorded(pool)
    whole: dict[str, Any] = {"first": date(2025, 4, 1), "last": date(2026, 3, 31)}
    (the_year,) = (await asked(source, by="fiscal_year", **whole)).periods
    assert the_year.window == "FY2025"
    for kind in ("day", "month", "quarter", "half_year"):
        answer = await asked(source, by=kind, **whole)
        assert together(answer.periods) == together([the_year]), kind
    weeks = (await asked(source, by="week", **whole)).periods
    assert (weeks[0].window, weeks[0].cut_at_start) == ("2025-03-31/week", True)  # the term begins on its Tuesday
    assert (weeks[-1].window, weeks[-1].cut_at_end) == ("2026-03-30/week", False)


async def test_months_say_what_the_monthly_reports_say(pool: "Pool") -> None:
    source = await recorded(pool)
    months = (await asked(source, by="month", first=date(2025, 4, 1), last=date(2026, 3, 31))).periods
    reports = (await year(source, CODE, 2025)).months
    assert [(row.window, row.figure) for row in months] == [(one.month, one.availability) for one in reports]


async def test_a_month_is_compared_with_the_one_before_and_the_same_month_last_year(pool: "Pool") -> None:
    source = await recorded(pool)
    april, may = (await asked(source, first=date(2025, 4, 1), last=date(2025, 5, 31))).periods
    assert (april.previous, april.year_before) == (None, None)  # before the term
    assert may.previous is not None
    # April: 183 h 45 min = 11,025 min, 125 min stopped; May: 175 h = 10,500 min, 60 min stopped
    points = (Fraction(10_440, 10_500) - Fraction(10_900, 11_025)) * 100
    assert may.previous.points is not None
    assert may.previous.points.value == points
    assert (may.previous.window, may.previous.points_shown) == ("2025-04", "+0.56")
    assert may.previous.more_down == timedelta(minutes=-65)
    (again,) = (await asked(source, first=date(2026, 4, 1), last=date(2026, 4, 30))).periods
    assert again.year_before is not None
    assert (again.year_before.window, again.year_before.ratio) == ("2025-04", april.figure.ratio)


async def test_a_window_rolls_to_any_instant(pool: "Pool") -> None:
    source = await recorded(pool)
    at = datetime(2025, 5, 15, 12, 30, tzinfo=TOKYO)
    answer = await asked(source, rolling=Rolling(amount=1, unit="months"), at=at)
    (window,) = answer.windows
    assert (answer.by, answer.periods, window.window) == (None, (), "last_1_months")
    assert (window.starts_at, window.ends_at) == (datetime(2025, 4, 15, 12, 30, tzinfo=TOKYO), at)
    assert window.previous is not None
    assert (window.previous.ends_at, window.previous.cut) == (window.starts_at, True)  # the term began on 1 April
    assert window.year_before is None


async def test_a_window_cannot_end_after_the_instant_the_record_is_looked_at(pool: "Pool") -> None:
    source = await recorded(pool)
    with pytest.raises(EndsLaterThanKnown):
        await asked(source, JULY_1, at=datetime(2025, 7, 1, 0, 0, 1, tzinfo=TOKYO))


async def test_periods_outside_the_term_or_not_begun_are_counted_and_left_out(pool: "Pool") -> None:
    source = await recorded(pool)
    answer = await asked(source, JULY_1, first=date(2025, 1, 1), last=date(2025, 9, 30))
    assert [row.window for row in answer.periods] == ["2025-04", "2025-05", "2025-06", "2025-07"]
    assert (answer.left_out.outside_term, answer.left_out.not_begun) == (3, 2)
    assert (await asked(source, JULY_1, first=date(2031, 1, 1))).left_out.outside_term == 1


async def test_a_period_that_the_term_cuts_says_so(pool: "Pool") -> None:
    source = await recorded(pool)
    (first_year,) = (await asked(source, JULY_1, by="year")).periods
    assert (first_year.window, first_year.cut_at_start, first_year.cut_at_end) == ("2025", True, False)
    assert first_year.starts_at == datetime(2025, 4, 1, tzinfo=TOKYO)


async def test_the_term_is_one_period(pool: "Pool") -> None:
    source = await recorded(pool)
    (term,) = (await asked(source, by="term")).periods
    assert (term.starts_at, term.ends_at) == (
        datetime(2025, 4, 1, tzinfo=TOKYO),
        datetime(2030, 4, 1, tzinfo=TOKYO),
    )
    assert (term.previous, term.year_before) == (None, None)


async def test_more_rows_than_one_answer_gives_are_refused(pool: "Pool") -> None:
    source = await recorded(pool)
    with pytest.raises(TooManyPeriods):
        await asked(source, by="day", first=date(2025, 1, 1), last=date(2026, 12, 31))
    assert len((await asked(source, by="day", first=date(2025, 4, 1), last=date(2026, 3, 31))).periods) == 365


@pytest.mark.parametrize("kind", SPAN_KINDS)
async def test_every_kind_of_period_can_be_asked_for(pool: "Pool", kind: str) -> None:
    source = await recorded(pool)
    answer = await asked(source, JULY_1, by=kind)
    assert answer.by == kind
    assert answer.periods
    assert not answer.windows


async def test_a_guaranteed_availability_has_an_error_budget(pool: "Pool") -> None:
    source = await recorded(pool, jip_base())
    answer = await availability(
        source,
        "jip-base-01",
        AsOf(instant=datetime(2020, 1, 1, tzinfo=TOKYO)),
        Asked(first=date(2019, 11, 1), last=date(2019, 12, 31)),
    )
    november, december = answer.periods
    assert november.budget is not None
    assert december.budget is not None
    # 99 % of 720 h and of 744 h: 7 h 12 min and 7 h 26 min 24 s may be lost
    assert november.budget.allowed == november.budget.left
    assert november.budget.allowed.value == 25_920
    assert december.budget.allowed.value == 26_784
    assert december.budget.used.value == 662 * 3600
    assert december.budget.left.value == 26_784 - 662 * 3600
    assert december.budget.burn_rate is not None
    assert december.budget.burn_rate.value == Fraction(662 * 3600, 26_784)
