"""SQL lives in `.sql` files; each statement there has a name and a line on what it is for.

`{schema}` and the like stand for identifiers, which cannot be bound; values are always bound.
"""

import re
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def statements(file: str) -> dict[str, str]:
    """The named statements of one file beside this module."""
    text = files("projections.engine").joinpath("sql", file).read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}
