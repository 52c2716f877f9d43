"""The leaf of an entry, version 1: what a journal's proofs rest on. Specified in `docs/proof.md`; it never changes.

The database computes leaves when it appends; this is the same for whoever checks them.
"""

from hashlib import sha256
from uuid import UUID

VERSION = b"slm1"
LEAF_PREFIX = b"\x00"  # RFC 9162, 2.1.1: leaves and inner nodes are hashed apart


def commitment(salt: bytes, content: bytes) -> bytes:
    """What stands in the leaf for bytes that may be erased: SHA-256(salt || content). The salt has 16 bytes."""
    return sha256(salt + content).digest()


def leaf_input(
    *,
    journal_id: UUID,
    position: int,
    originator_id: UUID,
    originator_version: int,
    name: str,
    recorded_at: int,
    metadata_commitment: bytes,
    payload_commitment: bytes,
) -> bytes:
    """The bytes that are hashed into the leaf. Integers are big-endian; `recorded_at` is in microseconds since 1970.

    Raises:
        OverflowError: A number does not fit its place.
        UnicodeEncodeError: The name is not ASCII.
    """
    name_bytes = name.encode("ascii")
    return b"".join(
        (
            VERSION,
            journal_id.bytes,
            position.to_bytes(8),
            originator_id.bytes,
            originator_version.to_bytes(8),
            len(name_bytes).to_bytes(2),
            name_bytes,
            recorded_at.to_bytes(8),
            metadata_commitment,
            payload_commitment,
        )
    )


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf input: RFC 9162, 2.1.1."""
    return sha256(LEAF_PREFIX + leaf).digest()
