"""A read model that stopped before an entry it cannot take: answers go as far as all have come, and say how far."""

from typing import TYPE_CHECKING

import pytest

from projections.answers.availability import availability
from projections.answers.history import history
from projections.answers.replay import replay
from projections.answers.reports import monthly_report
from projections.answers.standpoint import AsOf, CannotBeFolded, Source
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
