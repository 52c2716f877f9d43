"""Whether other processes append to the database meanwhile, by how far its head has moved besides our own appends."""

WINDOW = 16  # batches
A_FEW = 4  # others count once they append more than one for so many of ours


class Company:
    """Counts what a process appended, and what the head says that all did."""

    def __init__(self) -> None:
        self.is_alone = True
        self._batches = 0
        self._since = 0
        self._own = 0

    def note(self, head: int, appended: int) -> None:
        """A batch of ours appended so many entries; `head` was the database-wide position when it was sent.

        Batches that are in flight together are counted one after the other: over a window that makes little.
        """
        if self._batches == 0:
            self._since, self._own = head, 0
        elif self._batches == WINDOW:
            others = head - self._since - self._own
            self.is_alone = others * A_FEW <= self._own
            self._batches, self._since, self._own = 0, head, 0
        self._batches += 1
        self._own += appended
