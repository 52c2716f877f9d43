"""A month's full report, and a rolling year: the two calculations that have a limit."""

from collections.abc import Sequence
from datetime import datetime

from benchmarks.contracts import YEAR, contract, judged_at
from benchmarks.timing import Figure, timed
from projections.monthly_report import ReportState
from projections.register_fold import Books
from slm_domain.availability import availability
from slm_domain.figures.periods import Month, last_months
from slm_domain.month import month_figures
from slm_domain.month_figures import AvailabilityFigure, MonthFigures
from slm_domain.register import Register

JUNE = Month(YEAR.start, 6)
_MILLISECOND = 1_000_000


def full_report(state: ReportState, month: Month) -> MonthFigures:
    """A month's figures from the posted facts: the items of the month's incidents and measurements, and all else."""
    register = state.books.register
    return month_figures(
        register,
        month,
        incidents=list(register.incidents.values()),
        items=state.items_of(month),
        until=judged_at(month),
    )


def rolling_year(register: Register, until: datetime) -> AvailabilityFigure:
    """Availability over the twelve months that end at the instant."""
    return availability(register, list(register.incidents.values()), last_months(until, 12, register.zone), until)


def report_figure(*, systems: int = 50, incidents: int = 200, rounds: int = 15) -> Figure:
    """The time of a month's full report for a contract with 20 levels; all its incidents are in that month."""
    state = ReportState(Books(contract(systems=systems, incidents_a_month=incidents, months=[JUNE])))
    return timed(
        lambda: full_report(state, JUNE),
        name=f"a month's full report: 20 levels, {systems} systems, {incidents} incidents",
        unit="contract-month",
        rounds=rounds,
        limit_ns=5 * _MILLISECOND,
        warm="the facts as posted, the calendars, the items of incidents and measurements, and the stops that are over",
    )


def rolling_figure(*, contracts: int = 1000, incidents_a_month: int = 10, rounds: int = 5) -> Figure:
    """The time of a rolling year, contract after contract."""
    registers = _year_of_each(contracts, incidents_a_month)
    until = YEAR.interval(registers[0].zone).end
    return timed(
        lambda: [rolling_year(register, until) for register in registers],
        name=f"12 months of rolling availability, {incidents_a_month} incidents a month, {contracts} contracts",
        unit="contract",
        units=contracts,
        rounds=rounds,
        limit_ns=_MILLISECOND,
        warm="the facts as posted, the calendars, and the stops that are over",
    )


def _year_of_each(contracts: int, incidents_a_month: int) -> Sequence[Register]:
    return [
        contract(systems=5, incidents_a_month=incidents_a_month, months=YEAR.months(), number=number).register
        for number in range(contracts)
    ]
