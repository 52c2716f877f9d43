"""Rules of planned stops: how they are told, and of what (S5, C21)."""

import pytest
from msgspec.structs import replace

from slm_domain.commands.contract import AnnouncePlannedStop
from slm_domain.commands.refusals import SystemOfAnotherOrganisation, UnknownOrganisation
from slm_domain.contract import (
    PlannedStopAnnounced,
)
from slm_domain.contract_refusals import (
    EndsBeforeItStarts,
    InTheFuture,
    NothingStated,
    StopAlreadyAnnounced,
)
from slm_domain.incident_refusals import UnknownGround, UnknownSystem
from tests.domain.agreement import (
    AGREED,
    NOW,
    jst,
    provider,
)
from tests.domain.scenario import refused, scenario

PATCHES = provider(
    AnnouncePlannedStop,
    planned_stop="patches",
    ground="maintenance",
    starts_at=jst(7, 6, 18),
    ends_at=jst(7, 6, 20),
    systems=("payroll",),
    organisations=("town",),
)


def test_a_planned_stop_is_told_with_when_it_was_told() -> None:
    announced = PlannedStopAnnounced(
        occurred_at=jst(6, 1),
        planned_stop="patches",
        ground="maintenance",
        starts_at=jst(7, 6, 18),
        ends_at=jst(7, 6, 20),
        systems=("payroll",),
        organisations=("town",),
        announced_by="provider",
    )
    scenario(given=AGREED, when=replace(PATCHES, occurred_at=jst(6, 1)), then=[announced])


def test_a_planned_stop_told_too_late_is_recorded_and_judged_by_the_notice_rule() -> None:
    late = replace(PATCHES, starts_at=jst(6, 19), ends_at=jst(6, 19, 10))
    announced = PlannedStopAnnounced(
        occurred_at=NOW,
        planned_stop="patches",
        ground="maintenance",
        starts_at=jst(6, 19),
        ends_at=jst(6, 19, 10),
        systems=("payroll",),
        organisations=("town",),
        announced_by="provider",
    )
    scenario(given=AGREED, when=late, then=[announced])


def test_a_planned_stop_is_not_told_in_the_future() -> None:
    then = refused(InTheFuture, at=jst(6, 21), now=NOW)
    scenario(given=AGREED, when=replace(PATCHES, occurred_at=jst(6, 21)), then=then)


def test_a_planned_stop_is_announced_once() -> None:
    then = refused(StopAlreadyAnnounced, planned_stop="patches")
    scenario(given=[*AGREED, PATCHES], when=PATCHES, then=then)


def test_a_planned_stop_ends_after_it_starts() -> None:
    empty = replace(PATCHES, ends_at=PATCHES.starts_at)
    scenario(given=AGREED, when=empty, then=refused(EndsBeforeItStarts, start=jst(7, 6, 18)))


def test_a_planned_stop_has_a_ground_of_the_sla() -> None:
    odd = replace(PATCHES, ground="mood")
    scenario(given=AGREED, when=odd, then=refused(UnknownGround, ground="mood", known="disaster, maintenance"))


def test_a_planned_stop_names_systems_of_the_sla() -> None:
    odd = replace(PATCHES, systems=("payrol",))
    then = refused(UnknownSystem, system="payrol", known="library, payroll, server")
    scenario(given=AGREED, when=odd, then=then)


def test_a_planned_stop_stops_something() -> None:
    scenario(given=AGREED, when=replace(PATCHES, systems=()), then=refused(NothingStated, fields="systems"))


@pytest.mark.parametrize("organisations", [(), ("cloud",)])
def test_a_planned_stop_names_whom_it_concerns(organisations: tuple[str, ...]) -> None:
    odd = replace(PATCHES, organisations=organisations)
    scenario(given=AGREED, when=odd, then=refused(UnknownOrganisation, known="town, village"))


def test_a_system_concerns_the_organisation_it_is_for() -> None:
    odd = replace(PATCHES, systems=("payroll", "library"))
    then = refused(SystemOfAnotherOrganisation, system="library", organisation="village")
    scenario(given=AGREED, when=odd, then=then)
