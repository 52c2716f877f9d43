"""A contract's journal in memory: commands are decided as in the product, and become what the product would append.

The same desk, the same `decide`, the same fold for the figures of a report (`projections.monthly_report`); only the
database is not asked. A test sends the same commands through the product and compares every byte.
"""

import hashlib
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import msgspec

from benchmarks.nationwide.reports import Reports
from projections.projection import Placed
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import canonical
from slm_domain.desk import Desk, FiguresNeeded, Quoted
from slm_domain.identity import journal_id
from slm_domain.metadata import Metadata
from slm_domain.month_figures import MonthFigures
from slm_domain.rules import RULES_VERSION
from slm_journal.command import Append, NewEvent

_metadata = msgspec.json.Encoder(order="sorted")


class _Live(dict[UUID, Aggregate | None]):
    """All aggregates of the journal. Nothing is missing on the desk: what has not begun is there, as None."""

    def __contains__(self, originator: object) -> bool:
        return True

    def __missing__(self, originator: UUID) -> None:
        return None


class Recording:
    """One contract's journal as it grows. `entries` are those so far."""

    def __init__(self, contract: str) -> None:
        self.contract = contract
        self.journal_id = journal_id(contract)
        self.entries = 0
        self._reports = Reports(self.journal_id)
        self._events: dict[UUID, list[Recorded]] = {}
        self._live = _Live()

    def handed_in(self, month: str) -> MonthFigures:
        """The figures of the month's report as it was handed in last."""
        return self._reports.handed_in(month)

    def send(self, command: Command) -> Append:
        """Decide a command at its `at`. Raises the `Refusal` of the rule that it breaks: a mistake of the generator."""
        if command.at is None or command.key is None:
            raise ValueError("a generated command says when it is recorded, and has a key")
        desk, events = self._decided(command, command.at)
        return Append(
            journal_id=self.journal_id,
            key=command.key,
            digest=hashlib.sha256(canonical(command)).digest(),
            at=command.at,
            read=tuple(desk.read.items()),
            events=self._recorded(command, command.at, events),
        )

    def _decided(self, command: Command, at: datetime) -> tuple[Desk, list[Recorded]]:
        quoted: dict[str, Quoted] = {}
        while True:
            desk = Desk(journal=self.journal_id, contract_code=self.contract, now=at, loaded=self._live, quoted=quoted)
            try:
                command.decide(desk)
            except FiguresNeeded as wanted:
                for originator in desk.read:
                    self._mend(originator)
                quoted[wanted.month] = self._reports.quote(wanted.month, at)
            else:
                return desk, desk.decided()

    def _mend(self, originator: UUID) -> None:
        """Rid an aggregate of what an interrupted decision did to it: replay it where that did something."""
        aggregate = self._live[originator]
        if aggregate is not None and aggregate.pending_events:
            replayed: Aggregate | None = None
            for event in self._events[originator]:
                replayed = cast("Aggregate | None", event.mutate(replayed))
            if replayed is None:
                raise AssertionError("an aggregate has at least the event that began it")
            self._live[originator] = replayed

    def _recorded(self, command: Command, at: datetime, events: list[Recorded]) -> tuple[NewEvent, ...]:
        about = Metadata(
            person=command.by.person,
            side=command.by.side,
            organisation=command.by.organisation,
            command=type(command).__name__,
            correlation=command.joins,
            rules_version=RULES_VERSION,
            simulated=True,
        )
        surroundings = _metadata.encode(about)
        written = []
        for event in events:
            self.entries += 1
            self._keep(event, at, about)
            written.append(
                NewEvent(
                    originator_id=event.originator_id,
                    originator_version=event.originator_version,
                    name=event.event.NAME,
                    payload=codec.encode(event.event),
                    metadata=surroundings,
                )
            )
        return tuple(written)

    def _keep(self, event: Recorded, at: datetime, about: Metadata) -> None:
        originator = event.originator_id
        self._events.setdefault(originator, []).append(event)
        live = self._live[originator]
        if live is None:  # it was begun by this very command: from here on it lives here
            begun = cast("Aggregate | None", event.mutate(None))
            if begun is None:
                raise AssertionError("the event that begins an aggregate gives one")
            self._live[originator] = begun
        elif live.version < event.originator_version:
            event.mutate(live)
        self._reports.take(
            Placed(
                journal_id=self.journal_id,
                position=self.entries,
                originator_id=originator,
                originator_version=event.originator_version,
                name=event.event.NAME,
                recorded_at=at.astimezone(UTC),
                event=event.event,
                metadata=about,
            )
        )
