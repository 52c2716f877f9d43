"""A month's report beside the month before and the same month last year, and its error budget."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from projections.answers.compared import MonthComparison
from projections.answers.reports import monthly_report
from projections.answers.standpoint import AsOf
from slm_domain.figures.periods import Month
from slm_domain.month_figures import Ratio
from tests.projections.contract_histories import CODE, JOURNAL, TOKYO
from tests.projections.examples import jip_base, recorded
from tests.projections.test_settled_by_other_terms_of_tax import corrected_in_june

if TYPE_CHECKING:
    from slm_journal.database import Pool


async def test_a_month_says_what_changed_from_the_month_before(pool: "Pool") -> None:
    source = await recorded(pool)
    answer = await monthly_report(source, CODE, Month(2025, 5))
    # April: 125 of 11,025 min stopped, 98.86 %; May: 60 of 10,500 min, 99.42 %. 10,440/10,500 - 10,900/11,025 is
    # 174/175 - 436/441 = (10,962 - 10,900)/11,025 = 62/11,025, in points 248/441 = 0.5623…
    assert answer.previous is not None
    april = (await monthly_report(source, CODE, Month(2025, 4))).figures
    assert answer.previous == MonthComparison(
        month="2025-04",
        ratio=Ratio.of(Fraction(436, 441)),
        shown="98.86",
        stopped=timedelta(minutes=125),
        breaches=april.breaches,
        payable_yen=april.payable_yen,
        points=Ratio.of(Fraction(248, 441)),
        points_shown="+0.56",
        more_stopped=timedelta(minutes=-65),
        more_breaches=answer.figures.breaches - april.breaches,
        more_payable_yen=answer.figures.payable_yen - april.payable_yen,
    )


async def test_the_first_month_has_nothing_to_be_compared_with(pool: "Pool") -> None:
    answer = await monthly_report(await recorded(pool), CODE, Month(2025, 4))
    assert (answer.previous, answer.year_before) == (None, None)


async def test_a_year_later_the_same_month_stands_beside_it(pool: "Pool") -> None:
    answer = await monthly_report(await recorded(pool), CODE, Month(2026, 4))
    assert answer.previous is not None
    assert answer.year_before is not None
    assert (answer.previous.month, answer.year_before.month) == ("2026-03", "2025-04")
    assert answer.year_before.more_stopped == timedelta(minutes=-125)  # nothing stopped in April 2026


@pytest.mark.parametrize(("tax_beside_it", "more"), [(True, None), (False, 140_000)])
async def test_yen_with_the_tax_inside_are_not_held_against_yen_without(
    pool: "Pool", tax_beside_it: bool, more: int | None
) -> None:
    # May comes to 1,000,000 with the tax inside, June to 1,140,000, without it or alike
    june = {"includes_tax": False} if tax_beside_it else {}
    desks = corrected_in_june(may={"includes_tax": True}, june=june)
    answer = await monthly_report(await recorded(pool, {JOURNAL: desks.drafts}), CODE, Month(2025, 6))
    assert answer.previous is not None
    assert (answer.previous.payable_yen, answer.figures.payable_yen) == (1_000_000, 1_140_000)
    assert answer.previous.more_payable_yen == more


async def test_an_earlier_month_stands_as_it_is_known_at_the_standpoint(pool: "Pool") -> None:
    source = await recorded(pool)
    before = await monthly_report(source, CODE, Month(2025, 5), AsOf(position=187))
    after = await monthly_report(source, CODE, Month(2025, 5), AsOf(position=188))  # corrects a stop of April
    assert before.previous is not None
    assert after.previous is not None
    assert before.figures.availability.down == after.figures.availability.down
    assert before.previous.stopped != after.previous.stopped


async def test_a_guaranteed_availability_gives_the_month_an_error_budget(pool: "Pool") -> None:
    one = {journal: drafts for journal, drafts in jip_base().items() if drafts is next(iter(jip_base().values()))}
    answer = await monthly_report(await recorded(pool, one), "jip-base-01", Month(2019, 12))
    assert answer.budget is not None
    assert answer.budget.level == "availability"
    assert answer.budget.allowed.value == 26_784  # 744 h at 99 %
    assert answer.budget.left.value == 26_784 - 662 * 3600


async def test_a_report_tells_of_each_system(pool: "Pool") -> None:
    one = {journal: drafts for journal, drafts in jip_base().items() if drafts is next(iter(jip_base().values()))}
    known = AsOf(instant=datetime(2020, 1, 7, 12, tzinfo=TOKYO))
    answer = await monthly_report(await recorded(pool, one), "jip-base-01", Month(2019, 12), known)
    assert [system.unit for system in answer.systems] == [system.code for system in answer.covered]
    hours = [system.stopped.days * 24 + system.stopped.seconds // 3600 for system in answer.systems]
    assert hours == [263] * 6 + [335] + [662] * 2  # from 4 December 10:00 to the 15th, the 18th, the month's end


async def test_without_a_guaranteed_availability_there_is_no_budget(pool: "Pool") -> None:
    assert (await monthly_report(await recorded(pool), CODE, Month(2025, 4))).budget is None
