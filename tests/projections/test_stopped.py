"""A read model that stopped before an entry it cannot take: answers go as far as all have come, and say so."""

from typing import TYPE_CHECKING

import msgspec
import pytest

from projections.answers.availability import availability
from projections.answers.contracts import contracts
from projections.answers.history import history
from projections.answers.replay import replay
from projections.answers.reports import monthly_report
from projections.answers.roll_up import Over, roll_up
from projections.answers.standpoint import AsOf, CannotBeFolded, Source
from projections.answers.stopped import StoppedModel
from projections.answers.verification import verify_issued
from slm_domain.figures.periods import Month
from slm_domain.review import ImprovementPlanned
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.engine.histories import Draft
from tests.projections.examples import recorded, shimanto_year

if TYPE_CHECKING:
    from slm_journal.database import Pool

POISON = 201  # in May, after the April report and its correction
APRIL = Month(2025, 4)


@pytest.fixture
async def stopped(pool: "Pool") -> Source:
    """The year's first entries with one that two of the read models look at and none can decode, and some more."""
    drafts = shimanto_year()
    before = drafts[POISON - 2]
    poison = Draft(before.originator_id, ImprovementPlanned.NAME, b"{}", before.metadata, before.at)
    return await recorded(pool, {JOURNAL: [*drafts[: POISON - 1], poison, *drafts[POISON - 1 : POISON + 30]]})


async def test_an_answer_goes_as_far_as_all_its_read_models_have_come_and_says_so(stopped: Source) -> None:
    report = await monthly_report(stopped, CODE, APRIL)
    assert report.standpoint.position == POISON - 1
    assert report.figures == (await monthly_report(stopped, CODE, APRIL, AsOf(position=POISON - 1))).figures
    assert (await availability(stopped, CODE)).standpoint.position == POISON - 1
    assert (await replay(stopped, CODE)).standpoint.position == POISON - 1


async def test_an_answer_names_the_read_models_it_rests_on_that_go_no_further(stopped: Source) -> None:
    held_up = StoppedModel(contract=CODE, projection="monthly_report", position=POISON, event=ImprovementPlanned.NAME)
    history_too = msgspec.structs.replace(held_up, projection="pdca_history")
    assert (await monthly_report(stopped, CODE, APRIL)).standpoint.stopped == (held_up,)
    assert (await history(stopped, CODE)).standpoint.stopped == (held_up, history_too)
    assert (await availability(stopped, CODE, AsOf(position=POISON - 1))).standpoint.stopped == ()
    assert (await monthly_report(stopped, CODE, APRIL, AsOf(position=POISON - 1))).standpoint.stopped == ()


async def test_a_roll_up_adds_what_can_be_reckoned_with_and_names_what_cannot(stopped: Source) -> None:
    rolled = await roll_up(stopped, APRIL, Over())
    (standpoint,) = rolled.standpoints
    assert [(one.contract, one.projection, one.position) for one in rolled.stopped] == [
        (CODE, "monthly_report", POISON)
    ]
    assert (standpoint.position, standpoint.stopped) == (POISON - 1, rolled.stopped)
    report = await monthly_report(stopped, CODE, APRIL, AsOf(position=POISON - 1))
    assert rolled.payable_yen == report.figures.payable_yen
    again = await roll_up(stopped, APRIL, Over(), cut=rolled.cut)
    assert (again.cut, again.total, again.stopped) == (rolled.cut, rolled.total, rolled.stopped)


async def test_lists_over_contracts_name_it_where_they_rest_on_it_and_not_elsewhere(stopped: Source) -> None:
    (verified,) = (await verify_issued(stopped)).stopped
    assert (verified.projection, verified.position) == ("monthly_report", POISON)
    assert (await verify_issued(stopped, CODE, AsOf(position=POISON - 1))).stopped == ()
    assert (await contracts(stopped)).stopped == (), "the list of contracts looks at no improvements"


async def test_a_contract_whose_first_entry_cannot_be_read_is_named_by_its_journal(pool: "Pool") -> None:
    (first, *_) = shimanto_year()
    source = await recorded(pool, {JOURNAL: [Draft(first.originator_id, first.name, b"{}", first.metadata, first.at)]})
    (one,) = (await contracts(source)).stopped
    assert (one.contract, one.projection, one.position) == (str(JOURNAL), "contracts", 1)
    assert one in (await roll_up(source, APRIL, Over())).stopped
    assert one in (await verify_issued(source)).stopped


async def test_history_tells_its_texts_beside_an_entry_that_cannot_be_read(stopped: Source) -> None:
    told = await history(stopped, CODE)
    assert told.standpoint.position == POISON - 1
    assert told.acts[-1].position <= POISON - 1
    assert any(act.text for act in told.acts)


async def test_a_position_behind_the_entry_is_refused_with_the_read_model_and_the_entry_named(stopped: Source) -> None:
    with pytest.raises(CannotBeFolded, match=rf"monthly_report, {POISON}, ValidationError"):
        await monthly_report(stopped, CODE, APRIL, AsOf(position=POISON + 10))


async def test_issued_reports_are_verified_all_the_same(stopped: Source) -> None:
    (april,) = (await verify_issued(stopped)).reports
    assert (april.month, april.differences) == ("2025-04", ())
