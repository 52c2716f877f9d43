"""The examples' years as entries, made once, and written into a fresh database in a moment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from projections.answers.standpoint import Source
from projections.catalogue import PROJECTIONS, placed
from projections.engine import Engine
from slm_domain import codec
from slm_domain.identity import journal_id
from slm_domain.metadata import Metadata
from slm_journal.command import Append, NewEvent
from slm_journal.journal import Journal
from tests.examples.deciding import MemoryJournals, commands
from tests.projections.contract_histories import JOURNAL, Desks
from tests.projections.engine.histories import Draft

if TYPE_CHECKING:
    from slm_journal.database import Pool

BATCH = 100  # commands of one append


@cache
def shimanto_year() -> tuple[Draft, ...]:
    """The entries of the Shimanto year, its reports with the figures they state."""
    return _lived("shimanto-town/year.jsonl", Desks())


@cache
def joint_year() -> tuple[Draft, ...]:
    """The entries of the joint desk's year, its reports with the figures they state."""
    return _lived("tosa-joint-desk/year.jsonl", Desks("tosa-joint-desk-2025"))


def _lived(name: str, desks: Desks) -> tuple[Draft, ...]:
    for command in commands(name):
        assert command.at is not None
        assert desks.send(command, command.at), command.key
    return tuple(desks.drafts)


@cache
def jip_base() -> Mapping[UUID, Sequence[Draft]]:
    """The entries of the Jip-Base outage, contract by contract."""
    memory, found = MemoryJournals(), defaultdict[UUID, list[Draft]](list)
    for command in commands("jip-base/commands.jsonl"):
        about = msgspec.json.encode(Metadata(person=command.by.person, side=command.by.side, command=command.key or ""))
        for one in memory.send(command):
            entry = Draft(one.originator_id, one.event.NAME, codec.encode(one.event), about, command.at)
            found[journal_id(command.contract)].append(entry)
    return found


async def write(journal: Journal, into: UUID, drafts: Iterable[Draft], *, after: Sequence[Draft] = ()) -> None:
    """Append the drafts after those that the journal holds, one command for each recorded-at, many at a time."""
    batch: list[Append] = []
    taken: set[UUID] = set()
    for one in appends(into, drafts, after):
        originators = {event.originator_id for event in one.events}
        if taken & originators or len(batch) == BATCH:  # two commands on one aggregate cannot share a batch
            await _append(journal, batch)
            batch, taken = [], set()
        taken |= originators
        batch.append(one)
    await _append(journal, batch)


async def write_copies(journal: Journal, into: Sequence[UUID], drafts: Iterable[Draft]) -> None:
    """Append the same drafts to many empty journals, each command to all of them at a time."""
    for one in appends(into[0], drafts):
        await _append(journal, [msgspec.structs.replace(one, journal_id=copy) for copy in into])


def appends(into: UUID, drafts: Iterable[Draft], after: Sequence[Draft] = ()) -> Iterator[Append]:
    """The drafts as commands: one for each run of the same recorded-at."""
    versions = defaultdict[UUID, int](int, Counter(draft.originator_id for draft in after))
    for number, (at, together) in enumerate(groupby(drafts, key=lambda draft: draft.at)):
        events = []
        for draft in together:
            versions[draft.originator_id] += 1
            events.append(
                NewEvent(
                    originator_id=draft.originator_id,
                    originator_version=versions[draft.originator_id],
                    name=draft.name,
                    payload=draft.payload,
                    metadata=draft.metadata,
                )
            )
        key = f"{len(after)}/{number}"
        yield Append(journal_id=into, key=key, digest=key.encode().rjust(32), at=at, events=tuple(events))


async def _append(journal: Journal, batch: list[Append]) -> None:
    for answer in await journal.append_batch(batch):
        if isinstance(answer, Exception):
            raise answer


async def recorded(pool: "Pool", journals: Mapping[UUID, Iterable[Draft]] | None = None) -> Source:
    """A database with these journals (the Shimanto year by itself), everything posted."""
    journal = Journal(pool)
    for into, drafts in (journals or {JOURNAL: shimanto_year()}).items():
        await write(journal, into, drafts)
    await engine(pool).post_outstanding()
    return Source(pool=pool, journal=journal)


def engine(pool: "Pool") -> Engine:
    """An engine over all read models."""
    return Engine(pool, Journal(pool), PROJECTIONS, placed)
