"""The JSON Schema of the SLA document, for editors and for `slm schema`."""

from typing import Any

from slm_api.documents.sla_document import SlaDocument


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, titled in Japanese and English.

    It tells the shape. The rules between parts (names that must be defined, bounds that fit their kind) are told by
    `read_document` alone.
    """
    shape = SlaDocument.model_json_schema()
    shape["properties"]["calendars"]["additionalProperties"] = False  # pydantic leaves names that are no codes open
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **shape,
        "title": "SLA記述書 / SLA document",
    }
