"""Rules of pausing the clocks of the response, of dispatches and of what is told in the meeting (C14, A9, A15)."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.clock_events import ClockPaused, ClockResumed, Dispatched, MeetingReported
from slm_domain.commands.incident import ReportIncident
from slm_domain.commands.pauses import PauseClock, ResumeClock
from slm_domain.commands.response import (
    Arrive,
    Contact,
    Dispatch,
    ReportAtMeeting,
    RestoreEquipment,
    TellEquipmentStop,
)
from slm_domain.contract_refusals import BeforeItsBeginning
from slm_domain.response_refusals import (
    AlreadyArrived,
    ClockAlreadyPaused,
    ClockHasStopped,
    ClockNotPaused,
    EquipmentNotTold,
    NoSuchCall,
)
from tests.domain.agreement import AGREED, jst, municipality, provider
from tests.domain.scenario import Facts, refused, scenario

REPORTED = [
    *AGREED,
    municipality(
        ReportIncident,
        incident="I-1",
        level="A",
        systems=("payroll",),
        organisations=("town",),
        occurred_at=jst(6, 2, 9),
    ),
]
CALLED = [*REPORTED, municipality(Contact, incident="I-1", call="c-1", site="town-hall", occurred_at=jst(6, 2, 10))]
STOPPED = [*REPORTED, municipality(TellEquipmentStop, incident="I-1", equipment="server", occurred_at=jst(6, 2, 10))]
WAITING = NoteWritten(occurred_at=jst(6, 2, 11), text="waiting for the key")


def pause(at: datetime = jst(6, 2, 11), **what: Any) -> PauseClock:  # noqa: B008 -- a datetime is immutable
    return provider(PauseClock, incident="I-1", reason="waiting for the key", occurred_at=at, **what)


def resume(at: datetime = jst(6, 2, 12), **what: Any) -> ResumeClock:  # noqa: B008 -- a datetime is immutable
    return provider(ResumeClock, incident="I-1", occurred_at=at, **what)


@pytest.mark.parametrize(
    ("given", "what"), [(REPORTED, {}), (CALLED, {"call": "c-1"}), (STOPPED, {"equipment": "server"})]
)
def test_clocks_are_paused_with_a_reason_and_run_on(given: list[Any], what: dict[str, Any]) -> None:
    paused = ClockPaused(occurred_at=jst(6, 2, 11), stated_by="provider", note=len(given) - len(REPORTED) + 2, **what)
    scenario(given=given, when=pause(**what), then=[WAITING, paused])
    resumed = ClockResumed(occurred_at=jst(6, 2, 12), stated_by="provider", **what)
    scenario(given=[*given, pause(**what)], when=resume(**what), then=[resumed])


def test_a_resumption_may_say_why() -> None:
    when = replace(resume(), reason="the key is there")
    note = NoteWritten(occurred_at=jst(6, 2, 12), text="the key is there")
    resumed = ClockResumed(occurred_at=jst(6, 2, 12), stated_by="provider", note=4)
    scenario(given=[*REPORTED, pause()], when=when, then=[note, resumed])


def test_a_clock_is_paused_once_at_a_time() -> None:
    then = refused(ClockAlreadyPaused, clock="c-1")
    scenario(given=[*CALLED, pause(call="c-1")], when=pause(jst(6, 2, 12), call="c-1"), then=then)
    scenario(given=[*REPORTED, pause()], when=pause(jst(6, 2, 12)), then=refused(ClockAlreadyPaused, clock="I-1"))


def test_only_what_is_paused_runs_on() -> None:
    scenario(given=REPORTED, when=resume(), then=refused(ClockNotPaused, clock="I-1"))
    scenario(given=[*CALLED, pause()], when=resume(call="c-1"), then=refused(ClockNotPaused, clock="c-1"))
    scenario(given=[*REPORTED, pause(), resume()], when=resume(), then=refused(ClockNotPaused, clock="I-1"))


def test_only_a_clock_that_runs_is_paused() -> None:
    scenario(given=REPORTED, when=pause(call="c-9"), then=refused(NoSuchCall, call="c-9"))
    scenario(given=REPORTED, when=pause(equipment="server"), then=refused(EquipmentNotTold, equipment="server"))


@pytest.mark.parametrize(
    ("given", "what", "begin"),
    [
        (REPORTED, {}, jst(6, 2, 9)),
        (CALLED, {"call": "c-1"}, jst(6, 2, 10)),
        (STOPPED, {"equipment": "server"}, jst(6, 2, 10)),
    ],
)
def test_a_pause_does_not_begin_before_its_clock(given: list[Any], what: dict[str, Any], begin: datetime) -> None:
    scenario(given=given, when=pause(jst(6, 2, 8), **what), then=refused(BeforeItsBeginning, begin=begin))


def test_a_pause_ends_after_it_began() -> None:
    then = refused(BeforeItsBeginning, begin=jst(6, 2, 11))
    scenario(given=[*REPORTED, pause()], when=resume(jst(6, 2, 11)), then=then)


def test_a_call_that_was_answered_has_no_clock_to_pause_but_one_before_it_may_be_told_later() -> None:
    arrived = [*CALLED, provider(Arrive, incident="I-1", call="c-1", occurred_at=jst(6, 2, 11))]
    scenario(given=arrived, when=pause(call="c-1"), then=refused(ClockHasStopped, clock="c-1"))
    earlier = jst(6, 2, 10, 30)
    then: Facts = [
        replace(WAITING, occurred_at=earlier),
        ClockPaused(occurred_at=earlier, stated_by="provider", note=4, call="c-1"),
    ]
    scenario(given=arrived, when=pause(earlier, call="c-1"), then=then)


def test_equipment_that_runs_again_is_paused_no_longer() -> None:
    restored = provider(RestoreEquipment, incident="I-1", equipment="server", occurred_at=jst(6, 2, 13))
    given = [*STOPPED, pause(equipment="server"), restored]
    then = refused(ClockNotPaused, clock="server")
    scenario(given=given, when=resume(jst(6, 2, 14), equipment="server"), then=then)


# --- A dispatch, and the regular meeting


def test_someone_is_sent_on_a_call() -> None:
    when = provider(Dispatch, incident="I-1", call="c-1", occurred_at=jst(6, 2, 10, 10))
    sent = Dispatched(occurred_at=jst(6, 2, 10, 10), call="c-1", stated_by="provider")
    scenario(given=CALLED, when=when, then=[sent])


def test_nobody_is_sent_before_the_call_without_one_or_after_the_arrival() -> None:
    when = provider(Dispatch, incident="I-1", call="c-1", occurred_at=jst(6, 2, 9, 59))
    scenario(given=CALLED, when=when, then=refused(BeforeItsBeginning, begin=jst(6, 2, 10)))
    scenario(given=REPORTED, when=when, then=refused(NoSuchCall, call="c-1"))
    arrived = [*CALLED, provider(Arrive, incident="I-1", call="c-1", occurred_at=jst(6, 2, 11))]
    late = replace(when, occurred_at=jst(6, 2, 11))
    scenario(given=arrived, when=late, then=refused(AlreadyArrived, call="c-1"))


def test_an_incident_is_told_in_the_regular_meeting_after_its_detection() -> None:
    when = provider(ReportAtMeeting, incident="I-1", occurred_at=jst(6, 16, 10))
    scenario(given=REPORTED, when=when, then=[MeetingReported(occurred_at=jst(6, 16, 10), stated_by="provider")])
    early = replace(when, occurred_at=jst(6, 2, 8))
    scenario(given=REPORTED, when=early, then=refused(BeforeItsBeginning, begin=jst(6, 2, 9)))
