"""Money, ratios and times are exact: no float is written, made or kept where figures come from, are read or told."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = (ROOT / "src" / "slm_domain", ROOT / "projections", ROOT / "src" / "slm_api")
# They compute and tell no figure: what a float is to them.
WITHOUT_FIGURES = {
    ROOT / "src" / "slm_api" / "problems.py": "how much a language is wanted, as a browser weighs it",
    ROOT / "src" / "slm_api" / "documents" / "time_zone.py": "how alike two names are, to suggest one",
    ROOT / "src" / "slm_api" / "documents" / "catalogue" / "entries.py": "how alike two names are, to suggest one",
}
MODULES = sorted(
    path
    for room in ROOMS
    for path in room.rglob("*.py")
    # the engine waits in seconds of the machine's clock; it computes no figure
    if "engine" not in path.parts and path not in WITHOUT_FIGURES
)
INEXACT_CALLS = frozenset({"float", "round", "total_seconds", "timestamp", "fsum", "sqrt", "fmean"})

# All that the three examples' figures need, with every division watched (see watched_division).
WATCHED = """
from tests.watched_division import watch
watch("slm_domain", "projections", "slm_api")
from tests.projections.examples import jip_base, joint_year, shimanto_year
from slm_api.cli import shown
from slm_domain import month
assert {each.__loader__.__class__.__name__ for each in (month, shown)} == {"WatchedLoader"}
print(*(len(year) for year in (shimanto_year(), joint_year())), sum(map(len, jip_base().values())))
"""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_float_is_written_where_figures_come_from(path: Path) -> None:
    assert list(_inexact(ast.parse(path.read_text()))) == []


def test_what_is_left_out_of_the_scan_has_a_float_that_is_no_figure() -> None:
    for path in WITHOUT_FIGURES:
        assert list(_inexact(ast.parse(path.read_text()))), path


def test_the_scan_sees_each_way_to_write_a_float() -> None:
    written = "a = 0.1\nb: float\nc = d.total_seconds()\ne = round(f)\ng = float(h)\ni = 1e3\n"
    assert sorted(line for line, _ in _inexact(ast.parse(written))) == [1, 2, 3, 4, 5, 6]


def test_no_division_makes_a_float_in_the_figures_of_the_examples() -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    decided = [int(number) for number in done.stdout.split()]  # entries, reports with their figures among them
    assert len(decided) == 3
    assert min(decided) > 500


def test_the_watch_sees_a_division_that_makes_a_float() -> None:
    planted = "from tests.watched_division import quotient\nquotient(1, 2)\n"
    done = subprocess.run([sys.executable, "-c", planted], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "1 / 2 makes the float 0.5" in done.stderr


def _inexact(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float()):
                yield node.lineno, "a float"
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in INEXACT_CALLS:
                yield node.lineno, name
            case ast.AnnAssign(annotation=ast.Name(id="float")) | ast.arg(annotation=ast.Name(id="float")):
                yield node.lineno, "annotated as a float"
            case _:
                pass
