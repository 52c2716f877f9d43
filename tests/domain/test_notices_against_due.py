"""What a level's notices come to where some wait for the next service day: the latest against its due time (S6, A16).

Open from 9 to 17 every day. 30 minutes are allowed for what is told at once.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from slm_domain.facts import IncidentFacts, MomentFact
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure, NamedValue
from slm_domain.sla import FaultGrade, Terms
from tests.domain.agreement import jst
from tests.domain.downtimes import outage
from tests.domain.levels import LATER, bound, contract, judged, result

HALF_AN_HOUR = bound("30", "minutes")
NOTICES = judged("duration_at_most", HALF_AN_HOUR, HALF_AN_HOUR, source="incidents", start="detected", end="notified")


def fault(code: str, grade: FaultGrade, detected: datetime, told: datetime | None) -> IncidentFacts:
    moments = () if told is None else (MomentFact(kind="notified", at=told, position=5),)
    return replace(outage(detected, detected + timedelta(minutes=5), code=code, moments=moments), level=grade)


AT_ONCE = fault("at-once", "A", jst(6, 2, 10), jst(6, 2, 10, 12))
OVERNIGHT = fault("overnight", "B", jst(6, 2, 23), jst(6, 3, 9, 35))  # due at 17:00 on the 3rd, 10:35 after detection


def of(*incidents: IncidentFacts, until: datetime = LATER, **terms: Any) -> LevelFigure:
    return result(contract(NOTICES, *incidents, terms=Terms(**terms)), until=until)


def against(value: NamedValue | None) -> timedelta:
    assert value is not None
    assert value.name == "latest_against_due"
    return msgspec.convert(value.value, timedelta, strict=False)


def test_a_notice_on_the_next_service_day_is_told_against_its_due_time_and_not_by_its_length() -> None:
    figure = of(OVERNIGHT)
    assert figure.verdict is Verdict.MET_TARGET
    assert against(figure.measured) == -timedelta(hours=7, minutes=25)
    assert figure.lowest == figure.highest == figure.measured


def test_beside_it_a_notice_told_at_once_is_told_against_its_own_due_time() -> None:
    assert against(of(AT_ONCE, OVERNIGHT).measured) == -timedelta(minutes=18)
    late = fault("late", "A", jst(6, 4, 10), jst(6, 4, 10, 50))
    figure = of(late, OVERNIGHT)
    assert (figure.verdict, against(figure.measured)) == (Verdict.BREACH, timedelta(minutes=20))


def test_a_next_service_day_that_is_missed_says_by_how_much() -> None:
    figure = of(fault("missed", "B", jst(6, 2, 23), jst(6, 3, 18)), AT_ONCE)
    assert (figure.verdict, against(figure.measured)) == (Verdict.BREACH, timedelta(hours=1))
    opening = of(OVERNIGHT, next_service_day_at="start")
    assert (opening.verdict, against(opening.measured)) == (Verdict.BREACH, timedelta(minutes=35))


@pytest.mark.parametrize(
    ("incidents", "terms"), [((AT_ONCE,), {}), ((AT_ONCE, OVERNIGHT), {"notify_levels_covered": "all"})]
)
def test_where_no_notice_waits_the_longest_is_told(incidents: tuple[IncidentFacts, ...], terms: dict[str, Any]) -> None:
    figure = of(*incidents, **terms)
    assert figure.measured is not None
    assert figure.measured.name == "longest"


def test_a_notice_not_given_yet_lies_at_the_present_and_may_lie_anywhere_from_its_detection_on() -> None:
    figure = of(fault("open", "B", jst(6, 2, 23), None), until=jst(6, 3, 16))
    assert (figure.verdict, against(figure.measured)) == (Verdict.PENDING, -timedelta(hours=1))
    assert (against(figure.lowest), figure.highest) == (-timedelta(hours=18), None)
