"""The catalogue as it is asked for: a row for each entry, and one entry as it would be written out."""

from typing import Any

import msgspec

from slm_api.documents.catalogue import Entry, entries, entry
from slm_api.documents.catalogue.entries import Kind
from slm_api.documents.written import Tree
from slm_domain.sla import Words


class CatalogueRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry: the name by which a document uses it, its source, and the values as they are written there.

    `candidate` is false for what the source does not offer for an SLA. `note` is what users of the entry are told, or
    why it is no level.
    """

    name: str
    source: str
    kind: Kind
    title: Words
    guaranteed: str | None
    target: str | None
    candidate: bool
    note: Words | None


class CatalogueAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All entries, by source."""

    entries: tuple[CatalogueRow, ...]


class CatalogueItem(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with the whole level or scale, as it would be written out in an SLA document."""

    row: CatalogueRow
    item: dict[str, Any]


def catalogue() -> CatalogueAnswer:
    """The list of what there is."""
    return CatalogueAnswer(entries=tuple(_row(each) for each in entries().values()))


def catalogue_item(name: str) -> CatalogueItem:
    """One entry by its name. Raises `UnknownEntry`."""
    found = entry(name)
    return CatalogueItem(row=_row(found), item=found.item)


def _row(found: Entry) -> CatalogueRow:
    return CatalogueRow(
        name=found.name,
        source=found.source,
        kind=found.kind,
        title=found.title,
        guaranteed=_value(found.item.get("guaranteed")),
        target=_value(found.item.get("target")),
        candidate=found.candidate,
        note=found.note,
    )


def _value(bound: Tree) -> str | None:
    """A value in short: the phrase, or of one that is taken apart the phrase that it could be."""
    match bound:
        case {"unit": "met"}:
            return "met"
        case {"unit": "count", "amount": amount}:
            return f"{amount} time"
        case {"unit": unit, "amount": amount}:
            return f"{amount} {unit}"
        case _:
            return None if bound is None else str(bound)
