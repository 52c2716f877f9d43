"""YAML as contracts need it.

YAML 1.1 as most libraries read it has traps for authors of contracts: 99.5 becomes a binary float, an unquoted 8:30 the
number 510, `no` the value false, 010 the number 8, and a key written twice loses its first value in silence. Here
numbers are integers or decimals, only `true` and `false` are booleans (as in YAML 1.2), dates and times stay text, and
a repeated key is refused with its line. Anchors, aliases and tags are refused: a contract is written out.
"""

from typing import Any

import yaml

from slm_api.documents.finding import DocumentRefused, Finding, Path
from slm_api.documents.written import (
    MAX_DEPTH,
    Tree,
    Written,
    exact_or_text,
    not_a_document,
    too_deep,
    unreadable,
    written_twice,
)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, many times faster where libyaml is built in
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(text: str, source: str) -> Written:
    """Read a YAML text. Raises `DocumentRefused` when it is none, or holds more than a plain mapping."""
    composer = _Composer(source)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise not_a_document(source, mark.line + 1 if mark else None, f"YAML: {problem}") from error
    if not isinstance(composer.tree, dict):
        raise not_a_document(source, 1, "no mapping of fields at the top")
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
                    raise not_a_document(self._source, line, "more than one document in the text")
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
                raise not_a_document(self._source, line, "a key that is not a plain word")
            self._keys[-1] = event.value
            path = (*self._open[-1][0], event.value)
            if path in self.lines:
                self.repeated.append(written_twice(path, line))
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
            raise too_deep(self._source, line)

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
                path = (*around, key, f"again in line {line}") if key in container else (*around, key)
                container.setdefault(key, value)
                self._keys[-1] = None
        self.lines.setdefault(path, line)
        return path

    def _not_written_out(self, line: int) -> DocumentRefused:
        return unreadable(
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
    return exact_or_text(text)
