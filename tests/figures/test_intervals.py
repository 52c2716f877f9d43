"""Sets of time, compared with plain sets of minutes (C3)."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.intervals import intersect, measure, split, subtract, union, weighted_union
from slm_domain.figures.periods import Interval
from tests.figures.builders import EDGE, intervals, jst, weights

MINUTE = timedelta(minutes=1)
sets_of_time = st.lists(intervals(), max_size=8)


def minutes(found: Iterable[Interval]) -> set[int]:
    return {
        minute
        for interval in found
        for minute in range((interval.start - EDGE) // MINUTE, (interval.end - EDGE) // MINUTE)
    }


def is_disjoint(found: tuple[Interval, ...]) -> bool:
    return all(left.end < right.start for left, right in pairwise(found))


@given(sets_of_time)
def test_overlapping_time_counts_once(these: list[Interval]) -> None:
    found = union(these)
    assert minutes(found) == minutes(these)
    assert is_disjoint(found)
    assert measure(found) == len(minutes(these)) * MINUTE


@given(sets_of_time, sets_of_time)
def test_shared_time_is_the_time_in_both(these: list[Interval], those: list[Interval]) -> None:
    found = intersect(these, those)
    assert minutes(found) == minutes(these) & minutes(those)
    assert is_disjoint(found)


@given(sets_of_time, sets_of_time)
def test_what_is_left_is_the_time_in_one_and_not_the_other(these: list[Interval], those: list[Interval]) -> None:
    found = subtract(these, those)
    assert minutes(found) == minutes(these) - minutes(those)
    assert is_disjoint(found)


def test_a_period_is_cut_where_a_version_changes_inside_it() -> None:
    period = Interval(jst(4, 1), jst(5, 1))
    changes = [jst(4, 20), jst(4, 10), jst(4, 1), jst(5, 1), jst(4, 10)]
    assert split(period, changes) == (
        Interval(jst(4, 1), jst(4, 10)),
        Interval(jst(4, 10), jst(4, 20)),
        Interval(jst(4, 20), jst(5, 1)),
    )
    assert split(period, []) == (period,)


@given(st.lists(st.tuples(intervals(), weights()), max_size=8))
def test_each_slice_takes_the_largest_weight_and_says_which_interval_brought_it(
    weighted: list[tuple[Interval, Fraction]],
) -> None:
    covered = [minutes([interval]) for interval, _ in weighted]
    found: dict[int, Fraction] = {}
    for each in weighted_union(weighted):
        stretch = minutes([each.interval])
        assert weighted[each.index][1] == each.weight
        assert stretch <= covered[each.index]
        assert stretch.isdisjoint(found)
        found.update(dict.fromkeys(stretch, each.weight))
    largest: dict[int, Fraction] = {}
    for (_, weight), stretch in sorted(zip(weighted, covered, strict=True), key=lambda given: given[0][1]):
        largest.update(dict.fromkeys(stretch, weight))
    assert found == largest


def test_equal_weights_leave_the_slice_to_the_interval_given_first() -> None:
    half = Fraction(1, 2)
    first, second = Interval(jst(4, 1, 9), jst(4, 1, 11)), Interval(jst(4, 1, 10), jst(4, 1, 12))
    brought = [(each.interval, each.index) for each in weighted_union([(first, half), (second, half)])]
    assert brought == [(first, 0), (Interval(jst(4, 1, 11), jst(4, 1, 12)), 1)]
