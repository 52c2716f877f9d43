"""Commands in any order, from either side: each is recorded or refused by name, and what is recorded is replayed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from slm_domain.commands.envelope import By, Command
from slm_domain.contract_refusals import InTheFuture
from slm_domain.refusal import Refusal
from tests.domain.agreement import AGREED, CODE, jst
from tests.domain.scenario import KeptJournal, assert_it_can_be_said
from tests.domain.story import STORY

SENDERS = (
    By(person="m1", side="municipality", organisation="town"),
    By(person="v1", side="municipality", organisation="village"),
    By(person="p1", side="provider"),
)


def commands() -> st.SearchStrategy[Command]:
    """A command of the story; sometimes sent by somebody else, or not saying when it was so."""
    told = st.sampled_from(STORY)
    by_another = st.builds(lambda command, by: replace(command, by=by), told, st.sampled_from(SENDERS))
    undated = told.map(lambda command: replace(command, occurred_at=None))
    return st.one_of(told, by_another, undated)


@pytest.mark.parametrize("command", STORY, ids=lambda command: type(command).__name__)
def test_no_command_says_that_something_happened_later_than_the_records_clock(command: Command) -> None:
    journal = KeptJournal(CODE)
    for earlier in STORY[: STORY.index(command)]:
        journal.send(earlier)
    with pytest.raises(InTheFuture):
        journal.send(replace(command, occurred_at=jst(6, 21)))


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.lists(commands(), max_size=40))
def test_commands_in_any_order_are_recorded_or_refused_by_name(agreed: bool, sent: list[Command]) -> None:
    journal = KeptJournal(CODE)
    for command in [*AGREED, *sent] if agreed else sent:
        before = len(journal.entries)
        try:
            recorded = journal.send(command)  # compares the state decided on with the state replayed
        except Refusal as refusal:
            assert_it_can_be_said(refusal)
            recorded = []
        assert len(journal.entries) == before + len(recorded)
