"""From text to plain lists, mappings and scalars, with every scalar exact and every place known.

YAML 1.1 as most libraries read it has traps for authors of contracts: 99.5 becomes a binary float, an unquoted 8:30 the
number 510, `no` the value false, 010 the number 8, and a key written twice loses its first value in silence. Here
numbers are integers or decimals, only `true` and `false` are booleans (as in YAML 1.2), dates and times stay text, and
a repeated key is refused with its line. Anchors, aliases and tags are refused: a contract is written out.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
import yaml

from slm_api.documents.finding import DocumentRefused, Finding, Path, quoted, spelled
from slm_domain.sla import Words

Tree = Any  # dict[str, Tree] | list[Tree] | str | int | Decimal | bool | None

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 16

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, many times faster where libyaml is built in
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


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


def written(text: bytes | str, *, source: str) -> Written:
    """Read JSON (when it begins with a brace) or YAML. Raises `DocumentRefused` when it is neither."""
    text = _decoded(text, source)
    if len(text) > MAX_CHARACTERS:
        raise _unreadable(source, None, "文書が大きすぎます", "The document is too large", "分けてください", "Split it")
    return _json(text, source) if text.lstrip().startswith("{") else _yaml(text, source)


def _decoded(text: bytes | str, source: str) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(
            source,
            text[: error.start].count(b"\n") + 1,
            "文字コードが UTF-8 ではありません",
            "The text is not UTF-8",
            "UTF-8 で保存し直してください",
            "Save it as UTF-8",
        ) from error


def _json(text: str, source: str) -> Written:
    try:
        tree = json.loads(
            text, object_pairs_hook=_Mapping, parse_float=_exact_or_text, parse_int=_exact_or_text, parse_constant=str
        )
    except json.JSONDecodeError as error:
        raise _not_a_document(source, error.lineno, f"JSON: {error.msg}") from error
    except RecursionError as error:
        raise _too_deep(source, None) from error
    if _depth(tree) > MAX_DEPTH:
        raise _too_deep(source, None)
    return Written(tree=tree, lines={}, repeated=tuple(_written_twice(path, None) for path in _repeated(tree)))


class _Mapping(dict[str, Tree]):
    """A JSON object that keeps the first of two equal keys, and knows which were repeated."""

    def __init__(self, pairs: list[tuple[str, Tree]]) -> None:
        super().__init__(reversed(pairs))
        self.repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]


def _repeated(tree: Tree, path: Path = ()) -> Iterator[Path]:
    if isinstance(tree, _Mapping):
        yield from ((*path, key) for key in tree.repeated)
    for step, child in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from _repeated(child, (*path, step))


def _yaml(text: str, source: str) -> Written:
    composer = _Composer(source)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise _not_a_document(source, mark.line + 1 if mark else None, f"YAML: {problem}") from error
    if not isinstance(composer.tree, dict):
        raise _not_a_document(source, 1, "no mapping of fields at the top")
    return Written(tree=composer.tree, lines=composer.lines, repeated=tuple(composer.repeated))


class _Composer:
    """Builds the tree from YAML events without recursion; the open containers stand on a stack."""

    def __init__(self, source: str) -> None:
        self.tree: Tree = None
        self.lines: dict[Path, int] = {}
        self.repeated: list[Finding] = []
        self._source = source
        self._documents = 0
        self._open: list[tuple[Path, dict[str, Tree] | list[Tree]]] = []
        self._keys: list[str | None] = []  # of each open container, the key whose value comes next

    def take(self, event: Any) -> None:  # noqa: ANN401 - the event classes of PyYAML are untyped
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _not_a_document(self._source, line, "more than one document in the text")
            case yaml.AliasEvent():
                raise self._not_written_out(line)
            case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                if event.anchor is not None or event.tag is not None:
                    raise self._not_written_out(line)
                self._begin(event, line)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._open.pop()
                self._keys.pop()
            case _:
                pass  # the begin and end of the stream and of the document

    def _begin(self, event: Any, line: int) -> None:  # noqa: ANN401 - as above
        expects_key = bool(self._open) and isinstance(self._open[-1][1], dict) and self._keys[-1] is None
        if expects_key:
            if not isinstance(event, yaml.ScalarEvent):
                raise _not_a_document(self._source, line, "a key that is not a plain word")
            self._keys[-1] = event.value
            path = (*self._open[-1][0], event.value)
            if path in self.lines:
                self.repeated.append(_written_twice(path, line))
            self.lines.setdefault(path, line)
            return
        if isinstance(event, yaml.ScalarEvent):
            self._place(_scalar(event.value) if event.implicit[0] else event.value, line)
            return
        container: dict[str, Tree] | list[Tree] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(container, line)
        self._open.append((path, container))
        self._keys.append(None)
        if len(self._open) > MAX_DEPTH:
            raise _too_deep(self._source, line)

    def _place(self, value: Tree, line: int) -> Path:
        """Put the value where it belongs and say where that is. A repeated key keeps its first value."""
        path: Path = ()
        if not self._open:
            self.tree = value
        else:
            around, container = self._open[-1]
            if isinstance(container, list):
                path = (*around, len(container))
                container.append(value)
            else:
                key = self._keys[-1] or ""
                path = (*around, key)
                container.setdefault(key, value)
                self._keys[-1] = None
        self.lines.setdefault(path, line)
        return path

    def _not_written_out(self, line: int) -> DocumentRefused:
        return _unreadable(
            self._source,
            line,
            "アンカー、エイリアス、タグは使えません",
            "Anchors, aliases and tags are not allowed",
            "省略せずに書いてください",
            "Write it out",
        )


def _scalar(text: str) -> Tree:
    if text in _WORDS:
        return _WORDS[text]
    return _exact_or_text(text)


def _exact_or_text(text: str) -> Tree:
    """A number exactly as written. What is too long or has an exponent stays text, which no number field accepts."""
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


def _depth(tree: Tree) -> int:
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return depth - 1


def _written_twice(path: Path, line: int | None) -> Finding:
    return Finding(
        path=spelled(path),
        line=line,
        reason=Words(ja=f"「{quoted(path[-1])}」が二度書かれています", en=f"“{quoted(path[-1])}” is written twice"),
        mend=Words(ja="どちらか一つを残してください", en="Keep one of the two"),
    )


def _not_a_document(source: str, line: int | None, problem: str) -> DocumentRefused:
    return _unreadable(
        source,
        line,
        f"文書として読めません({problem})",
        f"This cannot be read as a document ({problem})",
        "YAML または JSON の書き方を確かめてください",
        "Check the YAML or JSON at this place",
    )


def _too_deep(source: str, line: int | None) -> DocumentRefused:
    return _unreadable(
        source,
        line,
        "入れ子が深すぎます",
        "The parts are nested too deeply",
        "構造を確かめてください",
        "Check the structure",
    )


def _unreadable(source: str, line: int | None, *said: str) -> DocumentRefused:
    reason_ja, reason_en, mend_ja, mend_en = said
    finding = Finding(path="", line=line, reason=Words(ja=reason_ja, en=reason_en), mend=Words(ja=mend_ja, en=mend_en))
    return DocumentRefused(source, (finding,))
