"""What `python -m benchmarks` times is the product's own calculation, on facts that came about as in the product."""

import subprocess
import sys
from pathlib import Path

from benchmarks.contracts import YEAR, contract, judged_at
from benchmarks.figures import JUNE, full_report, report_figure, rolling_figure, rolling_year
from projections.monthly_report import ReportState
from projections.register_fold import Books
from slm_domain.availability import availability
from slm_domain.figures.periods import last_months
from slm_domain.items import items_of_incident, items_of_measurement
from slm_domain.month import month_figures


def test_the_timed_report_is_that_of_the_domain_over_all_facts() -> None:
    posting = contract(systems=3, incidents_a_month=30, months=YEAR.months()[:4])
    register = posting.register
    incidents = list(register.incidents.values())
    items = [item for each in incidents for item in items_of_incident(register, each)]
    items += [item for each in register.measured.values() for item in items_of_measurement(register, each)]
    known = [item for item in items if YEAR.first <= item.day <= JUNE.last]
    figures = month_figures(register, JUNE, incidents=incidents, items=known, until=judged_at(JUNE))
    state = ReportState(Books(posting))
    assert full_report(state, JUNE) == figures
    assert full_report(state, JUNE) == figures
    assert len(figures.levels) == 20
    assert figures.stops
    assert figures.deductions


def test_the_timed_rolling_year_is_that_of_the_domain() -> None:
    register = contract(systems=3, incidents_a_month=2, months=YEAR.months()).register
    until = YEAR.interval(register.zone).end
    window = last_months(until, 12, register.zone)
    figure = availability(register, list(register.incidents.values()), window, until)
    assert rolling_year(register, until) == figure
    assert figure.down
    assert len(register.incidents) == 24


def test_a_benchmark_does_its_rounds_and_tells_the_first_time_apart() -> None:
    for figure in (
        report_figure(systems=2, incidents=3, rounds=3),
        rolling_figure(contracts=2, incidents_a_month=1, rounds=3),
    ):
        assert figure.rounds == 3
        assert 0 < figure.fastest_ns <= figure.median_ns
        assert figure.first_ns > 0


def test_the_program_says_what_it_can_be_asked() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert "--json" in told.stdout
