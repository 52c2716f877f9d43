"""Until when a month's report is handed in and inspected (S2, A18, A19, A36, C15)."""

from collections.abc import Sequence
from datetime import datetime

from slm_domain.figures.deadlines import Deadline, Shifting, due, due_after_period, nth_opening_day_due
from slm_domain.figures.periods import Month
from slm_domain.register import Register
from slm_domain.sla import Terms

_SHIFTS: dict[str, Shifting] = {"none": "none", "next_opening_day": "next", "previous_opening_day": "previous"}


def report_due(register: Register, month: Month, terms: Terms) -> datetime:
    """The last instant (UTC) in time for the month's report: 翌月第５開庁日, counted in the contract's next month."""
    first = register.days_of(month.next).first
    return nth_opening_day_due(first, terms.report_due_opening_day, register.availability_calendar(first))


def inspection_due(register: Register, month: Month, terms: Terms, received: Sequence[datetime]) -> datetime:
    """The last instant (UTC) in time for the inspection, by the term that says where its days begin (A18, A19).

    `received` are the times at which the month's report was handed in; the last one counts. As long as there is none,
    the days are counted from the end of the work period.
    """
    calendar = register.availability_calendar(register.days_of(month.next).first)
    days = Deadline(
        amount=terms.inspection_days,
        unit="opening_days" if terms.inspection_days_kind == "opening" else "calendar_days",
        shift=_SHIFTS[terms.due_shift],
    )
    if terms.inspection_start == "report_received" and received:
        return due(max(received), days, calendar)
    return due_after_period(register.interval_of(month), days, calendar)
