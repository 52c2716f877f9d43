"""The figures computed by hand for the Shimanto contract: the domain reaches them from entries alone (S8, S9, A4)."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from slm_domain.commands.contract import FixClosedDays
from slm_domain.commands.envelope import By
from slm_domain.commands.incident import EndOutage, ReportIncident
from slm_domain.commands.response import Arrive, Contact, TellDelay
from slm_domain.figures.deadlines import Deadline, due_after_period
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import FiscalYear, Month
from slm_domain.figures.proposal import propose_closed_days
from slm_domain.month_figures import MonthFigures
from tests.projections.contract_histories import CODE, TOKYO, Desks, agreed

TOWN = By(person="m1", side="municipality", organisation="shimanto-town")
FIRM = By(person="p1", side="provider")
LATER = datetime(2026, 4, 20, 12, tzinfo=TOKYO)


def at(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=TOKYO)


@pytest.fixture
def desks() -> Desks:
    """The contract, agreed, with the closed days of 令和7 fixed."""
    made = Desks()
    for command in agreed():
        assert made.send(command, at(3, 20))
    closed = tuple(sorted(propose_closed_days(FiscalYear(2025)).dates))
    assert made.send(FixClosedDays(contract=CODE, by=TOWN, fiscal_year=2025, closed=closed), at(3, 20))
    return made


def stop(desks: Desks, code: str, started: datetime, ended: datetime, level: str = "A") -> None:
    """A stop, as the municipality reports it."""
    reported = ReportIncident(
        contract=CODE,
        by=TOWN,
        incident=code,
        level=level,  # type: ignore[arg-type]  # one of A, B, C
        systems=("payroll",),
        organisations=("shimanto-town",),
        occurred_at=started,
        outage_started_at=started,
    )
    assert desks.send(reported, LATER)
    assert desks.send(EndOutage(contract=CODE, by=TOWN, incident=code, ended_at=ended), LATER)


def called(desks: Desks, code: str, called_at: datetime, arrived_at: datetime, told_at: datetime | None = None) -> None:
    """A call to the town hall for hardware, answered."""
    call = Contact(
        contract=CODE, by=TOWN, incident=code, call="c1", site="town-hall", work="hardware", occurred_at=called_at
    )
    assert desks.send(call, LATER)
    if told_at is not None:
        told = TellDelay(contract=CODE, by=FIRM, incident=code, call="c1", ground="force-majeure", occurred_at=told_at)
        assert desks.send(told, LATER)
    assert desks.send(Arrive(contract=CODE, by=FIRM, incident=code, call="c1", occurred_at=arrived_at), LATER)


def figures(desks: Desks, month: str) -> MonthFigures:
    return desks.figures(month, LATER)


def test_april_2025_has_21_opening_days_and_11025_opening_minutes(desks: Desks) -> None:
    april = figures(desks, "2025-04")
    assert (april.opening_days, april.opening_time) == (21, timedelta(minutes=11_025))
    assert april.payable_yen == 1_000_000


def test_a_stop_over_the_night_counts_its_105_minutes_inside_opening_hours(desks: Desks) -> None:
    stop(desks, "i1", at(4, 10, 16, 30), at(4, 11, 9, 30))
    april = figures(desks, "2025-04")
    assert april.stopped == timedelta(minutes=105)
    assert april.availability.ratio is not None
    assert april.availability.ratio.value == Fraction(11_025 - 105, 11_025)
    assert april.availability.shown == "99.04"
    assert (april.payable_yen, april.tax_yen) == (990_476, 90_043)


def test_an_arrival_after_121_minutes_takes_ten_percent_more_of_the_full_fee(desks: Desks) -> None:
    stop(desks, "i1", at(4, 10, 16, 30), at(4, 11, 9, 30))
    called(desks, "i1", at(4, 10, 16, 40), at(4, 10, 18, 41))
    april = figures(desks, "2025-04")
    assert [(each.rule, each.share.value) for each in april.deductions] == [
        ("late-hardware", Fraction(1, 10)),
        ("stop", Fraction(105, 11_025)),
    ]
    assert (april.payable_yen, april.tax_yen) == (890_476, 80_952)


def test_a_late_arrival_is_excused_when_told_by_the_due_time_and_not_after_it(desks: Desks) -> None:
    stop(desks, "i1", at(4, 10, 9), at(4, 10, 9, 30))
    called(desks, "i1", at(4, 10, 9), at(4, 10, 11), told_at=at(4, 10, 10, 30))  # exactly at the due time
    assert figures(desks, "2025-04").payable_yen == 1_000_000
    (level,) = [level for level in figures(desks, "2025-04").levels if level.level == "arrival-hardware"]
    assert level.verdict is Verdict.EXCLUDED
    stop(desks, "i2", at(5, 8, 9), at(5, 8, 9, 30))
    called(desks, "i2", at(5, 8, 9), at(5, 8, 11), told_at=at(5, 8, 10, 31))
    assert figures(desks, "2025-05").payable_yen == 950_000


@pytest.mark.parametrize(
    ("minutes", "counted", "payable"), [(59, 0, 1_000_000), (60, 60, 1_000_000), (61, 61, 994_467)]
)
def test_exactly_60_minutes_are_a_stop_and_keep_the_fee_61_do_not(
    desks: Desks, minutes: int, counted: int, payable: int
) -> None:
    stop(desks, "i1", at(6, 10, 10), at(6, 10, 10) + timedelta(minutes=minutes))
    june = figures(desks, "2025-06")
    assert june.stopped == timedelta(minutes=counted)
    assert june.payable_yen == payable


def test_opening_days_of_the_year(desks: Desks) -> None:
    days = [figures(desks, str(month)).opening_days for month in FiscalYear(2025).months()]
    assert sum(days) == 242
    assert figures(desks, "2026-01").opening_days == 19


def test_holidays_of_may_2025_include_the_substitute(desks: Desks) -> None:
    calendar = desks.register.availability_calendar(date(2025, 5, 1))
    assert not calendar.is_open_day(date(2025, 5, 5))
    assert not calendar.is_open_day(date(2025, 5, 6))
    assert calendar.is_open_day(date(2025, 5, 7))


def test_the_inspection_of_april_2025_ends_on_saturday_10_may(desks: Desks) -> None:
    calendar = desks.register.availability_calendar(date(2025, 5, 1))
    due = due_after_period(Month(2025, 4).interval(TOKYO), Deadline(amount=10, unit="calendar_days"), calendar)
    last_moment = due - timedelta(microseconds=1)
    assert last_moment.astimezone(TOKYO).date() == date(2025, 5, 10)
    assert last_moment.astimezone(TOKYO).strftime("%A") == "Saturday"


def test_a_month_still_running_has_its_whole_opening_hours_as_base(desks: Desks) -> None:
    stop(desks, "i1", at(4, 10, 16, 30), at(4, 11, 9, 30))
    april = desks.figures("2025-04", at(4, 17, 9, 8))
    assert april.availability.base == timedelta(minutes=11_025)
    assert april.availability.to_come == timedelta(minutes=11_025 - (12 * 525 + 38))  # after 12 days and 38 minutes
    assert april.payable_yen == 990_476
