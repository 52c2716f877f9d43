"""The Jip-Base outage over 53 contracts, as known at an instant, and asked again by its cut (J1)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from projections.answers.cut import CutMoved
from projections.answers.recovery import UnknownCorrelation, recovery
from projections.answers.standpoint import AsOf
from slm_domain import codec
from slm_domain.incident_events import OutageEnded
from tests.projections.contract_histories import TOKYO
from tests.projections.engine.histories import Draft
from tests.projections.examples import engine, jip_base, recorded, write

if TYPE_CHECKING:
    from slm_journal.database import Pool

OUTAGE = UUID("d8486e4a-a28d-5dcc-8638-7689e2d2822a")
KNOWN = [("2019-12-15", 315), ("2019-12-18", 346), ("2020-01-07", 442), ("2020-01-21", 450)]


def end_of(day: str) -> AsOf:
    return AsOf(instant=datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=TOKYO))


async def test_recovery_is_known_as_it_was_reported_and_a_cut_asked_again_gives_the_same(pool: "Pool") -> None:
    source = await recorded(pool, jip_base())
    for day, running in KNOWN:
        answer = await recovery(source, OUTAGE, end_of(day))
        assert (answer.organisations, answer.systems, answer.running) == (53, 453, running), day
        assert await recovery(source, OUTAGE, cut=answer.cut) == answer
    now = await recovery(source, OUTAGE)
    assert now.running == 450
    assert sum(each.running for each in now.contracts) == 450


async def test_a_cut_that_entries_were_recorded_into_since_is_refused(pool: "Pool") -> None:
    source = await recorded(pool, jip_base())
    answer = await recovery(source, OUTAGE, end_of("2020-01-21"))
    which, drafts = next(iter(jip_base().items()))
    last = await source.journal.head(which)
    assert last is not None
    await write(source.journal, which, [ended(drafts, last.recorded_at)], after=drafts)
    await engine(pool).post_outstanding()
    with pytest.raises(CutMoved):
        await recovery(source, OUTAGE, cut=answer.cut)
    later = await recovery(source, OUTAGE, end_of("2020-01-21"))
    whole = next(each for each in later.contracts if each.standpoint.journal_id == which)
    assert whole.running == whole.systems
    assert whole.restored_at is not None
    assert whole.provisional == 0


async def test_an_outage_that_nobody_reported_is_unknown_and_one_not_reported_yet_is_empty(pool: "Pool") -> None:
    source = await recorded(pool, jip_base())
    with pytest.raises(UnknownCorrelation):
        await recovery(source, UUID(int=1))
    before = await recovery(source, OUTAGE, end_of("2019-12-01"))
    assert (before.organisations, before.systems, before.running_share) == (0, 0, None)


@pytest.mark.parametrize("text", ["2020-01-21", "2020-01-21T00:00:00~abc", "yesterday~abc"])
async def test_a_text_that_is_no_cut_is_refused(pool: "Pool", text: str) -> None:
    source = await recorded(pool, dict([next(iter(jip_base().items()))]))
    with pytest.raises(ValueError, match=r"cut|isoformat"):
        await recovery(source, OUTAGE, cut=text)


def ended(drafts: Sequence[Draft], at: datetime) -> Draft:
    """The provider's statement that everything of the contract's incident runs again."""
    about = next(draft for draft in drafts if draft.name == "OutageStarted.1")
    event = OutageEnded(occurred_at=at - timedelta(hours=1), stated_by="provider")
    return Draft(about.originator_id, OutageEnded.NAME, codec.encode(event), about.metadata, at)
