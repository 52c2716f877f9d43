"""Questions at the edge of the record: outside every term, before an agreement, of what is not there."""

from typing import TYPE_CHECKING

import pytest

from projections.answers.history import history
from projections.answers.ledger import NoSuchLevel, ledger
from projections.answers.replay import replay
from projections.answers.reports import monthly_report, year
from projections.answers.standpoint import NOW, AsOf, NoSuchPosition, UnknownContract
from projections.answers.verification import verify_issued
from slm_domain.figures.periods import Month
from slm_domain.register import NothingAgreedYet
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.examples import recorded, shimanto_year

if TYPE_CHECKING:
    from slm_journal.database import Pool

DRAFTED = AsOf(position=1)  # before any SLA


@pytest.mark.parametrize("month", [Month(2024, 12), Month(2025, 3), Month(2030, 4)], ids=str)
@pytest.mark.parametrize("as_of", [NOW, AsOf(position=400)], ids=["now", "then"])
async def test_a_month_outside_the_term_has_no_report_and_no_ledger(pool: "Pool", month: Month, as_of: AsOf) -> None:
    source = await recorded(pool)
    for asked in (monthly_report(source, CODE, month, as_of), ledger(source, CODE, month, as_of)):
        with pytest.raises(NothingAgreedYet):
            await asked


async def test_a_year_outside_the_term_has_no_months_and_a_running_one_those_begun(pool: "Pool") -> None:
    source = await recorded(pool)
    assert (await year(source, CODE, 2024)).months == ()
    running = await year(source, CODE, 2025, AsOf(position=400))
    assert [each.month for each in running.months] == ["2025-04", "2025-05", "2025-06", "2025-07"]
    assert running.months[-1].availability.to_come


async def test_before_an_agreement_there_is_history_but_no_figure(pool: "Pool") -> None:
    source = await recorded(pool)
    assert [act.event for act in (await history(source, CODE, DRAFTED)).acts] == ["ContractDrafted.1"]
    replayed = await replay(source, CODE, DRAFTED)
    assert (replayed.sla_number, replayed.levels, replayed.months) == (None, (), ())
    with pytest.raises(NothingAgreedYet):
        await monthly_report(source, CODE, Month(2025, 4), DRAFTED)


async def test_what_is_not_in_the_record_is_refused(pool: "Pool") -> None:
    source = await recorded(pool)
    with pytest.raises(NoSuchPosition):
        await year(source, CODE, 2025, AsOf(position=len(shimanto_year()) + 1))
    with pytest.raises(UnknownContract):
        await year(source, "somewhere", 2025)
    with pytest.raises(UnknownContract):
        await verify_issued(source, "somewhere")
    with pytest.raises(NoSuchLevel):
        await ledger(source, CODE, Month(2025, 4), level="nothing")
    with pytest.raises(NoSuchLevel):
        await history(source, CODE, level="nothing")


async def test_the_history_of_a_month_has_what_made_its_breaches_and_what_came_of_them(pool: "Pool") -> None:
    source = await recorded(pool)
    june = {act.position: act.event for act in (await history(source, CODE, month=Month(2025, 6))).acts}
    story = await history(source, CODE, level="fault-notification", month=Month(2025, 6))
    assert {act.position for act in story.acts} <= june.keys()
    assert {"IncidentReported.1", "ReviewOpened.1", "MonthlyReportHandedIn.1", "LevelRevised.1"} <= set(june.values())
    before_the_term = await history(source, CODE, level="stop", month=Month(2024, 12))
    assert before_the_term.acts == ()
    assert before_the_term.standpoint.journal_id == JOURNAL
