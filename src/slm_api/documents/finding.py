"""What is wrong with a document, told so that a person can mend it: where, why, and what to write instead."""

import msgspec
from pydantic_core import PydanticCustomError

from slm_domain.sla import Words

Path = tuple[str | int, ...]

_QUOTED_CHARACTERS = 60


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong, or worth a warning.

    `path` is written like `levels[3].guaranteed.amount` and empty for the document as a whole; `line` counts from 1 and
    is known for YAML only.
    """

    path: str
    line: int | None
    reason: Words
    mend: Words


class DocumentRefused(Exception):
    """The SLA document is not accepted. `findings` holds everything that is wrong with it, in the document's order."""

    def __init__(self, source: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(source, findings)
        self.source = source
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(
            f"{self.source}{f':{finding.line}' if finding.line else ''}: {finding.path or '(document)'}: "
            f"{finding.reason.en}. {finding.mend.en}"
            for finding in self.findings
        )


def quoted(value: object) -> str:
    """A value as it may stand in a message: short, on one line, nothing that steers a terminal."""
    match value:
        case None:
            text = "null"
        case dict():
            text = "{…}"
        case list():
            text = "[…]"
        case bool():
            text = str(value).lower()
        case _:
            text = str(value)
    text = "".join(character if character.isprintable() else "�" for character in text)
    return text if len(text) <= _QUOTED_CHARACTERS else text[: _QUOTED_CHARACTERS - 1] + "…"


def spelled(path: Path) -> str:
    """The path as people read it: `levels[3].guaranteed.amount`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{quoted(step)}" for step in path)
    return text.removeprefix(".")


def refused(kind: str, *, ja: str, en: str, mend_ja: str, mend_en: str) -> PydanticCustomError:
    """An error for a validator to raise; it carries reason and mend through pydantic, which adds the place."""
    reason, mend = Words(ja=ja, en=en), Words(ja=mend_ja, en=mend_en)
    return PydanticCustomError(kind, "{said}", {"said": en, "reason": reason, "mend": mend})
