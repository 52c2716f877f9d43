"""Ways to bend the small document so that it breaks a rule."""

from collections.abc import Callable
from typing import Any

from slm_api.documents import Finding
from tests.documents.paper import Tree, refused_after

Bend = Callable[[Tree], object]


def put(*path: str | int, to: Any) -> Bend:
    def bend(tree: Tree) -> None:
        node: Any = tree
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = to

    return bend


def leave_out(*path: str | int) -> Bend:
    def bend(tree: Tree) -> None:
        node: Any = tree
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]

    return bend


def twice(part: str) -> Bend:
    return lambda tree: tree[part].append(dict(tree[part][0]))


def add(part: str, item: Tree) -> Bend:
    """Write one more item of a part, which may not be there yet."""
    return lambda tree: tree.setdefault(part, []).append(item)


def both(*bends: Bend) -> Bend:
    """Bend in several ways."""
    return lambda tree: [bend(tree) for bend in bends]


def assert_refused(bend: Bend, path: str, reason: str, mend: str) -> Finding:
    """The bent document is refused for exactly one thing, told at its place in both languages."""
    [finding] = refused_after(bend)
    assert finding.path == path
    assert reason in finding.reason.en
    assert mend in finding.mend.en
    assert finding.reason.ja != finding.reason.en
    assert finding.mend.ja != finding.mend.en
    return finding
