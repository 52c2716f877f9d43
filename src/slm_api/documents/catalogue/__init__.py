"""Ready-made service levels and scales, for an SLA document to use by reference and with overrides (S5, G4, T2, J6)."""

from slm_api.documents.catalogue.entries import Entry, UnknownEntry, entries, entry
from slm_api.documents.catalogue.using import Expanded, expanded

__all__ = ["Entry", "Expanded", "UnknownEntry", "entries", "entry", "expanded"]
