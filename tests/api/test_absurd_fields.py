"""Whatever stands in whichever field of whichever command is taken or refused in a sentence.

Each command of a story that uses all of them is tried, where the story has come to it, with each of its fields bent.
What is taken all the same is folded by every read model, and figures are computed of it: nothing that is recorded may
stop them.
"""

import asyncio

import msgspec
import pytest

from projections.answers.record import FIGURES, record_of
from projections.answers.standpoint import Standpoint, View
from projections.catalogue import PROJECTIONS
from projections.engine.feed import Page, Taken
from projections.engine.folding import Folding
from projections.engine.tables import table_of
from projections.projection import Placed, Row
from slm_api.explanations import explained
from slm_api.problems import problem
from slm_api.receiving import received
from slm_domain import codec
from slm_domain.commands.intake import COMMANDS
from slm_domain.metadata import Metadata
from tests.api.absurd import NOWHERE, SOMEWHERE, bent, told
from tests.domain.agreement import CODE, NOW
from tests.domain.scenario import KeptJournal

_BY = Metadata(person="p", side="provider", command="c")
TOLD = told()
FIRST = {kind.__name__: number for number, (kind, _) in reversed(list(enumerate(TOLD)))}


def taken(journal: KeptJournal, text: bytes) -> bool:
    """Whether the command was recorded; if not, it was refused in a sentence of both languages."""
    try:
        journal.send(received(text).command)
    except Exception as error:
        explanation = explained(error)
        if explanation is None:
            raise
        assert explanation.status in (400, 409, 422)
        for language in ("ja", "en"):
            said = problem(explanation, language)
            assert said.detail
            assert said.mend
            assert all(one.reason and one.mend for one in said.errors)
            assert msgspec.json.encode(said, enc_hook=str)
        return False
    return True


def assert_it_stops_nothing(journal: KeptJournal) -> None:
    folding = Folding(PROJECTIONS, journal.id)
    entries: list[Taken] = [
        Placed(
            journal_id=journal.id, position=position, originator_id=entry.originator,
            originator_version=entry.version, name=entry.name, recorded_at=entry.recorded_at,
            event=codec.decode(entry.name, entry.payload), metadata=_BY,
        )
        for position, entry in enumerate(journal.entries, start=1)
    ]  # fmt: skip
    folding.take(Page(journal_id=journal.id, first=1, last=len(entries), entries=entries))
    folded: dict[str, list[Row]] = {}
    for model in PROJECTIONS:
        for sheet in folding.touched[model.name]:
            rows = list(model.rows(folding.state(model), sheet))
            for row in rows:
                assert "\0" not in str(table_of(type(row)).record(journal.id, sheet, row))
            if model in FIGURES:
                folded.setdefault(sheet, []).extend(rows)
    standpoint = Standpoint(
        contract=CODE, journal_id=journal.id, position=len(journal.entries), until=NOW, time_zone="Asia/Tokyo",
        simulated=True,
    )  # fmt: skip
    record = asyncio.run(record_of(View(standpoint, snapshot=None, folded=folded)))
    for month in record.register.months(NOW):
        record.month(month)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_with_a_field_bent_is_refused_in_a_sentence_or_stops_nothing(name: str) -> None:
    journal = KeptJournal(CODE)
    for _, sent in TOLD[: FIRST[name]]:
        journal.send(received(msgspec.json.encode(sent)).command)
    before = list(journal.entries)
    kind, sent = TOLD[FIRST[name]]
    for what, text in bent(kind, sent, NOWHERE | SOMEWHERE):
        try:
            if taken(journal, text):
                assert what.rpartition(": ")[2] in SOMEWHERE
                assert_it_stops_nothing(journal)
            else:
                assert journal.entries == before
        except Exception as error:
            error.add_note(what)
            raise
        journal.entries[:] = before
    assert taken(journal, msgspec.json.encode(sent))
