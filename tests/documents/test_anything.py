"""Whatever people write, they get a document or an explanation, never an accident."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from slm_api.documents import Checked, DocumentRefused, canonical, read_document
from slm_api.documents.text import written as read_text
from slm_domain.sla import read_sla
from tests.documents.paper import Tree, paper, written


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in steps:
        yield (*path, step)
        yield from places(child, (*path, step))


JOINT = Path(__file__).parents[2] / "examples" / "tosa-joint-desk" / "sla.yaml"
LIKELY = [
    "2025-04-01",
    "1 day",
    "A",
    "< 5 %",
    "grade 4",
    "12:00-13:00",
    "s5/data-backup",
    "j6/C.1.2.5",
    "rolling",
    "day",
]
scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(LIKELY)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["ja", "en", "key", "code", "name", "rule", "kind", "use", "x"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)


@cache
def joint() -> Tree:
    tree: Tree = read_text(JOINT.read_bytes(), source=JOINT.name).tree
    return tree


@st.composite
def bent_papers(draw: st.DrawFn, whole: Tree) -> Tree:
    """The document with up to four of its parts replaced or left out."""
    tree = deepcopy(whole)
    for _ in range(draw(st.integers(min_value=0, max_value=4))):
        path = draw(st.sampled_from(list(places(tree)) or [("document",)]))
        node: Any = tree
        for step in path[:-1]:
            node = node[step]
        if draw(st.booleans()):
            node[path[-1]] = draw(values)
        else:
            node.pop(path[-1], None) if isinstance(node, dict) else node.pop(path[-1])
    return tree


def outcome(text: str | bytes) -> Checked | DocumentRefused:
    try:
        return read_document(text, source="anything")
    except DocumentRefused as refused:
        return refused


@settings(max_examples=250, deadline=None)
@given(bent_papers(paper()))
def test_a_bent_document_is_read_or_explained(tree: Tree) -> None:
    assert_read_or_explained(tree)


@settings(max_examples=150, deadline=None)
@given(bent_papers(joint()))
def test_a_bent_document_that_says_nearly_everything_is_read_or_explained(tree: Tree) -> None:
    assert_read_or_explained(tree)


def assert_read_or_explained(tree: Tree) -> None:
    match outcome(written(tree)):
        case Checked(document=document):
            form = canonical(document)
            assert canonical(read_document(form, source="canonical").document) == form
            assert read_sla(form).contract == document.contract
        case DocumentRefused(findings=findings):
            assert findings
            for finding in findings:
                assert all((finding.reason.ja, finding.reason.en, finding.mend.ja, finding.mend.en))
            assert len({(finding.path, finding.reason.en) for finding in findings}) == len(findings)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_is_explained(text: str | bytes) -> None:
    answer = outcome(text)
    assert isinstance(answer, DocumentRefused)
    assert answer.findings
