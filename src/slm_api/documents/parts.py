"""Parts of an SLA document that commands carry alone: read as in a document, and told of where the command has them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError

from slm_api.documents.canonical import canonical_part
from slm_api.documents.catalogue import expanded
from slm_api.documents.draft import at
from slm_api.documents.finding import DocumentRefused, Finding, Path, spelled
from slm_api.documents.json_text import read_json
from slm_api.documents.levels import Level
from slm_api.documents.parties import Party
from slm_api.documents.reasons import Said, told
from slm_api.documents.text import MAX_CHARACTERS
from slm_api.documents.wording import Words
from slm_api.documents.written import Tree, too_large


class PartRefused(DocumentRefused):
    """What a command carries is none that a document could hold. `findings` tells all that is wrong with it."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part that stands alone: what reads it, and its place in a document, where the same things are wrong with it."""

    shape: TypeAdapter[Any]
    home: Path


DEFINITION = Part(shape=TypeAdapter(Level), home=("levels", 0))
PARTS: Mapping[str, Mapping[str, Part]] = MappingProxyType(
    {
        "DraftContract": {
            "title": Part(shape=TypeAdapter(Words), home=("title",)),
            "municipality": Part(shape=TypeAdapter(Party), home=("municipality",)),
            "provider": Part(shape=TypeAdapter(Party), home=("provider",)),
        },
        "ProposeRevision": {"definition": DEFINITION},
    }
)


def read_part(part: Part, field: str, text: str) -> bytes:
    """The part's canonical JSON, from the JSON that the command has in this field.

    Raises `PartRefused` with every finding, each with its path from the field on.
    """
    try:
        if len(text) > MAX_CHARACTERS:
            raise too_large(field)
        written = read_json(text, field)
    except DocumentRefused as refused:
        raise PartRefused(field, tuple(_inside(field, each) for each in refused.findings)) from None
    tree: dict[str, Tree] = {str(part.home[0]): [written.tree] if len(part.home) > 1 else written.tree}
    full = expanded(tree)
    wrong: list[Said] = [*full.refused]
    value = None
    if not full.lost:
        try:
            value = part.shape.validate_python(at(full.tree, part.home))
        except ValidationError as error:
            details = error.errors(include_url=False)
            wrong += [told({**one, "loc": (*part.home, *one["loc"])}, full.tree) for one in details]
    findings = (
        *(_inside(field, each) for each in written.repeated),
        *(_at(field, (path[len(part.home) :], reason, mend)) for path, reason, mend in wrong),
    )
    if value is None or findings:
        raise PartRefused(field, findings)
    return canonical_part(value)


def _at(field: str, said: Said) -> Finding:
    path, reason, mend = said
    return Finding(path=spelled((field, *path)), line=None, reason=reason, mend=mend)


def _inside(field: str, finding: Finding) -> Finding:
    joint = "." if finding.path and not finding.path.startswith("[") else ""
    return Finding(path=f"{field}{joint}{finding.path}", line=None, reason=finding.reason, mend=finding.mend)
