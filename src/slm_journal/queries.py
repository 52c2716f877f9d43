"""The statements of the files in `sql/`, by name."""

from importlib.resources import files
from typing import Final


def statements(file: str) -> dict[str, str]:
    """The named statements of one file in `sql/`."""
    text = (files("slm_journal") / "sql" / file).read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for part in text.split("-- name: ")[1:]:
        name, _, statement = part.partition("\n")
        found[name.strip()] = statement.strip().removesuffix(";")
    return found


QUERIES: Final = statements("queries.sql")
