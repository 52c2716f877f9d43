"""One decision: made in one step of the event loop, on the aggregates at hand, and written as an append."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from slm_api.documents import DocumentRefused, Finding
from slm_api.revising import worth_a_look
from slm_api.shelf import AtHand, Shelf
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.desk import Desk, Quoted
from slm_domain.metadata import Metadata
from slm_domain.refusal import Refusal
from slm_journal.command import Append, NewEvent
from slm_journal.group_commit import Ticket

_metadata = msgspec.json.Encoder(order="sorted")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A command with all that identifies it. `digest` is the SHA-256 of its canonical form."""

    command: Command
    journal_id: UUID
    key: str
    digest: bytes


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided: the desk as it was left, what changed on it, and what is to be recorded.

    `built_on` are appends of this process that are to record what it was decided on.
    """

    desk: Desk
    changed: list[Aggregate]
    append: Append
    names: tuple[str, ...]
    warnings: tuple[Finding, ...]
    built_on: tuple[Ticket, ...]


class RefusedAtDesk(Exception):
    """A refusal, and what it was decided on."""

    def __init__(
        self,
        refusal: Refusal | DocumentRefused,
        journal_id: UUID,
        read: dict[UUID, int],
        awaited: dict[UUID, Ticket],
    ) -> None:
        self.refusal = refusal
        self.journal_id = journal_id
        self.read = read
        self.awaited = awaited
        super().__init__(str(refusal))


class Decider:
    """Makes decisions on the aggregates of a shelf. Their new events are in the state from then on."""

    def __init__(self, shelf: Shelf, *, simulated: bool, rules_version: str) -> None:
        self._shelf = shelf
        self._simulated = simulated
        self._rules_version = rules_version

    def decide(self, request: Request, now: datetime, hand: AtHand, quoted: Mapping[str, Quoted]) -> Decision:
        """Decide the command. What comes to nothing leaves the kept aggregates as they were, or throws them away.

        Raises:
            RefusedAtDesk: A rule does not allow it, as the aggregates at hand are.
            NotOnTheDesk, FiguresNeeded: It needs more than is at hand.
        """
        desk = Desk(
            journal=request.journal_id, contract_code=request.command.contract, now=now, loaded=hand, quoted=quoted
        )
        try:
            warnings = worth_a_look(request.command, desk)
            request.command.decide(desk)
        except (Refusal, DocumentRefused) as refusal:
            self._take_back(desk)
            awaited = self._shelf.awaited(request.journal_id, desk.read)
            raise RefusedAtDesk(refusal, request.journal_id, dict(desk.read), awaited) from None
        except BaseException:
            self._take_back(desk)
            raise
        return self._decision(request, desk, warnings)

    def throw_away(self, journal_id: UUID, aggregates: Iterable[Aggregate]) -> None:
        """Forget aggregates whose newest events are not recorded."""
        for aggregate in aggregates:
            self._shelf.throw_away(journal_id, aggregate)

    def _decision(self, request: Request, desk: Desk, warnings: tuple[Finding, ...]) -> Decision:
        awaited = self._shelf.awaited(request.journal_id, desk.read)
        changed = desk.changed()
        written = {aggregate.id for aggregate in changed}  # their new versions say what was read of them
        events = desk.decided()
        try:
            append = Append(
                journal_id=request.journal_id,
                key=request.key,
                digest=request.digest,
                at=request.command.at,
                read=tuple(one for one in desk.read.items() if one[0] not in written),
                events=self._written(request.command, events),
            )
        except BaseException:
            self.throw_away(request.journal_id, changed)
            raise
        return Decision(
            desk=desk,
            changed=changed,
            append=append,
            names=tuple(event.event.NAME for event in events),
            warnings=warnings,
            built_on=tuple(awaited.values()),
        )

    def _take_back(self, desk: Desk) -> None:
        """Leave the kept aggregates as they were before a decision that came to nothing."""
        self.throw_away(desk.journal, [aggregate for aggregate in desk.changed() if not aggregate.take_back()])

    def _written(self, command: Command, events: list[Recorded]) -> tuple[NewEvent, ...]:
        surroundings = _metadata.encode(
            Metadata(
                person=command.by.person,
                side=command.by.side,
                organisation=command.by.organisation,
                command=type(command).__name__,
                correlation=command.joins,
                rules_version=self._rules_version,
                simulated=self._simulated,
            )
        )
        return tuple(
            NewEvent(
                originator_id=event.originator_id,
                originator_version=event.originator_version,
                name=event.event.NAME,
                payload=codec.encode(event.event),
                metadata=surroundings,
            )
            for event in events
        )
