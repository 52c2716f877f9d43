"""Read models that stopped before an entry which they cannot take, as the answers that rest on them tell of it."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from projections.engine import Snapshot


class StoppedModel(msgspec.Struct, frozen=True, kw_only=True):
    """A read model that goes no further in a contract's journal than before the entry at `position`, named `event`.

    The contract is named by its journal's id where no entry that tells its code could be taken.
    """

    contract: str
    projection: str
    position: int
    event: str


async def stopped_models(snapshot: Snapshot, codes: Mapping[UUID, str]) -> tuple[StoppedModel, ...]:
    """Those of the snapshot's read models that stopped in one of these journals, by contract and position."""
    found = [
        StoppedModel(contract=codes[one.journal_id], projection=one.projection, position=one.stopped_at, event=one.name)
        for one in await snapshot.stopped()
        if one.journal_id in codes
    ]
    return tuple(sorted(found, key=lambda one: (one.contract, one.position, one.projection)))


async def stopped_before_their_contract(snapshot: Snapshot, known: Mapping[UUID, str]) -> tuple[StoppedModel, ...]:
    """Those that stopped in a journal before they knew its contract: lists by contract cannot hold it."""
    unknown = {one.journal_id: str(one.journal_id) for one in await snapshot.stopped() if one.journal_id not in known}
    return await stopped_models(snapshot, unknown)
