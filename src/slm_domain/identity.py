"""Ids derived from the codes that people use, so that a code names one thing for ever and needs no look-up table."""

from functools import lru_cache
from uuid import UUID, uuid5

CONTRACTS = UUID("6f7d2c1e-52a5-5b0e-9a57-0c2e5d1f7a31")  # the namespace of contract codes; never changes


@lru_cache(maxsize=4096)  # asked with every command, and always answered the same
def journal_id(contract_code: str) -> UUID:
    """The journal of the contract with this code."""
    return uuid5(CONTRACTS, contract_code)


@lru_cache(maxsize=16384)  # the same
def aggregate_id(journal: UUID, kind: str, code: str) -> UUID:
    """The aggregate of a kind that people call `code` within a journal. The contract itself has its journal's id."""
    return uuid5(journal, f"{kind}/{code}")
