"""From a command to its append: decided from what is kept, and handed over in the same step.

Nothing is read before the append when all that the decision needs is kept: that others have moved it is for the append
to notice (`VersionMoved`). Then the command is decided again on the latest, while nobody else may append: a process
that writes an aggregate all the time is always a step ahead of one that only tries again. A refusal records nothing, so
nothing would notice; before it is believed, the record is asked whether it was decided on the latest.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from slm_api.decision import Decider, Decision, RefusedAtDesk, Request
from slm_api.documents import Finding
from slm_api.precedence import Precedence
from slm_api.shelf import AtHand, Shelf
from slm_domain.desk import FiguresNeeded, NotOnTheDesk, Quoted
from slm_journal.appending import Appending
from slm_journal.command import Appended, Known
from slm_journal.errors import KeyReused, PremiseGone, VersionMoved
from slm_journal.group_commit import GroupCommit, Ticket
from slm_journal.journal import Journal

ATTEMPTS = 5


class Quote(Protocol):
    """Gives a month's figures from the entries up to a position, judged until an instant."""

    def __call__(self, contract: str, month: str, *, position: int, until: datetime) -> Awaitable[Quoted]: ...


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request, and the names of its events where they were recorded just now.

    `warnings` are about what it revises, as the SLA stood when it was decided.
    """

    appended: Appended
    names: tuple[str, ...] | None
    warnings: tuple[Finding, ...] = ()


class _HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A decision whose append was taken up."""

    decision: Decision
    quoted: dict[str, Quoted]
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
        self._decider = Decider(shelf, simulated=simulated, rules_version=rules_version)
        self._precedence = Precedence()

    async def recorded(self, request: Request, now: Callable[[], Awaitable[datetime]]) -> Outcome:
        """Decide the command, by the time that `now` gives, and record what follows.

        Raises:
            Refusal: A rule of the record, as it stands, does not allow it.
            DocumentRefused: What it revises breaks a rule of the SLA document, as that stands.
            CommandRefused, NotTaken, OutcomeUnknown, Unreachable: As from `GroupCommit.append`.
        """
        attempt = 1
        moved: _HandedOver | None = None  # the last attempt, whose append found that others had been before it
        while True:
            try:
                moment = await now()
                if moved is not None and (outcome := await self._while_others_wait(request, moment, moved)) is not None:
                    return outcome
                with self._shelf.at_hand(request.journal_id) as hand:
                    handed_over = await self._handed_over(request, moment, hand)
            except RefusedAtDesk as refused:
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
                moved = None
                continue  # of a decision of ours, which learns itself why
            except VersionMoved:
                if attempt == ATTEMPTS:
                    raise
                attempt += 1
                moved = handed_over
                continue
            return _outcome(handed_over.decision, appended)

    async def _handed_over(self, request: Request, now: datetime, hand: AtHand) -> _HandedOver:
        """Decide, and give the append to the group commit before anybody else can decide.

        Raises `RefusedAtDesk`, `NotTaken`.
        """
        quoted: dict[str, Quoted] = {}
        while True:
            await self._precedence.respect(request.journal_id)
            try:
                decision = self._decider.decide(request, now, hand, quoted)
            except NotOnTheDesk as wanted:
                await hand.bring(wanted.originator_id, wanted.kind)
            except FiguresNeeded as wanted_figures:
                month = wanted_figures.month
                head = await self._journal.head(request.journal_id)
                position = 0 if head is None else head.size
                quoted[month] = await self._quote(request.command.contract, month, position=position, until=now)
            else:
                ticket = self._taken_up(decision)
                return _HandedOver(decision=decision, quoted=quoted, ticket=ticket)

    def _taken_up(self, decision: Decision) -> Ticket:
        try:
            ticket = self._group.take_up(decision.append, built_on=decision.built_on)
        except BaseException:
            self._throw_away(decision)
            raise
        for aggregate in decision.changed:
            self._shelf.changed(decision.desk.journal, aggregate, ticket)
        return ticket

    async def _answered(self, handed_over: _HandedOver) -> Appended:
        try:
            return await self._group.answered(handed_over.ticket)
        finally:
            if not handed_over.ticket.is_recorded:  # refused, recorded before, not known, or nobody waits any more
                self._throw_away(handed_over.decision)

    async def _while_others_wait(self, request: Request, now: datetime, moved: _HandedOver) -> Outcome | None:
        """Decide again on the latest and record what follows, while nobody else may append.

        None when it needs more than the last attempt did: that must not be read while all others wait. Raises what
        `recorded` does, and `RefusedAtDesk`.
        """
        journal_id, desk = request.journal_id, moved.decision.desk
        async with self._precedence.take(journal_id):
            for ticket in self._shelf.awaited(journal_id, desk.read).values():
                await ticket.settled()
            with self._shelf.at_hand(journal_id) as hand:
                for originator_id, kind in desk.kinds.items():
                    if originator_id not in hand:
                        await hand.bring(originator_id, kind)
                kept = {one: hand[one] for one in desk.kinds if one in hand}
                versions = {one: 0 if aggregate is None else aggregate.version for one, aggregate in kept.items()}
                async with self._group.alone() as line:
                    self._shelf.catch_up(journal_id, await line.keep_others_waiting(journal_id, versions))
                    try:
                        decision = self._decider.decide(request, now, hand, moved.quoted)
                    except (NotOnTheDesk, FiguresNeeded):
                        return None
                    return _outcome(decision, await self._recorded_alone(line, decision))

    async def _recorded_alone(self, line: Appending, decision: Decision) -> Appended:
        """Record the decision over this line. Its aggregates are kept only if that is what recorded their events."""
        ticket = Ticket(decision.append, ())
        try:
            (answer,) = await line.record([decision.append])
            ticket.tell(answer)
        finally:
            if ticket.is_recorded:
                for aggregate in decision.changed:
                    self._shelf.changed(decision.desk.journal, aggregate, ticket)
            else:
                self._throw_away(decision)
        if isinstance(answer, Appended):
            return answer
        raise answer

    async def _known(self, request: Request, awaited: dict[UUID, Ticket]) -> Appended | None:
        """What the command recorded before, with this key. Raises `KeyReused`."""
        for ticket in awaited.values():
            await ticket.settled()  # it may be the same command
        known: Known | None = await self._journal.outcome(request.journal_id, request.key)
        if known is not None and known.digest != request.digest:
            raise KeyReused(request.journal_id, request.key)
        return None if known is None else known.appended

    async def _is_of_the_record(self, refused: RefusedAtDesk) -> bool:
        """Whether the refusal was decided on what the record holds, and not on what is stale or came to nothing."""
        if not all(ticket.is_recorded for ticket in refused.awaited.values()):
            return False
        rest = {one: version for one, version in refused.read.items() if one not in refused.awaited}
        newer = await self._journal.newer(refused.journal_id, rest) if rest else []
        self._shelf.catch_up(refused.journal_id, newer)
        return not newer

    def _throw_away(self, decision: Decision) -> None:
        self._decider.throw_away(decision.desk.journal, decision.changed)


def _outcome(decision: Decision, appended: Appended) -> Outcome:
    """What was recorded just now, or had been by this very command."""
    return Outcome(appended=appended, names=None if appended.repeated else decision.names, warnings=decision.warnings)
