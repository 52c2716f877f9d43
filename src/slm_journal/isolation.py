"""Who waits for whom: commands that could disturb one another never share a batch, and keep their order.

Two commands conflict on a *place* that both touch: an aggregate that one of them writes, a key, and, on a simulated
database, the time of a journal. At each place they stand in line in the order they came; those that only read an
aggregate, or are recorded at one time, stand side by side. A command takes its places in all lines at once and is ready
when it is at the head of each, so nobody waits for somebody who came later: there is no deadlock, and what does not
conflict overtakes. Each step costs as many operations as the command has places, however long the lines are.
"""

from collections import deque
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
    """Those who stand side by side in the line of a place, and who stands behind them.

    The first stand of a line knows the last.
    """

    __slots__ = ("behind", "last", "place", "share", "turns")

    def __init__(self, place: Place, share: Share) -> None:
        self.place = place
        self.share = share
        self.turns: dict[Turn, None] = {}  # in the order they came
        self.behind: _Stand | None = None
        self.last: _Stand | None = None  # of its line, if it is not alone


T = TypeVar("T", bound=Turn)


class Isolation(Generic[T]):
    """The lines of all places that somebody waits at, and those who are ready."""

    def __init__(self) -> None:
        self._first: dict[Place, _Stand] = {}
        self._ready: deque[T] = deque()

    def join(self, turn: T) -> None:
        """Stand in line for all that the command touches."""
        for place, share in places(turn.command):
            first = self._first.get(place)
            if first is None:
                stand = self._first[place] = _Stand(place, share)
            else:
                stand = first.last or first
                if share is None or stand.share != share:
                    stand.behind = first.last = stand = _Stand(place, share)
                if stand is not first:
                    turn.waits_for += 1
            stand.turns[turn] = None
            turn.stands.append(stand)
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
        stands, turn.stands = turn.stands, []  # what refers to itself is only freed by the garbage collector
        for stand in stands:
            del stand.turns[turn]
            if not stand.turns and self._first[stand.place] is stand:
                self._move_up(stand)

    def __bool__(self) -> bool:
        """Whether somebody is ready."""
        return bool(self._ready)

    def _move_up(self, left: _Stand) -> None:
        first = left.behind
        left.behind = None
        while first is not None and not first.turns:  # those who stood there withdrew while they waited
            first = first.behind
        if first is None:
            del self._first[left.place]
            return
        first.last = left.last if left.last is not first else None
        self._first[left.place] = first
        for turn in first.turns:
            turn.waits_for -= 1
            if not turn.waits_for:
                self._ready.append(turn)  # type: ignore[arg-type]  # only such turns join


def places(command: Append) -> list[tuple[Place, Share]]:
    """Where the command may meet others, and with whom it stands side by side there."""
    journal = command.journal_id.int
    written = {event.originator_id.int for event in command.events}
    found: list[tuple[Place, Share]] = [((journal, originator), None) for originator in written]
    found.append(((journal, command.key), None))
    if command.at is not None:
        found.append(((journal, None), command.at))
    for originator, _ in command.read:
        if originator.int not in written:
            found.append(((journal, originator.int), READING))
    return found
