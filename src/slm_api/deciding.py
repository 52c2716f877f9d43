"""From a command to its append: decided from what is kept, and handed over in the same step.

Nothing is read before the append when all that the decision needs is kept: that others have moved it is for the append
to notice (`VersionMoved`), and then what they recorded is read and the command decided again. A refusal records
nothing, so nothing would notice; before it is believed, the record is asked whether it was decided on the latest.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from slm_api.documents import DocumentRefused, Finding
from slm_api.revising import worth_a_look
from slm_api.shelf import AtHand, Shelf
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands.envelope import Command
from slm_domain.desk import Desk, FiguresNeeded, NotOnTheDesk, Quoted
from slm_domain.metadata import Metadata
from slm_domain.refusal import Refusal
from slm_journal.command import Append, Appended, Known, NewEvent
from slm_journal.errors import KeyReused, PremiseGone, VersionMoved
from slm_journal.group_commit import GroupCommit, Ticket
from slm_journal.journal import Journal

ATTEMPTS = 5

_metadata = msgspec.json.Encoder(order="sorted")


class Quote(Protocol):
    """Gives a month's figures from the entries up to a position, judged until an instant."""

    def __call__(self, contract: str, month: str, *, position: int, until: datetime) -> Awaitable[Quoted]: ...


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A command with all that identifies it. `digest` is the SHA-256 of its canonical form."""

    command: Command
    journal_id: UUID
    key: str
    digest: bytes


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request, and the names of its events where they were recorded just now.

    `warnings` are about what it revises, as the SLA stood when it was decided.
    """

    appended: Appended
    names: tuple[str, ...] | None
    warnings: tuple[Finding, ...] = ()


class _HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A decision whose append was taken up: what it read, what it changed, and what it records."""

    desk: Desk
    changed: list[Aggregate]
    names: tuple[str, ...]
    warnings: tuple[Finding, ...]
    ticket: Ticket


class Deciding:
    """Decides commands one by one, each in one step of the event loop, and sees each through to its answer."""

    def __init__(
        self, journal: Journal, group: GroupCommit, shelf: Shelf, quote: Quote, *, simulated: bool, rules_version: str
    ) -> None:
        self._journal = journal
        self._group = group
        self._shelf = shelf
        self._quote = quote
        self._simulated = simulated
        self._rules_version = rules_version

    async def recorded(self, request: Request, now: Callable[[], Awaitable[datetime]]) -> Outcome:
        """Decide the command, by the time that `now` gives, and record what follows.

        Raises:
            Refusal: A rule of the record, as it stands, does not allow it.
            DocumentRefused: What it revises breaks a rule of the SLA document, as that stands.
            CommandRefused, NotTaken, OutcomeUnknown, Unreachable: As from `GroupCommit.append`.
        """
        attempt = 1
        while True:
            try:
                moment = await now()
                with self._shelf.at_hand(request.journal_id) as hand:
                    handed_over = await self._handed_over(request, moment, hand)
            except _RefusedAtDesk as refused:
                known = await self._known(request, refused.awaited)
                if known is not None:
                    return Outcome(appended=known, names=None)
                if await self._is_of_the_record(refused) or attempt == ATTEMPTS:
                    raise refused.refusal from None
                attempt += 1
                continue
            try:
                appended = await self._answered(handed_over)
            except PremiseGone:
                continue  # of a decision of ours, which learns itself why
            except VersionMoved:
                if attempt == ATTEMPTS:
                    raise
                attempt += 1
                await self._catch_up(request.journal_id, handed_over.desk.read)
                continue
            names = None if appended.repeated else handed_over.names
            return Outcome(appended=appended, names=names, warnings=handed_over.warnings)

    async def _handed_over(self, request: Request, now: datetime, hand: AtHand) -> _HandedOver:
        """Decide, and give the append to the group commit before anybody else can decide.

        Raises `_RefusedAtDesk`, `NotTaken`.
        """
        quoted: dict[str, Quoted] = {}
        while True:
            desk = Desk(
                journal=request.journal_id,
                contract_code=request.command.contract,
                now=now,
                loaded=hand,
                quoted=quoted,
            )
            try:
                warnings = worth_a_look(request.command, desk)
                request.command.decide(desk)
            except NotOnTheDesk as wanted:
                self._take_back(desk)
                await hand.bring(wanted.originator_id, wanted.kind)
            except FiguresNeeded as wanted_figures:
                self._take_back(desk)
                month = wanted_figures.month
                head = await self._journal.head(request.journal_id)
                position = 0 if head is None else head.size
                quoted[month] = await self._quote(request.command.contract, month, position=position, until=now)
            except (Refusal, DocumentRefused) as refusal:
                self._take_back(desk)
                awaited = self._shelf.awaited(request.journal_id, desk.read)
                raise _RefusedAtDesk(refusal, request.journal_id, dict(desk.read), awaited) from None
            except BaseException:
                self._take_back(desk)
                raise
            else:
                return self._hand_over(request, desk, warnings)

    def _hand_over(self, request: Request, desk: Desk, warnings: tuple[Finding, ...]) -> _HandedOver:
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
            ticket = self._group.take_up(append, built_on=tuple(awaited.values()))
        except BaseException:
            self._throw_away(request.journal_id, changed)
            raise
        for aggregate in changed:
            self._shelf.changed(request.journal_id, aggregate, ticket)
        names = tuple(event.event.NAME for event in events)
        return _HandedOver(desk=desk, changed=changed, names=names, warnings=warnings, ticket=ticket)

    async def _answered(self, handed_over: _HandedOver) -> Appended:
        try:
            return await self._group.answered(handed_over.ticket)
        finally:
            if not handed_over.ticket.is_recorded:  # refused, recorded before, not known, or nobody waits any more
                self._throw_away(handed_over.desk.journal, handed_over.changed)

    async def _known(self, request: Request, awaited: dict[UUID, Ticket]) -> Appended | None:
        """What the command recorded before, with this key. Raises `KeyReused`."""
        for ticket in awaited.values():
            await ticket.settled()  # it may be the same command
        known: Known | None = await self._journal.outcome(request.journal_id, request.key)
        if known is not None and known.digest != request.digest:
            raise KeyReused(request.journal_id, request.key)
        return None if known is None else known.appended

    async def _is_of_the_record(self, refused: "_RefusedAtDesk") -> bool:
        """Whether the refusal was decided on what the record holds, and not on what is stale or came to nothing."""
        if not all(ticket.is_recorded for ticket in refused.awaited.values()):
            return False
        rest = {one: version for one, version in refused.read.items() if one not in refused.awaited}
        return not await self._catch_up(refused.journal_id, rest)

    async def _catch_up(self, journal_id: UUID, versions: dict[UUID, int]) -> bool:
        """Read what came after these versions; whether something did."""
        newer = await self._journal.newer(journal_id, versions) if versions else []
        self._shelf.catch_up(journal_id, newer)
        return bool(newer)

    def _take_back(self, desk: Desk) -> None:
        """Leave the kept aggregates as they were before a decision that came to nothing."""
        changed = desk.changed()
        self._throw_away(desk.journal, [aggregate for aggregate in changed if not aggregate.take_back()])

    def _throw_away(self, journal_id: UUID, aggregates: list[Aggregate]) -> None:
        for aggregate in aggregates:
            self._shelf.throw_away(journal_id, aggregate)

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


class _RefusedAtDesk(Exception):
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
