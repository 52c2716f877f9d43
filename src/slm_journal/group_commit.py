"""Group commit: concurrent commands of a process share appends.

While appends are in flight the next batch gathers; there is no timer, and a command that comes alone is sent at once.
Where other processes append, too (`company`), one batch is in flight at a time: a second would wait at the head lock.
Which commands may share a batch is `isolation`'s to say. A command waits in memory until it is sent: only so many may,
and one that is no longer wanted is withdrawn. What was sent runs to its end, whoever has stopped listening.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from slm_journal.appending import Appending
from slm_journal.command import Append, Appended
from slm_journal.company import Company
from slm_journal.errors import Closing, OutcomeUnknown, PremiseGone, QueueFull, Unreachable
from slm_journal.isolation import Isolation, Turn
from slm_journal.journal import Journal

MOST_OF_A_BATCH = 128
ROOM = 10_000  # commands
IN_FLIGHT = 2  # batches: the database works on one while the next is prepared
FEWEST = 32  # of a batch while more are ready: the next flight waits for the head lock, which costs about as much

Answer = Appended | Exception


class Ticket(Turn):
    """A command that was taken up, and its answer once there is one."""

    __slots__ = ("answer", "built_on", "future", "sent", "watched")

    def __init__(self, command: Append, built_on: Sequence["Ticket"]) -> None:
        super().__init__(command)
        self.built_on = built_on
        self.sent = False
        self.answer: Answer | None = None
        self.future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.watched: asyncio.Event | None = None

    @property
    def is_recorded(self) -> bool:
        """Whether its events, as it carries them, are in the journal by this very append."""
        return isinstance(self.answer, Appended) and not self.answer.repeated

    async def settled(self) -> None:
        """Wait until it is answered, whatever the answer is; for others than the one who sent it."""
        if self.answer is None:
            self.watched = self.watched or asyncio.Event()
            await self.watched.wait()

    def tell(self, answer: Answer) -> None:
        """Give the answer to whoever waits for it."""
        self.answer = answer
        self.built_on = ()  # a chain of them would never be let go
        if not self.future.done():  # who waited may have been cancelled
            self.future.set_result(answer)
        if self.watched is not None:
            self.watched.set()


class GroupCommit:
    """Appends the commands of one process. Whoever opened it closes it, or waits for everything it took up."""

    def __init__(
        self, journal: Journal, *, most: int = MOST_OF_A_BATCH, room: int = ROOM, in_flight: int = IN_FLIGHT
    ) -> None:
        self._journal = journal
        self._most = most
        self._room = room
        self._in_flight = in_flight
        self._isolation: Isolation[Ticket] = Isolation()
        self._waiting = 0  # commands that were taken up and not answered
        self._flying = 0
        self._company = Company()
        self._flights: set[asyncio.Future[None]] = set()
        self._closing = False

    async def append(self, command: Append) -> Appended:
        """Record a command's events, all together or not at all; the same command again is answered as the first time.

        Cancelled before it was sent, nothing of it is recorded; cancelled later, it is recorded all the same.

        Raises:
            QueueFull, Closing: Not taken up; nothing was recorded.
            VersionMoved, KeyReused, AtRefused, AtMissing, WentBackwards: Refused; nothing was recorded.
            OutcomeUnknown: The connection was lost on the way, twice; send it again with the same key.
            Unreachable: No connection; nothing was sent.
        """
        return await self.answered(self.take_up(command))

    def take_up(self, command: Append, *, built_on: Sequence[Ticket] = ()) -> Ticket:
        """Put a command in line, behind those that came before, and give its ticket.

        `built_on` are earlier commands, not answered yet, whose events it was decided on: unless all of them are
        recorded it is refused (`PremiseGone`) without being sent. It has to touch an aggregate that they write, so that
        it waits for them.

        Raises:
            QueueFull, Closing: Not taken up; nothing was recorded.
        """
        self.check_room()
        ticket = Ticket(command, built_on)
        self._isolation.join(ticket)
        self._waiting += 1
        self._see_off()
        return ticket

    async def answered(self, ticket: Ticket) -> Appended:
        """The answer to a command that was taken up. Raises what `append` does, and `PremiseGone`."""
        try:
            answer = await ticket.future
        except asyncio.CancelledError:
            if not ticket.sent and ticket.answer is None:
                self._answer(ticket, PremiseGone())
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[Appending]:
        """Append on one's own, beside the line: `Appending.keep_others_waiting`. Raises `QueueFull`, `Closing`."""
        self.check_room()
        ended = asyncio.get_running_loop().create_future()
        self._flights.add(ended)
        try:
            async with self._journal.appending() as line:
                yield line
        finally:
            self._flights.discard(ended)
            ended.set_result(None)

    def check_room(self) -> None:
        """See whether a command would be taken up now. Raises `QueueFull`, `Closing`."""
        if self._closing:
            raise Closing
        if self._waiting >= self._room:
            raise QueueFull(f"{self._room} commands wait")

    async def close(self) -> None:
        """Take up no more, and return when everything taken up is answered."""
        self._closing = True
        while self._flights:
            await asyncio.wait(self._flights)

    def _see_off(self) -> None:
        """See that a flight takes those who are ready. It starts after all who come in this round of the loop."""
        if self._isolation and self._flying < self._at_once:
            self._flying += 1
            flight = asyncio.create_task(self._fly())
            self._flights.add(flight)
            flight.add_done_callback(self._flights.discard)

    async def _fly(self) -> None:
        """Send batch after batch for as long as somebody is ready."""
        async with self._journal.appending() as line:
            try:
                while self._flying <= self._at_once and (tickets := self._boarding()):
                    answers = await self._sent(line, tickets)
                    self._note(line, answers)
                    for ticket, answer in zip(tickets, answers, strict=True):
                        self._answer(ticket, answer)
                    if line.is_wanted:
                        await line.give_back()
                    await asyncio.sleep(0)  # those who were answered may have something more to send
            finally:
                self._flying -= 1

    @property
    def _at_once(self) -> int:
        """How many batches may be in flight: one where other processes append, too, and keep the database busy."""
        return self._in_flight if self._company.is_alone else 1

    def _note(self, line: Appending, answers: list[Answer]) -> None:
        if line.head is not None:
            fresh = (each for each in answers if isinstance(each, Appended) and not each.repeated)
            self._company.note(line.head, sum(each.last_position - each.first_position + 1 for each in fresh))

    def _boarding(self) -> list[Ticket]:
        """The next batch: an even share of all that is under way, so that no flight waits for another to land.

        Those whose premises are gone are told so, and make way for others.
        """
        boarded: list[Ticket] = []
        most = min(self._most, max(FEWEST, -(-self._waiting // self._at_once)))
        while len(boarded) < most and (ready := self._isolation.take(most - len(boarded))):
            for ticket in ready:
                if all(before.is_recorded for before in ticket.built_on):
                    ticket.sent = True
                    boarded.append(ticket)
                else:
                    self._answer(ticket, PremiseGone())
        return boarded

    async def _sent(self, line: Appending, tickets: list[Ticket]) -> list[Answer]:
        """Send a batch. What was lost on its way is sent once more: its keys see to it that nothing is doubled."""
        answers = await self._tried(line, tickets)
        lost = [number for number, answer in enumerate(answers) if isinstance(answer, OutcomeUnknown)]
        if lost:
            again = await self._tried(line, [tickets[number] for number in lost])
            for number, answer in zip(lost, again, strict=True):
                if not isinstance(answer, Unreachable):  # that this one was not sent says nothing of the first
                    answers[number] = answer
        return answers

    async def _tried(self, line: Appending, tickets: list[Ticket]) -> list[Answer]:
        """Send a batch; when the database refuses it as a whole, each command alone, so that one fails by itself."""
        try:
            return list(await line.record([ticket.command for ticket in tickets]))
        except Unreachable as away:
            return [Unreachable(away.detail) for _ in tickets]
        except Exception as failure:  # noqa: BLE001 - it is raised where the command's answer is waited for
            if len(tickets) == 1:
                return [failure]
        return [(await self._tried(line, [ticket]))[0] for ticket in tickets]

    def _answer(self, ticket: Ticket, answer: Answer) -> None:
        self._waiting -= 1
        self._isolation.leave(ticket)
        ticket.tell(answer)
        self._see_off()
