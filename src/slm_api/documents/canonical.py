"""The canonical JSON of an SLA document: the bytes that are agreed, kept in the journal and digested.

After RFC 8785: keys sorted, no white space, UTF-8, the shortest escapes. Where that RFC writes every number as a binary
double, this form has integers only: a decimal is a string in its plainest spelling ("99.5", "5", "0"), a date is
"2025-04-01". Every field is written, defaults too, so that a default changed later does not change what was agreed.
"""

import json
from datetime import date
from decimal import Decimal

from slm_api.documents.amounts import plain
from slm_api.documents.sla_document import SlaDocument
from slm_api.documents.wording import Authored


def canonical(document: SlaDocument) -> bytes:
    """The canonical JSON, which `slm_domain.sla.read_sla` reads and `read_document` reads back to the same document."""
    return canonical_part(document)


def canonical_part(part: Authored) -> bytes:
    """The canonical JSON of a part of a document, written by the same rules."""
    fields = part.model_dump(mode="python")
    text = json.dumps(
        fields, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_spelled
    )
    return text.encode()


def _spelled(value: object) -> str:
    match value:
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(type(value).__name__)
