"""What a process has, of several on one record: a journal, aggregates kept ready, and what takes its commands."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from slm_api.commanding import Answer, Commanding
from slm_api.receiving import received
from slm_api.shelf import Kept, Shelf
from slm_journal import database
from slm_journal.entry import Entry
from slm_journal.group_commit import GroupCommit
from slm_journal.journal import Journal
from tests.api.requests import Tree, agreed, command, propose
from tests.documents.paper import paper
from tests.domain.scenario import state

if TYPE_CHECKING:
    from slm_domain.desk import Quoted

AT = "2025-04-12T10:00:00+09:00"


class Read(Journal):
    """Journals that count what is read of them."""

    def __init__(self, pool: "database.Pool") -> None:
        super().__init__(pool)
        self.count: Counter[str] = Counter()
        self.asked = asyncio.Event()  # for the time

    async def read_aggregate(
        self, journal_id: UUID, originator_id: UUID, *, after_version: int = 0, upto_position: int | None = None
    ) -> list[Entry]:
        self.count["read"] += 1
        return await super().read_aggregate(
            journal_id, originator_id, after_version=after_version, upto_position=upto_position
        )

    async def newer(self, journal_id: UUID, versions: Mapping[UUID, int]) -> list[Entry]:
        self.count["newer"] += 1
        return await super().newer(journal_id, versions)

    async def now(self) -> datetime:
        self.count["now"] += 1
        self.asked.set()
        return await super().now()


class Process:
    """What one process has: a journal, its aggregates kept ready, and what takes its commands."""

    def __init__(self, pool: "database.Pool", *, room: int = 1000, most_aggregates: int = 100) -> None:
        self.journal = Read(pool)
        self.shelf = Shelf(self.journal, most_aggregates=most_aggregates)
        self.group = GroupCommit(self.journal, room=room)
        self.commanding = Commanding(
            self.journal, no_quotes, simulated=True, rules_version="1", group=self.group, shelf=self.shelf
        )

    async def send(self, sent: Tree) -> Answer:
        return await self.commanding.send(received(json.dumps(sent).encode()))

    @property
    def kept(self) -> dict[tuple[UUID, UUID], Kept]:
        return dict(self.shelf._kept)

    async def require_true_to_the_record(self) -> None:
        """Every aggregate kept, once it has taken in what others recorded, is what its entries say."""
        anew = Shelf(Journal(self.journal._pool))
        for (journal_id, originator_id), kept in self.kept.items():
            if self.shelf.find(journal_id, originator_id) is not None and kept.aggregate is not None:
                newer = await self.journal.newer(journal_id, {originator_id: kept.aggregate.version})
                self.shelf.catch_up(journal_id, newer)
                replayed = await anew.bring(journal_id, originator_id, kept.kind)
                assert state(kept.aggregate) == state(replayed.aggregate)


async def no_quotes(contract: str, month: str, *, position: int, until: datetime) -> "Quoted":
    raise AssertionError(f"{contract} {month} {position} {until}: no report is handed in here")


def agreement() -> list[Tree]:
    document = paper()
    like = next(level for level in document["levels"] if level["measure"]["kind"] == "obligation")
    by_hand = {"kind": "obligation", "source": "measurements"}
    document["levels"].append(like | {"key": "backup", "measure": by_hand})
    first, _, *signing = agreed()
    return [first, propose(document), *signing]


def measured(name: str, *, side: str = "provider", **facts: Any) -> Tree:
    told = {"level": "backup", "measurement": name, "met": True, "at": AT, "key": f"measured {name}"}
    return command("RecordMeasurement", side=side, **{**told, **facts})


async def entries_of(process: Process) -> list[str]:
    ((journal_id, _),) = await process.journal.journals()
    return [entry.name for entry in await process.journal.read(journal_id)]
