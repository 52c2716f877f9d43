"""How opening hours and stops are read: breaks, short stops, whole stops, contested times (A1 to A3, C11, C23, C24).

The same facts under each value of a term, through the whole domain. April 2025 has 21 opening days of 525 minutes,
11,025 minutes; the fee is 1,000,000 yen.
"""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from slm_domain.commands.incident import ContestTimes
from slm_domain.month_figures import Ratio
from tests.charging import FIRM, LATER, at, desks_of, sla_with, stop
from tests.domain.judging import HOUR, STOP, april, minutes
from tests.projections.contract_histories import CODE


@pytest.mark.parametrize(
    ("breaks", "base"),
    [((), 21 * 525), (("12:00-13:00",), 21 * 465)],  # 8 h 45 min a day, or 7 h 45 min
)
def test_a_break_leaves_the_base_of_the_month_or_there_is_none(breaks: tuple[str, ...], base: int) -> None:
    plain = sla_with()
    hours = {name: replace(each, breaks=breaks) for name, each in plain.calendars.items()}
    desks = desks_of(sla_with(calendars=hours))
    stop(desks, "i1", at(4, 10, 11, 30), minutes(60))  # half of it, or all of it, outside the break
    found = april(desks).availability
    assert (found.base, found.down) == (minutes(base), minutes(30 if breaks else 60))


@pytest.mark.parametrize(
    ("shortest", "stopped", "payable"),
    [(None, 70, 993_650), (60, 0, 1_000_000)],  # 70 of 11,025 minutes pass the 60: 993,650.79
)
def test_short_stops_add_to_the_months_total_or_are_no_stops(shortest: int | None, stopped: int, payable: int) -> None:
    terms = {"min_stop_minutes": shortest, "cumulative_threshold_minutes": 60}
    desks = desks_of(sla_with(deductions=(STOP,), terms=terms))
    stop(desks, "i1", at(4, 10, 10), minutes(50))
    stop(desks, "i2", at(4, 14, 10), minutes(20))
    assert (april(desks).stopped, april(desks).payable_yen) == (minutes(stopped), payable)


@pytest.mark.parametrize(("measured", "stopped"), [("clipped_to_hours", 0), ("whole", 30)])
def test_a_stop_over_the_night_is_as_long_as_its_part_in_opening_hours_or_as_a_whole(
    measured: str, stopped: int
) -> None:
    # Thursday 17:00 to Friday 8:45: 15 minutes before closing and 15 after opening, 15 h 45 min as a whole. Only the
    # whole reaches the 60 minutes of a stop; what counts is the part in opening hours either way (S9).
    desks = desks_of(sla_with(terms={"min_stop_minutes": 60, "stop_length_measured": measured}))
    stop(desks, "i1", at(4, 10, 17), timedelta(hours=15, minutes=45))
    assert april(desks).stopped == minutes(stopped)


@pytest.mark.parametrize(("pick", "down"), [("municipality", 180), ("provider", 90), ("lowest", 90), ("highest", 180)])
def test_contested_times_are_those_that_the_term_picks(pick: str, down: int) -> None:
    # the municipality: 9:00 to 12:00; the provider: 9:30 to 11:00
    desks = desks_of(sla_with(terms={"contested_times": pick}))
    stop(desks, "i1", at(4, 10, 9), 3 * HOUR)
    contested = ContestTimes(
        contract=CODE, by=FIRM, incident="i1", started_at=at(4, 10, 9, 30), ended_at=at(4, 10, 11), reason="監視記録"
    )
    assert desks.send(contested, LATER)
    found = april(desks).availability
    assert found.down == minutes(down)
    # whatever is picked, the figure lies between 180 and 90 minutes of 11,025
    assert (found.lowest, found.highest) == (
        Ratio(numerator=241, denominator=245),
        Ratio(numerator=243, denominator=245),
    )


@pytest.mark.parametrize(
    ("scope", "payable"),
    [
        ("contract", 993_197),  # 45 + 30 minutes pass the 60 together: 1 - 75/11,025 of the fee
        ("organisation", 1_000_000),  # neither town's do
    ],
)
def test_the_months_total_is_that_of_the_contract_or_of_each_organisation(scope: str, payable: int) -> None:
    sla = sla_with(deductions=(STOP,), terms={"threshold_scope": scope, "cumulative_threshold_minutes": 60})
    shimanto = sla.municipality.organisations[0]
    towns = replace(sla.municipality, organisations=(shimanto, replace(shimanto, code="nakatosa-town")))
    welfare = replace(sla.systems[0], code="welfare", organisation="nakatosa-town")
    desks = desks_of(replace(sla, municipality=towns, systems=(*sla.systems, welfare)))
    stop(desks, "i1", at(4, 10), minutes(45))
    stop(desks, "i2", at(4, 11), minutes(30), organisations=("nakatosa-town",), systems=("welfare",))
    assert april(desks).payable_yen == payable
