"""Documents that people author: read with everything wrong told at once, and their canonical form."""

from slm_api.documents.canonical import canonical
from slm_api.documents.finding import DocumentRefused, Finding
from slm_api.documents.reading import Checked, read_document
from slm_api.documents.schema import schema
from slm_api.documents.sla_document import SlaDocument

__all__ = ["Checked", "DocumentRefused", "Finding", "SlaDocument", "canonical", "read_document", "schema"]
