"""Rules of a service level: its measurements, revisions and retirement (G7, S12, C12, C18)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.contract import ProposeSla, SignSla
from slm_domain.commands.envelope import Command
from slm_domain.commands.review import OpenReview
from slm_domain.commands.service_level import (
    ApproveRevision,
    CorrectMeasurement,
    ProposeRevision,
    RecordMeasurement,
    RetireLevel,
)
from slm_domain.contract_refusals import BeforeItsBeginning, InTheFuture, SideMayNot
from slm_domain.review_refusals import NoSuchReview
from slm_domain.service_level import (
    LevelRetired,
    LevelRevised,
    LevelRevisionProposed,
    MeasurementCorrected,
    MeasurementRecorded,
)
from slm_domain.service_level_refusals import (
    BoundDoesNotFit,
    LevelIsRetired,
    MeasurementAlreadyRecorded,
    NoSuchLevel,
    NoSuchMeasurement,
    NoSuchRevision,
    NotADecisionOfYours,
    NotAtABoundary,
    NotMeasuredByHand,
    OnlyYourOwnMeasurement,
    RevisionAlreadyProposed,
    RevisionChangesTheMeasure,
    RevisionNamesAnotherLevel,
    WrongShapeOfMeasurement,
)
from slm_domain.sla import Bound, Level, Measure
from tests.domain.agreement import (
    AGREED,
    BACKUP,
    NOW,
    REGISTER,
    SLA,
    YEARLY_PLAN,
    document,
    jst,
    level,
    municipality,
    provider,
    words,
)
from tests.domain.scenario import Facts, KeptJournal, refused, scenario

MEASURED = provider(
    RecordMeasurement, level="register", measurement="r-1", start=jst(6, 10), end=jst(6, 12), remark="as logged"
)
CORRECTED = provider(
    CorrectMeasurement, level="register", measurement="r-1", start=jst(6, 10), end=jst(6, 11), reason="a slip"
)


def note(text: str) -> NoteWritten:
    return NoteWritten(occurred_at=NOW, text=text)


# --- Measurements


def test_a_duration_is_measured_from_its_start_to_its_end() -> None:
    then: Facts = [
        note("as logged"),
        MeasurementRecorded(
            occurred_at=NOW, measurement="r-1", stated_by="provider", start=jst(6, 10), end=jst(6, 12), note=2
        ),
    ]
    scenario(given=AGREED, when=MEASURED, then=then)


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("jobs", {"start": jst(6, 10), "end": jst(6, 30)}),  # a lead up to a moment to come
        ("backup", {}),
        ("backup", {"succeeded": False}),  # it ran and failed: recorded, and does not count (J11)
        ("drill", {"met": False}),
    ],
)
def test_each_kind_of_level_has_its_shape_of_measurement(key: str, facts: dict[str, Any]) -> None:
    when = provider(RecordMeasurement, level=key, measurement="m-1", **facts)
    measured = MeasurementRecorded(occurred_at=NOW, measurement="m-1", stated_by="provider", **facts)
    scenario(given=AGREED, when=when, then=[measured])


@pytest.mark.parametrize(
    ("key", "facts", "needs"),
    [
        ("register", {"start": jst(6, 10)}, "start and end"),
        ("register", {"met": True}, "start and end"),
        ("register", {"start": jst(6, 12), "end": jst(6, 10)}, "an end that is not before its start"),
        ("jobs", {}, "start and end"),
        ("backup", {"end": jst(6, 10)}, "nothing but its moment"),
        ("drill", {}, "met"),
        ("drill", {"met": True, "start": jst(6, 10), "end": jst(6, 12)}, "met"),
    ],
)
def test_another_shape_of_measurement_is_not_taken(key: str, facts: dict[str, Any], needs: str) -> None:
    when = provider(RecordMeasurement, level=key, measurement="m-1", **facts)
    scenario(given=AGREED, when=when, then=refused(WrongShapeOfMeasurement, level=key, needs=needs))


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("register", {"start": jst(6, 10), "end": jst(6, 21)}),
        ("register", {"start": jst(6, 21), "end": jst(6, 22)}),
        ("jobs", {"start": jst(6, 21), "end": jst(6, 30)}),
        ("backup", {"occurred_at": jst(6, 21)}),
    ],
)
def test_nothing_is_measured_in_the_future(key: str, facts: dict[str, Any]) -> None:
    when = provider(RecordMeasurement, level=key, measurement="m-1", **facts)
    scenario(given=AGREED, when=when, then=refused(InTheFuture, now=NOW))


def test_what_incidents_tell_is_not_measured_by_hand() -> None:
    when = replace(MEASURED, level="notice-of-faults")
    scenario(given=AGREED, when=when, then=refused(NotMeasuredByHand, level="notice-of-faults"))


def test_a_month_of_stops_is_not_measured_by_hand_whatever_its_source() -> None:
    odd = level("stops", Measure(kind="stopped_time_at_most", source="measurements"))
    proposal = document(replace(SLA, levels=(*SLA.levels, odd)))
    given = [
        *AGREED,
        municipality(ProposeSla, document=proposal, effective_from=date(2025, 5, 1)),
        municipality(SignSla, number=2),
        provider(SignSla, number=2),
    ]
    scenario(given=given, when=replace(MEASURED, level="stops"), then=refused(NotMeasuredByHand, level="stops"))


def test_a_level_that_the_sla_does_not_have_is_not_measured() -> None:
    scenario(given=AGREED, when=replace(MEASURED, level="speed"), then=refused(NoSuchLevel, level="speed"))


def test_a_measurement_is_recorded_once() -> None:
    scenario(given=[*AGREED, MEASURED], when=MEASURED, then=refused(MeasurementAlreadyRecorded, measurement="r-1"))


def test_a_side_restates_its_own_measurement_with_the_reason() -> None:
    then: Facts = [
        note("a slip"),
        MeasurementCorrected(
            occurred_at=NOW, measurement="r-1", stated_by="provider", start=jst(6, 10), end=jst(6, 11), note=4
        ),
    ]
    scenario(given=[*AGREED, MEASURED], when=CORRECTED, then=then)


def test_a_side_does_not_restate_the_measurement_of_the_other() -> None:
    when = municipality(
        CorrectMeasurement, level="register", measurement="r-1", start=jst(6, 10), end=jst(6, 19), reason="longer"
    )
    then = refused(OnlyYourOwnMeasurement, stated_by="provider", side="municipality")
    scenario(given=[*AGREED, MEASURED], when=when, then=then)


def test_only_a_measurement_that_was_recorded_is_corrected() -> None:
    scenario(given=AGREED, when=CORRECTED, then=refused(NoSuchMeasurement, measurement="r-1"))


# --- Revisions

STRICTER = replace(REGISTER, guaranteed=Bound(amount=Decimal(2), unit="days"))
REVISE = provider(
    ProposeRevision, level="register", revision="rev-1", definition=STRICTER, effective_from=date(2025, 7, 15)
)
APPROVE = municipality(ApproveRevision, level="register", revision="rev-1")


def revision_of(definition: Level, effective_from: date) -> ProposeRevision:
    return replace(REVISE, level=definition.key, definition=definition, effective_from=effective_from)


def test_a_level_is_revised_by_a_proposal_and_the_other_sides_approval() -> None:
    proposed = LevelRevisionProposed(
        occurred_at=NOW,
        revision="rev-1",
        definition=STRICTER,
        effective_from=date(2025, 7, 15),
        proposed_by="provider",
    )
    scenario(given=AGREED, when=REVISE, then=[proposed])
    revised = LevelRevised(
        occurred_at=NOW,
        revision="rev-1",
        definition=STRICTER,
        effective_from=date(2025, 7, 15),
        approved_by="municipality",
    )
    scenario(given=[*AGREED, REVISE], when=APPROVE, then=[revised])


def test_a_revision_names_the_review_it_came_out_of_and_its_reason() -> None:
    review = provider(OpenReview, review="re-1", kind="yearly", fiscal_year=2025)
    when = replace(REVISE, review="re-1", reason="we are faster now")
    then: Facts = [
        note("we are faster now"),
        LevelRevisionProposed(
            occurred_at=NOW,
            revision="rev-1",
            definition=STRICTER,
            effective_from=date(2025, 7, 15),
            proposed_by="provider",
            review="re-1",
            note=2,
        ),
    ]
    scenario(given=[*AGREED, review], when=when, then=then)
    scenario(given=AGREED, when=when, then=refused(NoSuchReview, review="re-1"))


@pytest.mark.parametrize(
    "amount",
    ["NaN", "sNaN", "Infinity", "-1", "1e30", "36526", "1e999999", "1e-999999", "0.0000001"],
)
def test_a_level_is_revised_to_a_value_that_can_be_reckoned_with(amount: str) -> None:
    definition = replace(REGISTER, guaranteed=Bound(amount=Decimal(amount), unit="days"))
    when = replace(REVISE, definition=definition)
    scenario(given=AGREED, when=when, then=refused(BoundDoesNotFit, level="register", bound=f"{Decimal(amount)} days"))


def test_an_sla_is_proposed_with_values_that_can_be_reckoned_with() -> None:
    endless = replace(REGISTER, guaranteed=Bound(amount=Decimal("1e30"), unit="days"))
    sla = replace(SLA, levels=(endless,))
    when = provider(ProposeSla, document=document(sla), effective_from=date(2025, 4, 1))
    scenario(given=AGREED[:1], when=when, then=refused(BoundDoesNotFit, level="register"))


def test_a_revision_that_was_proposed_before_values_had_an_end_is_not_approved() -> None:
    journal = KeptJournal(REVISE.contract)
    for command in (*AGREED, REVISE):
        journal.send(command)
    proposal = journal.entries[-1]
    assert proposal.payload is not None
    journal.entries[-1] = proposal._replace(payload=proposal.payload.replace(b'"amount":"2"', b'"amount":"1E+30"'))
    with pytest.raises(BoundDoesNotFit):
        journal.send(APPROVE)


def test_nobody_approves_their_own_revision() -> None:
    when = provider(ApproveRevision, level="register", revision="rev-1")
    scenario(given=[*AGREED, REVISE], when=when, then=refused(NotADecisionOfYours, side="provider"))


def test_nobody_approves_before_the_proposal() -> None:
    early = replace(APPROVE, occurred_at=jst(6, 20, 11, 59))
    scenario(given=[*AGREED, REVISE], when=early, then=refused(BeforeItsBeginning, begin=NOW))


@pytest.mark.parametrize("given", [AGREED, [*AGREED, REVISE, APPROVE]])
def test_only_a_revision_that_waits_is_approved(given: list[Command]) -> None:
    scenario(given=given, when=APPROVE, then=refused(NoSuchRevision, revision="rev-1"))


def test_a_new_definition_of_the_level_takes_revisions_off_the_table() -> None:
    renamed = tuple(replace(one, name=words("all")) if one.key == "register" else one for one in SLA.levels)
    proposal = document(replace(SLA, levels=renamed))
    given = [
        *AGREED,
        REVISE,
        municipality(ProposeSla, document=proposal, effective_from=date(2025, 7, 1)),
        municipality(SignSla, number=2),
        provider(SignSla, number=2),
    ]
    scenario(given=given, when=APPROVE, then=refused(NoSuchRevision, revision="rev-1"))


def test_a_revision_is_proposed_once() -> None:
    scenario(given=[*AGREED, REVISE], when=REVISE, then=refused(RevisionAlreadyProposed, revision="rev-1"))


def test_a_revision_carries_the_definition_of_its_level() -> None:
    when = replace(REVISE, definition=BACKUP)
    scenario(given=AGREED, when=when, then=refused(RevisionNamesAnotherLevel, level="register", found="backup"))


@pytest.mark.parametrize(
    ("definition", "asked", "boundary"),
    [
        (BACKUP, date(2025, 7, 15), date(2025, 8, 1)),
        (BACKUP, date(2025, 12, 2), date(2026, 1, 1)),
        (YEARLY_PLAN, date(2025, 7, 1), date(2026, 4, 1)),
        (YEARLY_PLAN, date(2026, 3, 31), date(2026, 4, 1)),
    ],
)
def test_what_is_judged_per_period_changes_with_a_period(definition: Level, asked: date, boundary: date) -> None:
    then = refused(NotAtABoundary, asked=asked, boundary=boundary)
    scenario(given=AGREED, when=revision_of(definition, asked), then=then)


@pytest.mark.parametrize(("definition", "day"), [(BACKUP, date(2025, 8, 1)), (YEARLY_PLAN, date(2026, 4, 1))])
def test_at_a_boundary_a_periodic_level_may_change(definition: Level, day: date) -> None:
    proposed = LevelRevisionProposed(
        occurred_at=NOW, revision="rev-1", definition=definition, effective_from=day, proposed_by="provider"
    )
    scenario(given=AGREED, when=revision_of(definition, day), then=[proposed])


# --- Retirement

RETIRE = municipality(RetireLevel, level="register", effective_from=date(2025, 6, 12), reason="no longer used")


def test_the_municipality_retires_a_level() -> None:
    then: Facts = [
        note("no longer used"),
        LevelRetired(occurred_at=NOW, effective_from=date(2025, 6, 12), note=2),
    ]
    scenario(given=AGREED, when=RETIRE, then=then)
    by_provider = provider(RetireLevel, level="register", effective_from=date(2025, 6, 12))
    scenario(given=AGREED, when=by_provider, then=refused(SideMayNot, allowed="municipality", side="provider"))


def test_a_level_is_retired_once() -> None:
    then = refused(LevelIsRetired, level="register", retired_from=date(2025, 6, 12))
    scenario(given=[*AGREED, RETIRE], when=RETIRE, then=then)


def test_a_periodic_level_is_retired_with_its_period() -> None:
    when = municipality(RetireLevel, level="backup", effective_from=date(2025, 6, 12))
    scenario(given=AGREED, when=when, then=refused(NotAtABoundary, boundary=date(2025, 7, 1)))


def test_until_its_retirement_a_level_is_measured() -> None:
    at = jst(6, 12, 0)  # the first moment of the first day without the level
    then = refused(LevelIsRetired, level="register", retired_from=date(2025, 6, 12))
    scenario(given=[*AGREED, RETIRE], when=replace(MEASURED, start=at, remark=None), then=then)
    before = replace(MEASURED, start=jst(6, 11, 23, 59), remark=None)
    measured = MeasurementRecorded(
        occurred_at=NOW, measurement="r-1", stated_by="provider", start=jst(6, 11, 23, 59), end=jst(6, 12)
    )
    scenario(given=[*AGREED, RETIRE], when=before, then=[measured])


def test_what_was_measured_before_is_corrected_after_the_retirement() -> None:
    then: Facts = [
        note("a slip"),
        MeasurementCorrected(
            occurred_at=NOW, measurement="r-1", stated_by="provider", start=jst(6, 10), end=jst(6, 11), note=6
        ),
    ]
    scenario(given=[*AGREED, MEASURED, RETIRE], when=CORRECTED, then=then)


def test_no_revision_of_a_level_outlives_it() -> None:
    then = refused(LevelIsRetired, level="register")
    scenario(given=[*AGREED, RETIRE], when=REVISE, then=then)
    scenario(given=[*AGREED, REVISE, RETIRE], when=APPROVE, then=then)


def test_a_revision_keeps_what_is_measured() -> None:
    other = replace(REGISTER, measure=replace(REGISTER.measure, day_kind="opening"))
    when = revision_of(other, date(2025, 7, 15))
    scenario(given=AGREED, when=when, then=refused(RevisionChangesTheMeasure, level="register"))


@pytest.mark.parametrize(
    "bound",
    [
        Bound(amount=Decimal(99), unit="percent"),
        Bound(amount=Decimal(1), unit="count"),
        Bound(amount=Decimal(-1), unit="days"),
    ],
)
def test_a_revision_gives_values_the_level_can_be_judged_by(bound: Bound) -> None:
    when = revision_of(replace(REGISTER, target=bound), date(2025, 7, 15))
    scenario(given=AGREED, when=when, then=refused(BoundDoesNotFit, level="register"))
