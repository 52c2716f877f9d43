"""Rules of exclusions: who claims what part of an outage, on which ground, and who accepts it (C4, C21, G9)."""

from datetime import date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.commands.contract import AnnouncePlannedStop, ProposeSla
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import (
    AcceptExclusion,
    ClaimExclusion,
    ContestTimes,
    ProposeSettlement,
    RejectExclusion,
    ReportIncident,
)
from slm_domain.contract_refusals import (
    BeforeItsBeginning,
    EndsBeforeItStarts,
    SideMayNot,
)
from slm_domain.incident_events import (
    ExclusionAccepted,
    ExclusionClaimed,
    ExclusionRejected,
    IncidentReported,
)
from slm_domain.incident_refusals import (
    AnnouncedOnAnotherGround,
    ExclusionAlreadyClaimed,
    GroundWithoutEffect,
    NoSuchExclusion,
    NoSuchPlannedStop,
    NoSystemInCommon,
    NoTimeInCommon,
    NotYoursToDecide,
    OutageNotStarted,
    PlannedStopsCount,
    UnknownGround,
)
from slm_domain.sla import Sla, Terms
from tests.domain.agreement import AGREED, NOW, PROPOSE, SLA, document, jst, municipality, provider
from tests.domain.reported import END, OPEN, OVER, PROPOSE_VOID, REPORT, REPORTED, SETTLE, SETTLEMENT, START, VOID, note
from tests.domain.scenario import Facts, refused, scenario

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
