"""Who waits for whom: commands that could disturb one another never share a batch, and keep their order.

Two commands conflict on a *place* that both touch: an aggregate that one of them writes, a key, and, on a simulated
database, the time of a journal. At each place they stand in line in the order they came; those that only read an
aggregate, or are recorded at one time, stand side by side. A command takes its places in all lines at once and is ready
when it is at the head of each, so nobody waits for somebody who came later: there is no deadlock, and what does not
conflict overtakes. Each step costs as many operations as the command has places, however long the lines are.
"""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

from slm_journal.command import Append

Place = tuple[int, int | str | None]  # in a journal: an aggregate, a key, or its time. Numbers hash faster than UUIDs
Share = str | datetime | None  # those who name the same stand side by side; None: alone

READING = "reading"


class Turn:
    """A command in the lines of its places: where it stands, and at how many of them others are before it."""

    __slots__ = ("command", "gone", "stands", "waits_for")

    def __init__(self, command: Append) -> None:
        self.command = command
        self.gone = False
        self.stands: list[_Stand] = []
        self.waits_for = 0


class _Stand:
    """Those who stand side by side in the line of a place."""

    __slots__ = ("place", "share", "turns")

    def __init__(self, place: Place, share: Share) -> None:
        self.place = place
        self.share = share
        self.turns: dict[Turn, None] = {}  # in the order they came


T = TypeVar("T", bound=Turn)


class Isolation(Generic[T]):
    """The lines of all places that somebody waits at, and those who are ready."""

    def __init__(self) -> None:
        self._lines: dict[Place, deque[_Stand]] = {}
        self._ready: deque[T] = deque()

    def join(self, turn: T) -> None:
        """Stand in line for all that the command touches."""
        for place, share in places(turn.command):
            line = self._lines.get(place)
            if line is None:
                line = self._lines[place] = deque()
            if share is None or not line or line[-1].share != share:
                line.append(_Stand(place, share))
            stand = line[-1]
            stand.turns[turn] = None
            turn.stands.append(stand)
            if stand is not line[0]:
                turn.waits_for += 1
        if not turn.waits_for:
            self._ready.append(turn)

    def take(self, most: int) -> list[T]:
        """The next that are ready, in the order they became so; they keep their places until they leave."""
        taken: list[T] = []
        while self._ready and len(taken) < most:
            turn = self._ready.popleft()
            if not turn.gone:
                taken.append(turn)
        return taken

    def leave(self, turn: T) -> None:
        """Leave all lines: it was answered, or does not want to be recorded any more."""
        turn.gone = True
        for stand in turn.stands:
            del stand.turns[turn]
            line = self._lines[stand.place]
            if not stand.turns and stand is line[0]:
                self._move_up(stand.place, line)

    def __bool__(self) -> bool:
        """Whether somebody is ready."""
        return bool(self._ready)

    def _move_up(self, place: Place, line: "deque[_Stand]") -> None:
        while line and not line[0].turns:  # those who stood there were answered, or withdrew while they waited
            line.popleft()
        if not line:
            del self._lines[place]
            return
        for turn in line[0].turns:
            turn.waits_for -= 1
            if not turn.waits_for:
                self._ready.append(turn)  # type: ignore[arg-type]  # only such turns join


def places(command: Append) -> Iterator[tuple[Place, Share]]:
    """Where the command may meet others, and with whom it stands side by side there."""
    journal = command.journal_id.int
    yield (journal, command.key), None
    if command.at is not None:
        yield (journal, None), command.at
    written = {event.originator_id for event in command.events}
    for originator in written:
        yield (journal, originator.int), None
    for originator, _ in command.read:
        if originator not in written:
            yield (journal, originator.int), READING
