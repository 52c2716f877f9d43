"""An entry of a journal, as it lies in the database: the payload and metadata are bytes, not yet decoded."""

from uuid import UUID

import msgspec


class Entry(msgspec.Struct, frozen=True, gc=False):  # made by the million, and nothing in it can go round
    """One thing that happened under a contract, at its place.

    `recorded_at` is in microseconds since 1970-01-01 UTC (the stored form: cheapest to read, and what the leaf holds).
    `payload` is None when it was erased together with its salt; its commitment, and so the leaf, stay.
    """

    journal_id: UUID
    position: int
    originator_id: UUID
    originator_version: int
    name: str
    recorded_at: int
    metadata: bytes | None
    payload: bytes | None
