"""The real read models: posting, rebuilding and folding in memory are the same fold, and every history fits them."""

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.catalogue import PROJECTIONS, placed
from tests.projections.drawn_histories import history
from tests.projections.engine.sameness import Plan, require_sameness
from tests.projections.engine.sameness import plans as any_plan

if TYPE_CHECKING:
    from slm_journal.database import Pool

plans = any_plan(events=60, chunk=40, cached=16, poison=80)
seeds = st.tuples(st.integers(0, 2**32), st.integers(0, 40))  # what is drawn, and how many commands


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(seeds, min_size=3, max_size=3), plan=plans)
async def test_posting_is_rebuilding_is_replaying(pool: "Pool", drawn: list[tuple[int, int]], plan: Plan) -> None:
    histories = [history(seed, commands) for seed, commands in drawn]
    await require_sameness(pool, PROJECTIONS, placed, histories, plan)
