"""Until when a month's report is handed in and inspected, under every combination of the terms (S2, A18, A19, A36)."""

from datetime import date, datetime
from itertools import product
from typing import Literal

import pytest
from msgspec.structs import replace

from slm_domain.facts import SlaVersion
from slm_domain.figures.periods import Month
from slm_domain.register import Register
from slm_domain.report_dues import inspection_due, report_due
from slm_domain.sla import Terms, WeeklyHours
from tests.domain.agreement import SLA, jst, words

NINE_TO_FIVE = ("09:00-17:00",)
WEEK = WeeklyHours(
    name=words("opening"), mon=NINE_TO_FIVE, tue=NINE_TO_FIVE, wed=NINE_TO_FIVE, thu=NINE_TO_FIVE, fri=NINE_TO_FIVE
)
APRIL = Month(2025, 4)
Start = Literal["end_of_work_period", "report_received"]
Kind = Literal["calendar", "opening"]
Shift = Literal["none", "next_opening_day", "previous_opening_day"]


def agreed(terms: Terms) -> Register:
    register = Register()
    sla = replace(SLA, calendars={"opening": WEEK}, terms=terms)
    register.slas.append(SlaVersion(number=1, effective_from=date(2025, 4, 1), sla=sla, digest="", position=1))
    return register


def may(day: int) -> datetime:
    """The end of a day of May 2025."""
    return jst(5, day + 1, 0)


# The work period ends on 30 April; the report was handed in on Thursday 8 May. 10 calendar days end on Saturday 10 May
# and Sunday 18 May. Opening days of May: 1, 2, 7, 8, 9, 12 to 16, 19 to 23 (3 to 6 are holidays): the tenth after 30
# April is the 16th, the tenth after the 8th the 22nd; an opening day needs no shift.
DUES: dict[tuple[Start, Kind], dict[Shift, int]] = {
    ("end_of_work_period", "calendar"): {"none": 10, "next_opening_day": 12, "previous_opening_day": 9},
    ("report_received", "calendar"): {"none": 18, "next_opening_day": 19, "previous_opening_day": 16},
    ("end_of_work_period", "opening"): {"none": 16, "next_opening_day": 16, "previous_opening_day": 16},
    ("report_received", "opening"): {"none": 22, "next_opening_day": 22, "previous_opening_day": 22},
}


@pytest.mark.parametrize(
    ("case", "shift"), list(product(DUES, ("none", "next_opening_day", "previous_opening_day"))), ids=str
)
def test_the_inspection_is_due_by_its_start_its_kind_of_days_and_their_shift(
    case: tuple[Start, Kind], shift: Shift
) -> None:
    terms = Terms(inspection_start=case[0], inspection_days_kind=case[1], due_shift=shift)
    received = [jst(5, 2, 10), jst(5, 8, 15)]  # handed in again: the last one counts
    assert inspection_due(agreed(terms), APRIL, terms, received) == may(DUES[case][shift])


def test_without_a_report_the_days_of_its_inspection_count_from_the_end_of_the_work_period() -> None:
    terms = Terms(inspection_start="report_received")
    assert inspection_due(agreed(terms), APRIL, terms, []) == may(10)


@pytest.mark.parametrize(("number", "day"), [(1, 1), (3, 7), (5, 9)])
def test_the_report_is_due_on_an_opening_day_of_the_next_month(number: int, day: int) -> None:
    terms = Terms(report_due_opening_day=number)
    assert report_due(agreed(terms), APRIL, terms) == may(day)


def test_in_months_from_the_16th_the_days_count_from_the_contracts_next_month() -> None:
    # The month runs from 16 April to 15 May. Opening days from then on: 16, 19, 20, 21, 22; ten days after 15 May: 25.
    terms = Terms(month_first_day=16)
    assert report_due(agreed(terms), APRIL, terms) == may(22)
    assert inspection_due(agreed(terms), APRIL, terms, []) == may(25)
