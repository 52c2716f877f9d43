"""Which months an entry can have changed is worked out; the report comes to what it would if all were computed."""

from collections.abc import Iterable
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.monthly_report import MonthlyReport, ReportState
from projections.projection import Placed
from projections.register_fold import Books
from slm_domain.month_figures import LevelFigure
from slm_domain.touched import Touched
from tests.projections.drawn_histories import history
from tests.projections.folds import Fold, entries


class Doubting(ReportState):
    """Trusts neither that a month stays as it is known, nor that a level does."""

    def stays(self, month: str) -> bool:
        return False

    def kept_levels(self, month: str, touched: set[str]) -> dict[str, LevelFigure]:
        return {}


class ComputingEverything(MonthlyReport):
    """The same read model, which computes each month that an entry speaks of anew, and trusts nothing it knows."""

    def begin(self, _journal_id: UUID, books: Books) -> ReportState:
        return Doubting(books)

    def fold(self, state: ReportState, entry: Placed, touched: Touched | None) -> Iterable[str]:
        if touched is None:
            return super().fold(state, entry, touched)
        if not state.known or touched.planned_stop is not None:
            return ()
        return self._restate(state, entry, touched)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_computing_only_what_an_entry_can_reach_comes_to_what_computing_everything_does(seed: int) -> None:
    narrow, wide = Fold(MonthlyReport()), Fold(ComputingEverything())
    for entry in entries(history(seed, 80)):
        narrow.take(entry)
        wide.take(entry)
        assert narrow.stored == wide.stored, (entry.position, entry.name)
