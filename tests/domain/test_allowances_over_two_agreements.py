"""An allowance where the SLA changes inside its month or year: the amount in force then, less what was left out before.

Open from 9 to 17 every day. The first SLA is in force from April 2025 on, the second from July on (C12). No amount is
taken by days, for no term says so (C19): of a year in which it changes each holds whole, and none begins anew.
"""

from datetime import date, timedelta
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from slm_domain.allowances_told import allowances_told
from slm_domain.availability import availability
from slm_domain.facts import IncidentFacts, SlaVersion
from slm_domain.figures.periods import Interval
from slm_domain.register import Register
from slm_domain.sla import Allowance, Sla
from tests.domain.agreement import jst
from tests.domain.downtimes import agreed, excluded, outage, record

LATER = jst(4, 2, year=2026)
MINUTE = timedelta(minutes=1)
Per = Literal["month", "fiscal_year"]
JUNE, JULY = Interval(jst(6, 1, 0), jst(7, 1, 0)), Interval(jst(7, 1, 0), jst(8, 1, 0))
YEAR = Interval(jst(4, 1, 0), jst(4, 1, 0, year=2026))


def allowing(minutes: int | None, per: Per = "fiscal_year", **terms: Any) -> Sla:
    sla = agreed(**terms)
    amount = None if minutes is None else Allowance(per=per, minutes=minutes)
    return replace(sla, grounds=(replace(sla.grounds[0], allowance=amount), *sla.grounds[1:]))


def stop(month: int, minutes: int, day: int = 5) -> IncidentFacts:
    """A stop of so many minutes, all of it accepted as maintenance."""
    begin, code = jst(month, day, 10), f"{month}-{day}"
    claim = excluded(exclusion=code, positions=(month, day))
    return outage(begin, begin + minutes * MINUTE, code=code, exclusions=(claim,))


def over(first: Sla, second: Sla, *incidents: IncidentFacts, year: int = 2025, month: int = 7) -> Register:
    register = record(first, *incidents)
    effective_from = date(year, month, 1)
    register.slas.append(SlaVersion(number=2, effective_from=effective_from, sla=second, digest="", position=90))
    return register


def down(register: Register, interval: Interval) -> int:
    """The minutes down in the interval."""
    found = availability(register, list(register.incidents.values()), interval, LATER)
    return found.down // MINUTE


@pytest.mark.parametrize(
    ("second", "july"),
    [
        (60, 60),  # the same amount: nothing is left
        (90, 30),  # of 90 minutes 60 are gone
        (120, 0),
        (30, 60),  # more was used than is allowed now
        (None, 0),  # no limit any more
    ],
)
def test_from_the_day_an_sla_takes_effect_its_amount_counts_less_what_was_left_out_in_the_year(
    second: int | None, july: int
) -> None:
    register = over(allowing(60), allowing(second), stop(6, 60), stop(7, 60))
    assert (down(register, JUNE), down(register, JULY)) == (0, july)
    assert down(register, YEAR) == july  # the months add up (C7)


@pytest.mark.parametrize("second", [30, 90, None])
def test_what_was_before_the_change_keeps_the_amount_of_that_time(second: int | None) -> None:
    register = over(allowing(60), allowing(second), stop(6, 80))
    assert down(register, JUNE) == 20


def test_time_left_out_without_a_limit_is_charged_to_a_limit_that_comes_after_it() -> None:
    register = over(allowing(None), allowing(90), stop(6, 60), stop(7, 60))
    assert (down(register, JUNE), down(register, JULY)) == (0, 30)


@pytest.mark.parametrize(("first", "second", "july"), [("month", "fiscal_year", 60), ("fiscal_year", "month", 0)])
def test_an_allowance_of_months_that_becomes_one_of_years_counts_what_the_year_has_used(
    first: Per, second: Per, july: int
) -> None:
    register = over(allowing(60, first), allowing(60, second), stop(6, 60), stop(7, 60))
    assert (down(register, JUNE), down(register, JULY)) == (0, july)


def test_an_sla_that_begins_with_the_year_has_its_whole_allowance() -> None:
    april = Interval(jst(4, 1, 0, year=2026), jst(5, 1, 0, year=2026))
    begin = jst(4, 1, 9, year=2026)
    claimed = outage(begin, begin + 60 * MINUTE, code="april", exclusions=(excluded(exclusion="april"),))
    register = over(allowing(60), allowing(60), stop(6, 60), claimed, year=2026, month=4)
    assert down(register, april) == 0


def test_what_is_used_and_left_is_told_of_the_amount_in_force_last() -> None:
    register = over(allowing(60), allowing(90), stop(6, 60), stop(7, 20))
    found = [allowances_told(register, month, LATER)[0].used for month in (JUNE, JULY)]
    assert [(int(each.used / 60), int(each.left / 60)) for each in found] == [(60, 0), (80, 10)]


def test_what_was_down_before_the_change_for_want_of_an_allowance_uses_up_nothing_after_it() -> None:
    # of June's 90 minutes 60 were left out: of July's 120 minutes 60 are left
    register = over(allowing(60), allowing(120), stop(6, 90), stop(7, 60))
    assert (down(register, JUNE), down(register, JULY)) == (30, 0)


def test_what_was_no_stop_by_the_terms_of_its_time_uses_up_nothing_after_it() -> None:
    register = over(allowing(60, min_stop_minutes=60), allowing(60), stop(6, 30), stop(7, 60))
    assert (down(register, JUNE), down(register, JULY)) == (0, 0)
