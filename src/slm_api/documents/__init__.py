"""Documents that people author: read with everything wrong told at once, and their canonical form."""

from slm_api.documents.canonical import canonical
from slm_api.documents.finding import DocumentRefused, Finding
from slm_api.documents.parts import PARTS, PartRefused, read_part
from slm_api.documents.reading import Checked, read_document
from slm_api.documents.revision import check_revision
from slm_api.documents.schema import schema
from slm_api.documents.sla_document import SlaDocument

__all__ = [
    "PARTS",
    "Checked",
    "DocumentRefused",
    "Finding",
    "PartRefused",
    "SlaDocument",
    "canonical",
    "check_revision",
    "read_document",
    "read_part",
    "schema",
]
