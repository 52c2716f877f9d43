"""A breach that is not the first one."""

import pytest

from slm_domain.figures.repeats import WrongRepeatError, breached_again


@pytest.mark.parametrize(
    ("breached", "again"),
    [([], False), ([True], False), ([True, False], False), ([False, True], False), ([True, True], True)],
)
def test_two_months_in_a_row_are_both_in_breach(breached: list[bool], again: bool) -> None:
    assert breached_again(breached, times=2, within_months=2) is again


def test_breaches_count_within_the_last_months_only_and_the_newest_must_be_one() -> None:
    assert breached_again([True, False, True, True], times=3, within_months=4)
    assert not breached_again([True, False, False, True, True], times=3, within_months=4)
    assert not breached_again([True, True, True, False], times=3, within_months=4)


@pytest.mark.parametrize(("times", "within_months"), [(0, 3), (4, 3)])
def test_a_rule_that_no_months_can_fulfil_is_refused(times: int, within_months: int) -> None:
    with pytest.raises(WrongRepeatError):
        breached_again([True], times=times, within_months=within_months)
