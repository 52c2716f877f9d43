"""Rules of the response to an incident: notices, triage, calls, arrivals, parts, equipment, reports (S6, S8)."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import (
    ClaimExclusion,
    ProposeVoid,
    Reclassify,
    ReportIncident,
    RestorePartly,
    StartOutage,
    VoidIncident,
)
from slm_domain.commands.response import (
    Arrive,
    Contact,
    HandInIncidentReport,
    NeedPart,
    Notify,
    Recover,
    ReportProgress,
    ReportTriage,
    RestoreEquipment,
    StartWork,
    TellDelay,
    TellEquipmentStop,
    Triage,
)
from slm_domain.contract_refusals import BeforeItsBeginning, SideMayNot
from slm_domain.incident_events import (
    Arrived,
    Contacted,
    DelayTold,
    EquipmentRestored,
    EquipmentStopTold,
    IncidentReportHandedIn,
    Notified,
    PartsNeeded,
    ProgressReported,
    Recovered,
    Triaged,
    TriageReported,
    WorkStarted,
)
from slm_domain.incident_refusals import IncidentIsVoid, UnknownGround, UnknownSystem
from slm_domain.response_refusals import (
    AlreadyArrived,
    AlreadyRecovered,
    CallAlreadyMade,
    EquipmentAlreadyTold,
    EquipmentNotTold,
    NoSuchCall,
    NotTriaged,
    RecoversByItsEnd,
    UnknownSite,
)
from tests.domain.agreement import AGREED, jst, municipality, provider
from tests.domain.scenario import Facts, refused, scenario

DETECTED = jst(6, 10, 10)
REPORTED: list[Command] = [
    *AGREED,
    provider(
        ReportIncident,
        incident="I-1",
        level="B",
        systems=("payroll",),
        organisations=("town",),
        occurred_at=DETECTED,
    ),
]
CALL = municipality(
    Contact, incident="I-1", call="call-1", site="town-hall", work="hardware", occurred_at=jst(6, 10, 10, 10)
)
ARRIVE = provider(Arrive, incident="I-1", call="call-1", occurred_at=jst(6, 10, 11, 30))
DELAY = provider(TellDelay, incident="I-1", call="call-1", ground="disaster", occurred_at=jst(6, 10, 10, 30))
CALLED = [*REPORTED, CALL]
ARRIVED = [*CALLED, ARRIVE]


def moment(minute: int) -> datetime:
    return jst(6, 10, 10, minute)


# --- Notice, triage, progress, recovery, report


@pytest.mark.parametrize(
    ("when", "then"),
    [
        (
            provider(Notify, incident="I-1", means="telephone", occurred_at=moment(20)),
            Notified(occurred_at=moment(20), means="telephone", stated_by="provider"),
        ),
        (
            provider(Triage, incident="I-1", occurred_at=moment(30)),
            Triaged(occurred_at=moment(30), stated_by="provider"),
        ),
        (
            provider(NeedPart, incident="I-1", part="disk", ready=False, occurred_at=moment(40)),
            PartsNeeded(occurred_at=moment(40), part="disk", ready=False, stated_by="provider"),
        ),
        (
            provider(StartWork, incident="I-1", occurred_at=moment(45)),
            WorkStarted(occurred_at=moment(45), stated_by="provider"),
        ),
        (
            provider(Recover, incident="I-1", occurred_at=moment(50)),
            Recovered(occurred_at=moment(50), stated_by="provider"),
        ),
        (
            provider(HandInIncidentReport, incident="I-1", occurred_at=moment(55)),
            IncidentReportHandedIn(occurred_at=moment(55), stated_by="provider"),
        ),
    ],
)
def test_a_moment_of_the_response_is_recorded_as_stated(when: Command, then: Any) -> None:
    scenario(given=REPORTED, when=when, then=[then])


@pytest.mark.parametrize("kind", [Notify, Triage, Recover, HandInIncidentReport])
def test_the_response_does_not_come_before_the_detection(kind: type[Any]) -> None:
    facts = {"means": "telephone"} if kind is Notify else {}
    when: Command = provider(kind, incident="I-1", occurred_at=jst(6, 10, 9, 59), **facts)
    scenario(given=REPORTED, when=when, then=refused(BeforeItsBeginning, at=jst(6, 10, 9, 59), begin=DETECTED))


def test_a_progress_report_is_free_text_with_an_expected_end() -> None:
    when = provider(
        ReportProgress,
        incident="I-1",
        report="tomorrow at the latest",
        expected_end=jst(6, 30),
        occurred_at=moment(20),
    )
    then: Facts = [
        NoteWritten(occurred_at=moment(20), text="tomorrow at the latest"),
        ProgressReported(occurred_at=moment(20), stated_by="provider", note=2, expected_end=jst(6, 30)),
    ]
    scenario(given=REPORTED, when=when, then=then)


def test_an_incident_report_may_have_a_summary() -> None:
    when = provider(HandInIncidentReport, incident="I-1", summary="a loose cable", occurred_at=moment(55))
    then: Facts = [
        NoteWritten(occurred_at=moment(55), text="a loose cable"),
        IncidentReportHandedIn(occurred_at=moment(55), stated_by="provider", note=2),
    ]
    scenario(given=REPORTED, when=when, then=then)


def test_the_triage_is_reported_after_it_was_done() -> None:
    triage = provider(Triage, incident="I-1", occurred_at=moment(30))
    report = provider(ReportTriage, incident="I-1", occurred_at=moment(40))
    told = TriageReported(occurred_at=moment(40), stated_by="provider")
    scenario(given=[*REPORTED, triage], when=report, then=[told])
    scenario(given=REPORTED, when=report, then=refused(NotTriaged, incident="I-1"))
    early = replace(report, occurred_at=moment(29))
    scenario(given=[*REPORTED, triage], when=early, then=refused(BeforeItsBeginning, begin=moment(30)))


def test_an_incident_with_an_outage_recovers_when_the_outage_ends() -> None:
    started = provider(StartOutage, incident="I-1", started_at=moment(0))
    when = provider(Recover, incident="I-1", occurred_at=moment(50))
    scenario(given=[*REPORTED, started], when=when, then=refused(RecoversByItsEnd, incident="I-1"))


def test_a_fault_recovers_once() -> None:
    recover = provider(Recover, incident="I-1", occurred_at=moment(50))
    scenario(given=[*REPORTED, recover], when=recover, then=refused(AlreadyRecovered, incident="I-1"))


# --- Calls and arrivals


def test_a_call_to_a_site_is_recorded_with_the_work_it_is_for() -> None:
    called = Contacted(
        occurred_at=moment(10), call="call-1", stated_by="municipality", site="town-hall", work="hardware"
    )
    scenario(given=REPORTED, when=CALL, then=[called])


def test_a_call_to_start_work_needs_no_site() -> None:
    called = Contacted(occurred_at=moment(10), call="call-1", stated_by="municipality")
    scenario(given=REPORTED, when=replace(CALL, site=None, work=None), then=[called])


def test_that_a_call_is_for_extraordinary_work_is_for_the_municipality_to_say() -> None:
    by_provider = provider(Contact, incident="I-1", call="call-1", occurred_at=moment(10), extraordinary=True)
    scenario(given=REPORTED, when=by_provider, then=refused(SideMayNot, allowed="municipality"))
    called = Contacted(occurred_at=moment(10), call="call-1", stated_by="municipality", extraordinary=True)
    scenario(given=REPORTED, when=replace(CALL, site=None, work=None, extraordinary=True), then=[called])


def test_a_call_names_a_site_of_the_sla() -> None:
    then = refused(UnknownSite, site="moon", known="town-hall")
    scenario(given=REPORTED, when=replace(CALL, site="moon"), then=then)


def test_a_call_is_made_once() -> None:
    scenario(given=CALLED, when=CALL, then=refused(CallAlreadyMade, call="call-1"))


def test_arrival_delay_and_work_answer_a_call() -> None:
    scenario(
        given=CALLED,
        when=ARRIVE,
        then=[Arrived(occurred_at=jst(6, 10, 11, 30), call="call-1", stated_by="provider")],
    )
    work = provider(StartWork, incident="I-1", call="call-1", occurred_at=moment(20))
    started = WorkStarted(occurred_at=moment(20), stated_by="provider", call="call-1")
    scenario(given=CALLED, when=work, then=[started])
    told: Facts = [
        NoteWritten(occurred_at=moment(30), text="the bridge is closed"),
        DelayTold(occurred_at=moment(30), call="call-1", ground="disaster", stated_by="provider", note=3),
    ]
    scenario(given=CALLED, when=replace(DELAY, reason="the bridge is closed"), then=told)


@pytest.mark.parametrize("when", [ARRIVE, DELAY, provider(StartWork, incident="I-1", call="call-1")])
def test_there_is_no_answer_without_a_call(when: Command) -> None:
    scenario(given=REPORTED, when=when, then=refused(NoSuchCall, incident="I-1", call="call-1"))


def test_nobody_arrives_before_being_called() -> None:
    when = replace(ARRIVE, occurred_at=moment(9))
    scenario(given=CALLED, when=when, then=refused(BeforeItsBeginning, at=moment(9), begin=moment(10)))


def test_the_provider_arrives_once() -> None:
    scenario(given=ARRIVED, when=ARRIVE, then=refused(AlreadyArrived, call="call-1"))


def test_a_delay_is_not_told_after_the_arrival() -> None:
    late = replace(DELAY, occurred_at=jst(6, 10, 11, 30))
    scenario(given=ARRIVED, when=late, then=refused(AlreadyArrived, call="call-1"))


def test_a_delay_told_before_the_arrival_may_be_recorded_after_it() -> None:
    told = DelayTold(occurred_at=moment(30), call="call-1", ground="disaster", stated_by="provider")
    scenario(given=ARRIVED, when=DELAY, then=[told])


def test_a_delay_has_a_ground_of_the_sla() -> None:
    scenario(given=CALLED, when=replace(DELAY, ground="mood"), then=refused(UnknownGround, ground="mood"))


# --- Equipment in the town hall

TOLD = municipality(TellEquipmentStop, incident="I-1", equipment="server", occurred_at=moment(0))
RESTORED = provider(RestoreEquipment, incident="I-1", equipment="server", occurred_at=jst(6, 11, 11))


def test_the_clock_of_equipment_runs_from_its_stop_being_told_to_its_restoration() -> None:
    told = EquipmentStopTold(occurred_at=moment(0), equipment="server", stated_by="municipality")
    scenario(given=REPORTED, when=TOLD, then=[told])
    restored = EquipmentRestored(occurred_at=jst(6, 11, 11), equipment="server", stated_by="provider")
    scenario(given=[*REPORTED, TOLD], when=RESTORED, then=[restored])


def test_a_stop_of_equipment_is_told_once_until_it_runs_again() -> None:
    scenario(given=[*REPORTED, TOLD], when=TOLD, then=refused(EquipmentAlreadyTold, equipment="server"))
    again = replace(TOLD, occurred_at=jst(6, 12))
    told = EquipmentStopTold(occurred_at=jst(6, 12), equipment="server", stated_by="municipality")
    scenario(given=[*REPORTED, TOLD, RESTORED], when=again, then=[told])


def test_equipment_that_nobody_told_of_is_not_restored() -> None:
    scenario(given=REPORTED, when=RESTORED, then=refused(EquipmentNotTold, equipment="server"))


def test_equipment_runs_again_after_its_stop_was_told() -> None:
    early = replace(RESTORED, occurred_at=jst(6, 10, 9))
    scenario(given=[*REPORTED, TOLD], when=early, then=refused(BeforeItsBeginning, begin=moment(0)))


def test_equipment_stands_in_the_sla() -> None:
    then = refused(UnknownSystem, system="fax")
    scenario(given=REPORTED, when=replace(TOLD, equipment="fax"), then=then)


# --- Void


@pytest.mark.parametrize(
    "when",
    [
        CALL,
        ARRIVE,
        TOLD,
        RESTORED,
        provider(Notify, incident="I-1", means="telephone"),
        provider(Recover, incident="I-1"),
        provider(ReportTriage, incident="I-1"),
        provider(StartOutage, incident="I-1", started_at=moment(0)),
        provider(RestorePartly, incident="I-1", systems=("payroll",)),
        provider(Reclassify, incident="I-1", level="A", reason="worse"),
        provider(ClaimExclusion, incident="I-1", exclusion="ex-1", ground="maintenance"),
        provider(ProposeVoid, incident="I-1", reason="again"),
        municipality(VoidIncident, incident="I-1"),
    ],
)
def test_nothing_more_happens_to_an_incident_that_is_void(when: Command) -> None:
    propose = provider(ProposeVoid, incident="I-1", reason="a false alarm")
    given = [*REPORTED, propose, municipality(VoidIncident, incident="I-1")]
    scenario(given=given, when=when, then=refused(IncidentIsVoid, incident="I-1"))
