"""Whether it was met, by the exact value and the printed word (C6, C8, C9)."""

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.judgement import (
    Bound,
    Comparison,
    Judgement,
    Verdict,
    judge_count,
    judge_timed,
    judge_value,
    worst,
)
from tests.figures.builders import instants, jst

AT_LEAST_995 = Bound(comparison=Comparison.AT_LEAST, value=Fraction(995, 1000))
AT_LEAST_999 = Bound(comparison=Comparison.AT_LEAST, value=Fraction(999, 1000))

MET_TARGET = Judgement(verdict=Verdict.MET_TARGET)
MET_GUARANTEE = Judgement(verdict=Verdict.MET_GUARANTEE)
SHORTFALL = Judgement(verdict=Verdict.MET_GUARANTEE, shortfall=True)
BREACH = Judgement(verdict=Verdict.BREACH)
BREACH_AND_SHORTFALL = Judgement(verdict=Verdict.BREACH, shortfall=True)
PENDING = Judgement(verdict=Verdict.PENDING)
NOT_APPLICABLE = Judgement(verdict=Verdict.NOT_APPLICABLE)

DUE, TARGET = jst(4, 10, 10), jst(4, 10, 9)


@pytest.mark.parametrize(
    ("value", "judgement"),
    [
        (Fraction(999, 1000), MET_TARGET),
        (Fraction(998_999, 1_000_000), SHORTFALL),  # would be 99.9 if it were rounded first
        (Fraction(995, 1000), SHORTFALL),
        (Fraction(994_999, 1_000_000), BREACH_AND_SHORTFALL),
    ],
)
def test_a_value_is_judged_exactly_against_both_values(value: Fraction, judgement: Judgement) -> None:
    assert judge_value(value, guaranteed=AT_LEAST_995, target=AT_LEAST_999) == judgement


@pytest.mark.parametrize(
    ("comparison", "at_the_value"),
    [
        (Comparison.AT_LEAST, True),  # 以上
        (Comparison.AT_MOST, True),  # 以下
        (Comparison.BELOW, False),  # 5 % 未満 is missed at exactly 5 %
        (Comparison.ABOVE, False),  # 超える
    ],
)
def test_the_printed_word_decides_at_the_very_value(comparison: Comparison, *, at_the_value: bool) -> None:
    assert Bound(comparison=comparison, value=Fraction(5, 100)).holds(Fraction(5, 100)) is at_the_value


@given(st.fractions(), st.fractions())
def test_the_printed_words_are_opposites_in_pairs(limit: Fraction, value: Fraction) -> None:
    holds = {word: Bound(comparison=word, value=limit).holds(value) for word in Comparison}
    assert holds[Comparison.AT_LEAST] is not holds[Comparison.BELOW]
    assert holds[Comparison.AT_MOST] is not holds[Comparison.ABOVE]


def test_without_a_figure_nothing_is_met_or_missed() -> None:
    assert judge_value(None, guaranteed=AT_LEAST_995, target=None).verdict is Verdict.NOT_MEASURED


def test_an_item_may_have_a_guarantee_only_a_target_only_or_neither() -> None:
    low, high = Fraction(9, 10), Fraction(1)
    assert judge_value(high, guaranteed=AT_LEAST_995, target=None) == MET_GUARANTEE
    assert judge_value(low, guaranteed=AT_LEAST_995, target=None) == BREACH
    assert judge_value(high, guaranteed=None, target=AT_LEAST_999) == MET_TARGET
    assert judge_value(low, guaranteed=None, target=AT_LEAST_999) == SHORTFALL
    assert judge_value(low, guaranteed=None, target=None) == NOT_APPLICABLE


def test_a_target_looser_than_the_guarantee_can_be_reached_in_a_breach() -> None:
    assert judge_value(Fraction(996, 1000), guaranteed=AT_LEAST_999, target=AT_LEAST_995) == BREACH


@pytest.mark.parametrize(
    ("done", "until", "judgement"),
    [
        (jst(4, 10, 9), jst(5, 1), MET_TARGET),  # exactly on the target
        (jst(4, 10, 10), jst(5, 1), SHORTFALL),  # exactly on the deadline is in time
        (jst(4, 10, 10, 1), jst(5, 1), BREACH_AND_SHORTFALL),
        (None, jst(4, 10, 8), PENDING),
        (None, jst(4, 10, 9, 30), Judgement(verdict=Verdict.PENDING, shortfall=True)),
        (None, jst(4, 10, 10), Judgement(verdict=Verdict.PENDING, shortfall=True)),
        (None, jst(4, 10, 10, 1), BREACH_AND_SHORTFALL),
        (jst(4, 10, 9), jst(4, 10, 8), PENDING),  # not done yet at that instant
    ],
)
def test_a_timed_item_is_judged_as_it_stands_at_the_instant(
    done: datetime | None, until: datetime, judgement: Judgement
) -> None:
    assert judge_timed(done, guaranteed_due=DUE, target_due=TARGET, until=until) == judgement


def test_a_timed_item_may_have_one_deadline_or_none() -> None:
    late = jst(4, 10, 12)
    assert judge_timed(None, guaranteed_due=None, target_due=TARGET, until=late) == SHORTFALL
    assert judge_timed(None, guaranteed_due=DUE, target_due=None, until=late) == BREACH
    assert judge_timed(None, guaranteed_due=None, target_due=None, until=late) == NOT_APPLICABLE


@given(st.none() | instants(), instants(), instants(), instants())
def test_a_breach_is_never_taken_back_as_time_goes_on(
    done: datetime | None, due: datetime, one: datetime, two: datetime
) -> None:
    earlier, later = sorted((one, two))
    first = judge_timed(done, guaranteed_due=due, target_due=None, until=earlier).verdict
    second = judge_timed(done, guaranteed_due=due, target_due=None, until=later).verdict
    assert (first, second) not in {
        (Verdict.BREACH, Verdict.MET_GUARANTEE),
        (Verdict.BREACH, Verdict.PENDING),
        (Verdict.MET_GUARANTEE, Verdict.BREACH),
        (Verdict.MET_GUARANTEE, Verdict.PENDING),
    }


@pytest.mark.parametrize(
    ("count", "period_over", "judgement"),
    [
        (0, False, PENDING),
        (0, True, BREACH_AND_SHORTFALL),
        (1, False, MET_GUARANTEE),  # the target can still be reached
        (1, True, SHORTFALL),
        (2, False, MET_TARGET),
        (2, True, MET_TARGET),
    ],
)
def test_a_count_can_be_reached_before_its_period_is_over_but_not_missed(
    count: int, judgement: Judgement, *, period_over: bool
) -> None:
    assert judge_count(count, guaranteed=1, target=2, period_over=period_over) == judgement


def test_a_count_without_values_is_not_judged() -> None:
    assert judge_count(0, guaranteed=None, target=None, period_over=True) == NOT_APPLICABLE
    assert judge_count(0, guaranteed=None, target=1, period_over=False) == PENDING


def test_several_evaluations_come_to_the_worst_of_them() -> None:
    assert worst([MET_TARGET, SHORTFALL, PENDING, BREACH]) == BREACH_AND_SHORTFALL
    assert worst([MET_TARGET, MET_GUARANTEE]) == MET_GUARANTEE
    assert worst([Judgement(verdict=Verdict.EXCLUDED), MET_TARGET]) == MET_TARGET
    assert worst([]) == NOT_APPLICABLE
