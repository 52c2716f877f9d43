"""Sets of time as lists of edges, compared with plain sets of minutes."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.edges import Edges, edges_of, either, inside, intervals_of, length, shared, without
from slm_domain.figures.periods import Interval
from tests.figures.builders import EDGE, intervals

MINUTE = timedelta(minutes=1)
sets_of_time = st.lists(intervals(), max_size=8)


def minutes(edges: Edges) -> set[int]:
    assert all(edge < later for edge, later in pairwise(edges))
    return {
        minute
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        for minute in range((start - EDGE) // MINUTE, (end - EDGE) // MINUTE)
    }


@given(sets_of_time, sets_of_time)
def test_two_sets_are_put_together_shared_and_taken_from_one_another(
    these: list[Interval], those: list[Interval]
) -> None:
    left, right = edges_of(these), edges_of(those)
    one, other = minutes(left), minutes(right)
    assert minutes(either(left, right)) == one | other
    assert minutes(shared(left, right)) == one & other
    assert minutes(without(left, right)) == one - other


@given(sets_of_time, intervals())
def test_the_part_inside_an_interval_is_looked_up(these: list[Interval], interval: Interval) -> None:
    whole = edges_of(these)
    before = list(whole)
    assert minutes(inside(whole, interval.start, interval.end)) == minutes(whole) & minutes(edges_of([interval]))
    assert whole == before


@given(sets_of_time)
def test_edges_are_intervals_written_in_one_row(these: list[Interval]) -> None:
    edges = edges_of(these)
    assert edges_of(reversed(intervals_of(edges))) == edges
    assert length(edges) == len(minutes(edges)) * MINUTE
