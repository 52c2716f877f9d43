"""Until when a side has to say that it leaves the contract (A34, S3, G23)."""

from datetime import date

from slm_domain.figures.periods import months_later


def last_notice_day(ends_on: date, months: int) -> date:
    """The last day on which notice of so many months is in time for a contract that ends on that day.

    Counted back to the corresponding day, or to the last of a month that has none: six months before 31 March is 30
    September. Raises ValueError for a negative number of months.
    """
    if months < 0:
        raise ValueError(f"notice is given before the end, not {-months} months after it")
    return months_later(ends_on, -months)
