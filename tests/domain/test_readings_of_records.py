"""How what is recorded is read: days, leads, backups, meetings (A13, A14, A21, A29 to A31, A36).

The same facts under each value of a field, through the whole domain.
"""

from datetime import datetime
from typing import Any, Literal

import pytest

from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption
from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.figures.judgement import Verdict
from slm_domain.sla import Measure
from tests.charging import FIRM, LATER, TOWN, at
from tests.domain.judging import BREACH, EXCLUDED, MET, bound, judged, of
from tests.projections.contract_histories import CODE


@pytest.mark.parametrize(
    ("measure", "late_on", "in_time_on"),
    [
        # Received on Friday 11 April at 10:00; three days. The next day that is too late, and the last in time.
        ({}, at(4, 15, 0, 1), at(4, 14, 23, 59)),  # Saturday, Sunday, Monday 14
        ({"day_kind": "opening"}, at(4, 17, 0, 1), at(4, 16, 23, 59)),  # Monday, Tuesday, Wednesday 16
        ({"day_kind": "24h"}, at(4, 14, 10, 1), at(4, 14, 10)),  # 72 hours
        ({"count_first_day": True}, at(4, 14, 0, 1), at(4, 13, 23, 59)),  # Friday, Saturday, Sunday 13
        ({"count_first_day": True, "due_shift": "next_opening_day"}, at(4, 15, 0, 1), at(4, 14, 23, 59)),
        ({"count_first_day": True, "due_shift": "previous_opening_day"}, at(4, 12, 0, 1), at(4, 11, 23, 59)),
    ],
)
def test_three_days_end_by_their_kind_their_first_day_and_their_shift(
    measure: dict[str, Any], late_on: datetime, in_time_on: datetime
) -> None:
    for done, verdict in ((in_time_on, MET), (late_on, BREACH)):
        desks = of(Measure(kind="duration_at_most", source="measurements", **measure), bound(3, "days"))
        entered = RecordMeasurement(
            contract=CODE, by=FIRM, level="availability", measurement="m1", start=at(4, 11, 10), end=done
        )
        assert desks.send(entered, LATER)
        assert judged(desks).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "accepted", "verdict"),
    [
        # Asked for on the 9th, for the 11th; three days. Done only two days before, it is late; as a cut-off the
        # request came too late and may be refused, while one that is accepted all the same is served.
        ("at_least", None, BREACH),
        ("cutoff_at_most", False, Verdict.NOT_APPLICABLE),
        ("cutoff_at_most", True, Verdict.MET_TARGET),
    ],
)
def test_a_job_two_days_ahead_is_late_or_came_after_the_cut_off(
    kind: str, accepted: bool | None, verdict: Verdict
) -> None:
    desks = of(Measure(kind="lead_at_least", source="measurements"), bound(3, "days"), terms={"lead_kind": kind})
    entered = RecordMeasurement(
        contract=CODE,
        by=FIRM,
        level="availability",
        measurement="m1",
        start=at(4, 9),
        end=at(4, 11),
        met=accepted,
    )
    assert desks.send(entered, LATER)
    assert judged(desks).verdict is verdict


@pytest.mark.parametrize(
    ("days", "verdict", "missed"),
    # A backup on each of April's 21 opening days. Calendar days are 30; Tuesdays to Saturdays are 22, of which the four
    # Saturdays and the holiday on Tuesday 29 have none.
    [("calendar", BREACH, 9), ("opening", MET, 0), ("scheduled", BREACH, 5)],
)
def test_a_backup_a_day_is_expected_on_calendar_opening_or_scheduled_days(
    days: Literal["calendar", "opening", "scheduled"], verdict: Verdict, missed: int
) -> None:
    schedule: Any = ("tue", "wed", "thu", "fri", "sat") if days == "scheduled" else ()
    measure = Measure(kind="count_at_least", source="measurements", period="day", period_days=days, weekdays=schedule)
    desks = of(measure, bound(1, "count"))
    for day in range(1, 31):
        backed_up = at(4, day, 6)
        if backed_up.weekday() < 5 and day != 29:
            record = RecordMeasurement(
                contract=CODE, by=FIRM, level="availability", measurement=f"b{day}", occurred_at=backed_up
            )
            assert desks.send(record, LATER)
    found = judged(desks)
    assert (found.verdict, len([miss for miss in found.misses if miss.verdict is BREACH])) == (verdict, missed)


@pytest.mark.parametrize(("began", "verdict"), [(3, MET), (1, BREACH)])
def test_a_backup_is_in_the_ledger_in_time_from_the_moment_that_its_method_names(began: int, verdict: Verdict) -> None:
    # facts changed on the 1st, backed up on the 3rd, in the ledger on the 5th: two days of two, or four
    desks = of(Measure(kind="duration_at_most", source="measurements"), bound(2, "days"))
    entered = RecordMeasurement(
        contract=CODE, by=FIRM, level="availability", measurement="m1", start=at(4, began), end=at(4, 5)
    )
    assert desks.send(entered, LATER)
    assert judged(desks).verdict is verdict


def test_a_month_without_a_meeting_is_a_breach_unless_both_agreed_to_leave_it_out() -> None:
    desks = of(Measure(kind="count_at_least", source="measurements", period="month"), bound(1, "count"))
    assert judged(desks).verdict is BREACH
    about: dict[str, Any] = {"contract": CODE, "level": "availability", "exemption": "x1"}
    claim = ClaimExemption(**about, by=FIRM, subject="2025-04", ground="municipality-default")
    assert desks.send(claim, LATER)
    assert judged(desks).verdict is BREACH
    assert desks.send(AcceptExemption(**about, by=TOWN), LATER)
    assert judged(desks).verdict is EXCLUDED
