"""Ids follow from codes, for ever: these were computed once and stand in journals (docs/adr/0010)."""

from uuid import UUID

from slm_domain.identity import aggregate_id, journal_id


def test_a_contracts_code_gives_its_journal() -> None:
    assert journal_id("shimanto-town-2025") == UUID("58e8344a-bfc3-50f1-8529-95d64ad6f1d8")


def test_a_kind_and_a_code_give_an_aggregate_within_its_journal() -> None:
    journal = journal_id("shimanto-town-2025")
    assert aggregate_id(journal, "incident", "inc-2025-001") == UUID("30ac234b-e851-5cf5-9f54-a0b8da614b7b")
    assert aggregate_id(journal, "incident", "a") != aggregate_id(journal, "level", "a")
    assert aggregate_id(journal, "incident", "a") != aggregate_id(journal_id("other"), "incident", "a")
