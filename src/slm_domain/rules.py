"""The version of the rules by which figures are computed."""

from typing import Final

RULES_VERSION: Final = "5"
"""Rises whenever a figure of an issued report could come out otherwise, or says more than before (C18).

Reports issued before it was counted by itself name the software's version, "0.1.0".
"""
