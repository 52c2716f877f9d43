"""Leaves, roots and proofs: the format of docs/proof.md, by two implementations, for ever."""

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slm_journal.journal import Journal
from slm_journal.leaf import commitment, leaf_hash, leaf_input
from slm_journal.tree import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    tree_root,
    verify_consistency,
    verify_inclusion,
)
from slm_journal.verification import Wrong, verify
from tests.journal.building import CONTRACT, INCIDENT, SHIMANTO, command, event

if TYPE_CHECKING:
    from slm_journal.database import Pool

PAGE = Path(__file__).parents[2] / "docs" / "proof.md"
OTHER = sha256(b"another").digest()
LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def vectors() -> list[dict[str, str]]:
    """The vectors of docs/proof.md, as printed there."""
    blocks = re.findall(r"^### \d+\. .*?```\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [dict(re.findall(r"^(\S+(?: \S+)*)[ ]*(?: {2}|$)(\S*)$", block, re.MULTILINE)) for block in blocks]


def test_the_page_has_ten_vectors() -> None:
    assert len(vectors()) == 10
    assert all(len(vector) == 14 for vector in vectors())


@pytest.mark.parametrize("vector", vectors())
def test_python_computes_the_leaf_on_the_page(vector: dict[str, str]) -> None:
    metadata = commitment(bytes.fromhex(vector["metadata salt"]), bytes.fromhex(vector["metadata"]))
    payload = commitment(bytes.fromhex(vector["payload salt"]), bytes.fromhex(vector["payload"]))
    assert metadata.hex() == vector["metadata commitment"]
    assert payload.hex() == vector["payload commitment"]
    leaf = leaf_input(
        journal_id=UUID(vector["journal id"]),
        position=int(vector["position"]),
        originator_id=UUID(vector["originator id"]),
        originator_version=int(vector["originator version"]),
        name=vector["event name"],
        recorded_at=int(vector["recorded-at"]),
        metadata_commitment=metadata,
        payload_commitment=payload,
    )
    assert leaf.hex() == vector["leaf input"]
    assert leaf_hash(leaf).hex() == vector["leaf"]


async def test_the_database_computes_the_leaves_on_the_page(pool: "Pool") -> None:
    for vector in vectors():
        leaf = await pool.fetchval(
            "SELECT slm_journal.leaf($1, $2, $3, $4, $5, $6, sha256($7::bytea || $8), sha256($9::bytea || $10))",
            UUID(vector["journal id"]),
            int(vector["position"]),
            UUID(vector["originator id"]),
            int(vector["originator version"]),
            vector["event name"],
            int(vector["recorded-at"]),
            *(bytes.fromhex(vector[name]) for name in ("metadata salt", "metadata", "payload salt", "payload")),
        )
        assert leaf.hex() == vector["leaf"]


async def test_an_appended_entry_has_the_leaf_of_its_content(pool: "Pool") -> None:
    journal = Journal(pool, salt=lambda count: bytes(range(16)) * (count // 16))
    await journal.append(command(event(name="outage-started/1")))
    stored = await pool.fetchrow("SELECT * FROM slm_journal.entry")
    assert stored is not None
    given_event = event(name="outage-started/1")
    expected = leaf_input(
        journal_id=SHIMANTO,
        position=1,
        originator_id=INCIDENT,
        originator_version=1,
        name="outage-started/1",
        recorded_at=1_744_270_200_000_000,
        metadata_commitment=commitment(bytes(range(16)), given_event.metadata),
        payload_commitment=commitment(bytes(range(16)), given_event.payload),
    )
    assert stored["leaf"] == leaf_hash(expected)


async def test_every_entry_has_salts_of_its_own(pool: "Pool", journal: Journal) -> None:
    await journal.append(command(event(version=1), event(version=2)))
    rows = await pool.fetch("SELECT metadata_salt, payload_salt FROM slm_journal.entry")
    assert len({salt for row in rows for salt in row}) == 4


def test_a_tree_of_nothing_has_the_hash_of_nothing() -> None:
    assert tree_root([]) == EMPTY_ROOT == sha256(b"").digest()


def test_roots_are_those_of_the_certificate_transparency_test_vectors() -> None:
    # The inputs and roots that implementations of RFC 6962 and RFC 9162 share (certificate-transparency, merkletree).
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [leaf_hash(bytes.fromhex(text)) for text in inputs]
    assert tree_root(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree_root(leaves[:2]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert tree_root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(leaves=LEAVES, draw=st.data())
@settings(max_examples=80, deadline=None)
def test_an_inclusion_proof_shows_its_leaf_at_its_place_and_nothing_else(
    leaves: list[bytes], draw: st.DataObject
) -> None:
    index = draw.draw(st.integers(0, len(leaves) - 1))
    root, proof = tree_root(leaves), inclusion_proof(leaves, index)

    def shows(leaf: bytes, *, at: int = index, size: int = len(leaves), by: list[bytes] = proof) -> bool:
        return verify_inclusion(leaf=leaf, index=at, size=size, proof=by, root=root)

    assert shows(leaves[index])
    assert not shows(sha256(leaves[index]).digest())
    assert not shows(leaves[index], by=[*proof, bytes(32)])
    assert not shows(leaves[index], at=len(leaves))
    assert not shows(leaves[index], at=-1)
    if proof:
        assert not shows(leaves[index], by=proof[:-1])
    assert not verify_inclusion(leaf=leaves[index], index=index, size=len(leaves), proof=proof, root=OTHER)


@given(leaves=LEAVES, draw=st.data())
@settings(max_examples=80, deadline=None)
def test_a_consistency_proof_shows_that_the_past_was_kept(leaves: list[bytes], draw: st.DataObject) -> None:
    earlier = draw.draw(st.integers(1, len(leaves)))
    proof = consistency_proof(leaves, earlier)

    def shows(before: bytes, now: bytes, by: list[bytes] = proof) -> bool:
        return verify_consistency(
            earlier=earlier, earlier_root=before, later=len(leaves), later_root=now, proof=by
        )  # fmt: skip

    before, now = tree_root(leaves[:earlier]), tree_root(leaves)
    assert shows(before, now)
    assert not shows(OTHER, now)
    assert not shows(before, OTHER)
    assert not shows(before, now, by=[*proof, bytes(32)])
    rewritten = [sha256(leaves[0]).digest(), *leaves[1:]]
    assert not shows(before, tree_root(rewritten), by=consistency_proof(rewritten, earlier))


def test_there_is_no_proof_about_what_is_not_there() -> None:
    leaves = [bytes(32)] * 3
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_proof(leaves, index)
    for earlier in (0, 4):
        with pytest.raises(IndexError):
            consistency_proof(leaves, earlier)
    assert not verify_consistency(earlier=4, earlier_root=b"", later=3, later_root=b"", proof=[])
    assert not verify_consistency(earlier=3, earlier_root=b"", later=4, later_root=b"", proof=[])


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("payload = 'other'", {Wrong.PAYLOAD}),
        ("metadata = 'other'", {Wrong.METADATA}),
        ("payload_salt = decode(repeat('00', 16), 'hex')", {Wrong.PAYLOAD}),
        ("payload = 'other', payload_commitment = sha256(payload_salt || 'other')", {Wrong.LEAF}),
        ("name = 'outage-ended/1'", {Wrong.LEAF}),
        ("recorded_at = recorded_at - 1", {Wrong.LEAF, Wrong.TIME}),
        ("originator_version = 9", {Wrong.LEAF, Wrong.VERSION}),
        ("position = 9", {Wrong.SIZE}),
        ("leaf = sha256('other')", {Wrong.LEAF}),
    ],
)
async def test_what_was_changed_behind_the_journals_back_is_found(
    pool: "Pool", journal: Journal, forgery: str, found: set[Wrong]
) -> None:
    await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), event(CONTRACT, 2)))
    assert (await verify(pool, SHIMANTO)).faults == ()
    await _forge(pool, f"UPDATE slm_journal.entry SET {forgery} WHERE position = 3")  # noqa: S608 - written above
    faults = (await verify(pool, SHIMANTO)).faults
    assert {fault.what for fault in faults} == found


async def test_an_entry_that_was_taken_away_is_found(pool: "Pool", journal: Journal) -> None:
    await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), event(CONTRACT, 2)))
    await _forge(pool, "DELETE FROM slm_journal.entry WHERE position = 2")
    faults = (await verify(pool, SHIMANTO)).faults
    assert [(fault.position, fault.what) for fault in faults] == [(3, Wrong.MISSING)]


async def test_a_careful_forger_is_found_by_a_root_that_was_noted_before(pool: "Pool", journal: Journal) -> None:
    await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), key="1"))
    noted = tree_root(await journal.leaves(SHIMANTO))
    await _forge(
        pool,
        "UPDATE slm_journal.entry SET name = 'outage-ended/1', leaf = slm_journal.leaf(journal_id, position, "
        "originator_id, originator_version, 'outage-ended/1', recorded_at, metadata_commitment, payload_commitment) "
        "WHERE position = 2",
    )
    verification = await verify(pool, SHIMANTO)
    assert verification.faults == ()
    assert verification.root != noted


async def test_a_journal_nobody_wrote_to_is_sound_and_empty(pool: "Pool") -> None:
    verification = await verify(pool, SHIMANTO)
    assert (verification.size, verification.root, verification.faults) == (0, EMPTY_ROOT, ())


async def _forge(pool: "Pool", statement: str) -> None:
    """Change what is stored as only the database's owner can: with the triggers switched off."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute(statement)
