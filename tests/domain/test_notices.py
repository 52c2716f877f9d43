"""Notice of a stop: so many calendar days before the day on which it is to start, or right after it began (C21)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from slm_domain.availability import availability
from slm_domain.facts import IncidentFacts, MomentFact, PlannedStop, Statement
from slm_domain.notices import notice_given, notice_met
from slm_domain.sla import Ground, Notice, Words
from tests.domain.downtimes import DAY, LATER, agreed, at, excluded, outage, record

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


# --- Right after the cause arises (G22: 発生後直ちに)

STOPPED = at(10)  # detected and stopped at 10:00
WITHIN_AN_HOUR = Notice(kind="right_after", lead_minutes=60)
AT_ALL = Notice(kind="right_after")


def notified(*when: datetime) -> IncidentFacts:
    """The municipality was told of the incident at these times."""
    moments = tuple(MomentFact(kind="notified", at=each, position=9) for each in when)
    return outage(STOPPED, at(14), moments=moments)


def given(
    notice: Notice, incident: IncidentFacts, announced: PlannedStop | None = None, until: datetime = LATER
) -> tuple[str, datetime | None]:
    found = notice_given(agreed(), ground(notice), incident, announced, until)
    return found.state, found.told_at


@pytest.mark.parametrize(
    ("when", "state"), [(at(10), "met"), (at(11), "met"), (at(11, 1), "not_met")]
)  # exactly the last moment is in time
def test_a_stop_is_told_within_the_agreed_time_from_its_start(when: datetime, state: str) -> None:
    assert given(WITHIN_AN_HOUR, notified(when)) == (state, when)


def test_the_first_notice_of_several_is_the_one() -> None:
    assert given(WITHIN_AN_HOUR, notified(at(13), at(10, 30))) == ("met", at(10, 30))


@pytest.mark.parametrize(("until", "state"), [(at(10, 30), "not_yet"), (at(11), "not_yet"), (at(11, 1), "not_met")])
def test_while_the_time_runs_a_stop_is_not_told_yet(until: datetime, state: str) -> None:
    assert given(WITHIN_AN_HOUR, notified(), until=until) == (state, None)
    assert given(WITHIN_AN_HOUR, notified(at(11, 30)), until=until) == (state, None)  # what comes later is not known


def test_without_an_agreed_time_a_stop_has_to_be_told_at_all() -> None:
    assert given(AT_ALL, notified(at(13))) == ("met", at(13))
    assert given(AT_ALL, notified()) == ("not_met", None)
    assert given(AT_ALL, notified(at(13)), until=at(12)) == ("not_met", None)


def test_the_time_runs_from_the_start_that_the_terms_pick() -> None:
    # the municipality says 10:00, the provider 10:30; told at 11:15
    fault = notified(at(11, 15))
    late = Statement(side="provider", started_at=at(10, 30), ended_at=None, corrects=False, position=8)
    contested = replace(fault, statements=(*fault.statements, late))
    found = [
        notice_given(agreed(contested_times=pick), ground(WITHIN_AN_HOUR), contested, None, LATER).state
        for pick in ("municipality", "provider")
    ]
    assert found == ["not_met", "met"]


def test_an_announcement_of_the_stop_tells_of_it_too() -> None:
    announced = told(at(10, 45))
    assert given(WITHIN_AN_HOUR, notified(), announced) == ("met", at(10, 45))
    assert given(WITHIN_AN_HOUR, notified(), told(at(11, 45))) == ("not_met", at(11, 45))
    assert given(WITHIN_AN_HOUR, notified(at(10, 50)), told(at(11, 45))) == ("met", at(10, 50))


@pytest.mark.parametrize(("excused", "state"), [(True, "met"), (False, "not_met")])
def test_who_could_not_be_reached_right_after_is_excused_where_the_ground_says_so(excused: bool, state: str) -> None:
    notice = replace(WITHIN_AN_HOUR, excused_when_unreachable=excused)
    assert given(notice, notified(), replace(told(at(12)), unreachable=True))[0] == state


def test_beforehand_and_without_notice_the_incidents_own_notice_counts_for_nothing() -> None:
    assert given(Notice(kind="before"), notified(at(10))) == ("not_met", None)
    assert given(Notice(kind="none"), notified(at(10))) == ("none_asked", None)


@pytest.mark.parametrize(
    ("when", "until", "down"),
    [
        ((at(10, 30),), LATER, 0),
        ((), LATER, 4),  # nobody was ever told
        ((at(12),), LATER, 4),
        ((), at(10, 45), 0),  # there is time to tell
    ],
)
def test_what_was_not_told_right_after_counts_as_down_where_the_ground_says_so(
    when: tuple[datetime, ...], until: datetime, down: int
) -> None:
    # stopped from 10:00 to 14:00, to be told by 11:00
    strict = replace(WITHIN_AN_HOUR, when_missed="counts_as_down")
    sla = agreed()
    sla = replace(sla, grounds=(replace(sla.grounds[0], notice=strict), *sla.grounds[1:]))
    register = record(sla, replace(notified(*when), exclusions=(excluded(),)))
    found = availability(register, list(register.incidents.values()), DAY, until)
    assert found.down == timedelta(hours=down)


def test_what_was_not_told_right_after_is_as_accepted_where_the_ground_says_so() -> None:
    sla = agreed()
    sla = replace(sla, grounds=(replace(sla.grounds[0], notice=WITHIN_AN_HOUR), *sla.grounds[1:]))
    register = record(sla, replace(notified(), exclusions=(excluded(),)))
    assert availability(register, list(register.incidents.values()), DAY, LATER).down == timedelta()
