"""The version of this software, as installed; it also names the rules by which figures were computed."""

from importlib.metadata import version
from typing import Final

VERSION: Final = version("slm")
