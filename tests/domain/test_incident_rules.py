"""Rules of an incident: its level, its outage, the times that each side states, voids and exclusions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.contract import AnnouncePlannedStop, ProposeSla
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import (
    AcceptExclusion,
    ClaimExclusion,
    ContestTimes,
    CorrectTimes,
    EndOutage,
    ProposeSettlement,
    ProposeVoid,
    Reclassify,
    RejectExclusion,
    ReopenOutage,
    ReportIncident,
    RestorePartly,
    SettleTimes,
    StartOutage,
    VoidIncident,
)
from slm_domain.commands.response import Notify
from slm_domain.contract_refusals import (
    BeforeItsBeginning,
    EndsBeforeItStarts,
    InTheFuture,
    NothingStated,
    SideMayNot,
)
from slm_domain.incident_events import (
    ExclusionAccepted,
    ExclusionClaimed,
    ExclusionRejected,
    IncidentReclassified,
    IncidentReported,
    IncidentVoided,
    OutageEnded,
    OutageReopened,
    OutageStarted,
    PartlyRestored,
    SettlementProposed,
    TimesContested,
    TimesCorrected,
    TimesSettled,
    VoidProposed,
)
from slm_domain.incident_refusals import (
    AnnouncedOnAnotherGround,
    ExclusionAlreadyClaimed,
    GroundWithoutEffect,
    IncidentAlreadyReported,
    LevelUnchanged,
    NoEndOfYours,
    NoOutageAtLevelC,
    NoSettlementProposed,
    NoSuchExclusion,
    NoSuchIncident,
    NoSuchPlannedStop,
    NoSystemInCommon,
    NothingToContest,
    NothingToCorrect,
    NoTimeInCommon,
    NotYoursToDecide,
    NoVoidProposed,
    OtherTimesProposed,
    OutageAlreadyEnded,
    OutageAlreadyStarted,
    OutageNotStarted,
    PlannedStopsCount,
    TimesAreSettled,
    UnknownGround,
    UnknownSystem,
)
from slm_domain.sla import Sla, Terms
from tests.domain.agreement import AGREED, NOW, PROPOSE, SLA, document, jst, municipality, provider
from tests.domain.scenario import Facts, refused, scenario

START, END = jst(6, 10, 16, 30), jst(6, 11, 9, 30)
CAUSE = UUID("00000000-0000-4000-8000-000000000001")

REPORT = provider(
    ReportIncident,
    incident="I-1",
    level="B",
    systems=("payroll", "library"),
    organisations=("town", "village"),
    occurred_at=jst(6, 10, 16, 35),
)
STARTED = provider(StartOutage, incident="I-1", started_at=START)
ENDED = provider(EndOutage, incident="I-1", ended_at=END)
REPORTED: list[Command] = [*AGREED, REPORT]
OPEN: list[Command] = [*REPORTED, STARTED]
OVER: list[Command] = [*OPEN, ENDED]


def note(text: str, at: datetime = NOW) -> NoteWritten:
    return NoteWritten(occurred_at=at, text=text)


# --- The report and the level


def test_a_report_opens_the_incident_and_states_its_outage() -> None:
    when = replace(REPORT, phenomenon="payroll does not answer", outage_started_at=START, correlation=CAUSE)
    then: Facts = [
        IncidentReported(
            occurred_at=jst(6, 10, 16, 35),
            incident="I-1",
            level="B",
            systems=("payroll", "library"),
            organisations=("town", "village"),
            reported_by="provider",
            correlation=CAUSE,
            note=2,
        ),
        note("payroll does not answer", jst(6, 10, 16, 35)),
        OutageStarted(occurred_at=START, stated_by="provider"),
    ]
    scenario(given=AGREED, when=when, then=then)
    assert when.joins == CAUSE


def test_an_incident_is_reported_once() -> None:
    scenario(given=REPORTED, when=REPORT, then=refused(IncidentAlreadyReported, incident="I-1"))


def test_what_is_said_of_an_incident_names_one_that_was_reported() -> None:
    scenario(given=AGREED, when=STARTED, then=refused(NoSuchIncident, incident="I-1"))


def test_an_incident_of_level_c_has_no_outage() -> None:
    harmless = replace(REPORT, level="C")
    then = refused(NoOutageAtLevelC, incident="I-1")
    scenario(given=AGREED, when=replace(harmless, outage_started_at=START), then=then)
    scenario(given=[*AGREED, harmless], when=STARTED, then=then)


def test_an_incident_with_an_outage_does_not_become_level_c() -> None:
    when = municipality(Reclassify, incident="I-1", level="C", reason="nobody noticed")
    scenario(given=OPEN, when=when, then=refused(NoOutageAtLevelC, incident="I-1"))


def test_the_provider_may_raise_the_level_of_an_incident() -> None:
    when = provider(Reclassify, incident="I-1", level="A", reason="all services stand still")
    then: Facts = [
        note("all services stand still"),
        IncidentReclassified(occurred_at=NOW, level="A", stated_by="provider", note=2),
    ]
    scenario(given=REPORTED, when=when, then=then)


def test_only_the_municipality_lowers_the_level_of_an_incident() -> None:
    lower = municipality(Reclassify, incident="I-1", level="C", reason="no service was affected")
    then: Facts = [
        note("no service was affected"),
        IncidentReclassified(occurred_at=NOW, level="C", stated_by="municipality", note=2),
    ]
    scenario(given=REPORTED, when=lower, then=then)
    by_provider = provider(Reclassify, incident="I-1", level="C", reason="no service was affected")
    scenario(given=REPORTED, when=by_provider, then=refused(SideMayNot, allowed="municipality", side="provider"))


def test_an_incident_is_not_given_the_level_it_has() -> None:
    when = municipality(Reclassify, incident="I-1", level="B", reason="as before")
    scenario(given=REPORTED, when=when, then=refused(LevelUnchanged, incident="I-1", level="B"))


def test_an_incident_that_affects_services_names_them() -> None:
    scenario(given=AGREED, when=replace(REPORT, systems=()), then=refused(NothingStated, fields="systems"))
    harmless = replace(REPORT, systems=(), level="C")
    reported = IncidentReported(
        occurred_at=jst(6, 10, 16, 35),
        incident="I-1",
        level="C",
        systems=(),
        organisations=("town", "village"),
        reported_by="provider",
    )
    scenario(given=AGREED, when=harmless, then=[reported])


# --- The outage


def test_each_side_states_the_start_and_the_end_for_itself() -> None:
    scenario(given=REPORTED, when=STARTED, then=[OutageStarted(occurred_at=START, stated_by="provider")])
    earlier = municipality(StartOutage, incident="I-1", started_at=jst(6, 10, 16))
    scenario(given=OPEN, when=earlier, then=[OutageStarted(occurred_at=jst(6, 10, 16), stated_by="municipality")])
    scenario(given=OPEN, when=ENDED, then=[OutageEnded(occurred_at=END, stated_by="provider")])
    later = municipality(EndOutage, incident="I-1", ended_at=jst(6, 11, 10))
    scenario(given=OVER, when=later, then=[OutageEnded(occurred_at=jst(6, 11, 10), stated_by="municipality")])


def test_a_side_states_the_start_once_and_the_end_once() -> None:
    scenario(given=OPEN, when=STARTED, then=refused(OutageAlreadyStarted, incident="I-1", side="provider"))
    scenario(given=OVER, when=ENDED, then=refused(OutageAlreadyEnded, incident="I-1", side="provider"))


def test_an_outage_that_nobody_saw_begin_does_not_end() -> None:
    scenario(given=REPORTED, when=ENDED, then=refused(OutageNotStarted, incident="I-1"))


@pytest.mark.parametrize("end", [START, jst(6, 10, 16)])
def test_an_outage_ends_after_it_starts(end: datetime) -> None:
    when = municipality(EndOutage, incident="I-1", ended_at=end)
    scenario(given=OPEN, when=when, then=refused(EndsBeforeItStarts, start=START, end=end))


@pytest.mark.parametrize(
    ("given", "when"),
    [
        (AGREED, replace(REPORT, occurred_at=jst(6, 21))),
        (AGREED, replace(REPORT, outage_started_at=jst(6, 21))),
        (REPORTED, replace(STARTED, started_at=jst(6, 21))),
        (OPEN, replace(ENDED, ended_at=jst(6, 21))),
        (OPEN, municipality(ContestTimes, incident="I-1", started_at=jst(6, 21), reason="no")),
        (OVER, municipality(ContestTimes, incident="I-1", ended_at=jst(6, 21), reason="no")),
        (OPEN, provider(CorrectTimes, incident="I-1", started_at=jst(6, 21), reason="no")),
        (OPEN, provider(ProposeSettlement, incident="I-1", started_at=START, ended_at=jst(6, 21))),
        (REPORTED, provider(Notify, incident="I-1", means="mail", occurred_at=jst(6, 21))),
    ],
)
def test_nothing_is_said_to_have_happened_later_than_the_records_clock(given: list[Command], when: Command) -> None:
    scenario(given=given, when=when, then=refused(InTheFuture, at=jst(6, 21), now=NOW))


def test_systems_that_run_again_are_told_as_they_are_known() -> None:
    when = provider(
        RestorePartly,
        incident="I-1",
        systems=("library",),
        provisional=True,
        remark="from the copy",
        occurred_at=jst(6, 11, 8),
    )
    then: Facts = [
        note("from the copy", jst(6, 11, 8)),
        PartlyRestored(occurred_at=jst(6, 11, 8), systems=("library",), stated_by="provider", provisional=True, note=3),
    ]
    scenario(given=OPEN, when=when, then=then)


RESTORED = provider(RestorePartly, incident="I-1", systems=("library",), occurred_at=jst(6, 11, 8))


def test_only_systems_of_the_incident_run_again() -> None:
    then = refused(UnknownSystem, system="server", known="payroll, library")
    scenario(given=OPEN, when=replace(RESTORED, systems=("server",)), then=then)


def test_a_partial_restoration_names_a_system() -> None:
    scenario(given=OPEN, when=replace(RESTORED, systems=()), then=refused(NothingStated, fields="systems"))


def test_without_an_outage_nothing_is_restored() -> None:
    scenario(given=REPORTED, when=RESTORED, then=refused(OutageNotStarted, incident="I-1"))


def test_a_partial_restoration_comes_after_the_start() -> None:
    early = replace(RESTORED, occurred_at=jst(6, 10, 16))
    scenario(given=OPEN, when=early, then=refused(BeforeItsBeginning, at=jst(6, 10, 16), begin=START))


# --- Times that differ

CONTEST = municipality(ContestTimes, incident="I-1", ended_at=jst(6, 11, 10), reason="our log says ten")
CORRECT = provider(CorrectTimes, incident="I-1", ended_at=jst(6, 11, 9, 40), reason="a slip of the pen")


def test_contested_times_stand_beside_those_of_the_other_side() -> None:
    then: Facts = [
        note("our log says ten"),
        TimesContested(occurred_at=NOW, stated_by="municipality", note=4, ended_at=jst(6, 11, 10)),
    ]
    scenario(given=OVER, when=CONTEST, then=then)


def test_one_contests_what_the_other_side_has_stated() -> None:
    scenario(given=OPEN, when=CONTEST, then=refused(NothingToContest, incident="I-1", side="municipality"))
    own = provider(ContestTimes, incident="I-1", started_at=jst(6, 10, 16), reason="no")
    scenario(given=OPEN, when=own, then=refused(NothingToContest, side="provider"))


def test_a_side_restates_its_own_times() -> None:
    then: Facts = [
        note("a slip of the pen"),
        TimesCorrected(occurred_at=NOW, stated_by="provider", note=4, ended_at=jst(6, 11, 9, 40)),
    ]
    scenario(given=OVER, when=CORRECT, then=then)


def test_a_side_does_not_restate_the_times_of_the_other() -> None:
    when = municipality(CorrectTimes, incident="I-1", ended_at=END, reason="it was so")
    scenario(given=OVER, when=when, then=refused(NothingToCorrect, incident="I-1", side="municipality"))


@pytest.mark.parametrize("kind", [ContestTimes, CorrectTimes])
def test_whoever_contests_or_corrects_names_a_time(kind: type[Any]) -> None:
    when: Command = provider(kind, incident="I-1", reason="it was otherwise")
    scenario(given=OVER, when=when, then=refused(NothingStated, fields="started_at, ended_at"))


def test_restated_times_still_end_after_they_start() -> None:
    when = provider(CorrectTimes, incident="I-1", started_at=END, reason="a slip of the pen")
    scenario(given=OVER, when=when, then=refused(EndsBeforeItStarts, start=END, end=END))


REOPEN = provider(ReopenOutage, incident="I-1", reason="it failed again at once")


def test_a_side_takes_back_the_end_that_it_stated() -> None:
    then: Facts = [
        note("it failed again at once"),
        OutageReopened(occurred_at=NOW, stated_by="provider", note=4),
    ]
    scenario(given=OVER, when=REOPEN, then=then)


def test_after_it_took_an_end_back_a_side_states_another() -> None:
    again = provider(EndOutage, incident="I-1", ended_at=jst(6, 11, 11))
    then: Facts = [OutageEnded(occurred_at=jst(6, 11, 11), stated_by="provider")]
    scenario(given=[*OVER, REOPEN], when=again, then=then)


def test_only_an_end_of_ones_own_can_be_taken_back_and_only_once() -> None:
    other = municipality(ReopenOutage, incident="I-1", reason="it did not run")
    scenario(given=OVER, when=other, then=refused(NoEndOfYours, incident="I-1", side="municipality"))
    scenario(given=OPEN, when=REOPEN, then=refused(NoEndOfYours, incident="I-1", side="provider"))
    scenario(given=[*OVER, REOPEN], when=REOPEN, then=refused(NoEndOfYours, incident="I-1", side="provider"))


def test_what_the_sides_agreed_on_is_not_taken_back_by_one_of_them() -> None:
    settle = provider(SettleTimes, incident="I-1")
    scenario(given=[*OVER, SETTLEMENT, settle], when=REOPEN, then=refused(TimesAreSettled, incident="I-1"))


SETTLEMENT = municipality(
    ProposeSettlement, incident="I-1", started_at=START, ended_at=jst(6, 11, 9, 45), remark="in between"
)
SETTLE = provider(SettleTimes, incident="I-1")
SETTLED: list[Command] = [*OVER, SETTLEMENT, SETTLE]


def test_times_are_settled_by_a_proposal_and_the_other_sides_agreement() -> None:
    proposed: Facts = [
        note("in between"),
        SettlementProposed(
            occurred_at=NOW, proposed_by="municipality", started_at=START, ended_at=jst(6, 11, 9, 45), note=4
        ),
    ]
    scenario(given=OVER, when=SETTLEMENT, then=proposed)
    agreed = TimesSettled(occurred_at=NOW, agreed_by="provider", started_at=START, ended_at=jst(6, 11, 9, 45))
    scenario(given=[*OVER, SETTLEMENT], when=SETTLE, then=[agreed])


def test_nobody_settles_with_themselves() -> None:
    then = refused(NotYoursToDecide, side="municipality")
    scenario(given=[*OVER, SETTLEMENT], when=municipality(SettleTimes, incident="I-1"), then=then)


def test_there_must_be_times_to_agree_on() -> None:
    scenario(given=OVER, when=SETTLE, then=refused(NoSettlementProposed, incident="I-1"))
    scenario(given=SETTLED, when=SETTLE, then=refused(NoSettlementProposed, incident="I-1"))


@pytest.mark.parametrize("read", [{"started_at": jst(6, 10, 16)}, {"ended_at": END}])
def test_one_agrees_to_the_times_one_has_read(read: dict[str, datetime]) -> None:
    when = provider(SettleTimes, incident="I-1", **read)
    then = refused(OtherTimesProposed, started_at=START, ended_at=jst(6, 11, 9, 45))
    scenario(given=[*OVER, SETTLEMENT], when=when, then=then)


def test_settled_times_end_after_they_start() -> None:
    when = replace(SETTLEMENT, ended_at=START)
    scenario(given=OVER, when=when, then=refused(EndsBeforeItStarts, start=START, end=START))


def test_without_an_outage_there_is_nothing_to_settle() -> None:
    scenario(given=REPORTED, when=SETTLEMENT, then=refused(OutageNotStarted, incident="I-1"))


@pytest.mark.parametrize("when", [CONTEST, CORRECT, municipality(EndOutage, incident="I-1", ended_at=END)])
def test_settled_times_change_only_by_a_new_agreement(when: Command) -> None:
    scenario(given=SETTLED, when=when, then=refused(TimesAreSettled, incident="I-1"))
    settled_anew = TimesSettled(occurred_at=NOW, agreed_by="provider", started_at=START, ended_at=END)
    scenario(given=[*SETTLED, replace(SETTLEMENT, ended_at=END)], when=SETTLE, then=[settled_anew])


# --- Voiding

PROPOSE_VOID = provider(ProposeVoid, incident="I-1", reason="a false alarm")
VOID = municipality(VoidIncident, incident="I-1")


def test_an_incident_is_voided_by_both_sides() -> None:
    proposed: Facts = [note("a false alarm"), VoidProposed(occurred_at=NOW, proposed_by="provider", note=3)]
    scenario(given=OPEN, when=PROPOSE_VOID, then=proposed)
    voided = IncidentVoided(occurred_at=NOW, agreed_by="municipality")
    scenario(given=[*OPEN, PROPOSE_VOID], when=VOID, then=[voided])


def test_nobody_voids_alone() -> None:
    scenario(given=OPEN, when=VOID, then=refused(NoVoidProposed, incident="I-1"))
    alone = provider(VoidIncident, incident="I-1")
    scenario(given=[*OPEN, PROPOSE_VOID], when=alone, then=refused(NotYoursToDecide, side="provider"))


# --- Exclusions

CLAIM = provider(ClaimExclusion, incident="I-1", exclusion="ex-1", ground="maintenance", reason="as announced")


def test_an_exclusion_is_claimed_on_a_ground_of_the_sla() -> None:
    when = replace(CLAIM, starts_at=START, ends_at=jst(6, 10, 17))
    then: Facts = [
        note("as announced"),
        ExclusionClaimed(
            occurred_at=NOW,
            exclusion="ex-1",
            ground="maintenance",
            claimed_by="provider",
            starts_at=START,
            ends_at=jst(6, 10, 17),
            note=4,
        ),
    ]
    scenario(given=OVER, when=when, then=then)


def under(sla: Sla) -> list[Command]:
    """The incident is over, under another SLA than the small one."""
    proposed = provider(ProposeSla, document=document(sla), effective_from=date(2025, 4, 1), occurred_at=jst(3, 10))
    return [proposed if command is PROPOSE else command for command in OVER]


def test_a_ground_that_only_frees_from_damages_can_be_claimed_too() -> None:
    claimed = ExclusionClaimed(occurred_at=NOW, exclusion="ex-1", ground="disaster", claimed_by="provider")
    scenario(given=OVER, when=replace(CLAIM, ground="disaster", reason=None), then=[claimed])


def test_a_ground_with_neither_flag_is_no_claim() -> None:
    idle = tuple(
        replace(ground, leaves_measurement=False, frees_from_damages=ground.code == "maintenance")
        for ground in SLA.grounds
    )
    then = refused(GroundWithoutEffect, ground="disaster", known="maintenance")
    scenario(given=under(replace(SLA, grounds=idle)), when=replace(CLAIM, ground="disaster"), then=then)


def test_where_planned_stops_count_none_of_them_is_claimed() -> None:
    counting = under(replace(SLA, terms=Terms(planned_stop_counts="yes")))
    when = replace(CLAIM, planned_stop="patches")
    scenario(given=[*counting, announced()], when=when, then=refused(PlannedStopsCount, planned_stop="patches"))
    scenario(
        given=[*OVER, announced()],
        when=replace(when, reason=None),
        then=[
            ExclusionClaimed(
                occurred_at=NOW,
                exclusion="ex-1",
                ground="maintenance",
                claimed_by="provider",
                planned_stop="patches",
            )
        ],
    )


def test_that_maintenance_is_extraordinary_is_for_the_municipality_to_say() -> None:
    scenario(given=AGREED, when=replace(REPORT, extraordinary=True), then=refused(SideMayNot, allowed="municipality"))
    reported = IncidentReported(
        occurred_at=jst(6, 10, 16, 35),
        incident="I-1",
        level="B",
        systems=("payroll", "library"),
        organisations=("town", "village"),
        reported_by="municipality",
        extraordinary=True,
    )
    own = municipality(
        ReportIncident,
        incident="I-1",
        level="B",
        systems=("payroll", "library"),
        organisations=("town", "village"),
        occurred_at=jst(6, 10, 16, 35),
        extraordinary=True,
    )
    scenario(given=AGREED, when=own, then=[reported])


def test_an_end_or_a_restoration_can_be_known_by_a_report_alone() -> None:
    when = replace(ENDED, known_by="report")
    scenario(given=OPEN, when=when, then=[OutageEnded(occurred_at=END, stated_by="provider", known_by="report")])
    some = provider(RestorePartly, incident="I-1", systems=("payroll",), known_by="report", occurred_at=jst(6, 11, 8))
    restored = PartlyRestored(occurred_at=jst(6, 11, 8), systems=("payroll",), stated_by="provider", known_by="report")
    scenario(given=OPEN, when=some, then=[restored])


def test_a_ground_that_the_sla_does_not_name_excludes_nothing() -> None:
    scenario(given=OVER, when=replace(CLAIM, ground="mood"), then=refused(UnknownGround, ground="mood"))


def test_an_exclusion_names_a_planned_stop_that_was_announced() -> None:
    when = replace(CLAIM, planned_stop="patches")
    scenario(given=OVER, when=when, then=refused(NoSuchPlannedStop, planned_stop="patches"))


def announced(**facts: Any) -> Command:
    """The stop from 10 June 16:30 to 11 June 09:30 was announced on 1 June, of both systems, as maintenance."""
    return provider(
        AnnouncePlannedStop,
        **{
            "planned_stop": "patches",
            "ground": "maintenance",
            "starts_at": START,
            "ends_at": END,
            "systems": ("payroll", "library"),
            "organisations": ("town", "village"),
            "occurred_at": jst(6, 1),
            **facts,
        },
    )


BY_STOP = replace(CLAIM, planned_stop="patches", reason=None)


def test_a_claim_by_a_planned_stop_is_on_the_ground_on_which_that_was_announced() -> None:
    then = refused(AnnouncedOnAnotherGround, planned_stop="patches", announced="maintenance", ground="disaster")
    scenario(given=[*OVER, announced()], when=replace(BY_STOP, ground="disaster"), then=then)


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (jst(6, 11, 9, 30), jst(6, 11, 12)),  # it begins when the outage is over
        (jst(6, 10, 12), jst(6, 10, 16, 30)),  # it ends when the outage begins
    ],
)
def test_an_outage_without_time_in_common_with_a_planned_stop_is_not_claimed_by_it(
    starts_at: datetime, ends_at: datetime
) -> None:
    given = [*OVER, announced(starts_at=starts_at, ends_at=ends_at)]
    then = refused(NoTimeInCommon, incident="I-1", planned_stop="patches", starts_at=starts_at, ends_at=ends_at)
    scenario(given=given, when=BY_STOP, then=then)


def test_the_part_that_is_claimed_has_time_in_common_with_the_planned_stop() -> None:
    given = [*OVER, announced(ends_at=jst(6, 10, 18))]
    scenario(given=given, when=replace(BY_STOP, starts_at=jst(6, 10, 18)), then=refused(NoTimeInCommon))


def test_an_outage_that_goes_on_can_still_come_to_the_time_that_was_announced() -> None:
    later = announced(starts_at=jst(6, 25, 10), ends_at=jst(6, 25, 12))
    claimed = ExclusionClaimed(
        occurred_at=NOW, exclusion="ex-1", ground="maintenance", claimed_by="provider", planned_stop="patches"
    )
    scenario(given=[*OPEN, later], when=BY_STOP, then=[claimed])
    scenario(given=[*OVER, later], when=BY_STOP, then=refused(NoTimeInCommon))


def test_the_time_in_common_is_that_which_any_side_states_or_both_agreed_on() -> None:
    late = announced(starts_at=END, ends_at=jst(6, 11, 12))  # the provider's outage is over then
    contested = municipality(ContestTimes, incident="I-1", ended_at=jst(6, 11, 10), reason="still down")
    claimed = ExclusionClaimed(
        occurred_at=NOW, exclusion="ex-1", ground="maintenance", claimed_by="provider", planned_stop="patches"
    )
    scenario(given=[*OVER, late, contested], when=BY_STOP, then=[claimed])
    agreed = municipality(ProposeSettlement, incident="I-1", started_at=START, ended_at=END)
    scenario(given=[*OVER, late, contested, agreed, SETTLE], when=BY_STOP, then=refused(NoTimeInCommon))


def test_an_outage_of_other_systems_is_not_claimed_by_a_planned_stop() -> None:
    given = [*OVER, announced(systems=("server",), organisations=("town",))]
    then = refused(NoSystemInCommon, planned_stop="patches", announced="server", incident="I-1")
    scenario(given=given, when=BY_STOP, then=then)


def test_an_exclusion_is_claimed_once() -> None:
    scenario(given=[*OVER, CLAIM], when=CLAIM, then=refused(ExclusionAlreadyClaimed, exclusion="ex-1"))


def test_without_an_outage_there_is_nothing_to_exclude() -> None:
    scenario(given=REPORTED, when=CLAIM, then=refused(OutageNotStarted, incident="I-1"))


def test_an_exclusion_ends_after_it_starts() -> None:
    when = replace(CLAIM, starts_at=END, ends_at=START)
    scenario(given=OVER, when=when, then=refused(EndsBeforeItStarts, start=END, end=START))


def test_the_other_side_accepts_or_rejects() -> None:
    accept = municipality(AcceptExclusion, incident="I-1", exclusion="ex-1")
    accepted = ExclusionAccepted(occurred_at=NOW, exclusion="ex-1", decided_by="municipality")
    scenario(given=[*OVER, CLAIM], when=accept, then=[accepted])
    reject = municipality(RejectExclusion, incident="I-1", exclusion="ex-1", reason="not as announced")
    rejected: Facts = [
        note("not as announced"),
        ExclusionRejected(occurred_at=NOW, exclusion="ex-1", decided_by="municipality", note=6),
    ]
    scenario(given=[*OVER, CLAIM], when=reject, then=rejected)
    scenario(given=[*OVER, CLAIM, reject], when=accept, then=refused(NoSuchExclusion, exclusion="ex-1"))


def test_nobody_accepts_their_own_claim() -> None:
    when = provider(AcceptExclusion, incident="I-1", exclusion="ex-1")
    scenario(given=[*OVER, CLAIM], when=when, then=refused(NotYoursToDecide, side="provider"))


@pytest.mark.parametrize(
    ("proposal", "answer"),
    [
        (SETTLEMENT, SETTLE),
        (PROPOSE_VOID, VOID),
        (CLAIM, municipality(AcceptExclusion, incident="I-1", exclusion="ex-1")),
        (CLAIM, municipality(RejectExclusion, incident="I-1", exclusion="ex-1", reason="no")),
    ],
)
def test_no_answer_comes_before_its_question(proposal: Command, answer: Command) -> None:
    early = replace(answer, occurred_at=jst(6, 20, 11, 59))
    scenario(given=[*OVER, proposal], when=early, then=refused(BeforeItsBeginning, begin=NOW))


def test_no_correction_leaves_the_other_side_an_outage_that_ends_before_it_starts() -> None:
    """The municipality only stated the end; it has the provider's start, so a start after that end is refused."""
    ended = municipality(EndOutage, incident="I-1", ended_at=END)
    later_end, later_start = jst(6, 11, 12), jst(6, 11, 10)
    contested = provider(ContestTimes, incident="I-1", reason="監視記録", ended_at=later_end)
    when = provider(CorrectTimes, incident="I-1", reason="誤記", started_at=later_start)
    scenario(given=[*OPEN, ended, contested], when=when, then=refused(EndsBeforeItStarts, start=later_start, end=END))
