"""What the catalogue holds, read from the files beside this module: one for each source."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from slm_api.documents.written import Tree
from slm_api.documents.yaml_text import read_yaml
from slm_domain.sla import Words

Kind = Literal["level", "scale", "not_a_level"]

_SOURCES = ("s5", "g4", "t2", "j6")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One ready-made level or scale, or an item of the source that can be none, with the reason.

    `name` is the reference by which a document uses it, like `g4/39-abandoned@basic`: the source, the item, and the
    pattern where the source has several. `item` is the level or scale as it would be written out, empty where there is
    none. `note` is told to whoever uses the entry, with `mend`; of what is no level it is the reason. `candidate` is
    false for what the source itself does not offer for an SLA (G16).
    """

    name: str
    source: str
    kind: Kind
    title: Words
    item: dict[str, Tree] = {}
    candidate: bool = True
    note: Words | None = None
    mend: Words | None = None


class UnknownEntry(LookupError):
    """The catalogue has nothing by this name. `near` are names like it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
        self.near = tuple(get_close_matches(name, sorted(entries()), n=3, cutoff=0.5))


def entry(name: str) -> Entry:
    """The entry by its name, with an item that is the caller's own. Raises `UnknownEntry`."""
    found = entries().get(name)
    if found is None:
        raise UnknownEntry(name)
    return msgspec.structs.replace(found, item=deepcopy(found.item))


@cache
def entries() -> Mapping[str, Entry]:
    """All entries by name, in the order of their sources."""
    return {each.name: each for source in _SOURCES for each in _read(source)}


def merged(base: Tree, over: Tree) -> Tree:
    """The base with what is written over it: field by field where both have fields, as a whole everywhere else."""
    if not isinstance(base, dict) or not isinstance(over, dict):
        return deepcopy(over)
    together = {key: merged(value, over[key]) if key in over else deepcopy(value) for key, value in base.items()}
    return together | {key: deepcopy(value) for key, value in over.items() if key not in base}


def _read(source: str) -> Iterator[Entry]:
    file = files(__package__) / f"{source}.yaml"
    tree = read_yaml(file.read_text(encoding="utf-8"), file.name).tree
    for name, scale in tree.get("scales", {}).items():
        yield Entry(
            name=f"{source}/{name}", source=tree["source"], kind="scale", title=_words(scale["name"]), item=scale
        )
    for name, written in tree.get("levels", {}).items():
        for pattern, over in written.get("patterns", {None: {}}).items():
            reference = f"{source}/{name}" if pattern is None else f"{source}/{name}@{pattern}"
            yield Entry(
                name=reference,
                source=tree["source"],
                kind="level",
                title=_words(written["level"]["name"]),
                item=merged(written["level"], over),
                candidate=written.get("candidate", True),
                note=_words(written["note"]) if "note" in written else None,
                mend=_words(written["mend"]) if "mend" in written else None,
            )
    for name, written in tree.get("not_levels", {}).items():
        yield Entry(
            name=f"{source}/{name}",
            source=tree["source"],
            kind="not_a_level",
            title=_words(written["name"]),
            note=_words(written["reason"]),
        )


def _words(tree: Tree) -> Words:
    return msgspec.convert(tree, Words)
