"""The statements of `sql/queries.sql`, by name."""

from importlib.resources import files
from typing import Final


def _named(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split("-- name: ")[1:]:
        name, _, statement = part.partition("\n")
        found[name.strip()] = statement.strip().removesuffix(";")
    return found


QUERIES: Final = _named((files("slm_journal") / "sql" / "queries.sql").read_text(encoding="utf-8"))
