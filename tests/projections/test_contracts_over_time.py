"""The list of contracts as known at an instant, and a cut asked for again."""

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

import pytest

from projections.answers.contracts import contracts
from projections.answers.cut import CutMoved
from projections.answers.standpoint import AsOf, Source
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from slm_domain.identity import CONTRACTS
from slm_journal.command import Append, NewEvent
from slm_journal.journal import Journal
from tests.projections.contract_histories import CODE, JOURNAL
from tests.projections.drawn_histories import history
from tests.projections.engine.histories import Writer

if TYPE_CHECKING:
    from slm_journal.database import Pool


async def test_a_contract_is_listed_as_it_was_known_and_a_cut_can_be_asked_again(
    pool: "Pool", journal: Journal
) -> None:
    drafts = history(1, 0)
    engine = Engine(pool, journal, PROJECTIONS, placed)
    await engine.start()
    await Writer(journal, JOURNAL).write(drafts)
    await engine.post_outstanding()
    source = Source(pool=pool, journal=journal)
    begun = drafts[0].at
    assert begun is not None

    before = await contracts(source, AsOf(instant=begun - timedelta(seconds=1)))
    assert before.contracts == ()
    now = await contracts(source)
    assert [(each.contract, each.sla_number, each.position) for each in now.contracts] == [(CODE, 1, len(drafts))]
    assert await contracts(source, cut=now.cut) == now

    # A simulated clock lets another journal begin in the past: the cut is then no longer what it was.
    other = uuid5(CONTRACTS, "another")
    event = NewEvent(
        originator_id=other,
        originator_version=1,
        name=drafts[0].name,
        payload=drafts[0].payload,
        metadata=drafts[0].metadata,
    )
    key = hashlib.sha256(b"another").digest()
    await journal.append(Append(journal_id=other, key="another", digest=key, at=begun, events=(event,)))
    await engine.post_outstanding()
    with pytest.raises(CutMoved):
        await contracts(source, cut=now.cut)
