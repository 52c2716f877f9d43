"""Until when notice of leaving a contract is in time (A34)."""

from datetime import date

import pytest

from slm_domain.figures.notice_days import last_notice_day


@pytest.mark.parametrize(
    ("ends_on", "months", "last_day"),
    [
        (date(2030, 3, 31), 12, date(2029, 3, 31)),
        (date(2030, 3, 31), 6, date(2029, 9, 30)),  # September has no 31st
        (date(2028, 8, 31), 6, date(2028, 2, 29)),  # a leap year
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
        (date(2030, 2, 28), 6, date(2029, 8, 28)),  # the corresponding day, not the month's last
        (date(2030, 1, 15), 1, date(2029, 12, 15)),
        (date(2030, 3, 31), 0, date(2030, 3, 31)),
    ],
)
def test_notice_is_counted_back_to_the_corresponding_day_or_the_months_last(
    ends_on: date, months: int, last_day: date
) -> None:
    assert last_notice_day(ends_on, months) == last_day


def test_notice_is_not_given_after_the_end() -> None:
    with pytest.raises(ValueError, match="not 3 months after"):
        last_notice_day(date(2030, 3, 31), -3)
