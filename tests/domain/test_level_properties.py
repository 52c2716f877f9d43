"""What holds of every ratio and every judgement: splitting changes nothing, and what is certain stays so."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from slm_domain.figures.judgement import Bound, Comparison, Verdict, judge_range, judge_value
from tests.domain.agreement import jst
from tests.domain.levels import bound, contract, judged, measured, result

LEVEL = judged("ratio_at_least", bound("90", "percent"), period="quarter")
shares = st.fractions(min_value=0, max_value=1, max_denominator=50)
bounds = st.builds(Bound, comparison=st.sampled_from(Comparison), value=shares)
answered = st.lists(st.booleans(), min_size=1, max_size=12)


@settings(max_examples=40)
@given(answered, st.integers(min_value=1, max_value=12))
def test_a_ratio_is_the_same_however_its_calls_are_split_into_measurements(calls: list[bool], size: int) -> None:
    groups = [calls[start : start + size] for start in range(0, len(calls), size)]
    split = [
        measured(str(number), jst(4 + number % 3, 10), part=sum(group), whole=len(group))
        for number, group in enumerate(groups)
    ]
    whole = measured("all", jst(5, 10), part=sum(calls), whole=len(calls))
    one, many = result(contract(LEVEL, whole)), result(contract(LEVEL, *split))
    assert (one.verdict, one.measured) == (many.verdict, many.measured)


@given(shares, bounds, bounds)
def test_a_value_that_is_known_is_judged_as_a_value(value: Fraction, guaranteed: Bound, target: Bound) -> None:
    known = judge_range(value, value, guaranteed=guaranteed, target=target)
    assert known == judge_value(value, guaranteed=guaranteed, target=target)


@given(shares, shares, shares, bounds)
def test_what_is_certain_of_a_range_holds_of_every_value_in_it(
    one: Fraction, other: Fraction, third: Fraction, guaranteed: Bound
) -> None:
    least, value, most = sorted((one, other, third))
    verdict = judge_range(least, most, guaranteed=guaranteed, target=None).verdict
    if verdict is not Verdict.PENDING:
        assert judge_value(value, guaranteed=guaranteed, target=None).verdict is verdict
