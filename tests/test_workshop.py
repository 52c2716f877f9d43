"""The workshop in good order: pins, import rules, ignores, and nothing of one machine."""

import ast
import io
import os
import re
import subprocess
import sys
import tokenize
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "projections", "tests", "benchmarks", "docs", "examples", "requirements", ".ci")
WRITTEN_BY_US = {".py", ".md", ".toml", ".txt", ".sql", ".yaml", ".yml", ".json", ".jsonl", ".html", ""}

REGISTRY_HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "np" + "mjs.",
    "crates" + ".io",
    "jsdeliv" + "r.net",
    "unp" + "kg.com",
)
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|home|Users|opt)/")

IGNORE = re.compile(r"#\s*(type:\s*ignore|noqa|pyright:|mypy:|ruff:)")
IGNORE_WITH_REASON = re.compile(
    r"""^(\#\ (type:\ ignore\[[a-z-]+(,\ ?[a-z-]+)*\] | (ruff:\ )?noqa:\ [A-Z]+\d+(,\ ?[A-Z]+\d+)*)\s+)+  # codes
        (\#|--?|—)\ [^\s#-].{7,}$  # why""",
    re.VERBOSE,
)


def files_of_ours() -> Iterator[Path]:
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.suffix in WRITTEN_BY_US)
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix in WRITTEN_BY_US:
                yield path


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


# --- Pins and packages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_every_pin_is_exact_and_hashed_and_names_no_host(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    logical = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    assert len(logical) > 10
    for line in logical:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( +--hash=sha256:[0-9a-f]{64})+", line), line
    assert "://" not in text


def test_what_pyproject_asks_for_is_what_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pins = {name: set(re.findall(r"^([a-z0-9-]+==[\w.]+)", text, re.MULTILINE)) for name, text in pin_files().items()}
    asked = set(project["project"]["dependencies"]) | set(project["build-system"]["requires"])
    assert asked <= pins["runtime"]
    assert set(project["project"]["optional-dependencies"]["dev"]) <= pins["dev"]
    assert pins["runtime"] <= pins["dev"], "both sets go into one environment"


def pin_files() -> dict[str, str]:
    return {path.stem: path.read_text() for path in (ROOT / "requirements").glob("*.txt")}


def test_the_wheel_holds_code_sql_templates_and_the_examples(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("slm-*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    roots = {"src/slm_domain": "slm_domain", "src/slm_journal": "slm_journal", "src/slm_api": "slm_api"}
    roots |= {"projections": "projections", "examples": "slm_api/examples"}
    for folder, shipped in roots.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"{shipped}/{path.relative_to(ROOT / folder).as_posix()}" in inside


# --- Which room may know which --------------------------------------------------------------------------------------


def test_the_import_rules_are_kept() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_domain_knows_only_the_standard_library_and_three_packages() -> None:
    allowed = {"slm_domain", "msgspec", "holidays"} | sys.stdlib_module_names
    for path in python_files("src/slm_domain"):
        for module in imported_modules(path):
            assert module.split(".")[0] in allowed or module == "eventsourcing.domain", f"{path.name} imports {module}"


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{path.name} imports relatively"
            yield node.module


# --- Nothing silent, nothing of one machine -------------------------------------------------------------------------


def test_every_ignore_carries_its_code_and_a_reason() -> None:
    for path in python_files("src", "projections", "tests", "benchmarks"):
        for line, comment in comments(path.read_text()):
            if IGNORE.search(comment):
                assert IGNORE_WITH_REASON.match(comment), f"{path.relative_to(ROOT)}:{line}: {comment}"


@pytest.mark.parametrize(
    ("comment", "accepted"),
    [
        ("# type: ignore[arg-type]  # the library's stub is older than its code", True),
        ("# noqa: S608, E501  # the name comes from a closed list", True),
        ("# type: ignore[misc]  # noqa: PLW0603  # set once, by the only caller", True),
        ("# noqa: N818 - named after what happened", True),
        ("# ruff: noqa: N818 - errors here are named after what is so", True),
        ("# type: ignore", False),
        ("# ruff: noqa", False),
        ("# type: ignore[arg-type]", False),
        ("# noqa", False),
        ("# noqa: S608", False),
        ("# noqa: S608  # ok", False),
    ],
)
def test_an_ignore_without_code_or_reason_is_noticed(comment: str, accepted: bool) -> None:
    assert IGNORE.search(comment)
    assert bool(IGNORE_WITH_REASON.match(comment)) is accepted


def test_every_rule_that_is_off_says_why() -> None:
    ruff = (ROOT / "pyproject.toml").read_text().partition("ignore = [")[2].partition("[tool.ruff.lint.flake8")[0]
    codes = [line for line in ruff.splitlines() if re.match(r'\s+"[A-Z]+\d+"', line)]
    assert len(codes) > 5
    for line in codes:
        assert re.fullmatch(r'\s+"[A-Z]+\d+", # \w.{9,}', line), line


def test_no_file_names_a_registry_host_or_a_place_on_one_machine() -> None:
    seen = 0
    for path in files_of_ours():
        text = path.read_text(encoding="utf-8")
        seen += 1
        where = path.relative_to(ROOT)
        if path != Path(__file__):
            assert not MACHINE_PATH.search(text), f"{where}: {MACHINE_PATH.search(text)}"
        assert not [host for host in REGISTRY_HOSTS if host in text], where
    assert seen > 30


def test_what_ci_runs_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)  # noqa: S607  # whichever bash the machine has
    assert "\nmake --keep-going --jobs=2 check test\n" in script.read_text()
