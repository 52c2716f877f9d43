"""Rules of a contract: its draft, its SLA documents and closed days."""

import hashlib
from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.contract import DraftContract, FixClosedDays, SignSla
from slm_domain.commands.envelope import By, Command
from slm_domain.commands.incident import ReportIncident, VoidIncident
from slm_domain.commands.review import PassInspection
from slm_domain.commands.service_level import RetireLevel
from slm_domain.contract import (
    ClosedDaysFixed,
    ContractDrafted,
    SlaAgreed,
    SlaProposed,
    SlaSigned,
)
from slm_domain.contract_refusals import (
    AlreadySigned,
    BeforeItsBeginning,
    CodeOfAnotherJournal,
    ContractAlreadyDrafted,
    ContractNotDrafted,
    DayOutsideTheYear,
    LeadNotOfItsSide,
    MonthStartStays,
    NoSlaOnTheTable,
    NotAtAMonthStart,
    NotTheLead,
    OrganisationNamedTwice,
    OutsideTheTerm,
    ReasonNeeded,
    SenderNotOfThatSide,
    SideMayNot,
    SlaDocumentUnreadable,
    SlaNotAgreed,
    SlaOfAnotherContract,
    UnknownTimeZone,
)
from slm_domain.desk import Desk
from slm_domain.identity import aggregate_id, journal_id
from slm_domain.service_level import LevelDefined, LevelRetired
from slm_domain.sla import Sla, Terms
from tests.domain.agreement import (
    AGREED,
    CLOUD,
    CODE,
    DRAFT,
    LEVELS,
    NOW,
    PROPOSE,
    PROVIDER_SIGNS,
    REGISTER,
    SLA,
    TOWN_SIGNS,
    TOWNS,
    document,
    jst,
    municipality,
    party,
    provider,
    words,
)
from tests.domain.scenario import Facts, KeptJournal, refused, scenario

FOR_THE_VILLAGE: dict[str, Any] = {"person": "v1", "side": "municipality", "organisation": "village"}
DEFINED = [
    LevelDefined(occurred_at=jst(3, 12), key=level.key, definition=level, effective_from=date(2025, 4, 1), sla_number=1)
    for level in LEVELS
]


# --- The draft


def test_known_codes_have_known_ids_for_ever() -> None:
    assert str(journal_id("town-2025")) == "f6da3eee-f2cd-5bdc-a83e-7803fad62ff5"
    assert (
        str(aggregate_id(journal_id("town-2025"), "incident", "2025-04-10-1")) == "5076e9b5-417b-5298-8af8-c33f0019f1ad"
    )


def test_drafting_opens_the_record_with_both_sides() -> None:
    drafted = ContractDrafted(
        occurred_at=jst(3, 3),
        code=CODE,
        title=words("Town"),
        time_zone="Asia/Tokyo",
        municipality=TOWNS,
        provider=CLOUD,
    )
    scenario(given=[], when=DRAFT, then=[drafted])


def test_a_contract_is_drafted_once() -> None:
    scenario(given=[DRAFT], when=DRAFT, then=refused(ContractAlreadyDrafted, code=CODE))


def test_a_contract_is_drafted_in_the_journal_that_its_code_names() -> None:
    desk = Desk(journal=journal_id("another"), contract_code="another", now=NOW, loaded={journal_id("another"): None})
    with pytest.raises(CodeOfAnotherJournal) as raised:
        DRAFT.decide(desk)
    assert "town-2025" in raised.value.reason("ja")


@pytest.mark.parametrize("zone", ["Asia/Kochi", "", "Asia", "../etc"])
def test_a_contract_needs_a_time_zone_that_exists(zone: str) -> None:
    scenario(given=[], when=replace(DRAFT, time_zone=zone), then=refused(UnknownTimeZone, time_zone=zone))


@pytest.mark.parametrize("zone", ["localtime", "Factory", "posixrules", "posix/Asia/Tokyo", "right/Asia/Tokyo"])
def test_a_contract_is_in_the_zone_of_a_place_not_in_that_of_the_machine_that_computes(zone: str) -> None:
    scenario(given=[], when=replace(DRAFT, time_zone=zone), then=refused(UnknownTimeZone, time_zone=zone))


def test_a_contract_may_be_in_a_fixed_zone_of_the_database() -> None:
    assert KeptJournal(CODE).send(replace(DRAFT, time_zone="Etc/UTC"))


def test_who_acts_for_a_side_belongs_to_it() -> None:
    odd = replace(TOWNS, lead="cloud")
    scenario(given=[], when=replace(DRAFT, municipality=odd), then=refused(LeadNotOfItsSide, lead="cloud"))


def test_no_organisation_stands_on_both_sides() -> None:
    both = replace(DRAFT, provider=party("cloud", "town"))
    scenario(given=[], when=both, then=refused(OrganisationNamedTwice, organisation="town"))


def test_nothing_happens_under_a_contract_that_is_not_drafted() -> None:
    scenario(given=[], when=PROPOSE, then=refused(ContractNotDrafted, code=CODE))


@pytest.mark.parametrize("command", [DRAFT, PROPOSE])
def test_who_sends_for_an_organisation_sends_for_its_side(command: Command) -> None:
    given = [] if isinstance(command, DraftContract) else [DRAFT]
    posing = replace(command, by=By(person="p1", side="municipality", organisation="cloud"))
    then = refused(SenderNotOfThatSide, organisation="cloud", side="municipality", known="town, village")
    scenario(given=given, when=posing, then=then)


@pytest.mark.parametrize(
    "when",
    [
        replace(TOWN_SIGNS, by=By(**FOR_THE_VILLAGE)),
        municipality(FixClosedDays, fiscal_year=2025, closed=(), by=By(**FOR_THE_VILLAGE)),
        municipality(PassInspection, review="april", by=By(**FOR_THE_VILLAGE)),
        municipality(VoidIncident, incident="I-1", by=By(**FOR_THE_VILLAGE)),
        municipality(RetireLevel, level="register", effective_from=date(2025, 7, 1), by=By(**FOR_THE_VILLAGE)),
    ],
)
def test_only_the_lead_of_a_side_binds_it(when: Command) -> None:
    then = refused(NotTheLead, organisation="village", side="municipality", lead="town")
    scenario(given=[DRAFT, PROPOSE], when=when, then=then)


def test_who_names_no_organisation_sends_for_the_whole_side() -> None:
    signed = SlaSigned(occurred_at=jst(3, 12), number=1, side="municipality")
    plain_sender = replace(TOWN_SIGNS, by=By(person="m1", side="municipality"))
    scenario(given=[DRAFT, PROPOSE], when=plain_sender, then=[signed])


# --- The SLA


def test_a_proposed_document_is_kept_whole_with_its_digest() -> None:
    text = bytes(document(SLA))
    proposed = SlaProposed(
        occurred_at=jst(3, 10),
        number=1,
        document=text.decode(),
        digest=hashlib.sha256(text).hexdigest(),
        effective_from=date(2025, 4, 1),
        proposed_by="provider",
    )
    scenario(given=[DRAFT], when=PROPOSE, then=[proposed])


def test_what_is_not_an_sla_document_is_not_put_on_the_table() -> None:
    torn = replace(PROPOSE, document=msgspec.Raw(b'{"document": "slm/sla/1"}'))
    scenario(given=[DRAFT], when=torn, then=refused(SlaDocumentUnreadable))


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (replace(SLA, contract="village-2025"), "contract"),
        (replace(SLA, time_zone="UTC"), "time_zone"),
        (replace(SLA, municipality=party("town")), "municipality"),
        (replace(SLA, provider=party("another")), "provider"),
    ],
)
def test_a_document_is_for_the_contract_as_drafted(other: object, what: str) -> None:
    sent = replace(PROPOSE, document=msgspec.Raw(msgspec.json.encode(other)))
    scenario(given=[DRAFT], when=sent, then=refused(SlaOfAnotherContract, what=what))


def test_a_document_takes_effect_inside_the_contracts_term() -> None:
    early = replace(PROPOSE, effective_from=date(2025, 3, 31))
    scenario(given=[DRAFT], when=early, then=refused(OutsideTheTerm, asked=date(2025, 3, 31)))


def test_the_first_signature_agrees_nothing_yet() -> None:
    signed = SlaSigned(occurred_at=jst(3, 11), number=1, side="provider")
    scenario(given=[DRAFT, PROPOSE], when=PROVIDER_SIGNS, then=[signed])


def test_with_the_second_signature_the_sla_is_agreed_and_its_levels_are_defined() -> None:
    signed = SlaSigned(occurred_at=jst(3, 12), number=1, side="municipality")
    agreed = SlaAgreed(occurred_at=jst(3, 12), number=1, effective_from=date(2025, 4, 1))
    scenario(given=[DRAFT, PROPOSE, PROVIDER_SIGNS], when=TOWN_SIGNS, then=[signed, agreed, *DEFINED])


def test_a_side_signs_once() -> None:
    given = [DRAFT, PROPOSE, PROVIDER_SIGNS]
    scenario(given=given, when=PROVIDER_SIGNS, then=refused(AlreadySigned, number=1, side="provider"))


def test_nobody_signs_before_the_document_was_proposed() -> None:
    early = replace(TOWN_SIGNS, occurred_at=jst(3, 9))
    scenario(given=[DRAFT, PROPOSE], when=early, then=refused(BeforeItsBeginning, at=jst(3, 9), begin=jst(3, 10)))


@pytest.mark.parametrize("given", [[DRAFT], [DRAFT, PROPOSE, PROPOSE], AGREED])
def test_only_the_document_on_the_table_can_be_signed(given: list[Command]) -> None:
    scenario(given=given, when=TOWN_SIGNS, then=refused(NoSlaOnTheTable, number=1))


def test_a_new_proposal_takes_the_signatures_off_the_table() -> None:
    second = replace(TOWN_SIGNS, number=2)
    signed = SlaSigned(occurred_at=jst(3, 12), number=2, side="municipality")
    scenario(given=[DRAFT, PROPOSE, PROVIDER_SIGNS, PROPOSE], when=second, then=[signed])


def test_a_later_document_defines_what_it_changes_and_retires_what_it_leaves_out() -> None:
    stricter = replace(REGISTER, name=words("register of all things"))
    kept = [stricter if level.key == "register" else level for level in LEVELS if level.key != "drill"]
    from_october = date(2025, 10, 1)
    given = [
        *AGREED,
        replace(PROPOSE, document=document(replace(SLA, levels=tuple(kept))), effective_from=from_october),
        provider(SignSla, number=2),
    ]
    then: Facts = [
        SlaSigned(occurred_at=NOW, number=2, side="municipality"),
        SlaAgreed(occurred_at=NOW, number=2, effective_from=from_october),
        LevelDefined(occurred_at=NOW, key="register", definition=stricter, effective_from=from_october, sla_number=2),
        LevelRetired(occurred_at=NOW, effective_from=from_october),
    ]
    scenario(given=given, when=municipality(SignSla, number=2), then=then)


def test_an_agreed_sla_changes_with_a_month() -> None:
    then = refused(NotAtAMonthStart, asked=date(2025, 12, 15), boundary=date(2026, 1, 1))
    scenario(given=AGREED, when=replace(PROPOSE, effective_from=date(2025, 12, 15)), then=then)


FROM_THE_16TH = replace(SLA, terms=Terms(month_first_day=16))
AGREED_FROM_THE_16TH = [DRAFT, replace(PROPOSE, document=document(FROM_THE_16TH)), PROVIDER_SIGNS, TOWN_SIGNS]


@pytest.mark.parametrize(
    ("asked", "boundary"),
    [(date(2025, 12, 15), date(2025, 12, 16)), (date(2025, 12, 17), date(2026, 1, 16))],
)
def test_an_agreed_sla_changes_with_a_month_of_the_contract(asked: date, boundary: date) -> None:
    later = replace(PROPOSE, document=document(FROM_THE_16TH))
    then = refused(NotAtAMonthStart, asked=asked, boundary=boundary)
    scenario(given=AGREED_FROM_THE_16TH, when=replace(later, effective_from=asked), then=then)
    journal = KeptJournal(later.contract)
    for command in AGREED_FROM_THE_16TH:
        journal.send(command)
    assert journal.send(replace(later, effective_from=boundary))


@pytest.mark.parametrize(
    ("given", "other", "asked", "agreed"), [(AGREED, FROM_THE_16TH, 16, 1), (AGREED_FROM_THE_16TH, SLA, 1, 16)]
)
def test_the_months_of_a_contract_begin_where_they_began(
    given: list[Command], other: Sla, asked: int, agreed: int
) -> None:
    when = replace(PROPOSE, document=document(other), effective_from=date(2025, 12, asked))
    scenario(given=given, when=when, then=refused(MonthStartStays, asked=asked, agreed=agreed))


def test_incidents_wait_for_an_agreed_sla() -> None:
    report = provider(ReportIncident, incident="I-1", level="A", systems=("payroll",), organisations=("town",))
    scenario(given=[DRAFT, PROPOSE, PROVIDER_SIGNS], when=report, then=refused(SlaNotAgreed, code=CODE))


# --- Closed days

CLOSED = municipality(FixClosedDays, fiscal_year=2025, closed=(date(2026, 1, 1), date(2025, 4, 29)))


def test_closed_days_are_fixed_in_order() -> None:
    days = (date(2025, 4, 29), date(2026, 1, 1))
    fixed = ClosedDaysFixed(occurred_at=NOW, fiscal_year=2025, closed=days, fixed_by="municipality")
    scenario(given=[DRAFT], when=CLOSED, then=[fixed])


def test_the_municipality_fixes_its_closed_days() -> None:
    by_provider = provider(FixClosedDays, fiscal_year=2025, closed=())
    scenario(given=[DRAFT], when=by_provider, then=refused(SideMayNot, allowed="municipality", side="provider"))


@pytest.mark.parametrize("day", [date(2025, 3, 31), date(2026, 4, 1)])
def test_closed_days_belong_to_the_fiscal_year_that_is_fixed(day: date) -> None:
    odd = replace(CLOSED, closed=(day,))
    scenario(given=[DRAFT], when=odd, then=refused(DayOutsideTheYear, day=day, fiscal_year=2025))


def test_fixing_a_year_again_needs_a_reason() -> None:
    scenario(given=[DRAFT, CLOSED], when=CLOSED, then=refused(ReasonNeeded))


def test_fixing_a_year_again_records_the_reason() -> None:
    again = replace(CLOSED, closed=(), reason="the town decided otherwise")
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="the town decided otherwise"),
        ClosedDaysFixed(occurred_at=NOW, fiscal_year=2025, closed=(), fixed_by="municipality", note=3),
    ]
    scenario(given=[DRAFT, CLOSED], when=again, then=then)
