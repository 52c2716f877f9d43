"""What is known of a stop only from report to report, or not yet, leaves bounds beside the figure (C4, C23, J1, J4)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability, stretches, unit_figures
from slm_domain.facts import IncidentFacts, Settled, Statement
from slm_domain.month_figures import AvailabilityFigure, Ratio
from slm_domain.stops import stop_figures
from tests.domain.downtimes import DAY, LATER, agreed, at, outage, record, restored, still_stopped

HOUR = timedelta(hours=1)
# Stopped at 10:00; at 11:00 and 12:00 still stopped; the report of 15:00 says that it runs.
BETWEEN_REPORTS = outage(at(10), at(15), known_by="report", reports=still_stopped(at(11), at(12)))


def figure(incident: IncidentFacts, until: datetime = LATER, **terms: Any) -> AvailabilityFigure:
    return availability(record(agreed(**terms), incident), [incident], DAY, until)


def hours_up(ratio: Ratio | None) -> int:
    """Of the day's eight opening hours."""
    assert ratio is not None
    whole = ratio.value * 8
    assert whole.denominator == 1
    return whole.numerator


def bounds(found: AvailabilityFigure) -> tuple[int, int, int]:
    """Hours up: the least, the figure's, the most."""
    return hours_up(found.lowest), hours_up(found.ratio), hours_up(found.highest)


@pytest.mark.parametrize(("term", "up"), [("at_report", 3), ("at_last_report_before", 6)])
def test_an_end_known_by_a_report_lies_between_it_and_the_report_before(term: str, up: int) -> None:
    # stopped 10:00 to 15:00 at the most (3 h up), to 12:00 at the least (6 h up)
    assert bounds(figure(BETWEEN_REPORTS, restoration_between_reports=term)) == (3, up, 6)


def test_without_a_report_before_it_may_have_been_over_at_once() -> None:
    assert bounds(figure(replace(BETWEEN_REPORTS, reports=()))) == (3, 3, 8)
    found = figure(replace(BETWEEN_REPORTS, reports=()), restoration_between_reports="at_last_report_before")
    assert bounds(found) == (3, 8, 8)


def test_the_restoration_of_others_tells_that_the_rest_was_still_stopped() -> None:
    some = replace(BETWEEN_REPORTS, reports=(), restorations=(restored(at(13), "payroll", known_by="report"),))
    assert bounds(figure(some)) == (3, 3, 5)


def test_a_moment_that_is_known_leaves_no_bounds() -> None:
    assert bounds(figure(outage(at(10), at(15), reports=still_stopped(at(11))))) == (3, 3, 3)


def test_an_open_outage_counts_to_the_instant_and_surely_to_the_last_report() -> None:
    # 10:00 to 16:00, the instant of judgement; the last report was of 12:00; the hour to come belongs to the base
    open_outage = outage(at(10), reports=still_stopped(at(12)))
    assert bounds(figure(open_outage, at(16))) == (2, 2, 6)
    assert bounds(figure(open_outage, LATER)) == (1, 1, 6)


def test_before_the_report_that_ended_it_nothing_is_uncertain_up_to_the_last_report() -> None:
    assert bounds(figure(BETWEEN_REPORTS, at(12))) == (6, 6, 6)


def test_each_system_has_bounds_of_its_own() -> None:
    fault = outage(
        at(10), at(16), reports=still_stopped(at(11)),
        restorations=(restored(at(13), "payroll", known_by="report"),),
    )  # fmt: skip
    units = unit_figures(record(agreed(), fault), [fault], DAY, LATER, "systems")
    found = {each.unit: bounds(each.availability) for each in units}
    assert found == {"payroll": (5, 5, 7), "server": (8, 8, 8), "library": (2, 2, 2)}


def test_reports_and_contested_times_combine() -> None:
    # the municipality: over at 14:00, as a report of that hour tells (the report before: 11:00); the provider: at 12:00
    other = Statement(side="provider", started_at=None, ended_at=at(12), corrects=False, position=9)
    fault = outage(at(10), at(14), known_by="report", reports=still_stopped(at(11)))
    fault = replace(fault, statements=(*fault.statements, other))
    # at most 10:00-14:00; both agree at least on 10:00-11:00
    assert bounds(figure(fault)) == (4, 4, 7)
    assert bounds(figure(fault, contested_times="provider")) == (4, 6, 7)


def test_settled_times_leave_no_bounds() -> None:
    settled = Settled(started_at=at(10), ended_at=at(13), position=30)
    assert bounds(figure(replace(BETWEEN_REPORTS, settled=settled))) == (5, 5, 5)


def test_a_weighted_stop_has_bounds_too() -> None:
    # of three systems payroll and library stop at 10:00; payroll runs by the report of 14:00 (before it: 12:00), the
    # library from 16:00: at most 4 h x 2/3 + 2 h x 1/3 = 12,000 s, at least 2 h x 2/3 + 4 h x 1/3 = 9,600 s
    fault = outage(
        at(10), at(16), level="B", reports=still_stopped(at(12)),
        restorations=(restored(at(14), "payroll", known_by="report"),),
    )  # fmt: skip
    found = figure(fault, partial_counts="weight")
    seconds = [
        None if ratio is None else (1 - ratio.value) * 8 * 3600 for ratio in (found.lowest, found.ratio, found.highest)
    ]
    assert seconds == [12_000, 12_000, 9_600]


@pytest.mark.parametrize("report", [lambda: still_stopped(at(13)), lambda: still_stopped(at(11), at(12), at(14))])
def test_another_report_never_widens_the_bounds(report: Callable[[], Any]) -> None:
    before = bounds(figure(BETWEEN_REPORTS))
    after = bounds(figure(replace(BETWEEN_REPORTS, reports=(*BETWEEN_REPORTS.reports, *report()))))
    assert before[0] <= after[0] <= after[2] <= before[2]


def test_a_stop_that_an_open_outage_may_cover_counts_from_nothing_to_all_of_it() -> None:
    # One outage is open since 9:00, surely until the report of 9:30; another lasted from 10:00 to 11:00. The figure has
    # the open one to 17:00, so that the other brings nothing; had it ended before 10:00, the other would bring its
    # hour. The open one brings half an hour at the least, 8 h at the most.
    open_outage = outage(at(9), code="open", reports=still_stopped(at(9, 30)))
    known = outage(at(10), at(11), code="known")
    register = record(agreed(), open_outage, known)
    parts = stretches(register, [open_outage, known], DAY, LATER)
    found = {
        each.incident: (each.lowest, each.counted, each.highest)
        for each in stop_figures(parts, register.incidents, agreed(), LATER)
    }
    assert found == {"open": (HOUR / 2, 8 * HOUR, 8 * HOUR), "known": (0 * HOUR, 0 * HOUR, HOUR)}


def test_a_stop_that_shares_no_time_with_one_that_is_uncertain_has_no_bounds() -> None:
    known, ended = outage(at(10), at(11), code="known"), outage(at(10, 30), at(12), code="ended")
    open_outage = outage(at(14), code="open")
    register = record(agreed(), known, ended, open_outage)
    parts = stretches(register, [known, ended, open_outage], DAY, LATER)
    found = {
        each.incident: (each.lowest, each.highest) for each in stop_figures(parts, register.incidents, agreed(), LATER)
    }
    # the half hour from 10:30 is brought by the one that began first
    assert found == {"known": (HOUR, HOUR), "ended": (HOUR, HOUR), "open": (0 * HOUR, 3 * HOUR)}


def test_of_equal_partial_stops_the_one_that_began_first_brings_the_time_they_share() -> None:
    # payroll and the library stop at 10:00, payroll runs again at 11:00; a second fault stops the library from 10:30:
    # from 11:00 to 12:00 both weigh a third, and the first has gone on since 10:00
    first = replace(outage(at(10), at(12), level="B"), incident="z", restorations=(restored(at(11), "payroll"),))
    second = replace(outage(at(10, 30), at(12), level="B"), incident="a", systems=("library",))
    register = record(agreed(partial_counts="weight", partial_weight_by="systems"), first, second)
    (part,) = stretches(register, [first, second], DAY, LATER)
    found = {each.incident: each.counted for each in stop_figures([part], register.incidents, part.version.sla, LATER)}
    assert found == {"z": timedelta(hours=2), "a": timedelta()}
