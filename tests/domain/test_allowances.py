"""An allowance pays for what would else be down, as much as it weighs, the earliest first (C5, C21)."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, unit_figures
from slm_domain.facts import IncidentFacts, UnmeasuredTime
from slm_domain.figures.periods import Interval
from slm_domain.month_figures import AvailabilityFigure
from slm_domain.register import Register
from slm_domain.sla import Allowance, Ground, Sla
from tests.domain.agreement import jst
from tests.domain.downtimes import EVERY_DAY, agreed, at, daily, excluded, outage, record

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NONE = timedelta()
LATER = jst(8, 1)
JUNE = Interval(jst(6, 1, 0), jst(7, 1, 0))  # 30 days of 8 h

Per = Literal["month", "fiscal_year"]


def allowing(minutes: int, sla: Sla, per: Per = "month") -> Sla:
    """So many minutes of maintenance may leave the measurement."""
    limited = replace(sla.grounds[0], allowance=Allowance(per=per, minutes=minutes))
    return replace(sla, grounds=(limited, *sla.grounds[1:]))


def stop(
    day: int, start: int, minutes: int, *, claimed: bool = True, of: int | None = None, **facts: Any
) -> IncidentFacts:
    """A stop so many minutes long; all of it, or the last minutes `of` it, is accepted maintenance."""
    begin, end = jst(6, day, start), jst(6, day, start) + minutes * MINUTE
    claim = excluded(None if of is None else end - of * MINUTE, exclusion=f"ex{day}{start}", positions=(day, start))
    code = f"{day:02}-{start}"
    return outage(begin, end, **{"code": code, "exclusions": (claim,) if claimed else (), **facts})


def of(register: Register, interval: Interval = JUNE) -> AvailabilityFigure:
    return availability(register, list(register.incidents.values()), interval, LATER)


def test_a_stop_shorter_than_the_minimum_uses_up_no_allowance() -> None:
    # a stop is 60 minutes long or longer. 59 minutes on the 5th are none, so the hour is left for the 10th, of whose
    # two hours the second is claimed
    sla = allowing(60, agreed(min_stop_minutes=60))
    short, long = stop(5, 10, 59), stop(10, 10, 120, of=60)
    assert of(record(sla, replace(short, exclusions=()), long)).down == HOUR
    assert of(record(sla, short, long)).down == HOUR


def test_how_much_of_an_allowance_is_left_does_not_make_a_stop_shorter() -> None:
    # 90 minutes, of which the allowance pays for 60: the stop was 90 minutes long, and the last 30 are down
    sla = allowing(60, agreed(min_stop_minutes=60))
    found = of(record(sla, stop(5, 10, 90)))
    assert (found.excluded, found.down) == (60 * MINUTE, 30 * MINUTE)
    # without an allowance what is excluded is no part of the stop, and 30 minutes are none
    assert of(record(agreed(min_stop_minutes=60), stop(5, 10, 90, of=60))).down == NONE


def test_time_in_which_another_stop_goes_on_uses_up_no_allowance() -> None:
    # 10:00 to 12:00 is claimed, but from 11:00 to 12:00 another stop goes on: one hour is left for the 10th
    other = stop(5, 11, 60, claimed=False)
    register = record(allowing(120, agreed()), stop(5, 10, 120), other, stop(10, 10, 60))
    assert of(register).down == HOUR


def test_time_that_another_ground_takes_out_uses_up_no_allowance() -> None:
    # carrier stops leave the measurement without a limit: of 10:00 to 12:00 the second hour is claimed as one, too
    sla = allowing(60, agreed())
    carrier = Ground(**{name: getattr(sla.grounds[0], name) for name in Ground.__struct_fields__})
    sla = replace(sla, grounds=(*sla.grounds, replace(carrier, code="carrier", allowance=None)))
    both = (
        excluded(exclusion="one", positions=(20, 21)),
        excluded(at(11), exclusion="two", ground="carrier", positions=(22, 23)),
    )
    register = record(sla, stop(2, 10, 120, exclusions=both), stop(10, 10, 60))
    assert of(register).down == HOUR  # the allowance paid for the first hour of the 2nd
    register = record(sla, stop(2, 10, 120, exclusions=both[1:]), stop(10, 10, 60))
    assert of(register).down == HOUR  # that hour itself


def test_two_claims_of_one_stop_are_charged_once_to_the_one_accepted_first() -> None:
    # works and maintenance have an hour each; the hour on the 2nd is claimed as both
    sla = allowing(60, agreed())
    sla = replace(sla, grounds=(*sla.grounds, replace(sla.grounds[0], code="works")))
    both = (
        excluded(exclusion="one", ground="works", positions=(20, 24)),
        excluded(exclusion="two", positions=(21, 23)),  # accepted before the other
    )
    first = stop(2, 10, 60, exclusions=both)
    assert of(record(sla, first, stop(10, 10, 60))).down == HOUR
    works = replace(stop(10, 10, 60), exclusions=(excluded(exclusion="three", ground="works"),))
    assert of(record(sla, first, works)).down == NONE


def test_a_partial_stop_uses_up_as_much_as_it_weighs() -> None:
    # a stop of level B of one of three systems weighs a third: two hours of it use up 40 minutes of an hour
    sla = allowing(60, agreed(partial_counts="weight", partial_weight_by="systems"))
    partial = stop(5, 10, 120, level="B", systems=("library",), organisations=("village",))
    found = of(record(sla, partial, stop(10, 10, 60)))
    assert (found.excluded, found.down) == (140 * MINUTE, 40 * MINUTE)


def test_an_allowance_ends_within_a_partial_stop_when_its_weight_has_used_it_up() -> None:
    # 30 minutes at a third are 90 minutes; the last 30 of two hours weigh 600 s
    sla = allowing(30, agreed(partial_counts="weight", partial_weight_by="systems"))
    found = of(record(sla, stop(5, 10, 120, level="B", systems=("library",), organisations=("village",))))
    assert (found.excluded, found.down) == (90 * MINUTE, 30 * MINUTE)
    assert found.lost is not None
    assert found.lost.value == Fraction(600)


def test_each_organisation_has_the_allowance_for_its_own_stops() -> None:
    # an hour of the town's and an hour of the village's, and an allowance of one hour
    town = stop(5, 10, 60, systems=("payroll",), organisations=("town",))
    village = stop(10, 10, 60, systems=("library",), organisations=("village",))
    register = record(allowing(60, agreed(availability_of="organisations")), town, village)
    assert of(register).down == NONE
    assert of(record(allowing(60, agreed()), town, village)).down == HOUR  # of the service it is the second hour
    units = unit_figures(register, list(register.incidents.values()), JUNE, LATER, "organisations")
    assert {unit.unit: unit.availability.excluded for unit in units} == {"town": HOUR, "village": HOUR}


def test_a_stop_of_the_service_too_short_for_the_minimum_uses_up_no_organisations_allowance() -> None:
    sla = allowing(60, agreed(min_stop_minutes=60, availability_of="organisations"))
    assert of(record(sla, stop(5, 10, 59), stop(10, 10, 60))).down == NONE


def test_unmeasured_time_beside_a_stop_uses_up_no_allowance() -> None:
    # nobody measured on the 5th until 11:00, but the stop at 10:00 is stated: it is known, and pays its hour
    gap = UnmeasuredTime(
        unmeasured="gap", side="provider", starts_at=jst(6, 5, 9), ends_at=jst(6, 5, 11), systems=(), position=9
    )
    sla = allowing(60, agreed(unmeasured="remove"))
    register = record(sla, stop(5, 10, 60), stop(10, 10, 60), unmeasured=[gap])
    assert (of(register).unmeasured, of(register).down) == (HOUR, HOUR)


def test_extraordinary_work_outside_support_hours_uses_up_no_allowance() -> None:
    # open around the clock, supported from 9 to 17: of 16:00 to 20:00 one hour is a stop
    sla = replace(
        allowing(120, agreed()),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    register = record(sla, stop(5, 16, 240, extraordinary=True), stop(10, 10, 60))
    assert of(register).down == NONE


@pytest.mark.parametrize(("per", "down"), [("month", 0), ("fiscal_year", 1)])
def test_what_was_used_up_in_an_earlier_month_is_gone_for_the_year(per: Per, down: int) -> None:
    july = outage(jst(7, 3, 10), jst(7, 3, 11), code="july", exclusions=(excluded(exclusion="july"),))
    register = record(allowing(60, agreed(), per), stop(5, 10, 60), july)
    assert of(register, Interval(jst(7, 1, 0), jst(8, 1, 0))).down == down * HOUR


@pytest.mark.parametrize(("until", "down"), [(jst(6, 5, 11), 0), (jst(6, 5, 13), 1)])
def test_an_open_stop_uses_up_what_it_has_lasted(until: datetime, down: int) -> None:
    opened = outage(jst(6, 5, 10), code="open", exclusions=(excluded(),))
    register = record(allowing(120, agreed()), opened)
    assert availability(register, [opened], JUNE, until).down == down * HOUR
