"""What was written stays; an erasure takes the content and leaves the proof."""

from typing import TYPE_CHECKING

import asyncpg
import pytest

from slm_journal.errors import NoSuchEntry
from slm_journal.journal import Journal
from slm_journal.tree import inclusion_proof, tree_root, verify_inclusion
from tests.journal.building import CONTRACT, INCIDENT, SHIMANTO, command, event

if TYPE_CHECKING:
    from slm_journal.database import Pool


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE slm_journal.entry SET payload = 'other'",
        "UPDATE slm_journal.entry SET metadata = NULL, metadata_salt = NULL",
        "UPDATE slm_journal.entry SET payload = NULL, payload_salt = NULL, name = 'other'",
        "UPDATE slm_journal.entry SET recorded_at = recorded_at - 1",
        "UPDATE slm_journal.entry SET payload = NULL, payload_salt = NULL, payload_commitment = sha256('')",
        "UPDATE slm_journal.entry SET leaf = sha256('')",
        "DELETE FROM slm_journal.entry",
        "TRUNCATE slm_journal.entry",
        "UPDATE slm_journal.command SET key = 'other'",
        "DELETE FROM slm_journal.command",
        "TRUNCATE slm_journal.command",
        "DELETE FROM slm_journal.journal",
        "TRUNCATE slm_journal.journal",
        "DELETE FROM slm_journal.head",
        "TRUNCATE slm_journal.head",
        "UPDATE slm_journal.identity SET clock = 'real'",
        "DELETE FROM slm_journal.identity",
        "TRUNCATE slm_journal.identity",
    ],
)
async def test_the_database_refuses_to_change_what_was_written(pool: "Pool", journal: Journal, change: str) -> None:
    await journal.append(command())
    with pytest.raises(asyncpg.RestrictViolationError):
        await pool.execute(change)
    assert (await journal.verify(SHIMANTO)).faults == ()


async def test_an_erased_payload_and_its_salt_are_gone(pool: "Pool", journal: Journal) -> None:
    await journal.append(command(event(version=1, payload=b"call 0880-22-0000"), event(version=2)))
    await journal.erase(SHIMANTO, 1)
    erased, kept = await journal.read(SHIMANTO)
    assert erased.payload is None
    assert erased.metadata is not None
    assert kept.payload is not None
    assert await pool.fetchval("SELECT payload_salt IS NULL FROM slm_journal.entry WHERE position = 1")


async def test_after_an_erasure_every_proof_holds(pool: "Pool", journal: Journal) -> None:
    await journal.append(command(*(event(CONTRACT, version) for version in range(1, 8))))
    leaves = await journal.leaves(SHIMANTO)
    proofs = [inclusion_proof(leaves, index) for index in range(len(leaves))]
    for position in (1, 4, 7):
        await journal.erase(SHIMANTO, position)
    verification = await journal.verify(SHIMANTO)
    assert (verification.root, verification.faults, verification.erased) == (tree_root(leaves), (), 3)
    now = await journal.leaves(SHIMANTO)
    for index, proof in enumerate(proofs):
        assert verify_inclusion(leaf=now[index], index=index, size=7, proof=proof, root=verification.root)


async def test_erasing_twice_is_erasing_once(journal: Journal) -> None:
    await journal.append(command())
    await journal.erase(SHIMANTO, 1)
    await journal.erase(SHIMANTO, 1)
    assert [entry.payload for entry in await journal.read(SHIMANTO)] == [None]


async def test_what_is_not_there_cannot_be_erased(journal: Journal) -> None:
    with pytest.raises(NoSuchEntry):
        await journal.erase(SHIMANTO, 1)


async def test_a_command_is_known_after_its_payload_was_erased(journal: Journal) -> None:
    await journal.append(command(event(INCIDENT, 1)))
    await journal.erase(SHIMANTO, 1)
    assert (await journal.append(command(event(INCIDENT, 1)))).repeated
