"""Given, when, then: commands sent before, the command in question, and exactly what it records or why it is refused.

Every entry is kept as it is stored (name and bytes), every aggregate is replayed from there through `eventsourcing`,
and after each command the state decided on is compared with the state replayed: so every case also proves storage and
replay.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import pytest
from eventsourcing.utils import get_topic

from slm_domain import codec
from slm_domain.aggregate import Aggregate, Erased, Event, First, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import canonical, read_command
from slm_domain.desk import Desk, FiguresNeeded, NotOnTheDesk, Quoted
from slm_domain.identity import journal_id
from slm_domain.refusal import Refusal
from tests.domain.agreement import NOW, figures

Facts = list[Event[Any]]


class Entry(NamedTuple):
    """An entry as it is stored. An erased one has no payload."""

    originator: UUID
    version: int
    name: str
    payload: bytes | None
    recorded_at: datetime


class Refused(NamedTuple):
    """A refusal that is expected, with some or all of its facts."""

    kind: type[Refusal]
    facts: dict[str, object]


def refused(kind: type[Refusal], **facts: object) -> Refused:
    """The command is refused by this rule, with (at least) these facts."""
    return Refused(kind, facts)


class KeptJournal:
    """A contract's journal in memory."""

    def __init__(self, code: str) -> None:
        self.code = code  # of the contract
        self.id = journal_id(code)
        self.entries: list[Entry] = []

    def load(self, originator: UUID, kind: type[Aggregate]) -> Aggregate | None:
        """The aggregate as its entries have it, or None."""
        aggregate: Aggregate | None = None
        for entry in self.entries:
            if entry.originator == originator:
                aggregate = recorded(entry, kind).mutate(aggregate)
        return aggregate

    def send(self, command: Command) -> Facts:
        """Decide a command and keep what it records. Raises its `Refusal`, and then keeps nothing."""
        command = read_command(canonical(command))
        now = command.at or NOW
        wanted: dict[UUID, type[Aggregate]] = {}
        quoted: dict[str, Quoted] = {}
        while True:
            loaded = {originator: self.load(originator, kind) for originator, kind in wanted.items()}
            desk = Desk(journal=self.id, contract_code=self.code, now=now, loaded=loaded, quoted=quoted)
            try:
                command.decide(desk)
            except NotOnTheDesk as asked:
                wanted[asked.originator_id] = asked.kind
            except FiguresNeeded as asked:
                quoted[asked.month] = Quoted(
                    figures=figures(asked.month), position=len(self.entries), until=now, rules_version="1"
                )
            else:
                return self._keep(desk, now)

    def _keep(self, desk: Desk, now: datetime) -> Facts:
        decided = desk.decided()
        versions = dict(desk.read)
        for one in decided:
            assert one.originator_version == versions.get(one.originator_id, 0) + 1, "versions follow one another"
            versions[one.originator_id] = one.originator_version
            payload = codec.encode(one.event)
            assert codec.decode(one.event.NAME, payload) == one.event
            self.entries.append(Entry(one.originator_id, one.originator_version, one.event.NAME, payload, now))
        for aggregate in [*desk._loaded.values(), *desk._began]:
            if aggregate is not None:
                assert state(self.load(aggregate.id, type(aggregate))) == state(aggregate)
        return [one.event for one in decided]


def scenario(*, given: Sequence[Command], when: Command, then: Sequence[Event[Any]] | Refused) -> None:
    """`given` is recorded; then `when` records exactly `then`, or is refused and records nothing."""
    journal = KeptJournal(when.contract)
    for command in given:
        journal.send(command)
    before = list(journal.entries)
    if isinstance(then, Refused):
        with pytest.raises(Refusal) as raised:
            journal.send(when)
        refusal = raised.value
        assert type(refusal) is then.kind, repr(refusal)
        assert {name: refusal.facts[name] for name in then.facts} == then.facts
        assert_it_can_be_said(refusal)
        assert journal.entries == before
    else:
        assert journal.send(when) == list(then)


def assert_it_can_be_said(refusal: Refusal) -> None:
    """A refusal says in both languages what is wrong and how to mend it; its facts are complete and can be answered."""
    for language in ("ja", "en"):
        for sentence in (refusal.reason(language), refusal.mend(language)):
            assert sentence.isascii() == (language == "en"), sentence
    assert None not in refusal.facts.values()
    assert msgspec.json.decode(msgspec.json.encode(refusal.facts)).keys() == refusal.facts.keys()


def recorded(entry: Entry, kind: type[Aggregate]) -> Recorded:
    """The entry as `eventsourcing` replays it."""
    event: Event[Any] | Erased = codec.decode(entry.name, entry.payload)
    if entry.version == 1:
        return First(entry.originator, 1, entry.recorded_at, event, originator_topic=get_topic(kind))
    return Recorded(entry.originator, entry.version, entry.recorded_at, event)


def state(aggregate: Aggregate | None) -> dict[str, Any]:
    """What decisions ask of an aggregate."""
    assert aggregate is not None
    kept = {name: value for name, value in vars(aggregate).items() if not name.startswith("_")}
    return {**kept, "id": aggregate.id, "version": aggregate.version, "kind": type(aggregate)}
