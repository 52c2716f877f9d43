"""Rules of correcting what one's own side said of the response to an incident (C18, C23)."""

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.clock_events import MomentCorrected
from slm_domain.commands.corrections import CorrectMoment
from slm_domain.commands.envelope import Command
from slm_domain.commands.incident import ReportIncident
from slm_domain.commands.response import (
    Arrive,
    Contact,
    Notify,
    ReportTriage,
    RestoreEquipment,
    TellEquipmentStop,
    Triage,
)
from slm_domain.contract_refusals import BeforeItsBeginning
from slm_domain.facts import IncidentFacts
from slm_domain.posting import Posting
from slm_domain.response_refusals import NoMomentOfYours
from tests.domain.agreement import AGREED, NOW, jst, municipality, provider
from tests.domain.scenario import Facts, KeptJournal, recorded, refused, scenario


def june_2(hour: int, minute: int = 0) -> datetime:
    return jst(6, 2, hour, minute)


REPORTED: list[Command] = [
    *AGREED,
    municipality(
        ReportIncident, incident="I-1", level="C", systems=("server",), organisations=("town",), occurred_at=june_2(9)
    ),
]
RESPONSE: list[Command] = [
    *REPORTED,
    provider(Notify, incident="I-1", means="telephone", occurred_at=june_2(9, 40)),
    provider(Triage, incident="I-1", occurred_at=june_2(9, 50)),
    provider(ReportTriage, incident="I-1", occurred_at=june_2(10)),
    municipality(Contact, incident="I-1", call="c-1", site="town-hall", occurred_at=june_2(10)),
    provider(Arrive, incident="I-1", call="c-1", occurred_at=june_2(11)),
    municipality(TellEquipmentStop, incident="I-1", equipment="server", occurred_at=june_2(10)),
    provider(RestoreEquipment, incident="I-1", equipment="server", occurred_at=june_2(15)),
]


def correct(corrects: str, to: datetime, **whose: str) -> CorrectMoment:
    return provider(CorrectMoment, incident="I-1", corrects=corrects, corrected_to=to, reason="misread", **whose)


def facts_after(*commands: Command) -> IncidentFacts:
    """The incident's facts as its entries have them."""
    journal, posting = KeptJournal(REPORTED[0].contract), Posting()
    for command in commands:
        journal.send(command)
    for position, entry in enumerate(journal.entries, start=1):
        posting.post(entry.originator, position, recorded(entry, object).event)  # type: ignore[arg-type]  # only its event is asked for
    return posting.register.incidents["I-1"]


def test_a_side_corrects_what_it_stated_with_a_reason() -> None:
    then: Facts = [
        NoteWritten(occurred_at=NOW, text="misread"),
        MomentCorrected(
            occurred_at=NOW, corrects="arrived", corrected_to=june_2(10, 45), stated_by="provider", note=9, call="c-1"
        ),
    ]
    scenario(given=RESPONSE, when=correct("arrived", june_2(10, 45), call="c-1"), then=then)


@pytest.mark.parametrize(
    "when",
    [
        correct("contacted", june_2(9, 55), call="c-1"),  # the municipality stated it
        replace(correct("notified", june_2(9, 30)), by=RESPONSE[-2].by),  # the provider did
        correct("report_handed_in", june_2(12)),  # nobody did
        correct("arrived", june_2(10, 45), call="c-2"),
        correct("arrived", june_2(10, 45)),
    ],
)
def test_nobody_corrects_what_the_side_did_not_state(when: CorrectMoment) -> None:
    then = refused(NoMomentOfYours, moment=when.corrects, side=when.by.side)
    scenario(given=RESPONSE, when=when, then=then)


@pytest.mark.parametrize(
    ("corrects", "to", "whose", "begin"),
    [
        ("notified", june_2(8), {}, june_2(9)),
        ("triage_reported", june_2(9, 49), {}, june_2(9, 50)),
        ("triaged", june_2(10, 1), {}, june_2(10, 1)),  # the report of the triage would come before it
        ("arrived", june_2(9, 59), {"call": "c-1"}, june_2(10)),
        ("equipment_restored", june_2(9, 59), {"equipment": "server"}, june_2(10)),
    ],
)
def test_a_corrected_moment_keeps_its_place_in_the_order(
    corrects: str, to: datetime, whose: dict[str, str], begin: datetime
) -> None:
    scenario(given=RESPONSE, when=correct(corrects, to, **whose), then=refused(BeforeItsBeginning, begin=begin))


def test_figures_use_the_corrected_moment_and_name_both_entries() -> None:
    before, after = facts_after(*RESPONSE), facts_after(*RESPONSE, correct("notified", june_2(9, 30)))
    told, corrected = before.moment("notified"), after.moment("notified")
    assert told is not None
    assert corrected is not None
    assert (told.at, corrected.at) == (june_2(9, 40), june_2(9, 30))
    assert corrected.positions == (told.position, after.positions[-1])


def test_of_two_notices_the_first_is_corrected() -> None:
    again = provider(Notify, incident="I-1", means="mail", occurred_at=june_2(12))
    after = facts_after(*RESPONSE, again, correct("notified", june_2(13)))
    assert sorted(each.at for each in after.moments if each.kind == "notified") == [june_2(12), june_2(13)]


def test_moments_of_a_call_and_of_equipment_are_corrected() -> None:
    arrived = correct("arrived", june_2(10, 45), call="c-1")
    restored = correct("equipment_restored", june_2(14), equipment="server")
    after = facts_after(*RESPONSE, arrived, restored)
    assert [each.arrived_at for each in after.calls] == [june_2(10, 45)]
    assert [each.restored_at for each in after.equipment] == [june_2(14)]


def test_equipment_that_stopped_again_has_no_restoration_to_correct() -> None:
    again: Any = municipality(TellEquipmentStop, incident="I-1", equipment="server", occurred_at=june_2(16))
    when = correct("equipment_restored", june_2(17), equipment="server")
    scenario(given=[*RESPONSE, again], when=when, then=refused(NoMomentOfYours, moment="equipment_restored"))
