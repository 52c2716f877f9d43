"""JSON, with numbers exactly as written and repeated keys told with their paths."""

import json
from collections import Counter
from collections.abc import Iterator

from slm_api.documents.finding import Path
from slm_api.documents.written import MAX_DEPTH, Tree, Written, exact_or_text, not_a_document, too_deep, written_twice


def read_json(text: str, source: str) -> Written:
    """Read a JSON text. Raises `DocumentRefused` when it is none."""
    try:
        tree = json.loads(
            text, object_pairs_hook=_Mapping, parse_float=exact_or_text, parse_int=exact_or_text, parse_constant=str
        )
    except json.JSONDecodeError as error:
        raise not_a_document(source, error.lineno, f"JSON: {error.msg}") from error
    except RecursionError as error:
        raise too_deep(source, None) from error
    if _depth(tree) > MAX_DEPTH:
        raise too_deep(source, None)
    return Written(tree=tree, lines={}, repeated=tuple(written_twice(path, None) for path in _repeated(tree)))


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
