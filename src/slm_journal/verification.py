"""Checking a journal against itself: everything that is stored is recomputed from the bytes it stands for.

This finds what was changed without care. Who changes an entry and recomputes its leaf is found by comparing the root
with one that was noted before (a signed checkpoint, a printed report): that is what the returned root is for.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import msgspec

from slm_journal.leaf import commitment, leaf_hash, leaf_input
from slm_journal.queries import QUERIES
from slm_journal.tree import tree_root

if TYPE_CHECKING:
    from slm_journal.database import Pool

CHUNK = 1000


class Wrong(StrEnum):
    """What can be wrong with an entry."""

    MISSING = "positions have a gap before this one"
    VERSION = "the version does not follow the aggregate's last one"
    TIME = "recorded before the entry that precedes it"
    METADATA = "the metadata is not what was committed to"
    PAYLOAD = "the payload is not what was committed to"
    LEAF = "the leaf is not that of the entry"
    SIZE = "the journal does not end here"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, and where."""

    position: int
    what: Wrong


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What was found: without faults, the journal's `size` entries are those of the tree with this root."""

    journal_id: UUID
    size: int
    root: bytes
    erased: int  # entries whose payload was erased; their commitments stand
    faults: tuple[Fault, ...]


class _Check:
    """What has been seen of a journal, entry by entry."""

    def __init__(self, journal_id: UUID) -> None:
        self.journal_id = journal_id
        self.position = 0
        self.erased = 0
        self.leaves: list[bytes] = []
        self.faults: list[Fault] = []
        self._recorded_at = 0
        self._versions: dict[UUID, int] = {}

    def take(self, row: asyncpg.Record) -> None:
        """Check the next entry and note its recomputed leaf."""
        leaf = leaf_of(self.journal_id, row)
        self.faults += [Fault(position=row["position"], what=what) for what in self._wrong(row, leaf)]
        self.leaves.append(leaf)
        self.position, self._recorded_at = row["position"], row["recorded_at"]
        self._versions[row["originator_id"]] = row["originator_version"]
        self.erased += row["payload"] is None

    def _wrong(self, row: asyncpg.Record, leaf: bytes) -> Iterator[Wrong]:
        if row["position"] != self.position + 1:
            yield Wrong.MISSING
        if row["originator_version"] != self._versions.get(row["originator_id"], 0) + 1:
            yield Wrong.VERSION
        if row["recorded_at"] < self._recorded_at:
            yield Wrong.TIME
        yield from wrong_content(row, leaf)


def leaf_of(journal_id: UUID, row: asyncpg.Record) -> bytes:
    """The leaf of a stored entry, recomputed from its commitments and its place."""
    return leaf_hash(
        leaf_input(
            journal_id=journal_id,
            position=row["position"],
            originator_id=row["originator_id"],
            originator_version=row["originator_version"],
            name=row["name"],
            recorded_at=row["recorded_at"],
            metadata_commitment=row["metadata_commitment"],
            payload_commitment=row["payload_commitment"],
        )
    )


def wrong_content(row: asyncpg.Record, leaf: bytes) -> Iterator[Wrong]:
    """What of a stored entry is not what it was recorded as, `leaf` being its recomputed one."""
    if _differs(row["metadata_salt"], row["metadata"], row["metadata_commitment"]):
        yield Wrong.METADATA
    if _differs(row["payload_salt"], row["payload"], row["payload_commitment"]):
        yield Wrong.PAYLOAD
    if row["leaf"] != leaf:
        yield Wrong.LEAF


async def verify(pool: "Pool", journal_id: UUID) -> Verification:
    """Recompute every commitment and leaf of a journal from the stored bytes, as the journal is when this begins."""
    head = await pool.fetchrow(QUERIES["journal_head"], journal_id)
    size: int = 0 if head is None else head["size"]
    check = _Check(journal_id)
    while rows := await pool.fetch(QUERIES["read_proof"], journal_id, check.position, size, CHUNK):
        for row in rows:
            check.take(row)
    if check.position != size:
        check.faults.append(Fault(position=check.position, what=Wrong.SIZE))
    return Verification(
        journal_id=journal_id,
        size=size,
        root=tree_root(check.leaves),
        erased=check.erased,
        faults=tuple(check.faults),
    )


def _differs(salt: bytes | None, content: bytes | None, committed: bytes) -> bool:
    """Whether the bytes are not those committed to. Erased ones cannot be compared: their commitment stands alone."""
    return salt is not None and content is not None and commitment(salt, content) != committed
