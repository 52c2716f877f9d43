"""What monitoring says over time: availability and reliability, roll-ups, corrections."""

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.periods import Interval
from slm_domain.figures.state_roll_up import (
    Rule,
    StateCorrection,
    Structure,
    UnknownPartError,
    combined,
    corrected_timeline,
)
from slm_domain.figures.state_timeline import State, Timeline, known_time
from tests.figures.builders import jst

DAY = Interval(jst(4, 10), jst(4, 11))
SYSTEMS = Structure(levels=("organisation", "system", "server"), rules=("all_needed", "any_suffices"))


def timeline(*changes: tuple[int, State]) -> Timeline:
    return Timeline(tuple((jst(4, 10, hour), state) for hour, state in changes))


def test_what_is_not_known_lowers_neither_figure_and_a_planned_stop_only_availability() -> None:
    # up 0-3 and 22-24 = 5 h, down 3-12 = 9 h, unknown 12-18 = 6 h, planned 18-22 = 4 h
    spent = known_time(
        timeline((0, State.UP), (3, State.DOWN), (12, State.UNKNOWN), (18, State.PLANNED), (22, State.DEGRADED)), DAY
    )
    assert spent.availability == Fraction(5, 18)
    assert spent.reliability == Fraction(5, 14)
    assert spent.total == DAY.length


def test_nothing_known_gives_no_figure() -> None:
    spent = known_time(timeline(), DAY)
    assert spent.unknown == DAY.length
    assert spent.availability is None
    assert known_time(timeline((0, State.PLANNED)), DAY).reliability is None
    assert known_time(timeline((0, State.EXCLUDED)), DAY).availability is None


def test_what_was_last_known_before_the_period_is_carried_into_it() -> None:
    before = Timeline(((jst(4, 9), State.DOWN), (jst(4, 10, 6), State.UP)))
    assert before.intervals(DAY, [State.DOWN]) == (Interval(jst(4, 10), jst(4, 10, 6)),)
    assert before.within(DAY).changes[0] == (jst(4, 10), State.DOWN)


def test_of_two_states_of_one_instant_the_one_said_last_stands_and_equal_neighbours_are_one() -> None:
    said = timeline((0, State.UP), (3, State.DOWN), (3, State.UP), (6, State.UP))
    assert said.changes == ((jst(4, 10), State.UP),)


@pytest.mark.parametrize(
    ("states", "rule", "whole"),
    [
        ((State.UP, State.DOWN), "all_needed", State.DOWN),
        ((State.UP, State.DOWN), "any_suffices", State.UP),
        ((State.DOWN, State.UNKNOWN), "any_suffices", State.DOWN),
        ((State.DOWN, State.PLANNED, State.UNKNOWN), "any_suffices", State.PLANNED),
        ((State.UNKNOWN, State.PLANNED), "any_suffices", State.UNKNOWN),
        ((State.DOWN, State.PLANNED), "all_needed", State.PLANNED),
        ((State.EXCLUDED, State.DOWN), "all_needed", State.DOWN),
        ((State.EXCLUDED, State.EXCLUDED), "any_suffices", State.EXCLUDED),
        ((), "all_needed", State.EXCLUDED),
    ],
)
def test_the_state_of_a_whole_follows_from_its_parts_in_any_order(
    states: tuple[State, ...], rule: Rule, whole: State
) -> None:
    assert {combined(order, rule) for order in permutations(states)} == {whole}


def correction(begin: int, end: int, state: State, **target: str) -> StateCorrection:
    return StateCorrection(interval=Interval(jst(4, 10, begin), jst(4, 10, end)), state=state, target=target)


MONITORED: dict[tuple[str, ...], Timeline] = {
    ("town", "tax", "one"): timeline((0, State.UP), (4, State.DOWN)),
    ("town", "tax", "two"): timeline((0, State.UP), (6, State.DOWN), (8, State.UP)),
    ("town", "mail", "one"): timeline((0, State.UP)),
}


def states_of(path: tuple[str, ...], *corrections: StateCorrection) -> list[tuple[datetime, State]]:
    return list(corrected_timeline(MONITORED, path, period=DAY, structure=SYSTEMS, corrections=corrections).changes)


def test_a_system_of_two_servers_is_down_only_while_both_are() -> None:
    expected = [(jst(4, 10), State.UP), (jst(4, 10, 6), State.DOWN), (jst(4, 10, 8), State.UP)]
    assert states_of(("town", "tax")) == expected
    assert states_of(("town",)) == expected  # mail was up


def test_after_a_correction_what_was_monitored_returns() -> None:
    assert states_of(("town", "tax", "two"), correction(7, 9, State.UP, server="two")) == [
        (jst(4, 10), State.UP),
        (jst(4, 10, 6), State.DOWN),
        (jst(4, 10, 7), State.UP),
    ]


def test_the_correction_that_names_more_wins_whatever_the_order() -> None:
    wide = correction(6, 8, State.PLANNED, server="two")
    narrow = correction(6, 7, State.UP, server="two", system="tax")
    for given_corrections in ((wide, narrow), (narrow, wide)):
        assert states_of(("town", "tax", "two"), *given_corrections) == [
            (jst(4, 10), State.UP),
            (jst(4, 10, 7), State.PLANNED),
            (jst(4, 10, 8), State.UP),
        ]


def test_of_corrections_that_name_as_much_the_last_given_wins() -> None:
    first, last = correction(6, 8, State.PLANNED, server="two"), correction(6, 8, State.UNKNOWN, server="two")
    assert (jst(4, 10, 6), State.UNKNOWN) in states_of(("town", "tax", "two"), first, last)


def test_an_excluded_part_is_left_out_of_the_whole() -> None:
    assert states_of(("town", "tax"), correction(0, 24 - 1, State.EXCLUDED, server="two")) == [
        (jst(4, 10), State.UP),
        (jst(4, 10, 4), State.DOWN),
        (jst(4, 10, 23), State.UP),
    ]


def test_a_correction_of_a_whole_replaces_what_its_parts_made() -> None:
    assert states_of(("town", "tax"), correction(6, 8, State.PLANNED, system="tax"))[1] == (
        jst(4, 10, 6),
        State.PLANNED,
    )
    assert states_of(("town", "tax", "two"), correction(6, 8, State.PLANNED, system="tax"))[1] == (
        jst(4, 10, 6),
        State.DOWN,
    )


def test_a_correction_that_began_before_the_period_counts_from_its_start() -> None:
    early = StateCorrection(
        interval=Interval(jst(4, 9), jst(4, 10, 2)), state=State.DOWN, target={"organisation": "town"}
    )
    assert states_of(("town",), early)[:2] == [(jst(4, 10), State.DOWN), (jst(4, 10, 2), State.UP)]


def test_a_part_that_nobody_monitors_is_refused() -> None:
    with pytest.raises(UnknownPartError):
        states_of(("town", "tax", "three"))
    with pytest.raises(UnknownPartError):
        states_of(("village",))
    with pytest.raises(ValueError, match="2 rules"):
        Structure(levels=("a", "b", "c"), rules=("all_needed",))


@given(st.lists(st.tuples(st.integers(0, 23), st.sampled_from(State)), max_size=8))
def test_the_time_of_all_states_adds_up_to_the_period(changes: list[tuple[int, State]]) -> None:
    assert known_time(timeline(*changes), DAY).total == timedelta(days=1)
