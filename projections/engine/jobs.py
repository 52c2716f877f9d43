"""The work of a rebuild in parts that any process may take: journals to be loaded, batches of them to be compared."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from projections.engine.generations import Generation
from projections.engine.loading import Job

Part = TypeVar("Part")


class Jobs(Generic[Part]):
    """Parts that are still to be done, given out one by one."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = list(parts)[::-1]

    @property
    def left(self) -> int:
        """How many are still to be given out."""
        return len(self._parts)

    def next(self) -> Part | None:
        """The next one; None when there is no more."""
        return self._parts.pop() if self._parts else None


class JournalsToLoad(Jobs[Job]):
    """Journals that lack rows in a generation, the longest first, so that the processes end together.

    `total` are the entries of all journals, `kept` those of the ones that have all their rows already.
    """

    def __init__(
        self, found: Sequence[tuple[UUID, int]], building: Sequence[Generation], done: dict[UUID, set[int]]
    ) -> None:
        numbers = {generation.number for generation in building}
        jobs = [
            Job(journal_id, size, tuple(sorted(missing)))
            for journal_id, size in sorted(found, key=lambda one: one[1], reverse=True)
            if (missing := numbers - done.get(journal_id, set()))
        ]
        super().__init__(jobs)
        self.total = sum(size for _, size in found)
        self.kept = self.total - sum(job.size for job in jobs)
