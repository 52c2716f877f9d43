"""The JSON Schema of the SLA document, for editors, for `slm schema` and for the documentation of the API."""

from typing import Any

from slm_api.documents.catalogue import entries
from slm_api.documents.sla_document import SlaDocument

_PARTS = {"levels": ("Level", "level"), "scales": ("Scale", "scale")}


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, titled in Japanese and English.

    It tells the shape. The rules between parts (names that must be defined, bounds that fit their kind) are told by
    `read_document` alone.
    """
    shape = shape_of_document("#/$defs/{model}")
    shape["properties"]["calendars"]["additionalProperties"] = False  # pydantic leaves names that are no codes open
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **shape,
        "title": "SLA記述書 / SLA document",
    }


def shape_of_document(ref_template: str) -> dict[str, Any]:
    """The shape with references of this form; levels and scales may use the catalogue instead of being written out."""
    shape = SlaDocument.model_json_schema(ref_template=ref_template)
    for part, (model, kind) in _PARTS.items():
        names = [each.name for each in entries().values() if each.kind == kind]
        items = shape["properties"][part]["items"]
        used = _used(names, shape["$defs"][model])
        shape["properties"][part]["items"] = {"if": {"required": ["use"]}, "then": used, "else": items}
    return shape


def _used(names: list[str], written_out: dict[str, Any]) -> dict[str, Any]:
    """An item that names its entry in the catalogue, and writes over it what differs: groups of fields in part."""
    use = {"type": "string", "enum": names, "title": "カタログ項目 / Entry of the catalogue"}
    over = {
        field: {"type": "object", "title": described["title"]} if "$ref" in described else described
        for field, described in written_out["properties"].items()
        if field != "catalogue"
    }
    return {
        "type": "object",
        "title": "カタログを使う / Taken from the catalogue",
        "properties": {"use": use, **over},
        "required": ["use"],
        "additionalProperties": False,
    }
