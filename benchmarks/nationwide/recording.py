"""A contract's journal in memory: commands are decided as in the product, and become what the product would append.

The same desk, the same `decide`, the same fold for the figures of a report (`projections.monthly_report`); only the
database is not asked. A test sends the same commands through the product and compares every byte.
"""

import hashlib
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import msgspec

from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import ReportState
from projections.projection import Placed
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.commands.intake import canonical
from slm_domain.desk import Desk, FiguresNeeded, NotOnTheDesk, Quoted
from slm_domain.earlier import MonthsBefore
from slm_domain.figures.periods import Month
from slm_domain.identity import journal_id
from slm_domain.metadata import Metadata
from slm_domain.month import month_figures
from slm_domain.month_figures import MonthFigures
from slm_domain.register import Register
from slm_domain.restating import accepted_figures, after_issue
from slm_domain.rules import RULES_VERSION
from slm_journal.command import Append, NewEvent

_metadata = msgspec.json.Encoder(order="sorted")


class Recording:
    """One contract's journal as it grows. `entries` are those so far."""

    def __init__(self, contract: str) -> None:
        self.contract = contract
        self.journal_id = journal_id(contract)
        self.entries = 0
        self._state: ReportState = MONTHLY_REPORT.begin(self.journal_id)
        self._events: dict[UUID, list[Recorded]] = {}
        self._live: dict[UUID, Aggregate] = {}

    @property
    def register(self) -> Register:
        """The facts so far."""
        return self._state.posting.register

    def handed_in(self, month: str) -> MonthFigures:
        """The figures of the month's report as it was handed in last."""
        return self._state.issues[month][-1].figures

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
        loaded: dict[UUID, Aggregate | None] = {}
        quoted: dict[str, Quoted] = {}
        while True:
            desk = Desk(journal=self.journal_id, contract_code=self.contract, now=at, loaded=loaded, quoted=quoted)
            try:
                command.decide(desk)
            except NotOnTheDesk as wanted:
                loaded = {one: self._untouched(one) for one in loaded}
                loaded[wanted.originator_id] = self._live.get(wanted.originator_id)
            except FiguresNeeded as wanted_figures:
                loaded = {one: self._untouched(one) for one in loaded}
                quoted[wanted_figures.month] = self._quote(wanted_figures.month, at)
            else:
                return desk, desk.decided()

    def _untouched(self, originator: UUID) -> Aggregate | None:
        """The aggregate without what an interrupted decision did to it: replayed where that did something."""
        aggregate = self._live.get(originator)
        if aggregate is not None and aggregate.pending_events:
            replayed: Aggregate | None = None
            for event in self._events[originator]:
                replayed = cast("Aggregate | None", event.mutate(replayed))
            if replayed is None:
                raise AssertionError("an aggregate has at least the event that began it")
            self._live[originator] = aggregate = replayed
        return aggregate

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
        if originator not in self._live:  # it was begun by this very command: from here on it lives here
            begun = cast("Aggregate | None", event.mutate(None))
            if begun is None:
                raise AssertionError("the event that begins an aggregate gives one")
            self._live[originator] = begun
        elif self._live[originator].version < event.originator_version:
            event.mutate(self._live[originator])
        if event.event.NAME in MONTHLY_REPORT.handles:
            MONTHLY_REPORT.fold(
                self._state,
                Placed(
                    journal_id=self.journal_id,
                    position=self.entries,
                    originator_id=originator,
                    originator_version=event.originator_version,
                    recorded_at=at.astimezone(UTC),
                    event=event.event,
                    metadata=about,
                ),
            )

    def _quote(self, month: str, until: datetime) -> Quoted:
        """The month's figures of all entries so far, judged at that instant: as `projections.answers.reports.quote`."""
        state, asked = self._state, Month.parse(month)
        register = state.posting.register
        issues = [issue for found in state.issues.values() for issue in found]
        restatements = [each for found in state.restatements.values() for each in found]
        first_day = max(register.days_of(asked).first, min(version.effective_from for version in register.slas))
        figures = month_figures(
            register,
            asked,
            incidents=list(register.incidents.values()),
            items=state.items_of(asked),
            until=until,
            after_issue=after_issue(month, issues, restatements, register.sla_on(first_day).terms),
            earlier=MonthsBefore(register, state.items_of, accepted_figures(issues), until).before(asked),
        )
        return Quoted(figures=figures, position=self.entries, until=until, rules_version=RULES_VERSION)
