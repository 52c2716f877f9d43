"""Events of aggregates, read from journals and kept for the next decision, up to a number of aggregates.

Events never change (what is erased has no effect), so what is kept stays right; every look reads what came after it.
A decision gets copies of its own: it may change them and then be started again.
"""

from collections import OrderedDict
from functools import partial
from typing import cast
from uuid import UUID

from eventsourcing.utils import get_topic

from slm_domain.aggregate import Aggregate, First, Recorded
from slm_domain.codec import decode
from slm_journal.entry import Entry
from slm_journal.instants import instant_of
from slm_journal.journal import Journal


class Shelf:
    """The events of the aggregates looked at last."""

    def __init__(self, journal: Journal, *, room: int = 512) -> None:
        self._journal = journal
        self._room = room
        self._kept: OrderedDict[tuple[UUID, UUID], tuple[Recorded, ...]] = OrderedDict()

    async def events(self, journal_id: UUID, originator_id: UUID, kind: type[Aggregate]) -> tuple[Recorded, ...]:
        """All events of an aggregate, as the journal stands now; none when it does not exist."""
        key = journal_id, originator_id
        known = self._kept.pop(key, ())
        newer = await self._journal.read_aggregate(journal_id, originator_id, after_version=len(known))
        known += tuple(_recorded(entry, kind) for entry in newer)
        self._kept[key] = known
        while len(self._kept) > self._room:
            self._kept.popitem(last=False)
        return known


def replayed(events: tuple[Recorded, ...]) -> Aggregate | None:
    """A fresh aggregate from its events, through `eventsourcing`'s own checks of id and version."""
    aggregate: Aggregate | None = None
    for event in events:
        aggregate = cast("Aggregate | None", event.mutate(aggregate))
    return aggregate


def _recorded(entry: Entry, kind: type[Aggregate]) -> Recorded:
    envelope = partial(First, originator_topic=get_topic(kind)) if entry.originator_version == 1 else Recorded
    return envelope(
        originator_id=entry.originator_id,
        originator_version=entry.originator_version,
        timestamp=instant_of(entry.recorded_at),
        event=decode(entry.name, entry.payload),
    )
