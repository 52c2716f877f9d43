"""Documents say what is so: commands, records, links."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def records() -> list[Path]:
    return sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def test_every_make_target_is_explained_in_contributing_and_none_is_invented() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    told = set(re.findall(r"^\| `make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE))
    assert targets - {"help"} == told


def test_the_changelog_has_the_unreleased_on_top() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_records_are_numbered_without_gap_or_repetition() -> None:
    assert [int(path.name[:4]) for path in records()] == list(range(1, len(records()) + 1))
    assert len(records()) >= 11


def test_the_index_has_one_line_for_each_record_with_its_title() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text()
    listed = re.findall(r"^\| \[(\d{4})\]\((\d{4}-[a-z0-9-]+\.md)\) \| (.+?) \|", index, re.MULTILINE)
    titles = [(path.name[:4], path.name, path.read_text().splitlines()[0].removeprefix("# ")) for path in records()]
    assert listed == titles


@pytest.mark.parametrize("record", records(), ids=lambda path: path.stem)
def test_a_record_has_its_five_parts_and_ends_with_what_confirms_it(record: Path) -> None:
    text = record.read_text()
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Options", "Decision", "Consequences", "Confirmation"]
    assert re.search(r"^Status: (accepted|superseded by \[\d{4}\]\(.+\))$", text, re.MULTILINE)
    confirmation = text.partition("## Confirmation")[2]
    named = re.findall(r"`((?:tests|benchmarks|docs)/[\w./-]+|make [a-z-]+)`", confirmation)
    assert named, "a test or a command must be named"
    for name in named:
        assert name.startswith("make ") or (ROOT / name).exists(), f"{name} does not exist"


def test_links_between_our_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (document.parent / target).exists(), f"{document.relative_to(ROOT)} links to {target}"
