"""Ways to damage a record by hand, and what must be found then: kinds with their facts, in this order.

The record is that of `test_doctor`: two journals, one of three commands with four entries of two aggregates, one of one
command with two.
"""

from typing import TYPE_CHECKING, Any

from tests.journal.building import INCIDENT, NAKATOSA, SHIMANTO

if TYPE_CHECKING:
    from slm_journal.database import Pool

Expected = list[tuple[str, dict[str, Any]]]
HERE = {"journal": str(SHIMANTO)}


async def damage(pool: "Pool", statement: str) -> None:
    """Change what was written, as a superuser can who goes round the triggers."""
    for name, text in (("@here", f"journal_id = '{SHIMANTO}'"), ("@id", f"'{SHIMANTO}'")):
        statement = statement.replace(name, text)
    async with pool.acquire() as link, link.transaction():
        await link.execute("SET LOCAL session_replication_role = replica")
        await link.execute(statement)


DAMAGES: dict[str, tuple[str, Expected]] = {
    "the head row is behind": (
     "UPDATE slm_journal.head SET global_position = 5",
     [("head-differs", {"head": 5, "last": 6, "sizes": 6})]),
    "the head's time is behind a journal's": (
     "UPDATE slm_journal.head SET recorded_at = recorded_at - 1",
     [("clock-behind", {"head": 1744270199999999, "latest": 1744270200000000})]),
    "a journal's head is beyond its entries": (
     "UPDATE slm_journal.journal SET size = 7 WHERE id = @id",
     [("head-differs", {"head": 6, "last": 6, "sizes": 9}),
      ("journal-head-differs", {**HERE, "size": 7, "last": 4})]),
    "a journal's head has another time": (
     "UPDATE slm_journal.journal SET recorded_at = recorded_at - 1 WHERE id = @id",
     [("journal-head-differs", {**HERE, "size": 4, "last": 4})]),
    "a journal's head is gone": (
     "DELETE FROM slm_journal.journal WHERE id = @id",
     [("head-differs", {"head": 6, "last": 6, "sizes": 2}),
      ("journal-head-missing", {**HERE, "entries": 4, "commands": 3})]),
    "an entry in the middle is gone": (
     "DELETE FROM slm_journal.entry WHERE @here AND position = 2",
     [("order-broken", {"place": 3, "before": 1}),
      ("entry-missing", {**HERE, "position": 3, "before": 1}),
      ("version-broken", {**HERE, "position": 3, "aggregate": str(INCIDENT), "version": 2}),
      ("version-broken", {**HERE, "position": 4, "aggregate": str(INCIDENT), "version": 3})]),
    "the last entry is gone": (
     "DELETE FROM slm_journal.entry WHERE @here AND position = 4",
     [("head-differs", {"head": 6, "last": 5, "sizes": 6}),
      ("journal-head-differs", {**HERE, "size": 4, "last": 3}),
      ("command-missing", {**HERE, "first": 5, "next": 4})]),
    "two entries have one place": (
     "UPDATE slm_journal.entry SET global_position = 3 WHERE global_position = 4",
     [("order-broken", {"place": 3, "before": 3}), ("order-broken", {"place": 5, "before": 3})]),
    "two entries changed places": (
     "UPDATE slm_journal.entry SET global_position = 10 - global_position WHERE global_position IN (4, 6)",
     [("order-crossed", {"journal": str(NAKATOSA), "position": 2})]),
    "an entry is earlier than the one before": (
     "UPDATE slm_journal.entry SET recorded_at = recorded_at - 1 WHERE @here AND position = 3",
     [("recorded-backwards", {**HERE, "position": 3}), ("leaf-differs", {**HERE, "position": 3})]),
    "a command is gone": (
     "DELETE FROM slm_journal.command WHERE @here AND key = 'two'",
     [("command-missing", {**HERE, "first": 3, "next": 4})]),
    "the last command is gone": (
     "DELETE FROM slm_journal.command WHERE @here AND key = 'three'",
     [("command-missing", {**HERE, "first": 4, "next": 5})]),
    "a payload was changed": (
     "UPDATE slm_journal.entry SET payload = 'other' WHERE @here AND position = 2",
     [("payload-changed", {**HERE, "position": 2})]),
    "metadata was changed": (
     "UPDATE slm_journal.entry SET metadata = 'other' WHERE @here AND position = 2",
     [("metadata-changed", {**HERE, "position": 2})]),
    "a payload was changed with its commitment": (
     "UPDATE slm_journal.entry SET payload = '', payload_commitment = sha256(payload_salt) WHERE global_position = 2",
     [("leaf-differs", {**HERE, "position": 2})]),
    "a leaf was changed": (
     "UPDATE slm_journal.entry SET leaf = sha256('') WHERE @here AND position = 4",
     [("leaf-differs", {**HERE, "position": 4})]),
    "an event was renamed": (
     "UPDATE slm_journal.entry SET name = 'other' WHERE @here AND position = 1",
     [("leaf-differs", {**HERE, "position": 1})]),
}  # fmt: skip
