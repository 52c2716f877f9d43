"""Notice before a stop: so many calendar days before the day on which it is to start (C21)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slm_domain.facts import PlannedStop
from slm_domain.notices import notice_met
from slm_domain.sla import Ground, Notice, Words

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2025, 9, 20, 10, tzinfo=TOKYO)


def ground(notice: Notice) -> Ground:
    name = Words(ja="保守", en="maintenance")
    return Ground(code="m", clause="12", name=name, leaves_measurement=True, frees_from_damages=False, notice=notice)


def told(at: datetime) -> PlannedStop:
    return PlannedStop(
        planned_stop="s",
        ground="m",
        told_at=at,
        starts_at=START,
        ends_at=START + timedelta(hours=2),
        systems=("payroll",),
        organisations=("town",),
        position=1,
    )


@pytest.mark.parametrize(
    ("at", "met"),
    [
        (datetime(2025, 9, 13, 23, 59, tzinfo=TOKYO), True),  # the seventh day before, until it ends
        (datetime(2025, 9, 14, 0, 0, tzinfo=TOKYO), False),
    ],
)
def test_seven_days_notice_is_met_until_the_seventh_day_before_ends(at: datetime, met: bool) -> None:
    assert notice_met(ground(Notice(kind="before", lead_days=7)), told(at), TOKYO) is met


def test_notice_beforehand_is_not_met_by_telling_after_the_start_or_not_at_all() -> None:
    before = ground(Notice(kind="before"))
    assert notice_met(before, told(START), TOKYO) is True
    assert notice_met(before, told(START + timedelta(minutes=1)), TOKYO) is False
    assert notice_met(before, None, TOKYO) is False


def test_where_no_notice_beforehand_is_asked_there_is_nothing_to_meet() -> None:
    assert notice_met(ground(Notice(kind="none")), None, TOKYO) is None
    assert notice_met(ground(Notice(kind="right_after")), told(START), TOKYO) is None
