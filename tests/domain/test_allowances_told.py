"""What an allowance has left, and what of the time down is beyond it, can be followed on paper (C7, C21)."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from msgspec.structs import replace

from projections.answers.listed import ListAnswer, time_lists_of
from slm_domain.allowances_told import AllowanceTold, allowances_told
from slm_domain.availability import figure, stretches
from slm_domain.claims_told import claim_told
from slm_domain.facts import IncidentFacts, PlannedStop, SlaVersion
from slm_domain.figures.periods import Interval
from slm_domain.register import Register
from slm_domain.sla import Side
from tests.domain.agreement import jst
from tests.domain.downtimes import agreed, at, excluded, outage, record
from tests.domain.test_allowances import JUNE, LATER, Per, allowing, contested, stop

JULY = Interval(jst(7, 1, 0), jst(8, 1, 0))
Minutes = tuple[Fraction | int, Fraction | int]


def told(register: Register, month: Interval = JUNE, until: datetime = LATER) -> AllowanceTold:
    (found,) = allowances_told(register, month, until)
    return found


def used_and_left(register: Register, month: Interval = JUNE, until: datetime = LATER) -> Minutes:
    """Minutes used and left of the maintenance that is allowed."""
    found = told(register, month, until).used
    return found.used / 60, found.left / 60


def lists(register: Register) -> dict[str, ListAnswer]:
    """June's lists of time, by name."""
    parts = stretches(register, list(register.incidents.values()), JUNE, LATER)
    return {each.name: each for each in time_lists_of(register, parts, figure(parts))}


def times(found: ListAnswer) -> list[tuple[datetime | None, datetime | None]]:
    return [(line.starts_at, line.ends_at) for line in found.lines]


# --- Used and left


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ((), (0, 60)),
        ((stop(5, 10, 20),), (20, 40)),
        ((stop(5, 10, 20), stop(6, 10, 40)), (60, 0)),
        ((stop(5, 10, 90),), (60, 0)),
        ((stop(5, 8, 90),), (30, 30)),  # open from 9 on
        ((stop(5, 10, 90, claimed=False),), (0, 60)),
    ],
)
def test_an_allowance_tells_what_is_used_and_left(stops: tuple[IncidentFacts, ...], expected: Minutes) -> None:
    register = record(allowing(60, agreed()), *stops)
    assert used_and_left(register) == expected
    excluded_time = figure(stretches(register, stops, JUNE, LATER)).excluded
    assert excluded_time == timedelta(minutes=int(expected[0]))  # what left the figure was charged


def test_a_stop_shorter_than_the_minimum_leaves_the_allowance_as_it_is() -> None:
    assert used_and_left(record(allowing(60, agreed(min_stop_minutes=60)), stop(5, 10, 59))) == (0, 60)


def test_a_partial_stop_is_told_as_used_as_much_as_it_weighs() -> None:
    # one of three systems for two hours: 40 minutes
    sla = allowing(60, agreed(partial_counts="weight", partial_weight_by="systems"))
    partial = stop(5, 10, 120, level="B", systems=("library",), organisations=("village",))
    assert used_and_left(record(sla, partial)) == (40, 20)


def test_a_month_has_its_own_allowance_and_a_year_what_its_months_up_to_now_left() -> None:
    july = outage(jst(7, 3, 10), jst(7, 3, 10, 15), code="july", exclusions=(excluded(exclusion="july"),))
    expected: dict[Per, list[Minutes]] = {"month": [(40, 20), (15, 45)], "fiscal_year": [(40, 20), (55, 5)]}
    for per, of_months in expected.items():
        register = record(allowing(60, agreed(), per), stop(5, 10, 40), july)
        assert [used_and_left(register, month) for month in (JUNE, JULY)] == of_months


def test_a_month_after_its_year_is_used_up_tells_that_nothing_is_left() -> None:
    register = record(allowing(60, agreed(), "fiscal_year"), stop(5, 10, 90))
    assert used_and_left(register, JULY) == (60, 0)


@pytest.mark.parametrize(
    ("per", "period", "first", "last"),
    [
        ("month", "2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("fiscal_year", "FY2025", date(2025, 4, 1), date(2026, 3, 31)),
    ],
)
def test_an_allowance_names_its_period(per: Per, period: str, first: date, last: date) -> None:
    found = told(record(allowing(60, agreed(), per)))
    assert (found.period, found.first, found.last) == (period, first, last)


def test_the_days_of_a_year_begin_with_the_contract() -> None:
    register = record(allowing(60, agreed(), "fiscal_year"))
    register.slas[0] = replace(register.slas[0], effective_from=date(2025, 6, 1))
    assert told(register).first == date(2025, 6, 1)


@pytest.mark.parametrize(("picked", "used"), [("municipality", 60), ("provider", 30)])
def test_a_contested_stop_bounds_what_is_used(picked: Side, used: int) -> None:
    # an hour by the municipality's word, half of it by the provider's
    fault = contested(5, 10, 11, 11)
    fault = replace(
        fault, statements=(*fault.statements[:-1], replace(fault.statements[-1], ended_at=jst(6, 5, 10, 30)))
    )
    found = told(record(allowing(90, agreed(contested_times=picked)), fault)).used
    assert [each / 60 for each in (found.least, found.used, found.most, found.left)] == [30, used, 60, 90 - used]


def test_a_stop_that_goes_on_has_used_what_it_has_lasted() -> None:
    register = record(allowing(120, agreed()), outage(jst(6, 5, 10), code="open", exclusions=(excluded(),)))
    assert used_and_left(register, until=jst(6, 5, 11)) == (60, 60)


def test_grounds_without_an_allowance_and_months_without_an_sla_tell_of_none() -> None:
    assert allowances_told(record(agreed()), JUNE, LATER) == ()
    assert allowances_told(record(allowing(60, agreed())), Interval(jst(3, 1, 0), jst(4, 1, 0)), LATER) == ()


def test_where_the_sla_changes_in_the_month_the_last_ones_allowance_is_told() -> None:
    # an hour at first, half an hour from 10 June on, to which the 20 minutes of the 5th are charged, too
    register = record(allowing(60, agreed()), stop(5, 10, 20))
    later = allowing(30, agreed())
    register.slas.append(SlaVersion(number=2, effective_from=date(2025, 6, 10), sla=later, digest="", position=90))
    assert used_and_left(register) == (20, 10)


# --- What is beyond it


def test_the_time_beyond_an_allowance_is_a_list_of_its_own_inside_the_time_down() -> None:
    # of 10:00 to 11:30 an hour is allowed; the other stop is down without a claim
    register = record(allowing(60, agreed()), stop(5, 10, 90), stop(6, 10, 30, claimed=False))
    found = lists(register)
    beyond = found["beyond_allowance"]
    assert times(beyond) == [(jst(6, 5, 11), jst(6, 5, 11, 30))]
    assert beyond.part_of == "down"
    assert beyond.total.value == 1800
    assert found["down"].total.value == 3600
    assert beyond.lines[0].what == "05-10"
    assert set(beyond.lines[0].entries) >= {5, 10}  # where it was claimed, and where it was accepted


def test_without_anything_beyond_an_allowance_there_is_no_such_list() -> None:
    assert "beyond_allowance" not in lists(
        record(allowing(60, agreed()), stop(5, 10, 60), stop(6, 10, 60, claimed=False))
    )


def test_what_a_missed_notice_leaves_down_is_not_beyond_an_allowance() -> None:
    sla = allowing(600, agreed())
    limited = sla.grounds[0]
    notice = replace(limited.notice, kind="right_after", lead_days=0, when_missed="counts_as_down")
    found = lists(record(replace(sla, grounds=(replace(limited, notice=notice), *sla.grounds[1:])), stop(5, 10, 60)))
    assert found["down"].total.value == 3600
    assert "beyond_allowance" not in found


def test_what_was_not_announced_is_told_apart_from_what_is_beyond_the_allowance() -> None:
    # announced from 10:00 to 12:00, stopped to 14:00, an hour allowed: 10 to 11 is excluded
    fault = outage(at(10), at(14), exclusions=(excluded(planned_stop="p1"),))
    register = record(allowing(60, agreed()), fault)
    register.planned_stops["p1"] = PlannedStop(
        planned_stop="p1",
        ground="maintenance",
        told_at=jst(5, 20),
        starts_at=at(10),
        ends_at=at(12),
        systems=("payroll", "library"),
        organisations=("town", "village"),
        position=15,
    )
    found = lists(register)
    assert times(found["excluded"]) == [(at(10), at(11))]
    assert times(found["beyond_allowance"]) == [(at(11), at(12))]
    assert times(found["beyond_announced"]) == [(at(12), at(14))]
    claim = claim_told(register, register.slas[0], fault, fault.exclusions[0], LATER)
    assert claim.beyond_allowance == (Interval(at(11), at(12)),)
