"""Rules of exemptions: a miss is claimed to be exempt by one side and decided on by the other (C5, G9, A25)."""

import pytest
from msgspec.structs import replace

from slm_domain.commands.contract import ProposeSla, SignSla
from slm_domain.commands.envelope import Command
from slm_domain.commands.exemptions import AcceptExemption, ClaimExemption, RejectExemption
from slm_domain.commands.incident import ReportIncident
from slm_domain.commands.service_level import RecordMeasurement
from slm_domain.contract_refusals import BeforeItsBeginning
from slm_domain.exemption_refusals import (
    ExemptionAlreadyClaimed,
    ExemptionAlreadyDecided,
    ExemptionIsForTheOtherSide,
    GroundExemptsNothing,
    NoSuchExemption,
    NothingToExempt,
)
from slm_domain.exemptions import ExemptionAccepted, ExemptionClaimed, ExemptionRejected
from slm_domain.incident_refusals import UnknownGround
from slm_domain.sla import Ground, Notice
from tests.domain.agreement import AGREED, NOW, SLA, document, jst, municipality, provider, words
from tests.domain.scenario import refused, scenario
from tests.domain.test_service_level_rules import note

LATE = provider(RecordMeasurement, level="register", measurement="r-1", start=jst(6, 2), end=jst(6, 9))
CLAIM = provider(ClaimExemption, level="register", exemption="e-1", subject="r-1", ground="disaster", reason="flood")
ACCEPT = municipality(AcceptExemption, level="register", exemption="e-1")
REJECT = municipality(RejectExemption, level="register", exemption="e-1", reason="it was dry")
CLAIMED = ExemptionClaimed(
    occurred_at=NOW, exemption="e-1", subject="r-1", ground="disaster", claimed_by="provider", note=3
)


def test_a_side_claims_that_a_miss_is_exempt() -> None:
    scenario(given=[*AGREED, LATE], when=CLAIM, then=[note("flood"), CLAIMED])


def test_the_other_side_accepts_the_exemption() -> None:
    then = [ExemptionAccepted(occurred_at=NOW, exemption="e-1", decided_by="municipality")]
    scenario(given=[*AGREED, LATE, CLAIM], when=ACCEPT, then=then)


def test_the_other_side_rejects_the_exemption_with_its_reason() -> None:
    rejected = ExemptionRejected(occurred_at=NOW, exemption="e-1", decided_by="municipality", note=5)
    scenario(given=[*AGREED, LATE, CLAIM], when=REJECT, then=[note("it was dry"), rejected])


def test_who_claimed_an_exemption_does_not_decide_on_it() -> None:
    when = provider(AcceptExemption, level="register", exemption="e-1")
    scenario(given=[*AGREED, LATE, CLAIM], when=when, then=refused(ExemptionIsForTheOtherSide, side="provider"))


@pytest.mark.parametrize("when", [ACCEPT, REJECT])
def test_an_exemption_is_decided_once(when: Command) -> None:
    scenario(given=[*AGREED, LATE, CLAIM, ACCEPT], when=when, then=refused(ExemptionAlreadyDecided, exemption="e-1"))


def test_only_what_was_claimed_is_decided() -> None:
    scenario(given=[*AGREED, LATE], when=ACCEPT, then=refused(NoSuchExemption, exemption="e-1"))


def test_an_exemption_is_not_decided_before_it_was_claimed() -> None:
    early = replace(ACCEPT, occurred_at=jst(6, 20, 11))
    scenario(given=[*AGREED, LATE, CLAIM], when=early, then=refused(BeforeItsBeginning, begin=NOW))


def test_an_exemption_is_claimed_once() -> None:
    scenario(given=[*AGREED, LATE, CLAIM], when=CLAIM, then=refused(ExemptionAlreadyClaimed, exemption="e-1"))


@pytest.mark.parametrize(
    ("level", "subject"),
    [("backup", "2025-06-16"), ("yearly-plan", "2025"), ("notice-of-faults", "i-1"), ("register", "r-1")],
)
def test_items_and_periods_of_the_level_can_be_exempt(level: str, subject: str) -> None:
    fault = municipality(
        ReportIncident,
        incident="i-1",
        level="A",
        systems=("payroll",),
        organisations=("town",),
        phenomenon="down",
        occurred_at=jst(6, 16),
    )
    when = replace(CLAIM, level=level, subject=subject, reason=None)
    then = replace(CLAIMED, subject=subject, note=None)
    scenario(given=[*AGREED, LATE, fault], when=when, then=[then])


@pytest.mark.parametrize(
    ("level", "subject"),
    [
        ("register", "r-2"),
        ("register", "2025-06"),
        ("backup", "2025-06"),
        ("backup", "2025-02-30"),
        ("yearly-plan", "next year"),
        ("notice-of-faults", "i-2"),
    ],
)
def test_what_the_level_does_not_have_cannot_be_exempt(level: str, subject: str) -> None:
    when = replace(CLAIM, level=level, subject=subject)
    scenario(given=[*AGREED, LATE], when=when, then=refused(NothingToExempt, subject=subject))


def test_only_on_a_ground_of_the_sla() -> None:
    when = replace(CLAIM, ground="bad-luck")
    scenario(given=[*AGREED, LATE], when=when, then=refused(UnknownGround, ground="bad-luck"))


def test_a_ground_that_neither_leaves_the_measurement_nor_frees_from_damages_exempts_nothing() -> None:
    idle = Ground(
        code="idle",
        clause="9",
        name=words("idle"),
        leaves_measurement=False,
        frees_from_damages=False,
        notice=Notice(kind="none"),
    )
    proposal = document(replace(SLA, grounds=(*SLA.grounds, idle)))
    given = [
        *AGREED,
        municipality(ProposeSla, document=proposal, effective_from=jst(5, 1).date()),
        municipality(SignSla, number=2),
        provider(SignSla, number=2),
        LATE,
    ]
    when = replace(CLAIM, ground="idle")
    scenario(given=given, when=when, then=refused(GroundExemptsNothing, grounds="disaster, maintenance"))
