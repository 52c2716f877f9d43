"""The JSON Schema of the SLA document, for editors and for `slm schema`."""

from typing import Any

from slm_api.documents.sla_document import SlaDocument


def schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, titled in Japanese and English.

    It tells the shape. The rules between parts (names that must be defined, bounds that fit their kind) are told by
    `read_document` alone.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "SLA記述書 / SLA document",
        **{key: value for key, value in SlaDocument.model_json_schema().items() if key != "title"},
    }
