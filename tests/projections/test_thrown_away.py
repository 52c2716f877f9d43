"""States that are thrown away are gone at once, so the garbage collector, which would visit those kept, is spared."""

import gc
import weakref

from projections.catalogue import PROJECTIONS
from projections.engine.feed import Page
from projections.engine.folding import Folding
from tests.projections.contract_histories import JOURNAL
from tests.projections.drawn_histories import history
from tests.projections.folds import entries


def test_a_folding_that_nobody_holds_leaves_nothing_to_collect() -> None:
    year = list(entries(history(19, 60)))
    gc.collect()
    gc.disable()
    try:
        folding = Folding(PROJECTIONS, JOURNAL)
        folding.take(Page(journal_id=JOURNAL, first=1, last=len(year), entries=list(year)))
        for projection in PROJECTIONS:
            assert folding.records(projection, sorted(folding.touched[projection.name]))
        gone = weakref.ref(folding.state(PROJECTIONS[1]).register)
        del folding
        assert gone() is None
    finally:
        gc.enable()
