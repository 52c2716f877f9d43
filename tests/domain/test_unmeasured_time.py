"""Time in which nobody measured: what it does to the figure under both terms (C2, C6)."""

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from slm_domain.availability import availability, unit_figures
from slm_domain.facts import IncidentFacts, UnmeasuredTime
from slm_domain.month_figures import AvailabilityFigure
from tests.domain.downtimes import DAY, LATER, agreed, at, outage, record

HOUR = timedelta(hours=1)


def gap(start: datetime, end: datetime, *systems: str, code: str = "gap") -> UnmeasuredTime:
    return UnmeasuredTime(unmeasured=code, side="provider", starts_at=start, ends_at=end, systems=systems, position=40)


def figure(*gaps: UnmeasuredTime, stops: tuple[IncidentFacts, ...] = (), **terms: Any) -> AvailabilityFigure:
    return availability(record(agreed(**terms), *stops, unmeasured=gaps), stops, DAY, LATER)


def ratio(found: AvailabilityFigure) -> Fraction | None:
    return None if found.ratio is None else found.ratio.value


def test_unmeasured_time_leaves_the_base_or_stays_in_it_and_is_shown_apart() -> None:
    # 2 h of 8 unmeasured, another hour down
    stop = outage(at(15), at(16))
    removed = figure(gap(at(10), at(12)), stops=(stop,), unmeasured="remove")
    assert (removed.base, removed.unmeasured, removed.up, ratio(removed)) == (
        6 * HOUR, 2 * HOUR, 5 * HOUR, Fraction(5, 6),
    )  # fmt: skip
    stays = figure(gap(at(10), at(12)), stops=(stop,))
    assert (stays.base, stays.unmeasured, stays.up, ratio(stays)) == (8 * HOUR, 2 * HOUR, 5 * HOUR, Fraction(7, 8))


def test_outside_opening_hours_there_is_nothing_to_measure() -> None:
    assert figure(gap(at(5), at(9))).unmeasured == timedelta()


def test_overlapping_statements_count_once() -> None:
    assert figure(gap(at(10), at(12)), gap(at(11), at(13), code="other")).unmeasured == 3 * HOUR


def test_a_stop_that_somebody_states_is_known_whatever_was_not_measured() -> None:
    stop = outage(at(11), at(13))
    for policy in ("remove", "stays_in_base"):
        found = figure(gap(at(10), at(12)), stops=(stop,), unmeasured=policy)
        assert (found.down, found.unmeasured) == (2 * HOUR, HOUR)


def test_the_service_is_unmeasured_while_none_of_its_systems_is_measured() -> None:
    some = figure(gap(at(10), at(12), "payroll", "server"))
    assert some.unmeasured == timedelta()
    all_three = figure(gap(at(10), at(12), "payroll", "server"), gap(at(11), at(14), "library", code="other"))
    assert all_three.unmeasured == HOUR


def test_each_unit_has_unmeasured_time_of_its_own() -> None:
    register = record(agreed(), unmeasured=[gap(at(10), at(12), "payroll", "server")])
    systems = unit_figures(register, [], DAY, LATER, "systems")
    assert [each.availability.unmeasured for each in systems] == [2 * HOUR, 2 * HOUR, 0 * HOUR]
    town, village = unit_figures(register, [], DAY, LATER, "organisations")
    assert (town.availability.unmeasured, village.availability.unmeasured) == (2 * HOUR, 0 * HOUR)


def test_where_nothing_was_measured_there_is_no_figure() -> None:
    for policy in ("remove", "stays_in_base"):
        found = figure(gap(at(0), at(23)), unmeasured=policy)
        assert (found.ratio, found.shown, found.lowest, found.highest) == (None, None, None, None)


def test_a_sum_over_systems_goes_on_without_the_unmeasured_one() -> None:
    # payroll was not measured at all: base 2 x 8 h, down 2 h of the library
    stop = outage(at(10), at(12), systems=("library",), organisations=("village",))
    found = figure(gap(at(0), at(23), "payroll"), stops=(stop,), unmeasured="remove", availability_of="systems")
    assert (found.base, ratio(found)) == (16 * HOUR, Fraction(14, 16))
