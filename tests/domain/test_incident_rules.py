"""Rules of an incident: its level, its outage, the times that each side states, and voids."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import (
    ContestTimes,
    CorrectTimes,
    EndOutage,
    ProposeSettlement,
    Reclassify,
    ReopenOutage,
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
    IncidentAlreadyReported,
    LevelUnchanged,
    NoEndOfYours,
    NoOutageAtLevelC,
    NoSettlementProposed,
    NoSuchIncident,
    NothingToContest,
    NothingToCorrect,
    NotYoursToDecide,
    NoVoidProposed,
    OtherTimesProposed,
    OutageAlreadyEnded,
    OutageAlreadyStarted,
    OutageNotStarted,
    TimesAreSettled,
    UnknownSystem,
)
from tests.domain.agreement import AGREED, NOW, jst, municipality, provider
from tests.domain.reported import (
    CAUSE,
    END,
    ENDED,
    OPEN,
    OVER,
    PROPOSE_VOID,
    REPORT,
    REPORTED,
    SETTLE,
    SETTLEMENT,
    START,
    STARTED,
    VOID,
    note,
)
from tests.domain.scenario import Facts, refused, scenario

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


def test_an_incident_is_voided_by_both_sides() -> None:
    proposed: Facts = [note("a false alarm"), VoidProposed(occurred_at=NOW, proposed_by="provider", note=3)]
    scenario(given=OPEN, when=PROPOSE_VOID, then=proposed)
    voided = IncidentVoided(occurred_at=NOW, agreed_by="municipality")
    scenario(given=[*OPEN, PROPOSE_VOID], when=VOID, then=[voided])


def test_nobody_voids_alone() -> None:
    scenario(given=OPEN, when=VOID, then=refused(NoVoidProposed, incident="I-1"))
    alone = provider(VoidIncident, incident="I-1")
    scenario(given=[*OPEN, PROPOSE_VOID], when=alone, then=refused(NotYoursToDecide, side="provider"))


def test_an_end_or_a_restoration_can_be_known_by_a_report_alone() -> None:
    when = replace(ENDED, known_by="report")
    scenario(given=OPEN, when=when, then=[OutageEnded(occurred_at=END, stated_by="provider", known_by="report")])
    some = provider(RestorePartly, incident="I-1", systems=("payroll",), known_by="report", occurred_at=jst(6, 11, 8))
    restored = PartlyRestored(occurred_at=jst(6, 11, 8), systems=("payroll",), stated_by="provider", known_by="report")
    scenario(given=OPEN, when=some, then=[restored])


def test_no_correction_leaves_the_other_side_an_outage_that_ends_before_it_starts() -> None:
    """The municipality only stated the end; it has the provider's start, so a start after that end is refused."""
    ended = municipality(EndOutage, incident="I-1", ended_at=END)
    later_end, later_start = jst(6, 11, 12), jst(6, 11, 10)
    contested = provider(ContestTimes, incident="I-1", reason="監視記録", ended_at=later_end)
    when = provider(CorrectTimes, incident="I-1", reason="誤記", started_at=later_start)
    scenario(given=[*OPEN, ended, contested], when=when, then=refused(EndsBeforeItStarts, start=later_start, end=END))
