"""What a text says: a tree with every scalar exact and every place known, or the reason why it says nothing."""

import re
from decimal import Decimal
from typing import Any

import msgspec

from slm_api.documents.finding import DocumentRefused, Finding, Path, quoted, spelled
from slm_domain.sla import Words

Tree = Any  # dict[str, Tree] | list[Tree] | str | int | Decimal | bool | None

MAX_DEPTH = 16

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says: its tree, the line of each part (YAML only), and the keys that were written twice."""

    tree: Tree
    lines: dict[Path, int]
    repeated: tuple[Finding, ...]

    def line(self, path: Path) -> int | None:
        """The line of this part, or of the nearest part around it; None when lines are not known."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path)


def exact_or_text(text: str) -> Tree:
    """A number exactly as written. What is too long or has an exponent stays text, which no number field accepts."""
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def written_twice(path: Path, line: int | None) -> Finding:
    """The finding for a key that its mapping already has."""
    return Finding(
        path=spelled(path),
        line=line,
        reason=Words(ja=f"「{quoted(path[-1])}」が二度書かれています", en=f"“{quoted(path[-1])}” is written twice"),
        mend=Words(ja="どちらか一つを残してください", en="Keep one of the two"),
    )


def not_a_document(source: str, line: int | None, problem: str) -> DocumentRefused:
    """The refusal of a text that does not follow its syntax."""
    return unreadable(
        source,
        line,
        f"文書として読めません({problem})",
        f"This cannot be read as a document ({problem})",
        "YAML または JSON の書き方を確かめてください",
        "Check the YAML or JSON at this place",
    )


def too_deep(source: str, line: int | None) -> DocumentRefused:
    """The refusal of a text nested deeper than any document is."""
    return unreadable(
        source,
        line,
        "入れ子が深すぎます",
        "The parts are nested too deeply",
        "構造を確かめてください",
        "Check the structure",
    )


def too_large(source: str) -> DocumentRefused:
    """The refusal of a text longer than any document is."""
    return unreadable(source, None, "文書が大きすぎます", "The document is too large", "分けてください", "Split it")


def unreadable(source: str, line: int | None, *said: str) -> DocumentRefused:
    """The refusal of a whole text; `said` is the reason in Japanese and English, then the mend in both."""
    reason_ja, reason_en, mend_ja, mend_en = said
    finding = Finding(path="", line=line, reason=Words(ja=reason_ja, en=reason_en), mend=Words(ja=mend_ja, en=mend_en))
    return DocumentRefused(source, (finding,))
