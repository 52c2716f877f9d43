"""A document that uses the catalogue, written out: `- use: s5/fault-notification` with whatever is written over it.

It is written out before anything is checked, at the places of the document, so that all that is wrong is told where it
was written. The level keeps, as `catalogue`, the name of what it was taken from.
"""

from collections.abc import Mapping

import msgspec

from slm_api.documents.catalogue.entries import Entry, Kind, UnknownEntry, entry, merged
from slm_api.documents.finding import Path, quoted
from slm_api.documents.reasons import Said
from slm_api.documents.written import Tree
from slm_domain.sla import Words

USE = "use"
_PARTS: dict[str, Kind] = {"levels": "level", "scales": "scale"}


class Expanded(msgspec.Struct, frozen=True, kw_only=True):
    """The tree written out, the references that name nothing, and what users of an entry are told.

    `lost` are the places that could not be written out at all, of which nothing else is worth telling.
    """

    tree: dict[str, Tree]
    refused: tuple[Said, ...]
    notes: tuple[Said, ...]
    lost: tuple[Path, ...]


def expanded(tree: Mapping[str, Tree]) -> Expanded:
    """The document with every reference replaced by what it stands for."""
    out, refused, notes, lost = dict(tree), list[Said](), list[Said](), list[Path]()
    for part, kind in _PARTS.items():
        items = tree.get(part)
        if not isinstance(items, list):
            continue
        written_out = list(items)
        for index, item in enumerate(items):
            if not isinstance(item, dict) or USE not in item:
                continue
            place: Path = (part, index)
            found, said = _found(item[USE], kind)
            if said is not None:
                refused.append(((*place, USE), *said))
            if found is None:
                lost.append(place)
                continue
            if found.note is not None and found.mend is not None:
                notes.append(((*place, USE), found.note, found.mend))
            written_out[index] = _written_out(found, item)
        out[part] = written_out
    return Expanded(tree=out, refused=tuple(refused), notes=tuple(notes), lost=tuple(lost))


def _written_out(found: Entry, item: Mapping[str, Tree]) -> dict[str, Tree]:
    over = {field: value for field, value in item.items() if field != USE}
    together: dict[str, Tree] = merged(found.item, over)
    return {**together, "catalogue": found.name} if found.kind == "level" else together


def _found(name: object, kind: Kind) -> tuple[Entry | None, tuple[Words, Words] | None]:
    """The entry and what is wrong with the reference. Of a misspelt one the nearest, so that the rest is checked."""
    try:
        found = entry(name if isinstance(name, str) else "")
    except UnknownEntry as unknown:
        near = unknown.near
        said = (
            Words(ja=f"「{quoted(name)}」はカタログにありません", en=f"“{quoted(name)}” is not in the catalogue"),
            Words(ja=f"{'、'.join(near)} ではありませんか", en=f"Did you mean {' or '.join(near)}?")
            if near
            else Words(ja="slm catalogue の一覧から選んでください", en="Choose from what slm catalogue lists"),
        )
        likely = entry(near[0]) if near else None
        return (likely if likely is not None and likely.kind == kind else None), said
    if found.kind == "not_a_level" and found.note is not None:
        return None, (
            Words(ja=f"「{name}」は評価項目にできません。{found.note.ja}", en=f"“{name}” is no level. {found.note.en}"),
            Words(ja="ほかの項目を選んでください", en="Choose another item"),
        )
    if found.kind != kind:
        part = next(part for part, its in _PARTS.items() if its == found.kind)
        return None, (
            Words(ja=f"「{name}」はここでは使えません", en=f"“{name}” is not used here"),
            Words(ja=f"{part} に書いてください", en=f"Use it in {part}"),
        )
    return found, None
