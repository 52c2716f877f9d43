"""Posting, rebuilding and folding in memory are the same fold."""

from typing import TYPE_CHECKING
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projections.engine.histories import Draft, draft, ignored, noted, restated, withdrawn
from tests.projections.engine.sameness import Plan, require_sameness
from tests.projections.engine.sameness import plans as any_plan
from tests.projections.engine.toys import PROJECTIONS, decode

if TYPE_CHECKING:
    from slm_journal.database import Pool

subjects = st.sampled_from(["printer", "network", "ledger"])
events = st.one_of(
    st.builds(noted, subjects, st.integers(-5, 9), day=st.integers(0, 70)),
    st.builds(withdrawn, subjects, day=st.integers(0, 70)),
    st.builds(restated, st.integers(-3, 3)),
    st.builds(ignored),
)
drafts: st.SearchStrategy[Draft] = st.builds(draft, st.integers(1, 3).map(lambda n: UUID(int=n)), events)
histories = st.lists(st.lists(drafts, min_size=1, max_size=25), min_size=3, max_size=3)
plans = any_plan(events=12, chunk=9, cached=8, poison=25)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=histories, plan=plans)
async def test_posting_is_rebuilding_is_replaying(pool: "Pool", written: list[list[Draft]], plan: Plan) -> None:
    await require_sameness(pool, PROJECTIONS, decode, written, plan)
